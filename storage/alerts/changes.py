"""The queue of changes: new articles and revisions that no watch has looked at.

Every function takes a cursor and acts in the caller's transaction.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from news.query import Query
from storage.archive import terms
from storage.search.compiling import compile_query
from storage.sql.statements import execute, fetch_all, fetch_one, fetch_value

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor

_LOCK = 0x6B6D61746368  # "kmatch"


class Happened(StrEnum):
    """What happened to an article."""

    NEW = "new"
    EDIT = "edit"
    DELETION = "deletion"
    RETURN = "return"


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleText:
    """An article's searched text in one version."""

    title: str
    body: str  # standfirst and body, as storage.archive.terms indexes them


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A new article or a revision that no watch has looked at. Moments are aware, UTC."""

    article: int
    version: int
    happened: Happened
    queued_at: datetime
    at: datetime  # the article's own time
    text: ArticleText  # as it reads now
    before: ArticleText | None  # what an edit replaced
    language: str
    authors: tuple[str, ...]
    section: str
    url: str
    outlet: str
    outlet_title: str
    region: str
    country: str
    published: datetime | None
    first_seen: datetime
    deleted: bool
    silent: bool  # an edit without a note of correction
    # Of the text as it reads now, as PostgreSQL prints a tsvector; empty when another version
    # of the analysis made it.
    terms: str = ""


class RecentCount(NamedTuple):
    """How many articles there are since a moment, and the time of the first (aware)."""

    articles: int
    first: datetime | None


def lock_matching(cursor: "Cursor") -> None:
    """Wait until no other matcher is at work; held to the transaction's end."""
    execute(cursor, "changes.lock", lock=_LOCK)


def dequeue_changes(cursor: "Cursor", limit: int) -> list[Change]:
    """Return a batch out of the queue; it is back there if the transaction fails."""
    rows = fetch_all(
        cursor,
        "changes.dequeue",
        limit=limit,
        analyser=terms.VERSION,
    )

    return [_change(row) for row in rows]


def discard_change(cursor: "Cursor") -> int | None:
    """Remove the queue's first change unread; return its article, None if nothing waits."""
    article: int | None = fetch_value(cursor, "changes.discard")
    return article


def recent_articles(
    cursor: "Cursor",
    since: datetime,
    limit: int,
    query: Query,
) -> list[Change]:
    """Return articles since a moment (aware) that may answer a query, newest first.

    They are as if they were new: the material of previews.
    """
    rows = fetch_all(
        cursor,
        "changes.recent",
        since=since,
        limit=limit,
        tsquery=compile_query(query).tsquery,
        analyser=terms.VERSION,
    )

    return [_change(row) for row in rows]


def count_recent_articles(cursor: "Cursor", since: datetime) -> RecentCount:
    """Return how many articles there are since a moment (aware), and the time of the first."""
    count, first = fetch_one(cursor, "changes.count_recent", since=since) or (0, None)
    return RecentCount(count, first)


def outlet_regions(cursor: "Cursor") -> dict[str, str]:
    """Return outlet -> region of all outlets in the archive."""
    return dict(fetch_all(cursor, "changes.outlet_regions"))


def _change(row: tuple[Any, ...]) -> Change:
    """Return the change in a row of `dequeue` or `recent`."""
    happened = Happened.NEW if row[18] is None else Happened(row[18])
    before = None
    if row[21] is not None:
        before = ArticleText(title=row[19], body=full_text(row[20] or "", row[21]))

    return Change(
        article=row[0],
        version=row[1],
        happened=happened,
        queued_at=row[2],
        at=row[3],
        first_seen=row[4],
        published=row[5],
        text=ArticleText(title=row[6], body=full_text(row[7], row[8])),
        language=row[9],
        authors=tuple(row[10]),
        section=row[11],
        url=row[12],
        outlet=row[13],
        outlet_title=row[14] or row[13],
        region=row[15],
        country=row[16],
        deleted=row[17] is not None,
        silent=bool(row[22]),
        terms=row[23],
        before=before,
    )


def full_text(standfirst: str, body: str) -> str:
    """Return the text that is searched beside the title: as storage.archive.terms joins it."""
    return f"{standfirst}\n{body}" if standfirst else body
