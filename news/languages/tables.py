"""The language files as typed tables, read once at the first question."""

import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path
from typing import Any

# The languages of the region: each has a file with all the tables that a monitor of it needs.
REGION = ("az", "en", "fa", "hy", "ka", "kk", "ky", "ru", "tg", "tr", "uz")

_FOLDER = Path(__file__).parent
_MONTHS = 12
Words = tuple[str, ...]


class LanguageError(ValueError):
    """A language file that does not hold what it should; names the file and the table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Stems that begin the names of months, in small letters, January first."""

    months: tuple[Words, ...] = ()
    persian_months: Words = ()  # whole names, Farvardin first
    today: Words = ()  # whole words, by which a page dates what is new
    yesterday: Words = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Edits:
    """Stems, folded, by which the noise of a page is told from what an outlet wrote."""

    counters: Words = ()  # make a short line with a number a counter
    ago: Words = ()  # of "5 minutes ago"
    units: Words = ()  # of time; they count beside a word of `ago` only
    stamps: Words = ()  # begin a line that says when the page was touched
    notes: Words = ()  # by which an outlet owns up to a change


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """How a text names its source."""

    phrases: Words = ()  # "according to": a name stands beside it
    agency: Words = ()  # "news agency", as stems
    agencies: dict[str, Words] = field(default_factory=dict)  # shown name -> spellings, stems


@dataclass(frozen=True, slots=True, kw_only=True)
class Cues:
    """Phrases that tell what a short block of a page is for; a star lets the last word go on."""

    related: Words = ()
    share: Words = ()
    newsletter: Words = ()
    rights: Words = ()
    byline: Words = ()
    tags: Words = ()
    advert: Words = ()
    photo: Words = ()
    readers: Words = ()  # head what readers wrote


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """What is known of one language; an empty table holds nothing yet."""

    code: str  # ISO 639-1
    name: str  # in English
    common_words: Words = ()  # that no name is, in a script without capitals
    calendar: Calendar = field(default_factory=Calendar)
    edits: Edits = field(default_factory=Edits)
    credit: Credit = field(default_factory=Credit)
    cues: Cues = field(default_factory=Cues)


@cache
def languages() -> dict[str, Language]:
    """Return every language that has a file, by code; raises LanguageError."""
    known: dict[str, Language] = {}
    for file in sorted(_FOLDER.glob("*.toml")):
        text = file.read_text(encoding="utf-8")
        known[file.stem] = read(file.stem, text)

    return known


def language(code: str) -> Language:
    """Return one language; raises LanguageError when there is no file for it."""
    known = languages()
    if code not in known:
        msg = f"there is no language {code!r}; there are {', '.join(known)}"
        raise LanguageError(msg)

    return known[code]


def every(table: Callable[[Language], Iterable[str]]) -> Words:
    """Return one table's words of all languages, each once, in the order of the files."""
    words: dict[str, None] = {}
    for known in languages().values():
        words.update(dict.fromkeys(table(known)))

    return tuple(words)


def read(code: str, text: str) -> Language:
    """Return the language that a file's text describes; raises LanguageError."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        msg = f"{code}.toml: {error}"
        raise LanguageError(msg) from error

    found: Language = _filled(Language, data | {"code": code}, f"{code}.toml")
    if len(found.calendar.months) not in {0, _MONTHS}:
        msg = f"{code}.toml: calendar.months has {len(found.calendar.months)} months"
        raise LanguageError(msg)

    return found


_TABLES: dict[str, type] = {
    "calendar": Calendar,
    "edits": Edits,
    "credit": Credit,
    "cues": Cues,
}


def _filled(kind: type, data: dict[str, Any], where: str) -> Any:
    """Return a table's dataclass filled from TOML."""
    known = {each.name for each in fields(kind)}
    for name in sorted(data):
        if name not in known:
            names = ", ".join(sorted(known))
            msg = f"{where}: there is no table {name!r}; there are {names}"
            raise LanguageError(msg)

    values: dict[str, Any] = {}
    for name, value in data.items():
        table = _TABLES.get(name)
        if table is None:
            values[name] = _plain(value)
        else:
            values[name] = _filled(table, value, f"{where}, {name}")

    return kind(**values)


def _plain(value: Any) -> Any:
    """Return lists as tuples, all the way down."""
    if isinstance(value, list):
        return tuple(_plain(item) for item in value)
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}

    return value
