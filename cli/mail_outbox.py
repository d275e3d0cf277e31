"""`khabar mail failed`, `retry`, `drop`, and the outbox in `list` and `show`."""

import email
import email.policy
import sys
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import TYPE_CHECKING

import click

from cli.open_archive import archive_cursor
from cli.output import json_line, say
from storage import alerts
from watches import WatchError, mask_secret
from watches import line as one_line

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor

_RECENT = timedelta(days=30)
_JSON = click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="One JSON line a message.",
)
_LIMIT = click.option(
    "--limit",
    default=50,
    show_default=True,
    help="How many, the newest first.",
)


@click.command()
@_JSON
@_LIMIT
def failed(
    limit: int,
    *,
    as_json: bool,
) -> None:
    """Show mails that failed: those that wait, and those given up in the last 30 days."""
    since = datetime.now(UTC) - _RECENT
    with archive_cursor() as cursor:
        messages = alerts.failing_messages(cursor, since, limit)
        unwritten = alerts.backlog(cursor, since).unwritten
    for message in messages:
        click.echo(_row(message) if as_json else _line(message))
    if unwritten:
        words = f"{unwritten} matches could not be written as mail; the log says why"
        say(f"{words}, `khabar mail retry` tries again")
    if not messages and not unwritten:
        say("no mail failed")


def _row(message: alerts.FailingMessage) -> str:
    next_try = message.next_try_at.isoformat() if message.next_try_at else None
    fields = {
        "number": message.id,
        "made_at": message.made_at.isoformat(),
        "to": mask_secret(message.address),
        "subject": message.subject,
        "outcome": message.outcome,
        "said": message.said,
        "attempts": message.attempts,
        "next_try_at": next_try,
    }
    return json_line(fields)


def _line(message: alerts.FailingMessage) -> str:
    """Return a message that waits or was given up as one line for a terminal."""
    when = "given up"
    if message.next_try_at:
        when = f"again {message.next_try_at:%Y-%m-%d %H:%M}"

    address = mask_secret(message.address)
    answer = one_line(message.said, 200)
    subject = one_line(message.subject, 80)
    head = f"{message.id:6}  {when}  {address}"

    return f"{head}  {message.outcome}: {answer}  [{subject}]"


@click.command()
@click.argument("number", type=int, required=False)
def retry(number: int | None) -> None:
    """Let mails that failed go, or be written, at once instead of at their next turn.

    With the NUMBER of a mail in `khabar mail list --outbox`: only that one, given up ones too.
    """
    with archive_cursor() as cursor:
        if number is None:
            messages, unwritten = alerts.retry_failed(cursor, datetime.now(UTC))
            click.echo(f"due now: {messages} mails to send, {unwritten} matches to write")
            return

        if not alerts.retry_message(cursor, number, datetime.now(UTC)):
            raise WatchError(_why_not_retried(cursor, number))

    click.echo(f"due now: {number}")


def _why_not_retried(cursor: "Cursor", number: int) -> str:
    """Return why a mail cannot be sent again, as a sentence."""
    message = alerts.outbox_message(cursor, number)
    if message is None:
        return f"there is no mail {number}; `khabar mail list --outbox` numbers them"
    if message.state == "sent":
        return f"mail {number} has been sent"

    return f"what mail {number} told has been told in another one, or is no longer kept"


_NUMBER = click.argument("number", type=int)


@click.command()
@_NUMBER
def drop(number: int) -> None:
    """Give up the waiting mail of this NUMBER in `khabar mail list --outbox`."""
    with archive_cursor() as cursor:
        if not alerts.drop_message(cursor, number):
            sentence = f"no mail {number} waits; `khabar mail list --outbox` numbers those that do"
            raise WatchError(sentence)
    click.echo(f"dropped: {number}")


def list_outbox(*, as_json: bool, states: tuple[str, ...], limit: int) -> None:
    """Show what lies in the outbox: state, next try, address, and why it has not left."""
    chosen = states or ("waiting", "deferred", "failed")
    with archive_cursor() as cursor:
        messages = alerts.outbox_messages(cursor, chosen, limit)

    for message in reversed(messages):
        click.echo(_outbox_row(message) if as_json else _outbox_line(message))

    if not messages and not as_json:
        say(f"the outbox has no mail that is {' or '.join(chosen)}")


def show_outbox(number: int, *, html: bool, raw: bool) -> None:
    """Show one message of the outbox: what became of it, then what it says."""
    with archive_cursor() as cursor:
        message = alerts.outbox_message(cursor, number)
        data = alerts.raw_message(cursor, number)

    if message is None:
        raise WatchError(f"there is no mail {number}; `khabar mail list --outbox` numbers them")
    if raw:
        sys.stdout.buffer.write(data)
        return
    if not html:
        for name, value in _outbox_facts(message):
            click.echo(f"{name}: {value}")
        click.echo()
    if not data:
        say("its text was emptied by age, or because an article was forgotten")
        return

    click.echo(body_of(data, html=html))


def body_of(data: bytes, *, html: bool) -> str:
    """Return the text of a message, or its HTML."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    part = message.get_body(("html",) if html else ("plain", "html"))

    return str(part.get_content()) if isinstance(part, EmailMessage) else ""


def _outbox_facts(message: alerts.OutboxMessage) -> list[tuple[str, str]]:
    """Return what is known of a message, as lines of a name and a value."""
    facts = [
        ("To", mask_secret(message.address)),
        ("Subject", one_line(message.subject)),
        ("State", f"{message.state}, {_when(message)}"),
        ("Why", _why(message)),
        ("Attempts", str(message.attempts)),
        ("Written", f"{message.made_at:%Y-%m-%d %H:%M}"),
        ("Of watches", one_line(", ".join(message.watches))),
        ("Message-ID", message.message_id),
    ]

    return [(name, value) for name, value in facts if value]


def _outbox_line(message: alerts.OutboxMessage) -> str:
    """Return a message of the outbox as one line for a terminal."""
    address = mask_secret(message.address)
    subject = one_line(message.subject, 80)
    head = f"{message.id:6}  {message.state:8}  {_when(message)}  {address}"
    why = _why(message)

    return f"{head}  {why}  [{subject}]" if why else f"{head}  [{subject}]"


def _outbox_row(message: alerts.OutboxMessage) -> str:
    """Return a message of the outbox as a JSON line."""
    next_try_at = message.next_try_at.isoformat() if message.next_try_at else None
    sent_at = message.sent_at.isoformat() if message.sent_at else None
    fields = {
        "number": message.id,
        "state": message.state,
        "made_at": message.made_at.isoformat(),
        "to": mask_secret(message.address),
        "subject": message.subject,
        "outcome": message.outcome,
        "said": message.said,
        "attempts": message.attempts,
        "next_try_at": next_try_at,
        "sent_at": sent_at,
        "address_paused": message.is_paused,
        "message_id": message.message_id,
        "watches": message.watches,
    }

    return json_line(fields)


def _when(message: alerts.OutboxMessage) -> str:
    """Return when a message is tried next, or that it is not."""
    if message.sent_at is not None:
        return f"sent {message.sent_at:%Y-%m-%d %H:%M}"
    if message.next_try_at is None:
        return "not tried again"
    if message.is_paused:
        return "when its address is resumed"

    return f"next try {message.next_try_at:%Y-%m-%d %H:%M}"


def _why(message: alerts.OutboxMessage) -> str:
    """Return why a message has not left; empty: it has, or was not tried yet."""
    if message.outcome in ("", "sent"):
        return ""

    return f"{message.outcome}: {one_line(message.said, 200)}"
