"""Mails to the operator (KHABAR_CONTACT): what only a person can mend, each cause told once."""

from datetime import datetime
from typing import TYPE_CHECKING

from pipeline.alerts.attempts import Report
from pipeline.settings import Settings
from storage import Archive, alerts
from watches import bare_address
from watches.delivery import (
    Carrier,
    Outcome,
    Rendered,
    hand_over,
    paused_addresses,
    refused_sender,
    write_notice,
)

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor


def tell_operator(
    archive: Archive,
    settings: Settings,
    carrier: Carrier,
    now: datetime,
) -> bool:
    """Mail the operator (KHABAR_CONTACT) the addresses that have been paused.

    Return whether there was anything to tell, and it left.
    """
    recipient = operator_of(settings)
    if not recipient:
        return False

    with archive.transaction() as cursor:
        paused = alerts.paused_addresses(cursor, unreported=True)
        others = [item for item in paused if item.address != recipient]
        if not others:
            return False

        identities = [item.address + str(item.since) for item in others]
        notice = write_notice(
            paused_addresses([(item.address, item.reason, item.since) for item in others]),
            sender=settings.mail_from,
            recipient=recipient,
            made_at=now,
            keys=(recipient, "paused", *identities),
        )
        attempt = hand_over(carrier, recipient, notice.raw)
        if attempt.outcome is not Outcome.SENT:
            return False

        alerts.mark_operator_informed(cursor, [item.address for item in others])

    return True


def tell_of_refusal(
    archive: Archive,
    settings: Settings,
    report: Report,
    now: datetime,
) -> bool:
    """Let the operator know that the mail server takes nothing from us, once a day.

    The mail waits in the outbox like all others, so that it leaves when the server takes it.
    Return whether it is new.
    """
    recipient = operator_of(settings)
    if not recipient or not report.refused:
        return False

    with archive.transaction() as cursor:
        waiting, _ = alerts.waiting_messages(cursor)

        return enqueue(
            cursor,
            settings,
            refused_sender(report.refused, waiting),
            now,
            keys=(recipient, "refused", now.date().isoformat()),
        )


def enqueue(
    cursor: "Cursor",
    settings: Settings,
    rendered: Rendered,
    now: datetime,
    *,
    keys: tuple[str, ...],
) -> bool:
    """Put a mail to the operator into the outbox; return False where one of these keys is there.

    The operator must have an address.
    """
    recipient = operator_of(settings)
    notice = write_notice(
        rendered,
        sender=settings.mail_from,
        recipient=recipient,
        made_at=now,
        keys=keys,
    )
    message = alerts.OutgoingMessage(
        message_id=notice.message_id,
        address=recipient,
        domain=alerts.provider_of(recipient),
        template="operator",
        subject=notice.subject,
        raw=notice.raw,
        made_at=now,
    )

    return alerts.enqueue_notice(cursor, message) is not None


def operator_of(settings: Settings) -> str:
    """Return the operator's mail address; empty: KHABAR_CONTACT is none."""
    if "@" not in settings.contact:
        return ""

    return bare_address(settings.contact.removeprefix("mailto:"))
