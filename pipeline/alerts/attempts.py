"""What an attempt to send means: for its message, for others that go the same way, for a person."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, assert_never

from storage import alerts
from watches.delivery import APART, FORGIVEN, PAUSES_AT, Attempt, Outcome, is_url

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor

# The operator must mend these, and no message is to blame: it waits however long that takes.
FOR_OPERATOR = {Outcome.MISCONFIGURED, Outcome.SENDER_REFUSED}
_NEVER_GIVEN_UP = FOR_OPERATOR | {Outcome.SERVER_AWAY}
_FIRST_PAUSE = timedelta(seconds=30)
_LONGEST_PAUSE = timedelta(hours=4)
_MOST_DOUBLINGS = 12
_LONGEST_HOLD = timedelta(minutes=15)  # of all that goes to a receiver that is away
# Attempts, about five days: as long as mail servers themselves try (RFC 5321, 4.5.4.1).
_GIVE_UP = 40
_IN_A_ROW = 3  # failures that may be one message's doing, after which the way is at fault
_MAIL = "mail"  # the way of all mail; any other way is a receiver's own address


@dataclass(slots=True)
class Report:
    """What a pass of sending did."""

    sent: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    paused: list[str] = field(default_factory=list)
    said: str = ""  # the server's words at the last failure
    refused: str = ""  # its words when it took nothing from us


@dataclass(slots=True)
class Pass:
    """One pass of sending: which ways are shut until the next one.

    A way is the mail server, or the address of a receiver that is no mailbox.
    """

    report: Report = field(default_factory=Report)
    shut: set[str] = field(default_factory=set)
    in_a_row: Counter[str] = field(default_factory=Counter)  # failures by way, since it worked last

    was_mailed: bool = False  # whether the mail server took anything in this pass

    @property
    def mail(self) -> bool:
        """Whether the mail server is still tried."""
        return _MAIL not in self.shut

    def shut_mail(self) -> None:
        """Try no mail in this pass."""
        self.shut.add(_MAIL)

    def is_first_mail(self, address: str) -> bool:
        """Return whether a message that left is the first that the mail server took."""
        is_first = not self.was_mailed and not is_url(address)
        self.was_mailed = self.was_mailed or is_first

        return is_first

    def learn(self, address: str, attempt: Attempt) -> None:
        """Take in how an attempt ended."""
        way = address if is_url(address) else _MAIL
        if attempt.shuts_way:
            self.shut.add(way)
            return

        match attempt.outcome:
            case (
                Outcome.SENT
                | Outcome.MAILBOX_FULL
                | Outcome.REFUSED_ADDRESS
                | Outcome.REFUSED_MESSAGE
            ):
                del self.in_a_row[way]
            case Outcome.SERVER_AWAY | Outcome.MISCONFIGURED | Outcome.RECEIVER_AWAY:
                self.shut.add(way)
            case Outcome.CONNECTION_LOST | Outcome.SENDER_REFUSED:
                self._count_failure(way)
            case Outcome.LATER | Outcome.FAILED:
                # A mail server that says "later" of one mail takes the next; a service that keeps
                # failing would have each of its messages wait for its time-out.
                if way != _MAIL:
                    self._count_failure(way)
            case _:
                assert_never(attempt.outcome)

    def _count_failure(self, way: str) -> None:
        """Count a failure that may be the way's fault; after some in a row it is."""
        self.in_a_row[way] += 1
        if self.in_a_row[way] >= _IN_A_ROW:
            self.shut.add(way)


def record_attempt(
    cursor: "Cursor",
    claimed: alerts.ClaimedMessage,
    attempt: Attempt,
    report: Report,
) -> None:
    """Note how an attempt ended, in the archive and in the report."""
    outcome, said, now = attempt.outcome, attempt.said, _now()
    report.outcomes[outcome.value] += 1
    report.said = said or report.said
    if outcome in FOR_OPERATOR:
        report.refused = said

    match outcome:
        case Outcome.SENT:
            alerts.mark_sent(cursor, claimed.message_id, now)
            alerts.forgive_address(cursor, claimed.address, FORGIVEN)
            report.sent += 1
        case Outcome.REFUSED_ADDRESS | Outcome.MAILBOX_FULL:
            _count_refusal(cursor, claimed, attempt, report, now)
        case Outcome.REFUSED_MESSAGE:
            alerts.mark_dropped(
                cursor,
                claimed.message_id,
                outcome=outcome.value,
                said=said,
            )
        case (
            Outcome.LATER
            | Outcome.CONNECTION_LOST
            | Outcome.SENDER_REFUSED
            | Outcome.FAILED
            | Outcome.SERVER_AWAY
            | Outcome.MISCONFIGURED
        ):
            _keep_waiting(cursor, claimed, attempt, now)
        case Outcome.RECEIVER_AWAY:
            _keep_waiting(cursor, claimed, attempt, now)
            pause = min(back_off(claimed.attempts), _LONGEST_HOLD)
            alerts.hold_address(cursor, claimed.address, now + pause)
        case _:
            assert_never(outcome)


def _count_refusal(
    cursor: "Cursor",
    claimed: alerts.ClaimedMessage,
    attempt: Attempt,
    report: Report,
    now: datetime,
) -> None:
    """Count a refusal against its address: all that goes to it waits, until enough is enough."""
    counted = Refusal(attempt.weight.value, attempt.said, now)
    if refuse(cursor, claimed.address, counted):
        report.paused.append(claimed.address)
        alerts.mark_dropped(
            cursor,
            claimed.message_id,
            outcome=attempt.outcome.value,
            said=attempt.said,
        )
        return

    pause = back_off(claimed.attempts)
    if attempt.outcome is Outcome.REFUSED_ADDRESS:
        pause = APART

    alerts.mark_for_retry(
        cursor,
        claimed.message_id,
        now + pause,
        outcome=attempt.outcome.value,
        said=attempt.said,
    )
    alerts.hold_address(cursor, claimed.address, now + pause)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A refusal of an address: how much it counts, the server's words, when (aware)."""

    weight: float
    said: str
    at: datetime


def refuse(cursor: "Cursor", address: str, refusal: Refusal) -> bool:
    """Count a refusal against an address; return whether it is paused by it."""
    # What we know ourselves counts at once.
    is_certain = refusal.weight >= PAUSES_AT
    score = alerts.score_refusal(
        cursor,
        address,
        refusal.weight,
        refusal.said,
        refusal.at,
        apart=timedelta(0) if is_certain else APART,
    )
    if score < PAUSES_AT:
        return False

    return alerts.pause_address(cursor, address, refusal.said, refusal.at)


def _keep_waiting(
    cursor: "Cursor",
    claimed: alerts.ClaimedMessage,
    attempt: Attempt,
    now: datetime,
) -> None:
    """Let a message wait for its next attempt, or give it up after the last."""
    outcome = attempt.outcome
    is_last = claimed.attempts + 1 >= _GIVE_UP
    if is_last and outcome not in _NEVER_GIVEN_UP:
        _give_up(cursor, claimed, attempt)
        return

    alerts.mark_for_retry(
        cursor,
        claimed.message_id,
        now + back_off(claimed.attempts),
        outcome=outcome.value,
        said=attempt.said,
    )


def _give_up(
    cursor: "Cursor",
    claimed: alerts.ClaimedMessage,
    attempt: Attempt,
) -> None:
    """Drop a message after its last attempt."""
    alerts.mark_dropped(
        cursor,
        claimed.message_id,
        outcome="given_up",
        said=attempt.said,
    )


def back_off(attempts: int) -> timedelta:
    """Return how long to wait after so many failed attempts.

    Half a minute, doubled each time, at most four hours.
    """
    doublings = min(attempts, _MOST_DOUBLINGS)

    return min(_FIRST_PAUSE * (1 << doublings), _LONGEST_PAUSE)


def _now() -> datetime:
    """Return the moment, in UTC."""
    return datetime.now(UTC)
