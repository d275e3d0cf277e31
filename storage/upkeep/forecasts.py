"""How large the archive is, and when its disk will be full."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from storage.evidence import kept_growth
from storage.sql.statements import fetch_all, fetch_one

if TYPE_CHECKING:
    from psycopg2.extensions import connection as Connection

_DAY = timedelta(days=1)
_YEAR = timedelta(days=365)
_FAR = 10 * _YEAR  # further ahead nothing is said


class TableSize(NamedTuple):
    """How large a table is, its partitions, indexes and long values included."""

    name: str
    bytes: int
    rows: int  # estimated


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """How the archive grows.

    `free`: bytes free on its disk, None when that is another machine's. `full_on` None: not
    within ten years, or the disk is not known. The kept store is taken to lie on the same disk.
    """

    articles: int
    revisions: int
    bytes: int
    bytes_per_article: int
    articles_per_day: float
    bytes_in_a_year: int
    free: int | None
    full_on: datetime | None
    tables: tuple[TableSize, ...]
    kept_bytes: int  # of the records that outlive retention, in files beside the archive
    kept_in_a_year: int


def forecast(connection: "Connection", now: datetime, free: int | None) -> Forecast:
    """Return how large the archive is and will be. `now` is aware, `free` as in Forecast."""
    with connection, connection.cursor() as cursor:
        articles, size, revisions = fetch_one(cursor, "housekeeping.total") or (0, 0, 0)
        months = fetch_all(cursor, "housekeeping.growth", since=now - _YEAR)
        sizes = fetch_all(cursor, "housekeeping.sizes")
        kept, since = kept_growth(cursor)

    each = size // max(1, articles)
    daily = _articles_per_day(months, now)
    growth = daily * each  # bytes a day
    kept_daily = kept / max(1.0, (now - since) / _DAY) if since else 0.0

    return Forecast(
        articles=articles,
        revisions=revisions,
        bytes=size,
        bytes_per_article=each,
        articles_per_day=daily,
        bytes_in_a_year=size + int(growth * (_YEAR / _DAY)),
        free=free,
        full_on=_full_on(now, free, growth + kept_daily),
        tables=tuple(TableSize(name, int(occupied), int(rows)) for name, occupied, rows in sizes),
        kept_bytes=kept,
        kept_in_a_year=kept + int(kept_daily * (_YEAR / _DAY)),
    )


def _articles_per_day(months: Sequence[tuple[Any, ...]], now: datetime) -> float:
    """Return the mean since the first of some months: (month, articles, first, last)."""
    first = min((row[2] for row in months), default=now)
    days = max(1.0, (now - first) / _DAY)
    articles: int = sum(row[1] for row in months)

    return articles / days


def _full_on(now: datetime, free: int | None, growth: float) -> datetime | None:
    """Return when so many free bytes are used up; `growth` is in bytes a day."""
    if free is None or growth <= 0:
        return None

    days = free / growth
    if days >= _FAR / _DAY:
        return None

    return now + timedelta(days=days)
