"""What others have said of days' heads."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from storage.sql.statements import execute, fetch_all

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor


class KeptStamp(NamedTuple):
    """A stamp. `kind`: rfc3161 or opentimestamps; `is_final` False: a calendar's promise."""

    day: date
    kind: str
    authority: str
    stamp: bytes
    is_final: bool


def stamps(cursor: "Cursor", since: date = date.min) -> list[KeptStamp]:
    """Return the stamps of the days since one."""
    return [_kept(row) for row in fetch_all(cursor, "evidence.stamps", since=since)]


def promised_stamps(cursor: "Cursor", most: int) -> list[KeptStamp]:
    """Return so many promises at most that are not kept yet, the oldest first."""
    return [_kept(row) for row in fetch_all(cursor, "evidence.promised_stamps", most=most)]


def _kept(row: Sequence[Any]) -> KeptStamp:
    day, kind, authority, stamp, is_final = row

    return KeptStamp(day, kind, authority, bytes(stamp), is_final)


def unstamped_days(cursor: "Cursor", kind: str, authority: str, most: int) -> list[date]:
    """Return so many days at most that an authority has not stamped, the newest first."""
    rows = fetch_all(
        cursor,
        "evidence.unstamped_days",
        kind=kind,
        authority=authority,
        most=most,
    )

    return [day for (day,) in rows]


def keep_stamp(cursor: "Cursor", stamp: KeptStamp) -> None:
    """Keep a stamp, or a better one in its place."""
    execute(
        cursor,
        "evidence.keep_stamp",
        day=stamp.day,
        kind=stamp.kind,
        authority=stamp.authority,
        stamp=stamp.stamp,
        final=stamp.is_final,
    )
