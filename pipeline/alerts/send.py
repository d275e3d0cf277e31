"""Stage 6: messages out of the outbox. Claim one, hand it over, stamp it, commit; then the next.

The row stays locked while the message is on its way. A crash in between unlocks it unstamped: that one message goes out again,
with the same Message-ID. What the server took but the database could not note is remembered and noted before anything else.

A message that fails settles itself alone, whatever the error: it waits, or is given up, under the
name of its outcome. Only what concerns others holds them up: without a connection to the mail
server no mail is tried in this pass, and a receiver that does not answer has its own messages wait.
"""

import contextlib
import logging
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, assert_never

from pipeline.alerts.mail_context import secret
from pipeline.settings import Settings
from storage import Archive, alerts
from watches.delivery import channels, mailbox, message, operator, rates, signing
from watches.delivery.rates import Rates
from watches.delivery.smtp import Attempt, Mailer, Outcome, account

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor

STUCK = timedelta(minutes=30)
_FIRST_PAUSE = timedelta(seconds=30)
_LONGEST_PAUSE = timedelta(hours=4)
_GIVE_UP = (
    40  # attempts, about five days: as long as mail servers themselves try (RFC 5321, 4.5.4.1)
)
_WINDOW = timedelta(minutes=1)
_IN_A_ROW = 3  # failures of a kind that may be one message's doing, after which the way is at fault
_MAIL = "mail"
_LOG = logging.getLogger(__name__)


class Carrier(Protocol):
    """Whatever takes a message to its reader."""

    def send(self, recipient: str, raw: bytes) -> Attempt:
        """Hand one message over."""

    def close(self) -> None:
        """Say goodbye."""


@dataclass(frozen=True, slots=True)
class Folder:
    """The local mailbox without its server: for a pass in the foreground, when no mail server is named."""

    path: Path

    def send(self, recipient: str, raw: bytes) -> Attempt:
        """Write one message."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            mailbox.keep(self.path, [recipient], raw)
        except OSError as error:
            return Attempt(outcome=Outcome.SERVER_AWAY, said=f"{self.path}: {error.strerror}")
        return Attempt(outcome=Outcome.SENT)

    def close(self) -> None:
        """Nothing is open."""


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
        way = address if channels.is_url(address) else _MAIL
        match outcome:
            case Outcome.SENT | Outcome.REFUSED_ADDRESS | Outcome.REFUSED_MESSAGE:
                del self.in_a_row[way]
            case Outcome.SERVER_AWAY | Outcome.MISCONFIGURED | Outcome.RECEIVER_AWAY:
                self.shut.add(way)
            case Outcome.CONNECTION_LOST | Outcome.SENDER_REFUSED:
                self._count(way)
            case Outcome.LATER | Outcome.FAILED:
                # A mail server that says "later" of one mail takes the next; a service that keeps
                # failing would have each of its messages wait for its time-out.
                if way != _MAIL:
                    self._count(way)
            case _:
                assert_never(outcome)

    def _count(self, way: str) -> None:
        self.in_a_row[way] += 1
        if self.in_a_row[way] >= _IN_A_ROW:
            self.shut.add(way)


@dataclass(slots=True)
class Sender:
    """Sends what is due. `unstamped` holds what a server took and the database does not know yet."""

    carrier: Carrier
    limits: Rates = field(default_factory=Rates)
    unstamped: list[str] = field(default_factory=list)

    def send_all(self, archive: Archive, *, most: int = 100_000) -> Report:
        """Send until nothing is due, or nothing may go now."""
        step = _Pass()
        self._catch_up(archive)
        for _ in range(most):
            if not self._send_one(archive, step):
                break
        return step.report

    def _catch_up(self, archive: Archive) -> None:
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
            if attempt.outcome is Outcome.SENT:
                self.unstamped.append(claimed.message_id)
            settle(cursor, claimed, attempt, step.report)
        step.learn(claimed.address, attempt.outcome)
        if attempt.outcome is Outcome.SENT:
            self.unstamped.remove(claimed.message_id)
        return True

    def _claim(self, cursor: "Cursor", step: _Pass) -> alerts.ClaimedMessage | None:
        now = _now()
        full: list[str] = []
        if self.limits.any:
            full = self.limits.full(alerts.count_sent(cursor, now - _WINDOW))
        return alerts.claim_message(cursor, now, full=full, apart=step.shut, mail=step.mail)


def hand_over(carrier: Carrier, recipient: str, raw: bytes) -> Attempt:
    """Hand one message over; an error that nobody foresaw is an outcome with a name, too."""
    try:
        return carrier.send(recipient, raw)
    except Exception as error:  # noqa: BLE001 - one message among many fails alone, and is named
        said = type(error).__name__
        if channels.is_url(recipient):
            # The error may quote the URL, and the URL may be a secret.
            _LOG.error("a message could not be sent to %s: %s", operator.shown(recipient), said)
        else:
            said = f"{said}: {error}"
            _LOG.error("a mail could not be sent", exc_info=error)
        return Attempt(outcome=Outcome.FAILED, said=said)


def settle(
    cursor: "Cursor", claimed: alerts.ClaimedMessage, attempt: Attempt, report: Report
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
            alerts.mark_dropped(cursor, claimed.message_id, outcome=outcome.value, said=said)
            if alerts.pause_address(cursor, claimed.address, said, now):
                report.paused.append(claimed.address)
        case Outcome.REFUSED_MESSAGE:
            alerts.mark_dropped(cursor, claimed.message_id, outcome=outcome.value, said=said)
        case (
            Outcome.LATER
            | Outcome.CONNECTION_LOST
            | Outcome.SENDER_REFUSED
            | Outcome.FAILED
            | Outcome.SERVER_AWAY
            | Outcome.MISCONFIGURED
        ):
            _wait(cursor, claimed, attempt, now)
        case Outcome.RECEIVER_AWAY:
            _wait(cursor, claimed, attempt, now)
            alerts.hold_address(cursor, claimed.address, now + back_off(claimed.attempts))
        case _:
            assert_never(outcome)


def _wait(
    cursor: "Cursor", claimed: alerts.ClaimedMessage, attempt: Attempt, now: datetime
) -> None:
    """Let a message wait for its next attempt, or give it up after the last."""
    outcome, said = attempt.outcome.value, attempt.said
    if claimed.attempts + 1 >= _GIVE_UP:
        alerts.mark_dropped(cursor, claimed.message_id, outcome="given_up", said=said)
        return
    again = now + back_off(claimed.attempts)
    alerts.mark_for_retry(cursor, claimed.message_id, again, outcome=outcome, said=said)


def tell_operator(archive: Archive, settings: Settings, way: Carrier, now: datetime) -> bool:
    """Mail the operator (KHABAR_CONTACT) the addresses that have been paused; whether there was anything to tell."""
    with archive.transaction() as cursor:
        paused = alerts.paused_addresses(cursor, unreported=True)
        if not paused or "@" not in settings.contact:
            return False
        to = message.bare(settings.contact.removeprefix("mailto:"))
        paused = [item for item in paused if item[0] != to]
        if not paused:
            return False
        raw = message.build(
            operator.paused(paused),
            message.Envelope(
                sender=settings.mail_from,
                recipient=to,
                made_at=now,
                list_name="Khabar operator",
                message_id=message.message_id(
                    (to, "paused", *(address + str(since) for address, _, since in paused)),
                    message.address(settings.mail_from).domain,
                ),
            ),
        )
        if hand_over(way, to, raw).outcome is not Outcome.SENT:
            return False
        alerts.mark_operator_informed(cursor, [address for address, _, _ in paused])
    return True


def back_off(attempts: int) -> timedelta:
    """Return how long to wait after so many failed attempts: half a minute, doubled each time, at most four hours."""
    return min(_FIRST_PAUSE * (1 << min(attempts, 12)), _LONGEST_PAUSE)


@dataclass(frozen=True, slots=True)
class Ways:
    """Mail by one carrier, everything else by Apprise or webhook; mails are signed on their way out if there is a key."""

    mail: Carrier
    secret: bytes = field(repr=False)
    key: signing.Key | None = None

    def send(self, recipient: str, raw: bytes) -> Attempt:
        """Hand one message over, by the way its recipient names."""
        if channels.is_url(recipient):
            return channels.send(recipient, raw, self.secret)
        return self.mail.send(recipient, raw if self.key is None else signing.signed(raw, self.key))

    def close(self) -> None:
        """Say goodbye."""
        self.mail.close()


def carrier(settings: Settings) -> Carrier:
    """Return the way out that the settings name; without a mail server, the local mailbox's folder.

    KHABAR_DKIM=selector:domain and KHABAR_DKIM_KEY=FILE (PEM) sign every mail.
    """
    key = (
        signing.key(settings.dkim, (settings.dkim_key or Path()).read_bytes())
        if settings.dkim
        else None
    )
    mail: Carrier = (
        Folder(settings.home / "mail")
        if settings.smtp_url is None
        else Mailer(account(settings.smtp_url), message.bare(settings.mail_from))
    )
    return Ways(mail, secret(settings), key)


def limits(settings: Settings) -> rates.Rates:
    """Return how many mails a minute each provider takes: KHABAR_MAIL_RATE, as "gmail.com=20 *=60"."""
    return rates.parse(settings.mail_rate)


def send_due(archive: Archive, settings: Settings, *, now: datetime) -> dict[str, Any]:
    """Send what is due; return {"sent", "outcomes", "waiting", "paused": addresses, "stuck": sentence or ""}."""
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
    return f"{stuck.count} mails wait since {stuck.since:%Y-%m-%d %H:%M} UTC and do not get out; the last answer was: {stuck.said}"


def _now() -> datetime:
    return datetime.now(UTC)
