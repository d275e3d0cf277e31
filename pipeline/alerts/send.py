"""Sending: messages out of the outbox. Claim one, hand it over, stamp it, commit; then the next.

The row stays locked while the message is on its way. A crash in between unlocks it unstamped: that
one message goes out again, with the same Message-ID. What the server took but the database could
not note is remembered and noted before anything else.

A message that fails ends alone, whatever the error: it waits, or is given up, under the name of its
outcome. Only what concerns others holds them up: without a connection to the mail server no mail is
tried in this pass, and a receiver that does not answer has its own messages wait.
"""

import contextlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.alerts import notices
from pipeline.alerts.attempts import Pass, Report, record_attempt
from pipeline.alerts.mail_context import secret
from pipeline.settings import Settings
from storage import Archive, alerts
from watches import bare_address
from watches.delivery import (
    Carrier,
    Carriers,
    Folder,
    Key,
    Mailer,
    Outcome,
    Rates,
    account,
    hand_over,
    parse_rates,
    read_key,
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
class Sender:
    """Sends what is due. `unstamped`: Message-IDs that a server took, unknown to the database."""

    carrier: Carrier
    limits: Rates = field(default_factory=Rates)
    unstamped: list[str] = field(default_factory=list)

    def send_all(self, archive: Archive, *, most: int = 100_000) -> Report:
        """Send until nothing is due, or nothing may go now."""
        step = Pass()
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

    def _send_one(self, archive: Archive, step: Pass) -> bool:
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

    def _claim(self, cursor: "Cursor", step: Pass) -> alerts.ClaimedMessage | None:
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

    Return {"sent", "outcomes", "waiting", "paused": addresses, "stuck": sentence or ""}; the
    sentence says what does not get out, and why.
    """
    with contextlib.closing(carrier(settings)) as way:
        report = Sender(way, limits(settings)).send_all(archive)
        notices.tell_operator(archive, settings, way, now)
        notices.tell_of_refusal(archive, settings, report, now)

    with archive.transaction() as cursor:
        waiting, _ = alerts.waiting_messages(cursor)
        stuck = alerts.stuck_mail(cursor, now - STUCK)

    return {
        "sent": report.sent,
        "outcomes": dict(report.outcomes),
        "waiting": waiting,
        "paused": report.paused,
        "stuck": _trouble(report, stuck),
    }


def _trouble(report: Report, stuck: alerts.StuckMail | None) -> str:
    """Return what makes a pass fail, as a sentence; empty: nothing does."""
    if report.refused:
        return f"the mail server takes no mail from us, all of it waits: {report.refused}"

    return stuck_sentence(stuck) if stuck else ""


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
