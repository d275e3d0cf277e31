"""WARC files and the exchanges in them; what is copied out of a file before it goes."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from storage.sql.copy import copy
from storage.sql.statements import execute, execute_many, fetch_all, fetch_one, fetch_value

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor

_COLUMNS = (
    "file_id",
    "place",
    "at_byte",
    "bytes",
    "fetched_at",
    "key",
    "status",
    "revisit",
    "digest",
)


class NotedRecord(NamedTuple):
    """An exchange in a file: where it lies, and all that its leaf says."""

    at_byte: int
    size: int
    fetched_at: datetime
    key: bytes  # of the article's address, 16 bytes
    status: int
    is_revisit: bool
    digest: bytes


class PresentFile(NamedTuple):
    """A file that should be there."""

    id: int
    path: str
    size: int
    is_kept: bool


class RecordSum(NamedTuple):
    """Where an exchange lies in a file, and what its hash must be."""

    at_byte: int
    size: int
    digest: bytes
    is_removed: bool  # at the owner's request


class WantedRecord(NamedTuple):
    """An exchange that is to outlive its file."""

    file_id: int
    path: str
    place: int
    at_byte: int
    size: int


def add_file(
    cursor: "Cursor",
    path: str,
    size: int,
    records: Sequence[NotedRecord],
    *,
    damage: str = "",
) -> bool:
    """Note a file and its exchanges; return whether it was not known before."""
    number = _add(cursor, path, size, len(records), damage=damage)
    if number is None:
        return False

    rows = [_row(number, place, record) for place, record in enumerate(records)]
    copy(cursor, "evidence_records", _COLUMNS, rows)

    return True


def _add(
    cursor: "Cursor",
    path: str,
    size: int,
    count: int,
    *,
    damage: str = "",
    kept: bool = False,
) -> int | None:
    number: int | None = fetch_value(
        cursor,
        "evidence.add_file",
        path=path,
        size=size,
        records=count,
        damage=damage,
        kept=kept,
    )

    return number


def _row(number: int, place: int, record: NotedRecord) -> Sequence[Any]:
    return (
        number,
        place,
        record.at_byte,
        record.size,
        record.fetched_at,
        UUID(bytes=record.key),
        record.status,
        record.is_revisit,
        record.digest,
    )


def known_paths(cursor: "Cursor", paths: Collection[str]) -> set[str]:
    """Return which of some files are known."""
    return {path for (path,) in fetch_all(cursor, "evidence.known_paths", paths=list(paths))}


def present_files(cursor: "Cursor") -> list[PresentFile]:
    """Return the files that should be there."""
    return [PresentFile(*row) for row in fetch_all(cursor, "evidence.present_files")]


def file_records(cursor: "Cursor", file: int) -> list[RecordSum]:
    """Return the exchanges of a run's file, in their order."""
    return [_sum(row) for row in fetch_all(cursor, "evidence.file_records", file=file)]


def copied_records(cursor: "Cursor", file: int) -> list[RecordSum]:
    """Return the exchanges in a file of copies, in their order."""
    return [_sum(row) for row in fetch_all(cursor, "evidence.copied_records", file=file)]


def _sum(row: Sequence[Any]) -> RecordSum:
    at_byte, size, digest, is_removed = row

    return RecordSum(at_byte, size, bytes(digest), is_removed)


def wanted_records(cursor: "Cursor", paths: Collection[str]) -> list[WantedRecord]:
    """Return the exchanges of files that are to outlive them."""
    rows = fetch_all(cursor, "evidence.wanted_records", paths=list(paths))

    return [WantedRecord(*row) for row in rows]


def add_copies(
    cursor: "Cursor",
    path: str,
    size: int,
    copies: Iterable[tuple[WantedRecord, int]],
) -> None:
    """Note a file of copies: which exchanges are in it, and where each begins."""
    rows = [(record.file_id, record.place, at_byte) for record, at_byte in copies]
    number = _add(cursor, path, size, len(rows), kept=True)
    if number is not None:
        placed = [(file, place, number, at_byte) for file, place, at_byte in rows]
        execute_many(cursor, "evidence.add_copies", placed)


def remove_files(cursor: "Cursor", paths: Collection[str], now: datetime) -> None:
    """Note that files are gone."""
    execute(cursor, "evidence.remove_files", paths=list(paths), now=now)


def kept_paths(cursor: "Cursor") -> set[str]:
    """Return the files of copies that are known."""
    return {path for (path,) in fetch_all(cursor, "evidence.kept_paths")}


def kept_growth(cursor: "Cursor") -> tuple[int, datetime | None]:
    """Return the bytes of all files of copies, and since when there are any."""
    size, since = fetch_one(cursor, "evidence.kept_growth") or (0, None)

    return size, since


def forget_copies(cursor: "Cursor", key: bytes) -> None:
    """Forget where copies of an article's pages lie; `key`: of its address, 16 bytes."""
    execute(cursor, "evidence.forget_copies", key=key.hex())
