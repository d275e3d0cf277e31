"""The outbox: messages written together with their matches, claimed by senders, stamped when the server has them.

Every function takes a cursor and acts in the caller's transaction. A sender that dies between sending and stamping leaves the
row waiting: that one message goes out again, with the same Message-ID.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from storage.sql import statement

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor  # noqa: N812


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """A written message on its way into the outbox."""

    message_id: str
    address: str
    domain: str
    template: str
    subject: str
    raw: bytes
    made_at: datetime              # aware
    watches: tuple[str, ...] = ()
    articles: tuple[int, ...] = ()
    story: int | None = None
    parent: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """A message that this transaction holds."""

    id: int
    message_id: str
    address: str
    raw: bytes
    attempts: int
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stuck:
    """Mail that should have gone and did not."""

    count: int
    since: datetime
    said: str


def restored(cursor: "Cursor", now: datetime) -> int:
    """Give up what waited when a backup was made: the house that went on since has told it. Digests that are not due yet stay. Return how many."""
    cursor.execute(statement("outbox", "drop_restored"))
    many = cursor.rowcount
    cursor.execute(statement("outbox", "skip_restored"), {"now": now})
    many += cursor.rowcount
    count_skips(cursor, {"restored": many} if many else {}, now)
    return many


def enqueue(cursor: "Cursor", message: Outgoing) -> int | None:
    """Put a message into the outbox; None if it is there already."""
    cursor.execute(statement("outbox", "enqueue"), {
        "message_id": message.message_id, "address": message.address, "domain": message.domain, "template": message.template,
        "watches": list(message.watches), "articles": list(message.articles), "story": message.story, "parent": message.parent,
        "subject": message.subject, "raw": message.raw, "made_at": message.made_at,
    })
    row = cursor.fetchone()
    return row[0] if row else None


def claim(cursor: "Cursor", now: datetime, *, full: Iterable[str] = (), only: str | None = None) -> Claimed | None:
    """Take one message that is due; providers in `full` have had their share for now."""
    cursor.execute(statement("outbox", "claim"), {"now": now, "full": list(full), "only": only})
    row = cursor.fetchone()
    if row is None:
        return None
    return Claimed(id=row[0], message_id=row[1], address=row[2], raw=bytes(row[3]), attempts=row[4], subject=row[5])


def stamp_sent(cursor: "Cursor", message_id: str, now: datetime) -> None:
    """Say that the server has a message."""
    cursor.execute(statement("outbox", "stamp_sent"), {"message_id": message_id, "now": now})


def stamp_later(cursor: "Cursor", message_id: str, next_try_at: datetime, *, outcome: str, said: str) -> None:
    """Keep a message for another attempt."""
    cursor.execute(statement("outbox", "stamp_later"), {
        "message_id": message_id, "next_try_at": next_try_at, "outcome": outcome, "said": _plain(said),
    })


def stamp_dropped(cursor: "Cursor", message_id: str, *, outcome: str, said: str) -> None:
    """Give a message up."""
    cursor.execute(statement("outbox", "stamp_dropped"), {"message_id": message_id, "outcome": outcome, "said": _plain(said)})


def pause(cursor: "Cursor", address: str, reason: str, now: datetime) -> bool:
    """Stop mail to an address; whether it ran until now."""
    cursor.execute(statement("outbox", "pause_address"), {"address": address, "reason": _plain(reason), "now": now})
    return cursor.fetchone() is not None


def resume(cursor: "Cursor", address: str, now: datetime) -> bool:
    """Let mail to an address go again, what waits for it at once; whether it was paused."""
    cursor.execute(statement("outbox", "resume_address"), {"address": address, "now": now})
    if cursor.rowcount:
        cursor.execute(statement("outbox", "hurry"), {"address": address, "now": now})
        return True
    return False


def paused(cursor: "Cursor", *, untold: bool = False) -> list[tuple[str, str, datetime]]:
    """Return paused addresses: (address, reason, since); `untold`: only those the operator has not heard of."""
    cursor.execute(statement("outbox", "paused_untold" if untold else "paused"))
    return cursor.fetchall()


def mark_told(cursor: "Cursor", addresses: Iterable[str]) -> None:
    """Note that the operator has heard of paused addresses."""
    cursor.execute(statement("outbox", "mark_told"), {"addresses": list(addresses)})


def sent_lately(cursor: "Cursor", since: datetime) -> Mapping[str, int]:
    """Return how many messages each provider has accepted since a moment."""
    cursor.execute(statement("outbox", "sent_lately"), {"since": since})
    return dict(cursor.fetchall())


def stuck(cursor: "Cursor", before: datetime) -> Stuck | None:
    """Return what was written before a moment and is still waiting; None when all is well."""
    cursor.execute(statement("outbox", "stuck"), {"before": before})
    count, since, said = cursor.fetchone() or (0, None, None)
    return Stuck(count=count, since=since, said=said or "no attempt was made") if count else None


def waiting(cursor: "Cursor") -> tuple[int, datetime | None]:
    """Return how many messages wait, and when the next is due."""
    cursor.execute(statement("outbox", "waiting"))
    count, due = cursor.fetchone() or (0, None)
    return count, due


def address_of(cursor: "Cursor", message_id: str) -> str | None:
    """Return whom a message was for."""
    cursor.execute(statement("outbox", "by_message_id"), {"message_id": message_id})
    row = cursor.fetchone()
    return row[0] if row else None


def prune(cursor: "Cursor", before: datetime) -> int:
    """Empty messages that are long done; return how many."""
    cursor.execute(statement("outbox", "prune_raw"), {"before": before})
    return cursor.rowcount


def forget(cursor: "Cursor", articles: Iterable[int]) -> int:
    """Empty the mails that quote articles which the archive must forget; return how many."""
    cursor.execute(statement("outbox", "forget_articles"), {"articles": list(articles)})
    return cursor.rowcount


def count_skips(cursor: "Cursor", reasons: Mapping[str, int], now: datetime) -> None:
    """Count mails that were not written."""
    for reason, count in sorted(reasons.items()):
        cursor.execute(statement("outbox", "count_skip"), {"day": now.date(), "reason": reason, "count": count})


def skips(cursor: "Cursor", since: datetime) -> dict[str, int]:
    """Return counted reasons since a day."""
    cursor.execute(statement("outbox", "skips"), {"since": since.date()})
    return dict(cursor.fetchall())


def _plain(said: str) -> str:
    """Return a server's words as PostgreSQL can keep them."""
    return said.replace("\0", "")[:500]
