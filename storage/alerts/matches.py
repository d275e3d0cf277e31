"""From the queue of changes to matches and deliveries. Every function takes a cursor and acts in the caller's transaction."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from psycopg2.extras import execute_values

from news.watch import MatchKind
from storage.archive import terms
from storage.sql.statements import statement

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor

_LOCK = 0x6B6D61746368  # "kmatch"


class Happened(StrEnum):
    """What happened to an article."""

    NEW = "new"
    EDIT = "edit"
    DELETION = "deletion"


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleText:
    """An article's searched text in one version."""

    title: str
    body: str  # standfirst and body, as storage.archive.terms indexes them


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A new article or a revision that no watch has looked at."""

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
    terms: str = ""  # of the text as it reads now, as PostgreSQL prints a tsvector; empty when another version analysed it


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMatch:
    """A match to keep."""

    watch: int
    story: int
    kind: MatchKind
    occasion: str
    article: int
    version: int
    terms: tuple[str, ...]
    excerpt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedDelivery:
    """A match for an address: when, or why not."""

    match: int
    address: str
    due_at: datetime
    skipped: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDelivery:
    """A delivery whose time has come."""

    match: int
    watch: int
    story: int
    kind: MatchKind
    occasion: str
    article: int
    version: int
    terms: tuple[str, ...]
    excerpt: str
    at: datetime
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MailArticle:
    """An article as a mail shows it."""

    title: str
    language: str
    at: datetime
    url: str
    outlet: str
    outlet_title: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryFacts:
    """What is known of the story of an article."""

    story: int
    follows: tuple[int, ...] = ()  # stories that the article continues
    outlets: int = 1  # that carry the story


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryCopy:
    """One member of a story, as a mail lists it."""

    article: int
    outlet: str
    url: str
    at: datetime


def lock_matching(cursor: "Cursor") -> None:
    """Wait until no other matcher is at work; held to the transaction's end."""
    cursor.execute(statement("watches", "take_turn"), {"lock": _LOCK})


def dequeue_changes(cursor: "Cursor", limit: int) -> list[Change]:
    """Take a batch out of the queue; it is back if the transaction fails."""
    cursor.execute(statement("watches", "take"), {"limit": limit, "analyser": terms.VERSION})
    return [change_of(row) for row in cursor.fetchall()]


def discard_change(cursor: "Cursor") -> int | None:
    """Take the queue's first change away unread; return its article, None if nothing waits."""
    cursor.execute(statement("watches", "discard_change"))
    row = cursor.fetchone()
    return row[0] if row else None


def story_facts(cursor: "Cursor", articles: Iterable[int]) -> dict[int, StoryFacts]:
    """Return what is known of articles' stories; an article without one is a story of its own, its id below zero."""
    wanted = list(articles)
    cursor.execute(statement("watches", "facts"), {"articles": wanted})
    found = {
        row[0]: StoryFacts(story=row[1], outlets=row[2], follows=tuple(row[3]))
        for row in cursor.fetchall()
    }
    return {article: found.get(article, StoryFacts(story=-article)) for article in wanted}


def prior_matches(
    cursor: "Cursor", stories: Iterable[int], kinds: Iterable[MatchKind]
) -> set[tuple[int, int]]:
    """Return (watch, story) pairs that have matched before, as one of some kinds."""
    asked = {"stories": list(stories), "kinds": [kind.value for kind in kinds]}
    cursor.execute(statement("watches", "prior"), asked)
    return set(cursor.fetchall())


def story_copies(cursor: "Cursor", stories: Iterable[int]) -> dict[int, list[StoryCopy]]:
    """Return the members of stories that still stand, the first of each outlet, in the order in which they came."""
    cursor.execute(statement("watches", "copies"), {"stories": list(stories)})
    found: dict[int, list[StoryCopy]] = {}
    seen: set[tuple[int, int]] = set()
    for story, article, outlet, title, url, at in cursor.fetchall():
        if (story, outlet) not in seen:
            seen.add((story, outlet))
            found.setdefault(story, []).append(
                StoryCopy(article=article, outlet=title, url=url, at=at)
            )
    return found


def save_matches(
    cursor: "Cursor", found: Sequence[NewMatch], now: datetime
) -> dict[tuple[int, int, MatchKind, str], int]:
    """Keep matches; return (watch, story, kind, occasion) -> id of those that were new."""
    if not found:
        return {}
    rows = [
        (
            item.watch,
            item.story,
            item.kind.value,
            item.occasion,
            item.article,
            item.version,
            list(item.terms),
            item.excerpt,
            now,
        )
        for item in found
    ]
    kept = execute_values(
        cursor,
        statement("watches", "keep"),
        rows,
        template="(%s,%s,%s,%s,%s,%s,%s::text[],%s,%s)",
        fetch=True,
        page_size=1000,
    )
    return {
        (watch, story, MatchKind(kind), occasion): number
        for number, watch, story, kind, occasion in kept
    }


def record_hits(cursor: "Cursor", hits: Iterable[tuple[int, datetime]]) -> None:
    """Remember when watches last fitted anything."""
    rows = sorted(hits)
    if rows:
        execute_values(
            cursor,
            statement("watches", "touch"),
            rows,
            template="(%s::bigint,%s::timestamptz)",
            page_size=1000,
        )


def plan_deliveries(cursor: "Cursor", plans: Iterable[PlannedDelivery]) -> None:
    """Keep when and to whom matches go, or why not."""
    rows = [
        (
            item.match,
            item.address,
            item.due_at,
            "skipped" if item.skipped else "waiting",
            item.skipped,
        )
        for item in plans
    ]
    if rows:
        execute_values(cursor, statement("watches", "deliver"), rows, page_size=1000)


def waiting_pickups(cursor: "Cursor", stories: Iterable[int]) -> list[tuple[int, int, datetime]]:
    """Return (watch, story, matched at) of "picked up" mails that still wait."""
    cursor.execute(statement("watches", "picked_up_waiting"), {"stories": list(stories)})
    return cursor.fetchall()


def delay_pickups(cursor: "Cursor", moved: Iterable[tuple[int, int, datetime]]) -> None:
    """Let "picked up" mails wait longer: (watch, story, new moment)."""
    rows = list(moved)
    if rows:
        execute_values(
            cursor,
            statement("watches", "resettle"),
            rows,
            template="(%s::bigint,%s::bigint,%s::timestamptz)",
        )


def due_deliveries(cursor: "Cursor", now: datetime, limit: int) -> list[DueDelivery]:
    """Take deliveries whose time has come, by address."""
    cursor.execute(statement("watches", "due"), {"now": now, "limit": limit})
    return [
        DueDelivery(
            match=row[0],
            watch=row[1],
            story=row[2],
            kind=MatchKind(row[3]),
            occasion=row[4],
            article=row[5],
            version=row[6],
            terms=tuple(row[7]),
            excerpt=row[8],
            at=row[9],
            address=row[10],
        )
        for row in cursor.fetchall()
    ]


def record_notices(
    cursor: "Cursor", rows: Sequence[tuple[str, int, str, str]], now: datetime
) -> set[tuple[str, int, str, str]]:
    """Note (address, story, kind, occasion) as told; return those that were not told before."""
    if not rows:
        return set()
    asked = {
        "stories": sorted({row[1] for row in rows}),
        "addresses": sorted({row[0] for row in rows}),
    }
    cursor.execute(statement("watches", "told_elsewhere"), asked)
    values = [(*row, now) for row in set(rows) - set(cursor.fetchall())]
    return (
        set(
            execute_values(
                cursor, statement("watches", "tell"), sorted(values), fetch=True, page_size=1000
            )
        )
        if values
        else set()
    )


def thread_parent(cursor: "Cursor", address: str, story: int) -> str | None:
    """Return the Message-ID of the mail that first told an address of a story."""
    cursor.execute(statement("watches", "thread"), {"address": address, "story": story})
    row = cursor.fetchone()
    return row[0] if row else None


def mark_written(
    cursor: "Cursor",
    alert: int,
    address: str,
    matches: Iterable[int],
    keys: Sequence[tuple[int, str, str]],
) -> None:
    """Mark deliveries as written into a mail, and what it tells."""
    cursor.execute(
        statement("watches", "settle_written"),
        {"alert": alert, "address": address, "matches": list(matches)},
    )
    if keys:
        cursor.execute(
            statement("watches", "told_by"),
            {"alert": alert, "address": address, "keys": tuple(keys)},
        )


def retract_notices(cursor: "Cursor", address: str, keys: Sequence[tuple[int, str, str]]) -> None:
    """Take back that an address is being told of (story, kind, occasion): no mail says it."""
    if keys:
        cursor.execute(statement("watches", "untell"), {"address": address, "keys": tuple(keys)})


def skip_deliveries(cursor: "Cursor", rows: Sequence[tuple[int, str, str]]) -> None:
    """Mark deliveries (match, address) as skipped with a reason."""
    if rows:
        execute_values(
            cursor,
            statement("watches", "settle_skipped"),
            rows,
            template="(%s::bigint,%s,%s)",
            page_size=1000,
        )


def mail_articles(cursor: "Cursor", articles: Iterable[int]) -> dict[int, MailArticle]:
    """Return articles as mails show them."""
    cursor.execute(statement("watches", "articles"), {"ids": list(articles)})
    return {
        row[0]: MailArticle(
            title=row[1],
            language=row[2],
            at=row[3],
            url=row[4],
            outlet=row[5],
            outlet_title=row[6] or row[5],
            body=_body(row[7], row[8]),
        )
        for row in cursor.fetchall()
    }


def change_of(row: tuple[Any, ...]) -> Change:
    """Return a row of the statements `take` and `recent` as a change."""
    happened = Happened.NEW if row[18] is None else Happened(row[18])
    return Change(
        article=row[0],
        version=row[1],
        happened=happened,
        queued_at=row[2],
        at=row[3],
        first_seen=row[4],
        published=row[5],
        text=ArticleText(title=row[6], body=_body(row[7], row[8])),
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
        before=ArticleText(title=row[19], body=_body(row[20] or "", row[21]))
        if row[21] is not None
        else None,
    )


def _body(standfirst: str, body: str) -> str:
    """Return the text that is searched beside the title: as storage.archive.terms joins it."""
    return f"{standfirst}\n{body}" if standfirst else body
