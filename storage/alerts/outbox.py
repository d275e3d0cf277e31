"""The outbox: written messages, claimed by senders, stamped when the server has them.

Every function takes a cursor and acts in the caller's transaction. A message is written together
with its matches. A sender that dies between sending and stamping leaves the row waiting: that one
message goes out again, with the same Message-ID.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING, NamedTuple

from storage.alerts.addresses import plain
from storage.alerts.skips import count_skips
from storage.sql.statements import execute, fetch_all, fetch_as, fetch_one, fetch_value

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingMessage:
    """A written message on its way into the outbox."""

    message_id: str
    address: str
    domain: str
    template: str
    subject: str
    raw: bytes
    made_at: datetime  # aware
    watches: tuple[str, ...] = ()
    articles: tuple[int, ...] = ()
    story: int | None = None
    parent: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimedMessage:
    """A message that this transaction holds."""

    id: int
    message_id: str
    address: str
    raw: bytes
    attempts: int
    subject: str
    watches: tuple[str, ...] = ()  # names of those that speak in it
    key_turn: int = 0  # how often the key was renewed that a webhook's messages are signed with


@dataclass(frozen=True, slots=True, kw_only=True)
class FailingMessage:
    """A message that failed, for a person to see. `next_try_at` is None when it was given up."""

    id: int
    made_at: datetime
    address: str
    subject: str
    outcome: str
    said: str
    attempts: int
    next_try_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Backlog:
    """What has not left, in numbers."""

    waiting: int  # messages, those not tried yet included
    failing: Mapping[str, int]  # by the last outcome: messages that wait, and that were given up
    unwritten: int  # deliveries whose mail could not be written
    paused: int  # addresses


@dataclass(frozen=True, slots=True, kw_only=True)
class StuckMail:
    """Mail that should have gone and did not."""

    count: int
    since: datetime
    said: str


class RecentMails(NamedTuple):
    """How many mails an address got lately, and when the first of them was written (aware)."""

    mails: int
    first: datetime | None


class Waiting(NamedTuple):
    """How many messages wait, and when the next is due (aware)."""

    messages: int
    next_at: datetime | None


class QuietHours(NamedTuple):
    """When a watch's reader wants no mail: her zone, and local times, None without any."""

    timezone: str
    begin: time | None
    end: time | None


class Retried(NamedTuple):
    """What is tried again: messages, and deliveries whose mail is written anew."""

    messages: int
    unwritten: int


NOT_WRITTEN = "not_written"  # why a delivery was skipped: its mail could not be written
# Outcomes of messages that nobody waits for any more, or that have not been tried.
_NO_FAILURE = ["", "sent", "restored", "forgotten", "dropped"]


def drop_restored(cursor: "Cursor", now: datetime) -> int:
    """Give up what waited when a backup was made: the house that went on since has sent it.

    Digests that are not due yet stay. Returns how many messages and deliveries went.
    """
    dropped = execute(cursor, "outbox.drop_restored")
    dropped += execute(cursor, "outbox.skip_restored", now=now)
    if dropped:
        count_skips(cursor, {"restored": dropped}, now)

    return dropped


def enqueue_message(cursor: "Cursor", message: OutgoingMessage) -> int | None:
    """Put a message into the outbox; return its number, None if it is there already."""
    number: int | None = fetch_value(
        cursor,
        "outbox.enqueue",
        message_id=message.message_id,
        address=message.address,
        domain=message.domain,
        template=message.template,
        watches=list(message.watches),
        articles=list(message.articles),
        story=message.story,
        parent=message.parent,
        subject=message.subject,
        raw=message.raw,
        made_at=message.made_at,
    )

    return number


def enqueue_notice(cursor: "Cursor", message: OutgoingMessage) -> int | None:
    """Put a message to the operator into the outbox; None if it is there already."""
    execute(
        cursor,
        "watches.know_address",
        address=message.address,
        domain=message.domain,
    )
    return enqueue_message(cursor, message)


def claim_message(
    cursor: "Cursor",
    now: datetime,
    *,
    full: Iterable[str] = (),
    apart: Iterable[str] = (),
    mail: bool = True,
    only: str | None = None,
) -> ClaimedMessage | None:
    """Return one message that is due, held by this transaction; None if there is none.

    Left waiting: providers in `full`, which have had their share for now, addresses in `apart`,
    and without `mail` all that the mail server would have to take. `only`: this Message-ID.
    """
    row = fetch_one(
        cursor,
        "outbox.claim",
        now=now,
        full=list(full),
        apart=list(apart),
        mail=mail,
        only=only,
    )

    if row is None:
        return None

    return ClaimedMessage(
        id=row[0],
        message_id=row[1],
        address=row[2],
        raw=bytes(row[3]),
        attempts=row[4],
        subject=row[5],
        watches=tuple(row[6]),
        key_turn=row[7],
    )


def mark_sent(cursor: "Cursor", message_id: str, now: datetime) -> None:
    """Say that the server has a message."""
    execute(cursor, "outbox.mark_sent", message_id=message_id, now=now)


def mark_for_retry(
    cursor: "Cursor",
    message_id: str,
    next_try_at: datetime,
    *,
    outcome: str,
    said: str,
) -> None:
    """Keep a message for another attempt."""
    execute(
        cursor,
        "outbox.mark_for_retry",
        message_id=message_id,
        next_try_at=next_try_at,
        outcome=outcome,
        said=plain(said),
    )


def hold_address(cursor: "Cursor", address: str, until: datetime) -> None:
    """Let all that waits for an address wait until a moment, or longer if it would anyway."""
    execute(cursor, "outbox.hold", address=address, until=until)


def hold_message(cursor: "Cursor", number: int, until: datetime) -> None:
    """Let one message wait until a moment."""
    execute(cursor, "outbox.hold_message", id=number, until=until)


def hurry_unheard(cursor: "Cursor", now: datetime) -> int:
    """Let go at once what the mail server was never told of, since it was away; return how many."""
    return execute(cursor, "outbox.hurry_unheard", now=now)


def quiet_hours(cursor: "Cursor", watches: Iterable[str]) -> list[QuietHours]:
    """Return the quiet hours of watches, by their names; those that have none included."""
    rows = fetch_all(cursor, "outbox.quiet_hours", watches=list(watches))

    return [QuietHours(*row) for row in rows]


def mark_dropped(cursor: "Cursor", message_id: str, *, outcome: str, said: str) -> None:
    """Give a message up; what it would have told was not told."""
    execute(
        cursor,
        "outbox.mark_dropped",
        message_id=message_id,
        outcome=outcome,
        said=plain(said),
    )
    execute(cursor, "deliveries.retract_dropped", message_id=message_id)


def failing_messages(cursor: "Cursor", since: datetime, limit: int) -> list[FailingMessage]:
    """Return messages that wait after a failure, and those given up since a moment."""
    return fetch_as(
        cursor,
        FailingMessage,
        "outbox.failing",
        since=since,
        limit=limit,
        quiet=_NO_FAILURE,
    )


def backlog(cursor: "Cursor", since: datetime) -> Backlog:
    """Return what has not left; of what is done with, only since a moment."""
    rows = fetch_all(
        cursor,
        "outbox.backlog",
        since=since,
        quiet=_NO_FAILURE,
        not_written=NOT_WRITTEN,
    )

    by_outcome = dict(rows)
    unwritten = by_outcome.pop("", 0)

    return Backlog(
        waiting=waiting_messages(cursor).messages,
        failing=by_outcome,
        unwritten=unwritten,
        paused=fetch_value(cursor, "outbox.count_paused") or 0,
    )


def retry_failed(cursor: "Cursor", now: datetime) -> Retried:
    """Let what failed be tried at once; return how many messages, and how many to write."""
    messages = execute(cursor, "outbox.retry_failed", now=now)
    unwritten = execute(cursor, "outbox.retry_unwritten", not_written=NOT_WRITTEN)

    return Retried(messages, unwritten)


def drop_message(cursor: "Cursor", number: int) -> bool:
    """Give up a message that waits; return whether there was one of that number."""
    return bool(execute(cursor, "outbox.drop", id=number))


def mails_since(cursor: "Cursor", address: str, since: datetime) -> RecentMails:
    """Return how many mails were written to an address since a moment."""
    row = fetch_one(cursor, "outbox.mails_since", address=address, since=since)
    count, first = row or (0, None)

    return RecentMails(count, first)


def count_sent(cursor: "Cursor", since: datetime) -> Mapping[str, int]:
    """Return how many messages each provider has accepted since a moment."""
    return dict(fetch_all(cursor, "outbox.count_sent", since=since))


def stuck_mail(cursor: "Cursor", before: datetime) -> StuckMail | None:
    """Return what was written before a moment and is still waiting; None when all is well."""
    row = fetch_one(cursor, "outbox.stuck", before=before)
    if row is None or not row[0]:
        return None

    count, since, said = row

    return StuckMail(count=count, since=since, said=said or "no attempt was made")


def waiting_messages(cursor: "Cursor") -> Waiting:
    """Return how many messages wait, and when the next is due."""
    count, next_at = fetch_one(cursor, "outbox.waiting") or (0, None)
    return Waiting(count, next_at)


def recipient_of(cursor: "Cursor", message_id: str) -> str | None:
    """Return the address that a message was for."""
    address: str | None = fetch_value(cursor, "outbox.by_message_id", message_id=message_id)
    return address


def empty_old_messages(cursor: "Cursor", before: datetime) -> int:
    """Empty messages that are long done; return how many."""
    return execute(cursor, "outbox.empty_old", before=before)


def forget_quotations(cursor: "Cursor", articles: Iterable[int]) -> int:
    """Empty the mails that quote articles which the archive must forget; return how many."""
    return execute(cursor, "outbox.forget_articles", articles=list(articles))
