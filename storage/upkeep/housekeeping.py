"""Keeping house: forgetting, retention, re-indexing, upkeep, the forecast of the disk."""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from psycopg2 import sql
from psycopg2.extras import RealDictCursor

from news.article import Article
from storage.archive import partitions, terms
from storage.archive.rows import blocks_of, clean, json_of, key_of
from storage.errors import StorageError
from storage.sql.copy import copy
from storage.sql.statements import statement

if TYPE_CHECKING:
    from psycopg2.extensions import connection as Connection
    from psycopg2.extensions import cursor as Cursor

_AHEAD = 3  # months of partitions made before they are needed
_STEP = 500  # articles re-indexed in one transaction
_YEAR = timedelta(days=365)


def forget_article(
    connection: "Connection",
    url: str,
    reason: str,
    *,
    first: "Callable[[Cursor, int], object] | None" = None,
) -> bool:
    """Remove an article and all that hangs on it, for good; return whether the archive had it. A tombstone keeps it from coming back.

    `first` is called with the article's id in the same transaction, before it goes: its story is formed anew without it.
    """
    key = key_of(url).hex
    with connection, connection.cursor() as cursor:
        if first is not None:
            cursor.execute(statement("load", "article_id"), {"key": key})
            if (found := cursor.fetchone()) is not None:
                first(cursor, found[0])
        cursor.execute(statement("load", "forget_article"), {"key": key})
        had = cursor.rowcount > 0
        cursor.execute(statement("load", "forget_pages"), {"key": key})
        cursor.execute(statement("load", "forget_crawl"), {"key": key})
        row = cursor.fetchone()
        cursor.execute(
            statement("load", "bury"),
            {"key": key, "outlet": row[0] if row else None, "reason": clean(reason)},
        )
        _journal(cursor, "forgotten", None, reason=clean(reason))
    return had


def set_retention(connection: "Connection", outlet: str, days: int | None) -> None:
    """Set or clear an outlet's retention; raises StorageError for an outlet that the archive never saw."""
    with connection, connection.cursor() as cursor:
        cursor.execute(statement("housekeeping", "keep"), {"outlet": outlet, "days": days})
        if not cursor.rowcount:
            raise StorageError(f"the archive has no outlet {outlet!r}")


def apply_retention(
    connection: "Connection", now: datetime, *, kind: str | None = None, page_days: int = 400
) -> dict[str, int]:
    """Remove what is beyond its outlet's retention, and whole months of page records; return articles removed by outlet."""
    removed: dict[str, int] = {}
    with connection, connection.cursor() as cursor:
        cursor.execute(statement("housekeeping", "kept_days"))
        for outlet, days in cursor.fetchall():
            values = {"outlet": outlet, "before": now - timedelta(days=days), "kind": kind}
            cursor.execute(statement("housekeeping", "retention"), values)
            removed[outlet] = cursor.rowcount
            cursor.execute(statement("housekeeping", "expired_crawl"), values)
            _journal(cursor, "retention", outlet, articles=removed[outlet], days=days)
    oldest = partitions.month_of(now - timedelta(days=page_days))
    for name in partitions.existing(connection, "pages"):
        month = partitions.month_in(name)
        if month is not None and month < oldest:
            partitions.drop(connection, "pages", name)
    return removed


def _journal(cursor: "Cursor", kind: str, outlet: str | None, **detail: Any) -> None:
    cursor.execute(
        statement("housekeeping", "journal"),
        {"kind": kind, "outlet": outlet, "detail": json_of(detail)},
    )


def reindex_terms(
    connection: "Connection", *, everything: bool, progress: Callable[[int], None]
) -> int:
    """Make index terms anew where the analysis has changed since (or everywhere), in small transactions; return how many articles."""
    place: dict[str, Any] = {"at": datetime(1, 1, 1, tzinfo=UTC), "id": 0}
    count = 0
    while True:
        with connection, connection.cursor(cursor_factory=RealDictCursor) as cursor:
            cursor.execute(
                statement("housekeeping", "stale_terms"),
                {**place, "everything": everything, "analyser": terms.VERSION, "wanted": _STEP},
            )
            rows = cursor.fetchall()
            if not rows:
                return count
            cursor.execute(statement("housekeeping", "stage_terms"))
            copy(
                cursor,
                "staged_terms",
                ("id", "at", "terms"),
                ((row["id"], row["at"], _terms(row)) for row in rows),
            )
            cursor.execute(statement("housekeeping", "update_terms"), {"analyser": terms.VERSION})
        place = {"at": rows[-1]["at"], "id": rows[-1]["id"]}
        count += len(rows)
        progress(count)


def _terms(row: dict[str, Any]) -> str:
    """Return the terms of a stored article: those of its text, and its marks."""
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
    flags = {
        "revised": row["edits"] > 0,
        "deleted": row["deleted_at"] is not None,
        "silent": row["silent"],
    }
    marks = [
        ("o", row["outlet"]),
        ("c", row["country"]),
        ("l", row["language"]),
        *(("is", name) for name, is_so in flags.items() if is_so),
    ]
    return terms.literal(article, [terms.mark(*pair) for pair in marks])


def prepare_months(connection: "Connection", now: datetime) -> list[str]:
    """Make the partitions of this month and the next ones; return the new ones' names."""
    months = [partitions.after(partitions.month_of(now), count) for count in range(_AHEAD + 1)]
    return [
        *partitions.ensure(connection, "articles", months),
        *partitions.ensure(connection, "pages", months),
    ]


def tidy_tables(connection: "Connection", progress: Callable[[str], None]) -> None:
    """Bring statistics up to date, free dead space, build overgrown text indexes anew. Readers and loaders go on."""
    connection.commit()
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement("housekeeping", "tables"))
            for (table,) in cursor.fetchall():
                progress(table)
                cursor.execute(
                    sql.SQL(statement("housekeeping", "vacuum")).format(table=sql.Identifier(table))
                )
            cursor.execute(statement("housekeeping", "oversized"))
            for (index,) in cursor.fetchall():
                progress(index)
                cursor.execute(
                    sql.SQL(statement("housekeeping", "reindex")).format(index=sql.SQL(index))
                )
    finally:
        connection.autocommit = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """How the archive grows. Bytes and articles; `full_on` None: not within ten years, or the disk is not known."""

    articles: int
    revisions: int
    bytes: int
    bytes_per_article: int
    articles_per_day: float
    bytes_in_a_year: int
    free: int | None
    full_on: datetime | None
    tables: tuple[tuple[str, int, int], ...]  # name, bytes, rows (estimated)


def forecast(connection: "Connection", now: datetime, free: int | None) -> Forecast:
    """Return how large the archive is and will be; `free`: bytes free on its disk, None when that is another machine's."""
    with connection, connection.cursor() as cursor:
        cursor.execute(statement("housekeeping", "total"))
        articles, size, revisions = next(iter(cursor.fetchall()))
        cursor.execute(statement("housekeeping", "growth"), {"since": now - _YEAR})
        months = cursor.fetchall()
        cursor.execute(statement("housekeeping", "sizes"))
        tables = tuple((name, int(size), int(rows)) for name, size, rows in cursor.fetchall())
    recent = sum(row[1] for row in months)
    days = max(1.0, (now - min((row[2] for row in months), default=now)) / timedelta(days=1))
    each = size // max(1, articles)
    daily = recent / days
    full_on = None
    with contextlib.suppress(OverflowError, ZeroDivisionError):
        left = timedelta(days=(free or 0) / (daily * each)) if free is not None else None
        full_on = now + left if left is not None and left < 10 * _YEAR else None
    return Forecast(
        articles=articles,
        revisions=revisions,
        bytes=size,
        bytes_per_article=each,
        articles_per_day=daily,
        bytes_in_a_year=size + int(daily * each * 365),
        free=free,
        full_on=full_on,
        tables=tables,
    )
