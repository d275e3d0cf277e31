"""Keeping house: forgetting, retention, re-indexing, statistics and free space."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from psycopg2 import sql
from psycopg2.extras import RealDictCursor

from news.article import Article
from storage.archive import partitions, terms
from storage.archive.rows import blocks_of, json_of, key_of
from storage.errors import StorageError
from storage.sql.copy import copy
from storage.sql.statements import execute, execute_on, fetch_all, fetch_value
from storage.sql.values import clean

if TYPE_CHECKING:
    from psycopg2.extensions import connection as Connection
    from psycopg2.extensions import cursor as Cursor

_AHEAD = 3  # months of partitions made before they are needed
_AT_ONCE = 500  # articles re-indexed in one transaction
_TERM_COLUMNS = ("id", "at", "terms")


def forget_article(
    connection: "Connection",
    url: str,
    reason: str,
    *,
    first: "Callable[[Cursor, int], object] | None" = None,
) -> bool:
    """Remove an article and all that hangs on it, for good; return whether the archive had it.

    A tombstone keeps it from coming back. `first` is called with the article's id in the same
    transaction, before it goes: its story is formed anew without it.
    """
    key = key_of(url).hex
    with connection, connection.cursor() as cursor:
        if first is not None:
            number = fetch_value(cursor, "load.article_id", key=key)
            if number is not None:
                first(cursor, number)

        had = execute(cursor, "load.forget_article", key=key) > 0
        execute(cursor, "load.forget_pages", key=key)
        outlet = fetch_value(cursor, "load.forget_crawl", key=key)
        execute(cursor, "load.bury", key=key, outlet=outlet, reason=clean(reason))
        _journal(cursor, "forgotten", None, reason=clean(reason))

    return had


def set_retention(connection: "Connection", outlet: str, days: int | None) -> None:
    """Set or clear for how many days an outlet's articles are kept.

    Raises StorageError for an outlet that the archive never saw.
    """
    with connection, connection.cursor() as cursor:
        if not execute(cursor, "housekeeping.keep", outlet=outlet, days=days):
            raise StorageError(f"the archive has no outlet {outlet!r}")


def apply_retention(
    connection: "Connection",
    now: datetime,
    *,
    kind: str | None = None,
    page_days: int = 400,
) -> dict[str, int]:
    """Remove what is beyond its outlet's retention; return articles removed by outlet.

    `kind`: articles of this kind only. Whole months of page records older than `page_days` go
    too. `now` is aware.
    """
    removed: dict[str, int] = {}
    with connection, connection.cursor() as cursor:
        for outlet, days in fetch_all(cursor, "housekeeping.kept_days"):
            before = now - timedelta(days=days)

            removed[outlet] = execute(
                cursor,
                "housekeeping.retention",
                outlet=outlet,
                before=before,
                kind=kind,
            )

            execute(cursor, "housekeeping.expired_crawl", outlet=outlet, before=before)
            _journal(cursor, "retention", outlet, articles=removed[outlet], days=days)

    _drop_pages(connection, now - timedelta(days=page_days))

    return removed


def _drop_pages(connection: "Connection", before: datetime) -> None:
    """Drop the months of page records that lie wholly before a moment."""
    oldest = partitions.month_of(before)
    for name in partitions.existing(connection, "pages"):
        month = partitions.month_in(name)
        if month is not None and month < oldest:
            partitions.drop(connection, "pages", name)


def _journal(cursor: "Cursor", kind: str, outlet: str | None, **detail: Any) -> None:
    """Write into the journal what housekeeping did."""
    text = json_of(detail)
    execute(cursor, "housekeeping.journal", kind=kind, outlet=outlet, detail=text)


@dataclass(frozen=True, slots=True, kw_only=True)
class _After:
    """The last article that was re-indexed, in the order of time and id."""

    at: datetime = datetime(1, 1, 1, tzinfo=UTC)
    id: int = 0


def reindex_terms(
    connection: "Connection",
    *,
    everything: bool,
    progress: Callable[[int], None],
) -> int:
    """Make index terms anew where the analysis has changed since; return how many articles.

    `everything`: for all articles. It goes in small transactions, after each of which
    `progress` hears how many are done. At its end the vocabulary has every article's terms, and
    searches leave out what is not in it.
    """
    after = _After()
    count = 0

    while True:
        with connection, connection.cursor(cursor_factory=RealDictCursor) as cursor:
            rows = fetch_all(
                cursor,
                "housekeeping.stale_terms",
                at=after.at,
                id=after.id,
                everything=everything,
                analyser=terms.VERSION,
                wanted=_AT_ONCE,
            )

            if not rows:
                execute(cursor, "housekeeping.vocabulary_is_whole")
                return count

            _write_terms(cursor, rows)

        after = _After(at=rows[-1]["at"], id=rows[-1]["id"])
        count += len(rows)
        progress(count)


def _write_terms(cursor: "Cursor", rows: list[Mapping[str, Any]]) -> None:
    """Write the terms of articles anew."""
    execute(cursor, "housekeeping.stage_terms")
    vocabulary: set[str] = set()
    staged = [(row["id"], row["at"], _terms(row, vocabulary)) for row in rows]
    copy(cursor, "staged_terms", _TERM_COLUMNS, staged)
    execute(cursor, "load.keep_vocabulary", terms=sorted(vocabulary))
    execute(cursor, "housekeeping.update_terms", analyser=terms.VERSION)


def _terms(row: Mapping[str, Any], vocabulary: set[str]) -> str:
    """Return the terms of a stored article: those of its text, and its marks.

    `vocabulary` gains those of its words.
    """
    article = Article(
        url="",
        outlet=row["outlet"],
        title=row["title"],
        standfirst=row["standfirst"],
        blocks=blocks_of(row["body"], ""),
        language=row["language"],
        fetched_at=row["at"],
        authors=tuple(row["authors"]),
        section=row["section"],
    )

    marks = [
        terms.mark("o", row["outlet"]),
        terms.mark("c", row["country"]),
        terms.mark("l", row["language"]),
        *terms.address_marks(row["url"]),
    ]

    if row["edits"] > 0:
        marks.append(terms.mark("is", "revised"))

    if row["deleted_at"] is not None:
        marks.append(terms.mark("is", "deleted"))

    if row["silent"]:
        marks.append(terms.mark("is", "silent"))

    return terms.literal(article, marks, vocabulary=vocabulary)


def prepare_months(connection: "Connection", now: datetime) -> list[str]:
    """Make the partitions of this month and the next ones; return the new ones' names."""
    first = partitions.month_of(now)
    months = [partitions.after(first, count) for count in range(_AHEAD + 1)]
    made = partitions.ensure(connection, "articles", months)

    return made + partitions.ensure(connection, "pages", months)


def tidy_tables(connection: "Connection", progress: Callable[[str], None]) -> None:
    """Bring statistics up to date, free dead space, build overgrown text indexes anew.

    Readers and loaders go on. `progress` hears the name of each table and index.
    """
    connection.commit()
    connection.autocommit = True  # neither runs inside a transaction

    try:
        with connection.cursor() as cursor:
            for (table,) in fetch_all(cursor, "housekeeping.tables"):
                progress(table)
                execute_on(cursor, "housekeeping.vacuum", table=sql.Identifier(table))

            for (index,) in fetch_all(cursor, "housekeeping.oversized"):
                progress(index)
                # The server has quoted the name already, where it must be.
                execute_on(cursor, "housekeeping.reindex", index=sql.SQL(index))
    finally:
        connection.autocommit = False
