"""What a check of the evidence found wrong."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from storage.sql.statements import execute, fetch_all

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor


class Fault(NamedTuple):
    """What is wrong with something, and since when that is known."""

    subject: str
    said: str
    seen_at: datetime


def keep_faults(cursor: "Cursor", found: Mapping[str, str], now: datetime) -> None:
    """Keep what a check found: sentences by subject. What is mended goes."""
    execute(cursor, "evidence.mend_faults", subjects=list(found))
    for subject, said in found.items():
        execute(
            cursor,
            "evidence.keep_fault",
            subject=subject,
            said=said,
            now=now,
        )


def faults(cursor: "Cursor") -> list[Fault]:
    """Return what the last check found wrong."""
    return [Fault(*row) for row in fetch_all(cursor, "evidence.faults")]
