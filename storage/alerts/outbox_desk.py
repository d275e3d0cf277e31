"""The outbox for a person: what lies in it, and what can be done with one message.

Every function takes a cursor and acts in the caller's transaction.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from storage.sql.statements import execute, fetch_all, fetch_value

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor

OUTBOX_STATES = ("waiting", "deferred", "failed", "sent")


class OutboxMessage(NamedTuple):
    """A message of the outbox. Moments are aware.

    `state`: waiting (not tried yet), deferred (tried, and tried again), failed (given up) or sent.
    """

    id: int
    made_at: datetime
    address: str
    subject: str
    state: str
    outcome: str  # of the last attempt; empty: none yet
    said: str  # what was answered then
    attempts: int
    next_try_at: datetime | None  # None: there is none
    sent_at: datetime | None
    is_paused: bool  # its address takes no mail for now
    message_id: str
    watches: list[str]  # names of those that speak in it


def outbox_messages(
    cursor: "Cursor",
    states: Sequence[str],
    limit: int,
) -> list[OutboxMessage]:
    """Return the messages in some states, the newest first."""
    rows = fetch_all(cursor, "outbox.listed", id=None, states=list(states), limit=limit)

    return [OutboxMessage(*row) for row in rows]


def outbox_message(cursor: "Cursor", number: int) -> OutboxMessage | None:
    """Return the message of a number."""
    for row in fetch_all(cursor, "outbox.listed", id=number, states=None, limit=1):
        return OutboxMessage(*row)

    return None


def raw_message(cursor: "Cursor", number: int) -> bytes:
    """Return a message as it goes over the wire; empty when it was emptied by its age."""
    return bytes(fetch_value(cursor, "outbox.raw", id=number) or b"")


def retry_message(cursor: "Cursor", number: int, now: datetime) -> bool:
    """Let one message be tried at once, one that was given up, too; return whether it will be.

    One whose news has been told by another mail since is not.
    """
    if execute(cursor, "outbox.hurry_message", id=number, now=now):
        return True
    if not execute(cursor, "outbox.restore", id=number, now=now):
        return False

    execute(cursor, "outbox.restore_deliveries", id=number)
    execute(cursor, "outbox.restore_notices", id=number, now=now)

    return True


def webhook_key_turn(cursor: "Cursor", address: str) -> int | None:
    """Return how often the key of a webhook was renewed; None: no such address is known."""
    turn: int | None = fetch_value(cursor, "outbox.key_turn", address=address)

    return turn


def renew_webhook_key(cursor: "Cursor", address: str) -> int | None:
    """Renew the key of a webhook; return how often that was done. None: no such address."""
    turn: int | None = fetch_value(cursor, "outbox.renew_key", address=address)

    return turn
