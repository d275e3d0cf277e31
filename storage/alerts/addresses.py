"""Addresses that get mail, and those whose mail is paused.

Every function takes a cursor and acts in the caller's transaction.
"""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from storage.sql.statements import execute, fetch_all, fetch_one, fetch_value

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor

_MISSED = timedelta(days=30)  # older matches are history when an address is back
_BOUNCES_FOR = timedelta(days=7)  # longer than servers try before they send a mail back
_LONGEST = 500  # characters of what a server said


class PausedAddress(NamedTuple):
    """An address that gets no mail: why, and since when (aware)."""

    address: str
    reason: str
    since: datetime
    score: float  # its refusals, added up


class RefusingAddress(NamedTuple):
    """An address that has refused mail and still gets it."""

    address: str
    score: float  # its refusals, added up
    at: datetime  # of the last that counted, aware
    said: str


def score_refusal(
    cursor: "Cursor",
    address: str,
    weight: float,
    said: str,
    now: datetime,
    *,
    apart: timedelta,
) -> float:
    """Count a refusal against an address, once within `apart`; return the sum."""
    score: float | None = fetch_value(
        cursor,
        "outbox.score_refusal",
        address=address,
        weight=weight,
        said=plain(said),
        now=now,
        apart=apart,
    )

    return score or 0.0


def forgive_address(cursor: "Cursor", address: str, by: float) -> None:
    """Take off an address's refusals what a mail that was taken makes good.

    Not within a week after a bounce: what a relay takes may come back, and proves nothing.
    """
    execute(cursor, "outbox.forgive", address=address, by=by, apart=_BOUNCES_FOR)


def note_bounce(cursor: "Cursor", address: str, now: datetime) -> None:
    """Keep that a mail to an address came back."""
    execute(cursor, "outbox.note_bounce", address=address, now=now)


def refusing_addresses(cursor: "Cursor") -> list[RefusingAddress]:
    """Return the addresses that have refused mail and still get it, the worst first."""
    return [RefusingAddress(*row) for row in fetch_all(cursor, "outbox.refused")]


def pause_address(cursor: "Cursor", address: str, reason: str, now: datetime) -> bool:
    """Stop mail to an address; return whether it ran until now."""
    row = fetch_one(
        cursor,
        "outbox.pause_address",
        address=address,
        reason=plain(reason),
        now=now,
    )

    return row is not None


def resume_address(cursor: "Cursor", address: str, now: datetime) -> bool:
    """Let mail to an address go again; return whether it was paused.

    What waits for it goes at once, and what it missed of the last weeks is written after all.
    """
    if not execute(cursor, "outbox.resume_address", address=address, now=now):
        return False

    execute(cursor, "outbox.hurry", address=address, now=now)
    execute(
        cursor,
        "deliveries.revive_address",
        address=address,
        now=now,
        since=now - _MISSED,
    )

    return True


def paused_addresses(cursor: "Cursor") -> list[PausedAddress]:
    """Return paused addresses, the longest paused first."""
    return [PausedAddress(*row) for row in fetch_all(cursor, "outbox.paused")]


def plain(said: str) -> str:
    """Return a server's words as PostgreSQL can keep them: no NUL, no half of a surrogate pair."""
    flat = said.replace("\0", "")[:_LONGEST]
    return flat.encode("utf-8", "replace").decode("utf-8")
