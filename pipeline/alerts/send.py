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

from news.watch import Watch
from pipeline.alerts import notices
from pipeline.alerts.attempts import Pass, Report, back_off, record_attempt
from pipeline.alerts.finders import STUCK, stuck_sentence
from pipeline.alerts.mail_context import secret
from pipeline.settings import Settings
from storage import Archive, alerts
from watches import after_quiet_hours, bare_address
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

_WINDOW = timedelta(minutes=1)  # of the providers' rates
_LONGEST_REST = timedelta(minutes=5)  # of a mail server that turned us away, between two passes


def _now() -> datetime:
    """Return the moment, in UTC."""
    return datetime.now(UTC)


@dataclass(slots=True)
class Sender:
    """Sends what is due.

    `unstamped`: Message-IDs that a server took, unknown to the database. `rests`: passes in a row
    that the mail server turned away; until `rests_until` it is left alone.
    """

    carrier: Carrier
    limits: Rates = field(default_factory=Rates)
    unstamped: list[str] = field(default_factory=list)
    rests: int = 0
    rests_until: datetime = field(default_factory=_now)

    def send_all(self, archive: Archive, *, most: int = 100_000) -> Report:
        """Send until nothing is due, or nothing may go now."""
        step = Pass()
        is_resting = _now() < self.rests_until
        if is_resting:
            step.shut_mail()

        self._stamp_unstamped(archive)
        for _ in range(most):
            if not self._send_one(archive, step):
                break

        if not is_resting:
            self._rest(step)

        return step.report

    def _rest(self, step: Pass) -> None:
        """Leave a mail server alone for a while that turned a pass away, longer each time."""
        if step.mail:
            self.rests = 0
            return

        pause = min(back_off(self.rests), _LONGEST_REST)
        self.rests += 1
        self.rests_until = _now() + pause

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

            if _is_quiet(cursor, claimed):
                return True

            attempt = hand_over(self.carrier, claimed.address, claimed.raw, claimed.key_turn)
            is_sent = attempt.outcome is Outcome.SENT
            if is_sent:
                self.unstamped.append(claimed.message_id)

            record_attempt(cursor, claimed, attempt, step.report)
            if is_sent and step.is_first_mail(claimed.address):
                alerts.hurry_unheard(cursor, _now())

        # The transaction is committed: the database knows.
        if is_sent:
            self.unstamped.remove(claimed.message_id)

        step.learn(claimed.address, attempt)

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


def _is_quiet(cursor: "Cursor", claimed: alerts.ClaimedMessage) -> bool:
    """Return whether a message that failed before waits for the end of its reader's quiet hours.

    First attempts are planned outside them. A mail of several watches goes when one may speak.
    """
    if not claimed.attempts or not claimed.watches:
        return False

    now = _now()
    ends: list[datetime] = []
    for hours in alerts.quiet_hours(cursor, claimed.watches):
        ends.append(_quiet_until(hours, now))

    if not ends or min(ends) <= now:
        return False

    alerts.hold_message(cursor, claimed.id, min(ends))

    return True


def _quiet_until(hours: alerts.QuietHours, now: datetime) -> datetime:
    """Return when quiet hours end; the moment itself outside them, and in a zone that is none."""
    if hours.begin is None or hours.end is None:
        return now

    quiet = (hours.begin, hours.end)
    watch = Watch(name="", query="", recipients=(), quiet=quiet, timezone=hours.timezone)
    try:
        return after_quiet_hours(watch, now)
    except (ValueError, OSError, LookupError):
        return now


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
        sender = Sender(way, limits(settings))
        report = sender.send_all(archive)
        if notices.tell_operator(archive, settings, now):
            report.sent += sender.send_all(archive).sent

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
