"""Mails to the operator (KHABAR_CONTACT): what only a person can mend, and when it is well again.

Of each cause at most one mail a day. What has been told stands in the archive, so that it is told
once, whoever looks: the postman's loop, the task that sends, the upkeep.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from pipeline.alerts.causes import Cause, looked_for
from pipeline.alerts.finders import Finding, Look
from pipeline.settings import Settings
from storage import Archive, alerts
from watches import bare_address
from watches.delivery import Notice, Rendered, Trouble, tell_troubles, tell_well, write_notice

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Desk:
    """What mails to the operator are written with."""

    cursor: "Cursor"
    settings: Settings
    now: datetime

    def link(self, page: str) -> str:
        """Return where a page of the archive is; empty: no link."""
        base = self.settings.public_url.rstrip("/")

        return f"{base}/khabar/{page}" if base and page else ""


def tell_operator(
    archive: Archive,
    settings: Settings,
    now: datetime,
    *,
    daily: bool = False,
) -> int:
    """Look for what a person must mend; put what is new, or well again, into the outbox.

    `daily`: the look of the upkeep, which takes its time. Return how many mails were written.
    """
    recipient = operator_of(settings)
    if not recipient:
        return 0

    look = Look(archive, settings, now)
    mails = 0
    for cause in looked_for(daily=daily):
        try:
            findings = cause.find(look)
        except Exception:  # noqa: BLE001 - one of many: it keeps none of the others from being told
            _LOG.exception("the operator's cause %s could not be looked for", cause.name)
            continue

        mails += _tell(look, cause, findings)

    return mails


def _tell(look: Look, cause: Cause, findings: Sequence[Finding]) -> int:
    """Tell what is new of a cause, and what is well again; return how many mails were written."""
    recipient = operator_of(look.settings)
    tellable: list[Finding] = []
    for item in findings:
        if item.trouble.subject != recipient:
            tellable.append(item)

    with look.archive.transaction() as cursor:
        desk = _Desk(cursor, look.settings, look.now)
        is_new = _tell_new(desk, cause, tellable)
        is_mended = _tell_mended(desk, cause, tellable)

    return is_new + is_mended


def _tell_new(desk: _Desk, cause: Cause, findings: Sequence[Finding]) -> bool:
    """Tell of what is not told yet; whether a mail was written."""
    for item in findings:
        subject = item.trouble.subject
        alerts.see_cause(
            desk.cursor,
            cause.name,
            subject,
            item.state,
            desk.now,
        )

    known = _known(desk, cause)
    fresh: list[Trouble] = []
    old: list[Trouble] = []
    for item in findings:
        trouble = item.trouble
        if known[trouble.subject].notified_at is None:
            fresh.append(trouble)
        else:
            old.append(trouble)

    if not fresh:
        return False

    notice = Notice(
        title=cause.title,
        troubles=fresh,
        known=old,
        advice=cause.advice,
        link=desk.link(cause.page),
    )
    day = desk.now.date().isoformat()
    if not _enqueue(desk, tell_troubles(notice), keys=("cause", cause.name, day)):
        return False

    subjects = [trouble.subject for trouble in fresh]
    alerts.mark_cause_notified(desk.cursor, cause.name, subjects, desk.now)

    return True


def _tell_mended(desk: _Desk, cause: Cause, findings: Sequence[Finding]) -> bool:
    """Tell what is well again of what was told; whether a mail was written."""
    present = {item.trouble.subject for item in findings}
    mended = [item for name, item in _known(desk, cause).items() if name not in present]
    if not mended:
        return False

    alerts.forget_cause(desk.cursor, cause.name, [item.subject for item in mended])
    notified = [item for item in mended if item.notified_at is not None]
    if not notified:
        return False

    troubles: list[Trouble] = []
    for item in notified:
        said = f"it was not from {item.since:%Y-%m-%d %H:%M} UTC on"
        troubles.append(Trouble(subject=item.subject, said=said))

    notice = Notice(title=cause.well, troubles=troubles, advice="", link=desk.link(cause.page))
    identities = [f"{item.subject} {item.since.isoformat()}" for item in notified]

    return _enqueue(desk, tell_well(notice), keys=("well", cause.name, *identities))


def _known(desk: _Desk, cause: Cause) -> Mapping[str, alerts.KnownCause]:
    """Return what is known of a cause, by what it befell."""
    return {item.subject: item for item in alerts.known_causes(desk.cursor, [cause.name])}


def _enqueue(desk: _Desk, rendered: Rendered, *, keys: tuple[str, ...]) -> bool:
    """Put a mail to the operator into the outbox; return False where one of these keys is there."""
    recipient = operator_of(desk.settings)
    notice = write_notice(
        rendered,
        sender=desk.settings.mail_from,
        recipient=recipient,
        made_at=desk.now,
        keys=(recipient, *keys),
    )
    message = alerts.OutgoingMessage(
        message_id=notice.message_id,
        address=recipient,
        domain=alerts.provider_of(recipient),
        template="operator",
        subject=notice.subject,
        raw=notice.raw,
        made_at=desk.now,
    )

    return alerts.enqueue_notice(desk.cursor, message) is not None


def operator_of(settings: Settings) -> str:
    """Return the operator's mail address; empty: KHABAR_CONTACT is none."""
    if "@" not in settings.contact:
        return ""

    return bare_address(settings.contact.removeprefix("mailto:"))
