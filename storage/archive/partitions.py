"""Monthly partitions, named table_YYYY_MM: made when first needed, and some months ahead."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from psycopg2 import sql

from storage.sql.statements import execute, execute_on, fetch_all

if TYPE_CHECKING:
    from psycopg2.extensions import connection as Connection
    from psycopg2.extensions import cursor as Cursor

Month = tuple[int, int]  # year, month

# What is older lies in one partition made by the migration, or cannot be.
FIRST = {"articles": (2000, 1), "pages": (1970, 1)}

_COLUMN = {"articles": "at", "pages": "fetched_at"}
_LOCK = 0x6B68616262
_MONTHS = 12  # of a year
_DIGITS = 2  # of a month in a name
_STEPS = (
    "partitions.make",
    "partitions.attach",
    "partitions.unconstrain",
    "partitions.describe",
)


def month_of(moment: datetime) -> Month:
    """Return the month of an aware moment in UTC."""
    moment = moment.astimezone(UTC)
    return moment.year, moment.month


def after(month: Month, count: int = 1) -> Month:
    """Return the month `count` months later."""
    year, number = month
    index = year * _MONTHS + number - 1 + count

    return index // _MONTHS, index % _MONTHS + 1


def name_of(table: str, month: Month) -> str:
    """Return a partition's name."""
    first = FIRST[table]
    if month < first:
        return f"{table}_before_{first[0]}"

    year, number = month

    return f"{table}_{year:04}_{number:02}"


def month_in(name: str) -> Month | None:
    """Return the month that a partition's name holds; None for the one of all earlier times."""
    head, _, month = name.rpartition("_")
    if len(month) != _DIGITS:
        return None

    _, _, year = head.rpartition("_")

    return int(year), int(month)


def ensure(connection: "Connection", table: str, months: Iterable[Month]) -> list[str]:
    """Make the partitions of these months that are missing; return their names.

    It is a transaction of its own. A partition is made as a table of its own and then attached,
    since that lock lets readers and writers of the others go on.
    """
    wanted = {name_of(table, month): month for month in months if month >= FIRST[table]}
    with connection, connection.cursor() as cursor:
        if not set(wanted) - set(_existing(cursor, table)):
            return []

        execute(cursor, "partitions.lock", lock=_LOCK)
        # Whoever held the lock before may have made some.
        missing = sorted(set(wanted) - set(_existing(cursor, table)))
        for name in missing:
            _make(cursor, table, name, wanted[name])

    return missing


def existing(connection: "Connection", table: str) -> list[str]:
    """Return the partitions of a table, newest first."""
    with connection, connection.cursor() as cursor:
        return _existing(cursor, table)


def _existing(cursor: "Cursor", table: str) -> list[str]:
    return [name for (name,) in fetch_all(cursor, "partitions.existing", table=table)]


def _make(cursor: "Cursor", table: str, name: str, month: Month) -> None:
    year, number = month
    start = datetime(*month, 1, tzinfo=UTC)
    end = datetime(*after(month), 1, tzinfo=UTC)

    names = {
        "table": sql.Identifier(table),
        "name": sql.Identifier(name),
        "start": sql.Literal(start.isoformat()),
        "end": sql.Literal(end.isoformat()),
        "column": sql.Identifier(_COLUMN[table]),
        "words": sql.Literal(f"{table.capitalize()} of {year:04}-{number:02}."),
    }

    for step in _STEPS:
        execute_on(cursor, step, **names)


def drop(connection: "Connection", table: str, name: str) -> None:
    """Drop one partition; one that is gone already is no error."""
    with connection, connection.cursor() as cursor:
        execute(cursor, "partitions.lock", lock=_LOCK)
        if name in _existing(cursor, table):
            execute_on(cursor, "partitions.drop", name=sql.Identifier(name))
