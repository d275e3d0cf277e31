"""Sending: messages out of the outbox. Claim one, hand it over, stamp it, commit; then the next.

The row stays locked while the message is on its way. A crash in between unlocks it unstamped: that
one message goes out again, with the same Message-ID. What the server took but the database could
not note is remembered and noted before anything else.

A message that fails ends alone, whatever the error: it waits, or is given up, under the name of its
outcome. Only what concerns others holds them up: without a connection to the mail server no mail is
tried in this pass, and a receiver that does not answer has its own messages wait.
"""

import contextlib
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, assert_never

from pipeline.alerts.mail_context import secret
from pipeline.settings import Settings
from storage import Archive, alerts
from watches import bare_address
from watches.delivery import (
    Attempt,
    Carrier,
    Carriers,
    Folder,
    Key,
    Mailer,
    Outcome,
    Rates,
    account,
    hand_over,
    is_url,
    parse_rates,
    paused_addresses,
    read_key,
    write_notice,
)

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor

STUCK = timedelta(minutes=30)
_FIRST_PAUSE = timedelta(seconds=30)
_LONGEST_PAUSE = timedelta(hours=4)
_MOST_DOUBLINGS = 12
# Attempts, about five days: as long as mail servers themselves try (RFC 5321, 4.5.4.1).
_GIVE_UP = 40
_WINDOW = timedelta(minutes=1)  # of the providers' rates
_IN_A_ROW = 3  # failures that may be one message's doing, after which the way is at fault
_MAIL = "mail"  # the way of all mail; any other way is a receiver's own address


@dataclass(slots=True)
class Report:
    """What a pass of sending did."""

    sent: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    paused: list[str] = field(default_factory=list)
    said: str = ""  # the server's words at the last failure


@dataclass(slots=True)
class _Pass:
    """One pass of sending: which ways are shut until the next one.

    A way is the mail server, or the address of a receiver that is no mailbox.
    """

    report: Report = field(default_factory=Report)
    shut: set[str] = field(default_factory=set)
    in_a_row: Counter[str] = field(default_factory=Counter)  # failures by way, since it worked last

    @property
    def mail(self) -> bool:
        """Whether the mail server is still tried."""
        return _MAIL not in self.shut

    def learn(self, address: str, outcome: Outcome) -> None:
        """Take in how an attempt ended."""
        way = address if is_url(address) else _MAIL
        match outcome:
            case Outcome.SENT | Outcome.REFUSED_ADDRESS | Outcome.REFUSED_MESSAGE:
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
                assert_never(outcome)

    def _count_failure(self, way: str) -> None:
        """Count a failure that may be the way's fault; after some in a row it is."""
        self.in_a_row[way] += 1
        if self.in_a_row[way] >= _IN_A_ROW:
            self.shut.add(way)


@dataclass(slots=True)
class Sender:
    """Sends what is due. `unstamped`: Message-IDs that a server took, unknown to the database."""

    carrier: Carrier
    limits: Rates = field(default_factory=Rates)
    unstamped: list[str] = field(default_factory=list)

    def send_all(self, archive: Archive, *, most: int = 100_000) -> Report:
        """Send until nothing is due, or nothing may go now."""
        step = _Pass()
        self._stamp_unstamped(archive)
        for _ in range(most):
            if not self._send_one(archive, step):
                break

        return step.report

    def _stamp_unstamped(self, archive: Archive) -> None:
        """Note what an earlier pass could not."""
        while self.unstamped:
            with archive.transaction() as cursor:
                alerts.mark_sent(cursor, self.unstamped[0], _now())

            self.unstamped.pop(0)

    def _send_one(self, archive: Archive, step: _Pass) -> bool:
        """Send one message; whether there was one."""
        with archive.transaction() as cursor:
            claimed = self._claim(cursor, step)
            if claimed is None:
                return False

            attempt = hand_over(self.carrier, claimed.address, claimed.raw)
            is_sent = attempt.outcome is Outcome.SENT
            if is_sent:
                self.unstamped.append(claimed.message_id)

            record_attempt(cursor, claimed, attempt, step.report)

        # The transaction is committed: the database knows.
        if is_sent:
            self.unstamped.remove(claimed.message_id)

        step.learn(claimed.address, attempt.outcome)

        return True

    def _claim(self, cursor: "Cursor", step: _Pass) -> alerts.ClaimedMessage | None:
        """Return a message that is due and may go now, locked; None if there is none."""
        now = _now()
        exhausted: list[str] = []
        if self.limits.any:
            sent = alerts.count_sent(cursor, now - _WINDOW)
            exhausted = self.limits.exhausted(sent)

        return alerts.claim_message(
            cursor,
            now,
            full=exhausted,
            apart=step.shut,
            mail=step.mail,
        )


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
    match outcome:
        case Outcome.SENT:
            alerts.mark_sent(cursor, claimed.message_id, now)
            report.sent += 1
        case Outcome.REFUSED_ADDRESS:
            alerts.mark_dropped(
                cursor,
                claimed.message_id,
                outcome=outcome.value,
                said=said,
            )
            if alerts.pause_address(cursor, claimed.address, said, now):
                report.paused.append(claimed.address)
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
            alerts.hold_address(cursor, claimed.address, now + back_off(claimed.attempts))
        case _:
            assert_never(outcome)


def _keep_waiting(
    cursor: "Cursor",
    claimed: alerts.ClaimedMessage,
    attempt: Attempt,
    now: datetime,
) -> None:
    """Let a message wait for its next attempt, or give it up after the last."""
    outcome, said = attempt.outcome.value, attempt.said
    if claimed.attempts + 1 >= _GIVE_UP:
        alerts.mark_dropped(
            cursor,
            claimed.message_id,
            outcome="given_up",
            said=said,
        )
        return

    next_try_at = now + back_off(claimed.attempts)
    alerts.mark_for_retry(
        cursor,
        claimed.message_id,
        next_try_at,
        outcome=outcome,
        said=said,
    )


def back_off(attempts: int) -> timedelta:
    """Return how long to wait after so many failed attempts.

    Half a minute, doubled each time, at most four hours.
    """
    doublings = min(attempts, _MOST_DOUBLINGS)
    return min(_FIRST_PAUSE * (1 << doublings), _LONGEST_PAUSE)


def tell_operator(
    archive: Archive,
    settings: Settings,
    carrier: Carrier,
    now: datetime,
) -> bool:
    """Mail the operator (KHABAR_CONTACT) the addresses that have been paused.

    Return whether there was anything to tell, and it left.
    """
    if "@" not in settings.contact:
        return False

    recipient = bare_address(settings.contact.removeprefix("mailto:"))
    with archive.transaction() as cursor:
        paused = alerts.paused_addresses(cursor, unreported=True)
        others = [item for item in paused if item[0] != recipient]
        if not others:
            return False

        identities = [address + str(since) for address, _, since in others]
        notice = write_notice(
            paused_addresses(others),
            sender=settings.mail_from,
            recipient=recipient,
            made_at=now,
            keys=(recipient, "paused", *identities),
        )
        attempt = hand_over(carrier, recipient, notice.raw)
        if attempt.outcome is not Outcome.SENT:
            return False

        alerts.mark_operator_informed(cursor, [address for address, _, _ in others])

    return True


def carrier(settings: Settings) -> Carrier:
    """Return the way out that the settings name; without a mail server, the local mailbox's folder.

    KHABAR_DKIM=selector:domain and KHABAR_DKIM_KEY=FILE (PEM) sign every mail.
    """
    return Carriers(_mail_carrier(settings), secret(settings), _dkim_key(settings))


def limits(settings: Settings) -> Rates:
    """Return how many mails a minute each provider takes, by KHABAR_MAIL_RATE."""
    return parse_rates(settings.mail_rate)


def send_due(archive: Archive, settings: Settings, *, now: datetime) -> dict[str, Any]:
    """Send what is due.

    Return {"sent", "outcomes", "waiting", "paused": addresses, "stuck": sentence or ""}.
    """
    with contextlib.closing(carrier(settings)) as way:
        report = Sender(way, limits(settings)).send_all(archive)
        tell_operator(archive, settings, way, now)

    with archive.transaction() as cursor:
        waiting, _ = alerts.waiting_messages(cursor)
        stuck = alerts.stuck_mail(cursor, now - STUCK)

    return {
        "sent": report.sent,
        "outcomes": dict(report.outcomes),
        "waiting": waiting,
        "paused": report.paused,
        "stuck": stuck_sentence(stuck) if stuck else "",
    }


def stuck_sentence(stuck: alerts.StuckMail) -> str:
    """Return what the watchdog says."""
    since = f"{stuck.since:%Y-%m-%d %H:%M} UTC"
    answer = f"the last answer was: {stuck.said}"
    return f"{stuck.count} mails wait since {since} and do not get out; {answer}"


def _mail_carrier(settings: Settings) -> Carrier:
    """Return what takes mails: the server of the settings, or the local mailbox's folder."""
    if settings.smtp_url is None:
        return Folder(settings.home / "mail")

    return Mailer(account(settings.smtp_url), bare_address(settings.mail_from))


def _dkim_key(settings: Settings) -> Key | None:
    """Return the key that mails are signed with; None: they are not."""
    if not settings.dkim:
        return None

    path = settings.dkim_key or Path()
    return read_key(settings.dkim, path.read_bytes())


def _now() -> datetime:
    """Return the moment, in UTC."""
    return datetime.now(UTC)
