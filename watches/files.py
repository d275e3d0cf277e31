"""Watches as TOML: a file of tables [[watch]], read strictly and written back. Pure."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, Field, fields
from datetime import datetime
from typing import Any

import tomlkit
from tomlkit.items import AoT, Table

from news.text.aliases import Aliases
from news.watch import MatchKind, Rhythm, Watch
from watches.checks import checked, quiet_hours
from watches.errors import WatchError

_FIELDS = {field.name: field for field in fields(Watch)}
_LISTS = {"recipients", "kinds", "outlets", "regions", "languages"}
_NUMBERS = {
    "hour": "a number",
    "weekday": "a number",
    "picked_up_by": "a number",
    "settle": "a number of minutes",
    "pace": "a number of minutes",
}
_MOMENTS = {"mute_until", "expires"}


def loads(text: str, source: str, aliases: Aliases | None = None) -> list[Watch]:
    """Return the watches of a TOML text: tables [[watch]] (or [[watches]]).

    Their fields are those of news.watch.Watch. Strict: raises WatchError naming `source` and the
    table. `aliases` are the names that queries know.
    """
    tables = _tables(text, source)
    watches: list[Watch] = []
    names: set[str] = set()
    for number, table in enumerate(tables, 1):
        watch = _watch(table, f"{source}, [[watch]] number {number}", aliases)
        if watch.name in names:
            raise WatchError(f"{source}: two watches are named {watch.name!r}")

        names.add(watch.name)
        watches.append(watch)

    return watches


def dumps(watches: Iterable[Watch]) -> str:
    """Return watches as TOML that `loads` reads back; what has its default is left out."""
    tables = AoT([])
    for watch in watches:
        tables.append(_table(watch))

    if not tables:
        return ""

    document = tomlkit.document()
    document["watch"] = tables

    return tomlkit.dumps(document)


def _tables(text: str, source: str) -> list[Mapping[str, Any]]:
    """Return the tables of a file that holds nothing else."""
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise WatchError(f"{source}: {error}") from error

    name = "watch" if "watch" in document else "watches"
    tables = document.pop(name, [])
    only = f"{source}: only tables [[watch]] stand in this file"
    if document:
        stranger = next(iter(document))
        raise WatchError(f"{only}, not {stranger!r}")

    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise WatchError(only)

    return tables


def _watch(table: Mapping[str, Any], where: str, aliases: Aliases | None) -> Watch:
    """Return the watch of a table; `where` begins each error."""
    for name in sorted(table):
        if name not in _FIELDS:
            known = ", ".join(_FIELDS)
            raise WatchError(f"{where}: there is no field {name!r}; the fields are {known}")

    for name, field in _FIELDS.items():
        is_missing = name not in table
        if is_missing and _is_required(field):
            raise WatchError(f"{where}: {name!r} is missing")

    try:
        watch = _unchecked(table)
        return checked(watch, aliases)
    except WatchError as error:
        raise WatchError(f"{where}: {error}") from error


def _unchecked(table: Mapping[str, Any]) -> Watch:
    """Return the watch of a table with its values in their types; raises WatchError."""
    values: dict[str, Any] = {"recipients": ()}
    for name, value in table.items():
        values[name] = _value(name, value)

    return Watch(**values)


def _is_required(field: Field[Any]) -> bool:
    """Return whether a table must name a field; a watch without recipients tells nobody."""
    has_default = field.default is not MISSING or field.default_factory is not MISSING

    return not has_default and field.name != "recipients"


def _value(name: str, value: Any) -> Any:
    """Return a field's value in its type; raises WatchError naming the field."""
    if name in _LISTS:
        return _list(name, value)
    if name in _NUMBERS:
        return _number(name, value)
    if name in _MOMENTS:
        return _moment(name, value)

    if name == "paused":
        if not isinstance(value, bool):
            raise WatchError("paused must be true or false")

        return value

    if not isinstance(value, str):
        raise WatchError(f"{name} must be a text")
    if name == "rhythm":
        return _rhythm(value)
    if name == "quiet":
        return quiet_hours(value)

    return value


def _list(name: str, value: Any) -> tuple[Any, ...]:
    """Return a list of texts; of kinds their enum."""
    if not isinstance(value, list):
        raise WatchError(f"{name} is a list of texts")

    for item in value:
        if not isinstance(item, str):
            raise WatchError(f"{name} is a list of texts")

    if name == "kinds":
        kinds = [_kind(item) for item in value]
        return tuple(kinds)

    return tuple(value)


def _number(name: str, value: Any) -> int:
    """Return a whole number; TOML knows true and false apart from 1 and 0."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise WatchError(f"{name} must be {_NUMBERS[name]}")

    return value


def _moment(name: str, value: Any) -> datetime:
    """Return a moment, aware."""
    if not isinstance(value, datetime):
        raise WatchError(f"{name} must be a date and time with its zone")
    if value.tzinfo is None:
        raise WatchError(f"{name} needs its zone, as in 2026-12-31T18:00:00+04:00")

    return value


def _rhythm(text: str) -> Rhythm:
    """Return a rhythm by its name."""
    try:
        return Rhythm(text)
    except ValueError as error:
        raise WatchError(f"{text!r} is none of {', '.join(Rhythm)}") from error


def _kind(text: str) -> MatchKind:
    """Return a kind of match by its name."""
    try:
        return MatchKind(text)
    except ValueError as error:
        raise WatchError(f"{text!r} is none of {', '.join(MatchKind)}") from error


def _table(watch: Watch) -> Table:
    """Return a watch's table, without the fields that have their default."""
    table = tomlkit.table()
    for name, field in _FIELDS.items():
        value = getattr(watch, name)
        if value != field.default and value is not None:
            table[name] = _written(name, value)

    return table


def _written(name: str, value: Any) -> Any:
    """Return a field's value as TOML has it."""
    if name == "quiet":
        begin, end = value
        return f"{begin:%H:%M}-{end:%H:%M}"

    if isinstance(value, tuple):
        return [str(item) for item in value]
    if isinstance(value, str):
        return str(value)

    return value
