"""`khabar mail`: the local mailbox."""

import email
import email.policy
import json
import sys
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import IO

import click

from pipeline import database, settings
from pipeline.alerts import mail_health
from storage import Archive, alerts
from watches import WatchError, line, mask_secret

_LATELY = timedelta(days=30)


@click.group(invoke_without_command=True)
@click.pass_context
def mail(context: click.Context) -> None:
    """List and show what arrived in the local mailbox."""
    if context.invoked_subcommand is None:
        context.invoke(list_)


@mail.command(name="list")
@click.option("--json", "as_json", is_flag=True, help="One JSON line a message.")
def list_(*, as_json: bool = False) -> None:
    """List messages, the newest last."""
    found = _messages()
    for number, path in enumerate(found, 1):
        message = _read(path)
        held = {name: line(str(message[name] or "")) for name in ("date", "to", "subject")}
        if as_json:
            click.echo(
                json.dumps(
                    {
                        "number": number,
                        **held,
                        "message_id": str(message["message-id"] or "").strip(),
                        "file": str(path),
                    },
                    ensure_ascii=False,
                )
            )
        else:
            click.echo(f"{number:4}  {held['date']}  {held['to']}  {held['subject']}")
    if not found and not as_json:
        click.echo("no mail yet", err=True)
    state = mail_health.look(settings.read(), datetime.now(UTC))
    if state is not None and not state["well"]:
        click.echo("\n".join(mail_health.lines(state)), err=True)


@mail.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON line a message.")
@click.option("--limit", default=50, show_default=True, help="How many, the newest first.")
def failed(limit: int, *, as_json: bool) -> None:
    """Show mails that failed: those that wait, and those given up in the last 30 days."""
    now = datetime.now(UTC)
    with Archive(database.url(settings.read())) as archive, archive.transaction() as cursor:
        found = alerts.failing_messages(cursor, now - _LATELY, limit)
        unwritten = alerts.backlog(cursor, now - _LATELY).unwritten
    for item in found:
        click.echo(_failure(item, as_json=as_json))
    if unwritten:
        words = f"{unwritten} matches could not be written as mail; the log says why"
        click.echo(f"{words}, `khabar mail retry` tries again", err=True)
    if not found and not unwritten:
        click.echo("no mail failed", err=True)


@mail.command()
def retry() -> None:
    """Let mails that failed go, or be written, at once instead of at their next turn."""
    with Archive(database.url(settings.read())) as archive, archive.transaction() as cursor:
        messages, unwritten = alerts.retry_failed(cursor, datetime.now(UTC))
    click.echo(f"due now: {messages} mails to send, {unwritten} matches to write")


@mail.command()
@click.argument("number", type=int)
def drop(number: int) -> None:
    """Give up the waiting mail of this NUMBER in `khabar mail failed`."""
    with Archive(database.url(settings.read())) as archive, archive.transaction() as cursor:
        if not alerts.drop_message(cursor, number):
            sentence = f"no mail {number} waits; `khabar mail failed` numbers those that do"
            raise WatchError(sentence)
    click.echo(f"dropped: {number}")


@mail.command()
@click.argument("which", default="last")
@click.option("--html", is_flag=True, help="The HTML part.")
@click.option("--raw", is_flag=True, help="The whole message as it came.")
def show(which: str, *, html: bool, raw: bool) -> None:
    """Show a message by its number; the newest without one."""
    found = _messages()
    if which != "last" and not (which.isdecimal() and 0 < int(which) <= len(found)):
        raise WatchError(f"there is no message {which!r}; `khabar mail list` numbers them")
    if not found:
        raise WatchError("no mail yet")
    path = found[-1 if which == "last" else int(which) - 1]
    if raw:
        sys.stdout.buffer.write(path.read_bytes())
        return
    message = _read(path)
    part = message.get_body(("html",) if html else ("plain", "html"))
    if not html:
        for name in ("date", "from", "to", "subject"):
            click.echo(f"{name.capitalize()}: {line(str(message[name] or ''))}")
        click.echo()
    click.echo(part.get_content() if isinstance(part, EmailMessage) else "")


@mail.command()
@click.argument("files", nargs=-1, type=click.File("rb"))
def bounce(files: tuple[IO[bytes], ...]) -> None:
    """Take bounce mails (RFC 3464) from FILES or standard input; addresses that failed for good are paused."""  # noqa: E501
    from watches.delivery import read_bounces

    with Archive(database.url(settings.read())) as archive, archive.transaction() as cursor:
        for file in files or (sys.stdin.buffer,):
            for held in read_bounces(file.read()):
                address = (
                    alerts.recipient_of(cursor, held.message_id) if held.message_id else None
                ) or held.recipient
                if held.permanent and alerts.pause_address(
                    cursor, address, f"bounced: {held.said}", datetime.now(UTC)
                ):
                    click.echo(f"paused: {mask_secret(address)} ({line(held.said, 200)})")


@mail.command()
def paused() -> None:
    """Show the addresses that are paused, and why."""
    with Archive(database.url(settings.read())) as archive, archive.transaction() as cursor:
        for address, reason, since in alerts.paused_addresses(cursor):
            click.echo(f"{since:%Y-%m-%d %H:%M}  {mask_secret(address)}  {line(reason, 200)}")


@mail.command()
@click.argument("address")
def resume(address: str) -> None:
    """Let mail to ADDRESS go again."""
    with Archive(database.url(settings.read())) as archive, archive.transaction() as cursor:
        if not alerts.resume_address(cursor, address, datetime.now(UTC)):
            raise WatchError(
                f"{mask_secret(address)!r} is not paused; `khabar mail paused` shows which are"
            )
    click.echo(f"resumed: {mask_secret(address)}")


def _failure(item: alerts.FailingMessage, *, as_json: bool) -> str:
    """Return a failed message as one line."""
    address = mask_secret(item.address)
    if as_json:
        again = item.next_try_at.isoformat() if item.next_try_at else None
        held = {
            "number": item.id,
            "made_at": item.made_at.isoformat(),
            "to": address,
            "subject": item.subject,
            "outcome": item.outcome,
            "said": item.said,
            "attempts": item.attempts,
            "next_try_at": again,
        }
        return json.dumps(held, ensure_ascii=False)
    when = f"again {item.next_try_at:%Y-%m-%d %H:%M}" if item.next_try_at else "given up"
    why = f"{item.outcome}: {line(item.said, 200)}"
    return f"{item.id:6}  {when}  {address}  {why}  [{line(item.subject, 80)}]"


def _messages() -> list[Path]:
    return sorted((settings.read().home / "mail").glob("*.eml"))


def _read(path: Path) -> EmailMessage:
    with path.open("rb") as file:
        return email.message_from_binary_file(file, policy=email.policy.default)
