"""`khabar mail bounce`, `paused` and `resume`: addresses that take no mail."""

import sys
from datetime import UTC, datetime
from typing import IO, TYPE_CHECKING

import click

from cli.open_archive import archive_cursor
from pipeline.alerts.attempts import Refusal, refuse
from storage import alerts
from watches import WatchError, mask_secret
from watches import line as one_line
from watches.delivery import PAUSES_AT, Weight

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor

    from watches.delivery import Bounce

_FILES = click.argument(
    "files",
    nargs=-1,
    type=click.File("rb"),
)


@click.command()
@_FILES
def bounce(files: tuple[IO[bytes], ...]) -> None:
    """Take bounces and complaints (RFC 5965) from FILES or standard input.

    Bounces are read as RFC 3464 has them, and as old servers and providers write them. Of mails
    that are ours: what failed for good counts against the address, as a refusal does; whoever
    complained is unsubscribed.
    """
    with archive_cursor() as cursor:
        for file in files or (sys.stdin.buffer,):
            _record_return(cursor, file.read())


def _record_return(cursor: "Cursor", mail: bytes) -> None:
    """Take one mail that came back."""
    from watches.delivery import read_bounces, read_complaint

    complaint = read_complaint(mail)
    if complaint:
        _end_watches(cursor, complaint)
        return

    failures = read_bounces(mail)
    if not failures:
        click.echo("not taken: it tells of no mail that failed", err=True)

    for failure in failures:
        # Anybody can write a bounce: it counts for the address that the mail was sent to.
        address = _whom_it_went_to(cursor, failure)
        if address is None:
            click.echo("not taken: it names no mail of ours", err=True)
        else:
            _count_bounce(cursor, address, failure)


def _whom_it_went_to(cursor: "Cursor", failure: "Bounce") -> str | None:
    """Return the address of the mail of ours that a bounce names; None: it names none."""
    for message_id in failure.message_ids:
        address = alerts.recipient_of(cursor, message_id)
        if address is not None:
            return address

    return None


def _count_bounce(cursor: "Cursor", address: str, failure: "Bounce") -> None:
    """Count a bounce against the address that came back."""
    said = one_line(failure.said, 200)
    if failure.weight is Weight.NONE:
        click.echo(f"not the address's fault: {mask_secret(address)} ({said})")
        return

    alerts.note_bounce(cursor, address, datetime.now(UTC))
    refusal = Refusal(failure.weight.value, f"bounced: {failure.said}", datetime.now(UTC))
    if refuse(cursor, address, refusal):
        click.echo(f"paused: {mask_secret(address)} ({said})")
    else:
        click.echo(f"counted: {mask_secret(address)} ({said})")


def _end_watches(cursor: "Cursor", message_id: str) -> None:
    """Unsubscribe a reader who called one of our mails abuse (RFC 5965) from all watches."""
    address = alerts.recipient_of(cursor, message_id)
    if address is None:
        click.echo("not taken: it names no mail of ours", err=True)
        return
    ended = alerts.unsubscribe(cursor, address, None, datetime.now(UTC))
    click.echo(f"unsubscribed: {mask_secret(address)} from {ended} watches (complaint)")


@click.command()
def paused() -> None:
    """Show the addresses that are paused, and why; then those that have refused mail before.

    Refusals add up: a mailbox that is not there counts 1, a full one 0.1, a bounce that names no
    cause 0.3, one in four hours. Mail that is taken takes 1 off, unless something bounced within a
    week: what a relay takes is not delivered yet. At 3 the address is paused.
    """
    with archive_cursor() as cursor:
        addresses = alerts.paused_addresses(cursor)
        refusing = alerts.refusing_addresses(cursor)

    for item in addresses:
        when = f"{item.since:%Y-%m-%d %H:%M}"
        reason = one_line(item.reason, 200)
        click.echo(f"{when}  {mask_secret(item.address)}  paused  {item.score:.1f}  {reason}")

    for refusal in refusing:
        when = f"{refusal.at:%Y-%m-%d %H:%M}"
        score = f"{refusal.score:.1f} of {PAUSES_AT:.0f}"
        said = one_line(refusal.said, 200)
        click.echo(f"{when}  {mask_secret(refusal.address)}  refuses  {score}  {said}")


@click.command()
@click.argument("address")
def resume(address: str) -> None:
    """Let mail to ADDRESS go again."""
    with archive_cursor() as cursor:
        if not alerts.resume_address(cursor, address, datetime.now(UTC)):
            hint = "`khabar mail paused` shows which are"
            raise WatchError(f"{mask_secret(address)!r} is not paused; {hint}")
    click.echo(f"resumed: {mask_secret(address)}")
