"""Days that are over are signed: a tree over what was noted in each, a head chained to the last."""

import os
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from evidence.errors import EvidenceError
from evidence.head import NONE, SignedHead, sign_head
from evidence.leaf import Leaf
from evidence.signing import Key
from evidence.tree import Tree, leaf_hash
from pipeline.evidence import keys
from pipeline.settings import Settings
from storage import Archive
from storage import evidence as kept

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor

_DAY = timedelta(days=1)


def close_days(archive: Archive, settings: Settings, now: datetime) -> int:
    """Sign each day (UTC) that is over and not signed; return how many.

    A day without anything is signed too, so that none can be missing unseen. What is noted late
    stands in a later day. Raises EvidenceError when the key is not there, or when the list of heads
    beside the archive has days that the archive has lost.
    """
    with archive.transaction() as cursor:
        if kept.first_noted(cursor) is None and kept.last_head(cursor) is None:
            return 0

    key = keys.house_key(archive, settings, now)
    _list_heads(archive, settings)
    count = 0
    while True:
        with archive.transaction() as cursor:
            head = _close_next(cursor, key, now)

        if head is None:
            return count

        _list_heads(archive, settings)
        count += 1


def _close_next(
    cursor: "Cursor",
    key: Key,
    now: datetime,
) -> SignedHead | None:
    """Sign the day after the last that was signed; None when that is not over."""
    kept.lock_days(cursor)
    last = last_head(cursor)
    day = _next_day(cursor, last)
    if day is None or day >= now.astimezone(UTC).date():
        return None

    hashes = _place_leaves(cursor, day)
    tree = Tree(hashes)
    head = sign_head(
        key,
        day,
        tree.root,
        tree.size,
        previous=last.hash if last else NONE,
        now=now,
    )
    kept.add_day(cursor, day, head.text.decode("ascii"), b"".join(hashes))

    return head


def last_head(cursor: "Cursor") -> SignedHead | None:
    """Return the head of the last day that was signed."""
    text = kept.last_head(cursor)

    return SignedHead.parsed(text.encode()) if text else None


def _next_day(cursor: "Cursor", last: SignedHead | None) -> date | None:
    if last is not None:
        return last.head.day + _DAY

    first = kept.first_noted(cursor)

    return first.astimezone(UTC).date() if first else None


def _place_leaves(cursor: "Cursor", day: date) -> list[bytes]:
    """Put all files that are due into a day's tree; return the hashes of its leaves."""
    end = datetime.combine(day + _DAY, time(), UTC)
    hashes: list[bytes] = []
    for file in kept.due_files(cursor, end):
        kept.place_file(cursor, file.id, day, len(hashes))
        hashes += file_hashes(cursor, file.id)

    return hashes


def file_hashes(cursor: "Cursor", file: int) -> list[bytes]:
    """Return the hashes of a file's leaves, made of what its rows say."""
    return [leaf_hash(leaf_of(row).text) for row in kept.leaves(cursor, file)]


def day_hashes(cursor: "Cursor", day: date) -> list[bytes]:
    """Return the hashes of a day's leaves, made of what its files' rows say."""
    return [leaf_hash(leaf_of(row).text) for row in kept.leaves_of_day(cursor, day)]


def leaf_of(row: kept.LeafRow) -> Leaf:
    """Return the leaf that a row says."""
    return Leaf(
        digest=row.digest,
        address=row.key,
        fetched_at=row.fetched_at,
        status=row.status,
        kind="revisit" if row.is_revisit else "response",
    )


def heads_file(settings: Settings) -> Path:
    """Return the list of all heads beside the archive: who changes one must change both."""
    return settings.home / "evidence" / "heads.txt"


def listed_heads(settings: Settings) -> list[SignedHead]:
    """Return the heads in that list, oldest first; raises EvidenceError when it is damaged."""
    try:
        text = heads_file(settings).read_bytes()
    except FileNotFoundError:
        return []

    parts = text.split(b"\n\n")

    return [SignedHead.parsed(part + b"\n") for part in parts if part.strip()]


def _list_heads(archive: Archive, settings: Settings) -> None:
    """Put the heads that are missing at the list's end there.

    Raises EvidenceError when the list has days that the archive has not: nothing is signed twice.
    """
    listed = listed_heads(settings)
    with archive.transaction() as cursor:
        last = last_head(cursor)
        since = listed[-1].head.day + _DAY if listed else date.min
        missing = kept.heads(cursor, since)

    known = last.head.day if last else date.min
    lost = [head for head in listed if head.head.day > known]
    if lost:
        path = heads_file(settings)
        raise EvidenceError(
            f"{len(lost)} days were signed that the archive does not have; if a backup was read "
            f"in, keep {path} under another name, and the chain goes on after {known}"
        )

    _append(heads_file(settings), missing)


def _append(path: Path, heads: list[str]) -> None:
    if not heads:
        return

    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="ascii") as file:
        for head in heads:
            file.write(f"{head}\n")

        file.flush()
        os.fsync(file.fileno())
