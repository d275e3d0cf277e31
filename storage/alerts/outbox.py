"""The outbox: messages written together with their matches, claimed by senders, stamped when the server has them.

Every function takes a cursor and acts in the caller's transaction. A sender that dies between sending and stamping leaves the
row waiting: that one message goes out again, with the same Message-ID.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from storage.sql.statements import statement

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


NOT_WRITTEN = "not_written"  # why a delivery was skipped: its mail could not be written
# Outcomes of messages that nobody waits for any more, or that have not been tried.
_NO_FAILURE = ("", "sent", "restored", "forgotten", "dropped")


def drop_restored(cursor: "Cursor", now: datetime) -> int:
    """Give up what waited when a backup was made: the house that went on since has told it. Digests that are not due yet stay. Return how many."""
    cursor.execute(statement("outbox", "drop_restored"))
    many = cursor.rowcount
    cursor.execute(statement("outbox", "skip_restored"), {"now": now})
    many += cursor.rowcount
    count_skips(cursor, {"restored": many} if many else {}, now)
    return many


def enqueue_message(cursor: "Cursor", message: OutgoingMessage) -> int | None:
    """Put a message into the outbox; None if it is there already."""
    cursor.execute(
        statement("outbox", "enqueue"),
        {
            "message_id": message.message_id,
            "address": message.address,
            "domain": message.domain,
            "template": message.template,
            "watches": list(message.watches),
            "articles": list(message.articles),
            "story": message.story,
            "parent": message.parent,
            "subject": message.subject,
            "raw": message.raw,
            "made_at": message.made_at,
        },
    )
    row = cursor.fetchone()
    return row[0] if row else None


def enqueue_notice(cursor: "Cursor", message: OutgoingMessage) -> int | None:
    """Put a message to the operator into the outbox; None if it is there already."""
    recipient = {"address": message.address, "domain": message.domain}
    cursor.execute(statement("watches", "know_address"), recipient)
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
    """Take one message that is due; None if there is none.

    Left waiting: providers in `full`, which have had their share for now, addresses in `apart`,
    and without `mail` all that the mail server would have to take.
    """
    asked = {"now": now, "full": list(full), "apart": list(apart), "mail": mail, "only": only}
    cursor.execute(statement("outbox", "claim"), asked)
    row = cursor.fetchone()
    if row is None:
        return None
    return ClaimedMessage(
        id=row[0],
        message_id=row[1],
        address=row[2],
        raw=bytes(row[3]),
        attempts=row[4],
        subject=row[5],
    )


def mark_sent(cursor: "Cursor", message_id: str, now: datetime) -> None:
    """Say that the server has a message."""
    cursor.execute(statement("outbox", "stamp_sent"), {"message_id": message_id, "now": now})


def mark_for_retry(
    cursor: "Cursor", message_id: str, next_try_at: datetime, *, outcome: str, said: str
) -> None:
    """Keep a message for another attempt."""
    cursor.execute(
        statement("outbox", "stamp_later"),
        {
            "message_id": message_id,
            "next_try_at": next_try_at,
            "outcome": outcome,
            "said": _plain(said),
        },
    )


def hold_address(cursor: "Cursor", address: str, until: datetime) -> None:
    """Let all that waits for an address wait until a moment, or longer if it would anyway."""
    cursor.execute(statement("outbox", "hold"), {"address": address, "until": until})


def mark_dropped(cursor: "Cursor", message_id: str, *, outcome: str, said: str) -> None:
    """Give a message up."""
    cursor.execute(
        statement("outbox", "stamp_dropped"),
        {"message_id": message_id, "outcome": outcome, "said": _plain(said)},
    )


def failing_messages(cursor: "Cursor", since: datetime, limit: int) -> list[FailingMessage]:
    """Return messages that wait after a failure, and those given up since a moment."""
    asked = {"since": since, "limit": limit, "quiet": list(_NO_FAILURE)}
    cursor.execute(statement("outbox", "failing"), asked)
    return [
        FailingMessage(
            id=row[0],
            made_at=row[1],
            address=row[2],
            subject=row[3],
            outcome=row[4],
            said=row[5],
            attempts=row[6],
            next_try_at=row[7],
        )
        for row in cursor.fetchall()
    ]


def backlog(cursor: "Cursor", since: datetime) -> Backlog:
    """Return what has not left; what is settled, only since a moment."""
    asked = {"since": since, "quiet": list(_NO_FAILURE), "not_written": NOT_WRITTEN}
    cursor.execute(statement("outbox", "trouble"), asked)
    rows = dict(cursor.fetchall())
    unwritten = rows.pop("", 0)
    cursor.execute(statement("outbox", "count_paused"))
    paused_count = (cursor.fetchone() or (0,))[0]
    count, _ = waiting_messages(cursor)
    return Backlog(waiting=count, failing=rows, unwritten=unwritten, paused=paused_count)


def retry_failed(cursor: "Cursor", now: datetime) -> tuple[int, int]:
    """Let what failed be tried at once; return how many messages, and how many to write."""
    cursor.execute(statement("outbox", "retry_failed"), {"now": now})
    messages = cursor.rowcount
    cursor.execute(statement("outbox", "retry_unwritten"), {"not_written": NOT_WRITTEN})
    return messages, cursor.rowcount


def drop_message(cursor: "Cursor", number: int) -> bool:
    """Give up a message that waits; whether there was one of that number."""
    cursor.execute(statement("outbox", "drop"), {"id": number})
    return bool(cursor.rowcount)


def pause_address(cursor: "Cursor", address: str, reason: str, now: datetime) -> bool:
    """Stop mail to an address; whether it ran until now."""
    cursor.execute(
        statement("outbox", "pause_address"),
        {"address": address, "reason": _plain(reason), "now": now},
    )
    return cursor.fetchone() is not None


def resume_address(cursor: "Cursor", address: str, now: datetime) -> bool:
    """Let mail to an address go again, what waits for it at once; whether it was paused."""
    cursor.execute(statement("outbox", "resume_address"), {"address": address, "now": now})
    if cursor.rowcount:
        cursor.execute(statement("outbox", "hurry"), {"address": address, "now": now})
        return True
    return False


def paused_addresses(cursor: "Cursor", *, untold: bool = False) -> list[tuple[str, str, datetime]]:
    """Return paused addresses: (address, reason, since); `untold`: only those the operator has not heard of."""
    cursor.execute(statement("outbox", "paused_untold" if untold else "paused"))
    return cursor.fetchall()


def mark_operator_informed(cursor: "Cursor", addresses: Iterable[str]) -> None:
    """Note that the operator has heard of paused addresses."""
    cursor.execute(statement("outbox", "mark_told"), {"addresses": list(addresses)})


def count_sent(cursor: "Cursor", since: datetime) -> Mapping[str, int]:
    """Return how many messages each provider has accepted since a moment."""
    cursor.execute(statement("outbox", "sent_lately"), {"since": since})
    return dict(cursor.fetchall())


def stuck_mail(cursor: "Cursor", before: datetime) -> StuckMail | None:
    """Return what was written before a moment and is still waiting; None when all is well."""
    cursor.execute(statement("outbox", "stuck"), {"before": before})
    count, since, said = cursor.fetchone() or (0, None, None)
    return (
        StuckMail(count=count, since=since, said=said or "no attempt was made") if count else None
    )


def waiting_messages(cursor: "Cursor") -> tuple[int, datetime | None]:
    """Return how many messages wait, and when the next is due."""
    cursor.execute(statement("outbox", "waiting"))
    count, due = cursor.fetchone() or (0, None)
    return count, due


def recipient_of(cursor: "Cursor", message_id: str) -> str | None:
    """Return whom a message was for."""
    cursor.execute(statement("outbox", "by_message_id"), {"message_id": message_id})
    row = cursor.fetchone()
    return row[0] if row else None


def empty_old_messages(cursor: "Cursor", before: datetime) -> int:
    """Empty messages that are long done; return how many."""
    cursor.execute(statement("outbox", "prune_raw"), {"before": before})
    return cursor.rowcount


def forget_quotations(cursor: "Cursor", articles: Iterable[int]) -> int:
    """Empty the mails that quote articles which the archive must forget; return how many."""
    cursor.execute(statement("outbox", "forget_articles"), {"articles": list(articles)})
    return cursor.rowcount


def count_skips(cursor: "Cursor", reasons: Mapping[str, int], now: datetime) -> None:
    """Count mails that were not written."""
    for reason, count in sorted(reasons.items()):
        cursor.execute(
            statement("outbox", "count_skip"), {"day": now.date(), "reason": reason, "count": count}
        )


def skip_counts(cursor: "Cursor", since: datetime) -> dict[str, int]:
    """Return counted reasons since a day."""
    cursor.execute(statement("outbox", "skips"), {"since": since.date()})
    return dict(cursor.fetchall())


def _plain(said: str) -> str:
    """Return a server's words as PostgreSQL can keep them: no NUL, no half of a surrogate pair."""
    flat = said.replace("\0", "")[:500]
    return flat.encode("utf-8", "replace").decode("utf-8")
