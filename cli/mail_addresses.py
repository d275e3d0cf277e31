"""`khabar mail bounce`, `paused` and `resume`: addresses that take no mail."""

import sys
from datetime import UTC, datetime
from typing import IO, TYPE_CHECKING

import click

from cli.open_archive import archive_cursor
from storage import alerts
from watches import WatchError, mask_secret
from watches import line as one_line

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor

_FILES = click.argument(
    "files",
    nargs=-1,
    type=click.File("rb"),
)


@click.command()
@_FILES
def bounce(files: tuple[IO[bytes], ...]) -> None:
    """Take bounce mails (RFC 3464) from FILES or standard input.

    Addresses that failed for good are paused.
    """
    with archive_cursor() as cursor:
        for file in files or (sys.stdin.buffer,):
            _pause_bounced(cursor, file.read())


def _pause_bounced(
    cursor: "Cursor",
    mail: bytes,
) -> None:
    """Pause the addresses of one bounce mail that failed for good."""
    from watches.delivery import read_bounces

    for failure in read_bounces(mail):
        if not failure.permanent:
            continue
        address = None
        if failure.message_id:
            address = alerts.recipient_of(cursor, failure.message_id)
        address = address or failure.recipient
        reason = f"bounced: {failure.said}"
        if alerts.pause_address(
            cursor,
            address,
            reason,
            datetime.now(UTC),
        ):
            click.echo(f"paused: {mask_secret(address)} ({one_line(failure.said, 200)})")


@click.command()
def paused() -> None:
    """Show the addresses that are paused, and why."""
    with archive_cursor() as cursor:
        addresses = alerts.paused_addresses(cursor)
    for address, reason, since in addresses:
        when = f"{since:%Y-%m-%d %H:%M}"
        click.echo(f"{when}  {mask_secret(address)}  {one_line(reason, 200)}")


@click.command()
@click.argument("address")
def resume(address: str) -> None:
    """Let mail to ADDRESS go again."""
    with archive_cursor() as cursor:
        if not alerts.resume_address(cursor, address, datetime.now(UTC)):
            hint = "`khabar mail paused` shows which are"
            raise WatchError(f"{mask_secret(address)!r} is not paused; {hint}")
    click.echo(f"resumed: {mask_secret(address)}")
