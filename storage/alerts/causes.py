"""What the operator must mend: what was seen, and what she has been told.

Every function takes a cursor and acts in the caller's transaction.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from storage.sql.statements import execute, fetch_all

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor


class KnownCause(NamedTuple):
    """A cause as it was seen at the last look; `notified_at` None: she does not know yet."""

    cause: str
    subject: str  # an outlet, an address, a part; empty where there is only one
    since: datetime  # aware
    notified_at: datetime | None
    state: str


class Redesign(NamedTuple):
    """A change of an outlet's pages."""

    outlet: str
    at: datetime  # aware
    detail: str


def known_causes(cursor: "Cursor", causes: Iterable[str]) -> list[KnownCause]:
    """Return what was seen of causes at the last look."""
    return [KnownCause(*row) for row in fetch_all(cursor, "causes.known", causes=list(causes))]


def see_cause(cursor: "Cursor", cause: str, subject: str, state: str, now: datetime) -> None:
    """Note that a cause is there; in another state than before it is to be told again."""
    execute(cursor, "causes.see", cause=cause, subject=subject, state=state, now=now)


def mark_cause_notified(
    cursor: "Cursor", cause: str, subjects: Iterable[str], now: datetime
) -> None:
    """Note that the operator has been told of what a cause befell."""
    execute(cursor, "causes.mark_notified", cause=cause, subjects=list(subjects), now=now)


def forget_cause(cursor: "Cursor", cause: str, subjects: Iterable[str]) -> None:
    """Note that a cause is gone."""
    execute(cursor, "causes.forget", cause=cause, subjects=list(subjects))


def recent_redesigns(cursor: "Cursor", since: datetime) -> list[Redesign]:
    """Return outlets whose pages changed their layout since a moment, each once."""
    return [Redesign(*row) for row in fetch_all(cursor, "causes.redesigns", since=since)]
