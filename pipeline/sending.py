"""Stage 6: messages out of the outbox. Claim one, hand it over, stamp it, commit; then the next.

The row stays locked while the message is on its way. A crash in between unlocks it unstamped: that one message goes out again,
with the same Message-ID. What the server took but the database could not note is remembered and noted before anything else.
"""

import contextlib
import os
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from pipeline.office import secret
from pipeline.settings import Settings
from storage import outbox
from storage.archive import Archive
from watches import mailbox, message, operator, rates, signing, ways
from watches.mail import Attempt, Mailer, Outcome, account
from watches.rates import Rates

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor  # noqa: N812

_STUCK = timedelta(minutes=30)
_FIRST_PAUSE = timedelta(seconds=30)
_LONGEST_PAUSE = timedelta(hours=4)
_GIVE_UP = 40                  # attempts, about five days: as long as mail servers themselves try (RFC 5321, 4.5.4.1)
_WINDOW = timedelta(minutes=1)


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
        self.path.mkdir(parents=True, exist_ok=True)
        try:
            mailbox.keep(self.path, [recipient], raw)
        except OSError as error:
            return Attempt(outcome=Outcome.LATER, said=f"{self.path}: {error.strerror}")
        return Attempt(outcome=Outcome.SENT)

    def close(self) -> None:
        """Nothing is open."""


@dataclass(slots=True)
class Report:
    """What a pass of sending did."""

    sent: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    paused: list[str] = field(default_factory=list)
    said: str = ""                 # the server's words at the last failure


@dataclass(slots=True)
class Sender:
    """Sends what is due. `unstamped` holds what a server took and the database does not know yet."""

    carrier: Carrier
    limits: Rates = field(default_factory=Rates)
    unstamped: list[str] = field(default_factory=list)

    def send_all(self, archive: Archive, *, most: int = 100_000) -> Report:
        """Send until nothing is due, or nothing may go now."""
        report = Report()
        self._catch_up(archive)
        while sum(report.outcomes.values()) < most and self._send_one(archive, report):
            pass
        return report

    def _catch_up(self, archive: Archive) -> None:
        while self.unstamped:
            with archive.transaction() as cursor:
                outbox.stamp_sent(cursor, self.unstamped[0], _now())
            self.unstamped.pop(0)

    def _send_one(self, archive: Archive, report: Report) -> bool:
        """Send one message; whether to go on."""
        with archive.transaction() as cursor:
            now = _now()
            claimed = outbox.claim(cursor, now, full=self.limits.full(outbox.sent_lately(cursor, now - _WINDOW)) if self.limits.any else ())
            if claimed is None:
                return False
            attempt = self.carrier.send(claimed.address, claimed.raw)
            if attempt.outcome is Outcome.SENT:
                self.unstamped.append(claimed.message_id)
            go_on = settle(cursor, claimed, attempt, report)
        if attempt.outcome is Outcome.SENT:
            self.unstamped.remove(claimed.message_id)
        return go_on


def settle(cursor: "Cursor", claimed: outbox.Claimed, attempt: Attempt, report: Report) -> bool:
    """Note how an attempt ended; whether the next message may be tried now."""
    now = _now()
    report.outcomes[attempt.outcome.value] += 1
    report.said = attempt.said or report.said
    match attempt.outcome:
        case Outcome.SENT:
            outbox.stamp_sent(cursor, claimed.message_id, now)
            report.sent += 1
            return True
        case Outcome.REFUSED_ADDRESS:
            outbox.stamp_dropped(cursor, claimed.message_id, outcome=attempt.outcome.value, said=attempt.said)
            if outbox.pause(cursor, claimed.address, attempt.said, now):
                report.paused.append(claimed.address)
            return True
        case Outcome.REFUSED_MESSAGE:
            outbox.stamp_dropped(cursor, claimed.message_id, outcome=attempt.outcome.value, said=attempt.said)
            return True
        case Outcome.LATER | Outcome.MISCONFIGURED:
            if claimed.attempts + 1 >= _GIVE_UP:
                outbox.stamp_dropped(cursor, claimed.message_id, outcome="given_up", said=attempt.said)
            else:
                outbox.stamp_later(cursor, claimed.message_id, now + back_off(claimed.attempts), outcome=attempt.outcome.value, said=attempt.said)
            # An answer that concerns this message lets the others go on; silence or a wrong login concerns them all.
            return attempt.outcome is Outcome.LATER and attempt.said[:1] == "4"


def tell_operator(archive: Archive, settings: Settings, way: Carrier, now: datetime) -> bool:
    """Mail the operator (KHABAR_CONTACT) the addresses that have been paused; whether there was anything to tell."""
    with archive.transaction() as cursor:
        paused = outbox.paused(cursor, untold=True)
        if not paused or "@" not in settings.contact:
            return False
        to = message.bare(settings.contact.removeprefix("mailto:"))
        paused = [item for item in paused if item[0] != to]
        raw = message.build(operator.paused(paused), message.Envelope(
            sender=settings.mail_from, recipient=to, made_at=now, list_name="Khabar operator",
            message_id=message.message_id((to, "paused", *(address + str(since) for address, _, since in paused)), message.address(settings.mail_from).domain),
        ))
        if way.send(to, raw).outcome is not Outcome.SENT:
            return False
        outbox.mark_told(cursor, [address for address, _, _ in paused])
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
        if ways.is_url(recipient):
            return ways.send(recipient, raw, self.secret)
        return self.mail.send(recipient, raw if self.key is None else signing.signed(raw, self.key))

    def close(self) -> None:
        """Say goodbye."""
        self.mail.close()


def carrier(settings: Settings) -> Carrier:
    """Return the way out that the settings name; without a mail server, the local mailbox's folder.

    KHABAR_DKIM=selector:domain and KHABAR_DKIM_KEY=FILE (PEM) sign every mail.
    """
    named = os.environ.get("KHABAR_DKIM", "")
    key = signing.key(named, Path(os.environ.get("KHABAR_DKIM_KEY", "")).read_bytes()) if named else None
    mail: Carrier = Folder(settings.home / "mail") if settings.smtp_url is None else Mailer(account(settings.smtp_url), message.bare(settings.mail_from))
    return Ways(mail, secret(settings), key)


def limits() -> rates.Rates:
    """Return how many mails a minute each provider takes: KHABAR_MAIL_RATE, as "gmail.com=20 *=60"."""
    return rates.parse(os.environ.get("KHABAR_MAIL_RATE", ""))


def send_due(archive: Archive, settings: Settings, *, now: datetime) -> dict[str, Any]:
    """Send what is due; return {"sent", "outcomes", "waiting", "paused": addresses, "stuck": sentence or ""}."""
    with contextlib.closing(carrier(settings)) as way:
        report = Sender(way, limits()).send_all(archive)
        tell_operator(archive, settings, way, now)
    with archive.transaction() as cursor:
        waiting, _ = outbox.waiting(cursor)
        stuck = outbox.stuck(cursor, now - _STUCK)
    return {
        "sent": report.sent, "outcomes": dict(report.outcomes), "waiting": waiting, "paused": report.paused,
        "stuck": stuck_sentence(stuck) if stuck else "",
    }


def stuck_sentence(stuck: outbox.Stuck) -> str:
    """Return what the watchdog says."""
    return f"{stuck.count} mails wait since {stuck.since:%Y-%m-%d %H:%M} UTC and do not get out; the last answer was: {stuck.said}"


def _now() -> datetime:
    return datetime.now(UTC)
