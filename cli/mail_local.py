"""`khabar mail list` and `show`: the local mailbox, and the outbox where that is asked for."""

import email
import email.policy
import sys
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import click

from cli.mail_outbox import body_of, list_outbox, show_outbox
from cli.output import json_line, say
from pipeline import settings
from pipeline.alerts import mail_health
from storage.alerts import OUTBOX_STATES
from watches import WatchError
from watches import line as one_line

_LISTED = ("date", "to", "subject")
_SHOWN = ("date", "from", "to", "subject")
_JSON = click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="One JSON line a message.",
)


_OUTBOX = click.option(
    "--outbox",
    is_flag=True,
    help="The outbox instead of the local mailbox.",
)
_STATE = click.option(
    "--state",
    "states",
    multiple=True,
    type=click.Choice(OUTBOX_STATES),
    help="Of the outbox only these; may be repeated. Without it: all but sent.",
)
_LIMIT = click.option(
    "--limit",
    default=50,
    show_default=True,
    help="Of the outbox at most so many, the newest.",
)


@click.command(name="list")
@_JSON
@_OUTBOX
@_STATE
@_LIMIT
def list_(
    *,
    as_json: bool = False,
    outbox: bool = False,
    states: tuple[str, ...] = (),
    limit: int = 50,
) -> None:
    """List messages, the newest last: of the local mailbox, or of the outbox.

    The outbox holds what waits, what was deferred, and what failed, each with why and its next try.
    """
    if outbox or states:
        list_outbox(as_json=as_json, states=states, limit=limit)
        return

    show = _row if as_json else _line
    paths = _messages()
    for number, path in enumerate(paths, 1):
        click.echo(show(number, path))

    if not paths and not as_json:
        say("no mail yet")

    now = datetime.now(UTC)
    state = mail_health.look(settings.read(), now)
    if state is None or state["well"]:
        return

    for line in mail_health.lines(state):
        say(line)


def _row(
    number: int,
    path: Path,
) -> str:
    message = _read(path)
    fields = {
        "number": number,
        **{name: _header(message, name) for name in _LISTED},
        "message_id": str(message["message-id"] or "").strip(),
        "file": str(path),
    }
    return json_line(fields)


def _line(
    number: int,
    path: Path,
) -> str:
    message = _read(path)
    headers = "  ".join(_header(message, name) for name in _LISTED)
    return f"{number:4}  {headers}"


_HTML = click.option(
    "--html",
    is_flag=True,
    help="The HTML part.",
)
_RAW = click.option(
    "--raw",
    is_flag=True,
    help="The whole message as it came.",
)


@click.command()
@click.argument("which", default="last")
@_HTML
@_RAW
@_OUTBOX
def show(
    which: str,
    *,
    html: bool,
    raw: bool,
    outbox: bool,
) -> None:
    """Show a message by its number; the newest of the local mailbox without one."""
    if outbox:
        if not which.isdecimal():
            raise WatchError("name the mail's number: `khabar mail list --outbox` has them")
        show_outbox(int(which), html=html, raw=raw)
        return

    path = _chosen(which)
    if raw:
        sys.stdout.buffer.write(path.read_bytes())
        return
    message = _read(path)
    if not html:
        for name in _SHOWN:
            click.echo(f"{name.capitalize()}: {_header(message, name)}")
        click.echo()
    click.echo(body_of(path.read_bytes(), html=html))


def _chosen(which: str) -> Path:
    """Return the message of a number, or the last one; raises WatchError."""
    paths = _messages()
    if which == "last":
        if not paths:
            raise WatchError("no mail yet")
        return paths[-1]
    if not which.isdecimal() or not 0 < int(which) <= len(paths):
        raise WatchError(f"there is no message {which!r}; `khabar mail list` numbers them")
    return paths[int(which) - 1]


def _messages() -> list[Path]:
    """Return the messages of the local mailbox, oldest first."""
    return sorted((settings.read().home / "mail").glob("*.eml"))


def _read(path: Path) -> EmailMessage:
    with path.open("rb") as file:
        return email.message_from_binary_file(file, policy=email.policy.default)


def _header(
    message: EmailMessage,
    name: str,
) -> str:
    """Return a header fit for a terminal, empty when it is missing."""
    return one_line(str(message[name] or ""))
