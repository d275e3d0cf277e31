"""The options that describe a watch, shared by the commands that take one, and what they mean."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, TypeVar

import click

from news.watch import MatchKind, Rhythm, Watch
from watches import WatchError, quiet_hours

Command = TypeVar("Command", bound=Callable[..., Any])

_OPTIONS = (
    click.option(
        "--to",
        "recipients",
        multiple=True,
        help="Mail address or Apprise URL; may be repeated.",
    ),
    click.option(
        "--rhythm",
        type=click.Choice([item.value for item in Rhythm]),
        help="When matches become mail.",
    ),
    click.option(
        "--kind",
        "kinds",
        multiple=True,
        type=click.Choice([item.value for item in MatchKind]),
        help="What counts; may be repeated.",
    ),
    click.option(
        "--outlet",
        "outlets",
        multiple=True,
        help="Only these outlets.",
    ),
    click.option(
        "--region",
        "regions",
        multiple=True,
        help="Only outlets of these regions.",
    ),
    click.option(
        "--language",
        "languages",
        multiple=True,
        help="Only articles in these languages (az, ru...).",
    ),
    click.option(
        "--zone",
        "timezone",
        help="Your time zone, as Asia/Baku.",
    ),
    click.option(
        "--hour",
        type=int,
        help="Local hour of digests.",
    ),
    click.option(
        "--weekday",
        type=int,
        help="Day of weekly digests, Monday is 0.",
    ),
    click.option("--quiet", help="Local hours without mail, as 22:00-07:00; `none` ends them."),
    click.option(
        "--picked-up-by",
        type=int,
        help="How many outlets make a story picked up.",
    ),
    click.option(
        "--settle",
        type=int,
        help="Minutes without a further copy before a picked-up story is told.",
    ),
    click.option(
        "--pace",
        type=int,
        help="Minutes between mails that tell who else reports an event; 0: each at once.",
    ),
    click.option("--mail-language", help="Language of the mail's own words."),
    click.option(
        "--mute-until",
        help="No mail before this moment, as 2026-12-31T18:00+04:00; `none` ends it.",
    ),
    click.option("--expires", help="The watch ends at this moment; `none`: never."),
    click.option(
        "--pause/--resume",
        "paused",
        default=None,
        help="Keep matches, send nothing.",
    ),
)


def watch_options(command: Command) -> Command:
    """Add the options that describe a watch to a command."""
    for option in _OPTIONS:
        command = option(command)
    return command


def with_options(
    base: Watch,
    options: dict[str, Any],
) -> Watch:
    """Return a watch with the options that were given; raises WatchError for one that is wrong."""
    changed = {}
    for name, value in options.items():
        if value is not None and value != ():
            changed[name] = _value(name, value)
    return replace(base, **changed)


def _value(
    name: str,
    value: Any,
) -> Any:
    """Return an option's value as a watch holds it."""
    match name:
        case "quiet":
            return None if value == "none" else quiet_hours(value)
        case "mute_until" | "expires":
            return None if value == "none" else _moment(value)
        case "rhythm":
            return Rhythm(value)
        case "kinds":
            return tuple(MatchKind(item) for item in value)
        case _:
            return value


def _moment(text: str) -> datetime:
    """Return a moment; without a zone it is UTC."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise WatchError(f"{text!r} is no moment; write 2026-12-31T18:00+04:00") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
