"""Days: which exchanges a tree has, its head and leaves; and the keys that signed."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from storage.sql.statements import execute, fetch_all, fetch_value

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor


class DueFile(NamedTuple):
    """A file whose exchanges belong into the next tree."""

    id: int
    records: int


class DayFile(NamedTuple):
    """A file whose exchanges are in a tree, from a leaf on."""

    id: int
    path: str
    first_leaf: int
    records: int


class LeafRow(NamedTuple):
    """All that a leaf says. `key`: of the article's address, 16 bytes."""

    digest: bytes
    key: bytes
    fetched_at: datetime
    status: int
    is_revisit: bool


def lock_days(cursor: "Cursor") -> None:
    """Wait until nobody else ends a day, and keep others from it in this transaction."""
    execute(cursor, "evidence.lock_days")


def last_head(cursor: "Cursor") -> str | None:
    """Return the head of the last day that was signed; None before the first."""
    head: str | None = fetch_value(cursor, "evidence.last_head")

    return head


def heads(cursor: "Cursor", since: date = date.min) -> list[str]:
    """Return the heads of the days since one, oldest first."""
    return [head for (head,) in fetch_all(cursor, "evidence.heads", since=since)]


def first_noted(cursor: "Cursor") -> datetime | None:
    """Return when the first file that no tree has was noted; None: there is none."""
    moment: datetime | None = fetch_value(cursor, "evidence.first_noted")

    return moment


def due_files(cursor: "Cursor", before: datetime) -> list[DueFile]:
    """Return the files noted before a moment that no tree has, in their order."""
    return [DueFile(*row) for row in fetch_all(cursor, "evidence.due_files", before=before)]


def leaves(cursor: "Cursor", file: int) -> list[LeafRow]:
    """Return what the leaves of a file say, in their order."""
    return [_leaf(row) for row in fetch_all(cursor, "evidence.leaves", file=file)]


def leaves_of_day(cursor: "Cursor", day: date) -> list[LeafRow]:
    """Return what the leaves of a day's tree say by its files' rows, in their order."""
    return [_leaf(row) for row in fetch_all(cursor, "evidence.leaves_of_day", day=day)]


def _leaf(row: Sequence[Any]) -> LeafRow:
    digest, key, fetched_at, status, is_revisit = row

    return LeafRow(
        bytes(digest),
        UUID(key).bytes,
        fetched_at,
        status,
        is_revisit,
    )


def place_file(cursor: "Cursor", file: int, day: date, first: int) -> None:
    """Put a file's exchanges into a day's tree, its first at a leaf's index."""
    execute(
        cursor,
        "evidence.place_file",
        file=file,
        day=day,
        first=first,
    )


def add_day(cursor: "Cursor", day: date, head: str, joined: bytes) -> None:
    """Keep a day's head, and the hashes of its leaves one behind the other."""
    execute(
        cursor,
        "evidence.add_day",
        day=day,
        head=head,
        leaves=joined,
    )


def days(cursor: "Cursor") -> list[date]:
    """Return the days that were signed, oldest first."""
    return [day for (day,) in fetch_all(cursor, "evidence.days")]


def day_leaves(cursor: "Cursor", day: date) -> bytes:
    """Return the hashes of a day's leaves, one behind the other; empty for a day without any."""
    joined = fetch_value(cursor, "evidence.day_leaves", day=day)

    return bytes(joined) if joined is not None else b""


def day_files(cursor: "Cursor", day: date) -> list[DayFile]:
    """Return the files in a day's tree, in their order."""
    return [DayFile(*row) for row in fetch_all(cursor, "evidence.day_files", day=day)]


def keys(cursor: "Cursor") -> list[str]:
    """Return what the house has stated of its keys, oldest first."""
    return [statement for (statement,) in fetch_all(cursor, "evidence.keys")]


def add_key(cursor: "Cursor", statement: str) -> None:
    """Keep the statement of a new key."""
    execute(cursor, "evidence.add_key", statement=statement)
