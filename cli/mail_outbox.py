"""`khabar mail failed`, `retry` and `drop`: mails that did not go."""

from datetime import UTC, datetime, timedelta

import click

from cli.open_archive import archive_cursor
from cli.output import json_line, say
from storage import alerts
from watches import WatchError, mask_secret
from watches import line as one_line

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
def retry() -> None:
    """Let mails that failed go, or be written, at once instead of at their next turn."""
    with archive_cursor() as cursor:
        messages, unwritten = alerts.retry_failed(cursor, datetime.now(UTC))
    click.echo(f"due now: {messages} mails to send, {unwritten} matches to write")


_NUMBER = click.argument("number", type=int)


@click.command()
@_NUMBER
def drop(number: int) -> None:
    """Give up the waiting mail of this NUMBER in `khabar mail failed`."""
    with archive_cursor() as cursor:
        if not alerts.drop_message(cursor, number):
            sentence = f"no mail {number} waits; `khabar mail failed` numbers those that do"
            raise WatchError(sentence)
    click.echo(f"dropped: {number}")
