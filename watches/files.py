"""Watches as people write them: checked word by word, and as TOML. Pure."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, fields, replace
from datetime import datetime, time
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from news.query import QueryError
from news.text.aliases import Aliases
from news.watch import MatchKind, Rhythm, Watch
from watches.delivery import clean, message, render
from watches.errors import WatchError
from watches.matching.matcher import parsed

_NAME = 100
_FIELDS = {field.name: field for field in fields(Watch)}
_QUIET = re.compile(r"([0-2][0-9]:[0-5][0-9])-([0-2][0-9]:[0-5][0-9])")


def checked(watch: Watch, aliases: Aliases | None = None) -> Watch:
    """Return a watch in its one form; raises WatchError naming what is wrong and what it may be. `aliases`: the names that queries know."""
    where = f"watch {clean.line(watch.name, 60)!r}"
    if clean.line(watch.name) != watch.name or not 0 < len(watch.name) <= _NAME:
        raise WatchError(f"{where}: a name is one line of 1 to {_NAME} visible characters")
    try:
        query = str(parsed(watch.query, aliases))
    except QueryError as error:
        raise WatchError(f"{where}: {error}") from error
    try:
        ZoneInfo(watch.timezone)
    except (ValueError, OSError, LookupError) as error:
        raise WatchError(
            f"{where}: {watch.timezone!r} is no time zone; write it as Asia/Baku"
        ) from error
    _check_numbers(watch, where)
    return replace(
        watch,
        query=query,
        recipients=tuple(dict.fromkeys(recipient(text) for text in watch.recipients)),
    )


def _check_numbers(watch: Watch, where: str) -> None:
    for name, most in (("hour", 23), ("weekday", 6)):
        if not 0 <= getattr(watch, name) <= most:
            raise WatchError(f"{where}: {name} lies between 0 and {most}")
    if watch.picked_up_by < 0 or watch.settle < 0:
        raise WatchError(f"{where}: picked_up_by and settle are not below zero")
    if MatchKind.PICKED_UP in watch.kinds and watch.picked_up_by < 2:  # noqa: PLR2004 - one outlet has every story
        raise WatchError(
            f"{where}: the kind picked_up needs picked_up_by, the number of outlets, 2 or more"
        )
    if not watch.kinds:
        raise WatchError(f"{where}: at least one kind must count: {', '.join(MatchKind)}")
    if watch.mail_language not in render.languages():
        raise WatchError(
            f"{where}: mails are written in {', '.join(render.languages())}, not in {watch.mail_language!r}"
        )


def recipient(text: str) -> str:
    """Return a recipient in its one form: a bare mail address, or an Apprise URL as it is."""
    flat = text.strip()
    if "://" in flat:
        if not urlsplit(flat).scheme or any(char.isspace() or ord(char) < 33 for char in flat):  # noqa: PLR2004 - ASCII controls and space
            raise WatchError("an Apprise URL must hold no spaces or control characters")
        return flat
    return message.bare(flat)


def quiet(text: str) -> tuple[time, time]:
    """Return quiet hours written as 22:00-07:00."""
    found = _QUIET.fullmatch(text.strip())
    try:
        if found is None:
            raise ValueError(text)  # noqa: TRY301 - both ways to be wrong get one sentence
        return time.fromisoformat(found[1]), time.fromisoformat(found[2])
    except ValueError as error:
        raise WatchError(f"{text!r} are no quiet hours; write 22:00-07:00") from error


def loads(text: str, source: str, aliases: Aliases | None = None) -> list[Watch]:
    """Return the watches of a TOML text: tables [[watch]] (or [[watches]]) with the fields of news.watch.Watch. Strict; errors name the table."""
    try:
        held = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise WatchError(f"{source}: {error}") from error
    tables = held.pop("watch" if "watch" in held else "watches", [])
    if held or not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise WatchError(
            f"{source}: only tables [[watch]] stand in this file{', not ' + repr(next(iter(held))) if held else ''}"
        )
    found = [
        _from_table(table, f"{source}, [[watch]] number {number}", aliases)
        for number, table in enumerate(tables, 1)
    ]
    doubled = (
        {watch.name for watch in found if sum(other.name == watch.name for other in found) > 1}
        if len(found) < 1000  # noqa: PLR2004
        else _doubled(found)
    )
    if doubled:
        raise WatchError(f"{source}: two watches are named {min(doubled)!r}")
    return found


def _doubled(found: Iterable[Watch]) -> set[str]:
    seen: set[str] = set()
    return {watch.name for watch in found if watch.name in seen or seen.add(watch.name)}  # type: ignore[func-returns-value]


def _from_table(table: Mapping[str, Any], where: str, aliases: Aliases | None) -> Watch:
    if unknown := sorted(set(table) - set(_FIELDS)):
        raise WatchError(
            f"{where}: there is no field {unknown[0]!r}; the fields are {', '.join(_FIELDS)}"
        )
    for name, field in _FIELDS.items():
        if (
            name not in table
            and field.default is MISSING
            and field.default_factory is MISSING
            and name != "recipients"
        ):
            raise WatchError(f"{where}: {name!r} is missing")
    values = {name: _value(name, value, where) for name, value in table.items()}
    try:
        return checked(Watch(**{"recipients": (), **values}), aliases)
    except WatchError as error:
        raise WatchError(f"{where}: {error}") from error


def _value(name: str, value: Any, where: str) -> Any:
    """Return one field's value in its type."""
    kinds: dict[str, tuple[Any, str]] = {
        "hour": (int, "a number"),
        "weekday": (int, "a number"),
        "picked_up_by": (int, "a number"),
        "settle": (int, "a number of minutes"),
        "paused": (bool, "true or false"),
        "mute_until": (datetime, "a date and time with its zone"),
        "expires": (datetime, "a date and time with its zone"),
    }
    wanted, words = kinds.get(name, (str, "a text"))
    if name in {"recipients", "kinds", "outlets", "regions", "languages"}:
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise WatchError(f"{where}: {name} is a list of texts")
        return (
            tuple(_enumerated(MatchKind, item, where) for item in value)
            if name == "kinds"
            else tuple(map(str, value))
        )
    if not isinstance(value, wanted) or (wanted is int and isinstance(value, bool)):
        raise WatchError(f"{where}: {name} must be {words}")
    if isinstance(value, datetime) and value.tzinfo is None:
        raise WatchError(f"{where}: {name} needs its zone, as in 2026-12-31T18:00:00+04:00")
    if name == "rhythm":
        return _enumerated(Rhythm, value, where)
    try:
        return quiet(value) if name == "quiet" else value
    except WatchError as error:
        raise WatchError(f"{where}: {error}") from error


def _enumerated(kind: Any, value: str, where: str) -> Any:
    try:
        return kind(value)
    except ValueError as error:
        raise WatchError(f"{where}: {value!r} is none of {', '.join(kind)}") from error


def dumps(watches: Iterable[Watch]) -> str:
    """Return watches as TOML that `loads` reads back; fields that have their default are left out."""
    return "\n".join(
        "[[watch]]\n" + "".join(f"{name} = {_print(value)}\n" for name, value in _told(watch))
        for watch in watches
    )


def _told(watch: Watch) -> Iterable[tuple[str, Any]]:
    for name, field in _FIELDS.items():
        value = getattr(watch, name)
        if value != field.default and value is not None:
            yield name, f"{value[0]:%H:%M}-{value[1]:%H:%M}" if name == "quiet" else value


def _print(value: Any) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case datetime():
            return value.isoformat()
        case tuple():
            return "[" + ", ".join(_print(item) for item in value) + "]"
        case _:
            return _quoted(str(value))


def _quoted(text: str) -> str:
    """Return a TOML basic string."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return (
        '"'
        + "".join(
            char
            if char.isprintable()
            else f"\\u{ord(char):04X}"
            if ord(char) < 0x10000  # noqa: PLR2004
            else f"\\U{ord(char):08X}"
            for char in escaped
        )
        + '"'
    )
