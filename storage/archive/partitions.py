"""Monthly partitions: named table_YYYY_MM, made when a month is first needed and some months ahead."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from psycopg2 import sql

from storage.sql.statements import statement

if TYPE_CHECKING:
    from psycopg2.extensions import connection as Connection
    from psycopg2.extensions import cursor as Cursor

Month = tuple[int, int]  # year, month
FIRST = {
    "articles": (2000, 1),
    "pages": (1970, 1),
}  # what is older lies in one partition made by the migration, or cannot be
_COLUMN = {"articles": "at", "pages": "fetched_at"}
_LOCK = 0x6B68616262


def month_of(moment: datetime) -> Month:
    """Return the month of a moment in UTC."""
    moment = moment.astimezone(UTC)
    return moment.year, moment.month


def after(month: Month, count: int = 1) -> Month:
    """Return the month `count` months later."""
    index = month[0] * 12 + month[1] - 1 + count
    return index // 12, index % 12 + 1


def name_of(table: str, month: Month) -> str:
    """Return a partition's name."""
    if month < FIRST[table]:
        return f"{table}_before_{FIRST[table][0]}"
    return f"{table}_{month[0]:04}_{month[1]:02}"


def month_in(name: str) -> Month | None:
    """Return the month that a partition's name holds; None for the one of all earlier times."""
    year, _, month = name.rpartition("_")
    return (int(year.rpartition("_")[2]), int(month)) if len(month) == 2 else None  # noqa: PLR2004


def ensure(connection: "Connection", table: str, months: Iterable[Month]) -> list[str]:
    """Make the partitions of these months that are missing, in a transaction of its own; return their names.

    A partition is made as a table of its own and then attached, since that lock lets readers and writers of the others go on.
    """
    wanted = {name_of(table, month): month for month in months if month >= FIRST[table]}
    with connection, connection.cursor() as cursor:
        missing = sorted(set(wanted) - set(_existing(cursor, table)))
        if not missing:
            return []
        cursor.execute(statement("partitions", "lock"), {"lock": _LOCK})
        missing = sorted(set(wanted) - set(_existing(cursor, table)))
        for name in missing:
            _make(cursor, table, name, wanted[name])
    return missing


def existing(connection: "Connection", table: str) -> list[str]:
    """Return the partitions of a table, newest first."""
    with connection, connection.cursor() as cursor:
        return _existing(cursor, table)


def _existing(cursor: "Cursor", table: str) -> list[str]:
    cursor.execute(statement("partitions", "existing"), {"table": table})
    return [row[0] for row in cursor.fetchall()]


def _make(cursor: "Cursor", table: str, name: str, month: Month) -> None:
    start, end = (datetime(*moment, 1, tzinfo=UTC).isoformat() for moment in (month, after(month)))
    names = {
        "table": sql.Identifier(table),
        "name": sql.Identifier(name),
        "start": sql.Literal(start),
        "end": sql.Literal(end),
        "column": sql.Identifier(_COLUMN[table]),
        "words": sql.Literal(f"{table.capitalize()} of {month[0]:04}-{month[1]:02}."),
    }
    for step in ("make", "attach", "unconstrain", "describe"):
        cursor.execute(sql.SQL(statement("partitions", step)).format(**names))


def drop(connection: "Connection", table: str, name: str) -> None:
    """Drop one partition; one that is gone already is no error."""
    with connection, connection.cursor() as cursor:
        cursor.execute(statement("partitions", "lock"), {"lock": _LOCK})
        if name in _existing(cursor, table):
            cursor.execute(
                sql.SQL(statement("partitions", "drop")).format(name=sql.Identifier(name))
            )
