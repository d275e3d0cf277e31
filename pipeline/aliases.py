"""The alias table of this house: the package's, and the lines that the desk has added to a file.

The file is the one that KHABAR_ALIASES names, else `aliases.txt` in the home; it may be edited by
hand or by `khabar aliases`.
"""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from news.errors import KhabarError
from news.text.aliases import AliasError, Aliases
from pipeline.settings import Settings, SettingsError

_HEAD = "# One thing a line: Name = form, form, form"
_SIGNS = frozenset(",=#\n")
_SHOWN_SIGNS = ", = #"


class UnknownAliasError(KhabarError):
    """A name or form that the desk's own table does not have."""


def file_of(settings: Settings) -> Path:
    """Return the file of the desk's own names; there need be none yet."""
    return settings.home / "aliases.txt" if settings.aliases is None else settings.aliases


def table(settings: Settings) -> Aliases:
    """Return the names that queries know. A changed file is read anew.

    Raises SettingsError when the file cannot be read, news.text.aliases.AliasError naming the line
    that cannot.
    """
    path = file_of(settings)
    if settings.aliases is None and not path.exists():
        return Aliases.default()

    try:
        status = path.stat()
    except OSError as error:
        raise _unreadable(path, f"cannot be read: {error.strerror}") from error

    return _read(path, status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=8)
def _read(path: Path, changed: int, size: int) -> Aliases:
    """Return the table of a file as it was at a moment, of a size."""
    del changed, size

    return Aliases.default().extended(_text(path), where=str(path))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise _unreadable(path, "is not UTF-8") from error
    except OSError as error:
        raise _unreadable(path, f"cannot be read: {error.strerror}") from error


def _unreadable(path: Path, reason: str) -> SettingsError:
    return SettingsError(f"KHABAR_ALIASES: {path} {reason}")


def own_lines(settings: Settings) -> list[str]:
    """Return the desk's own lines as they stand, without comments."""
    path = file_of(settings)
    lines = _text(path).splitlines() if path.exists() else []
    bare = [line.partition("#")[0].strip() for line in lines]

    return [line for line in bare if line]


def add_alias(settings: Settings, name: str, forms: Sequence[str]) -> str:
    """Give a name further forms in the desk's own table; return its line.

    Raises news.text.aliases.AliasError where it cannot be a line.
    """
    for written in (name, *forms):
        if _SIGNS.intersection(written):
            raise AliasError(f"{written!r} cannot be a name here: it holds one of {_SHOWN_SIGNS}")

    path = file_of(settings)
    lines = _text(path).splitlines() if path.exists() else [_HEAD]
    place = _line_of(lines, name)
    known = _forms(lines[place]) if place is not None else []
    line = f"{name} = {', '.join(dict.fromkeys([*known, *forms]))}"

    if place is None:
        lines.append(line)
    else:
        lines[place] = line

    _write(path, lines)

    return line


def remove_alias(settings: Settings, name: str, forms: Sequence[str] = ()) -> None:
    """Take forms of a name out of the desk's own table, or the name as a whole.

    Raises UnknownAliasError where the table has no such name or form.
    """
    path = file_of(settings)
    lines = _text(path).splitlines() if path.exists() else []
    place = _line_of(lines, name)
    if place is None:
        raise UnknownAliasError(f"{path} has no line for {name!r}")

    known = _forms(lines[place])
    strangers = [form for form in forms if form not in known]
    if strangers:
        raise UnknownAliasError(f"{path}: {name!r} has no form {strangers[0]!r}")

    left = [form for form in known if form not in forms] if forms else []
    if left:
        lines[place] = f"{name} = {', '.join(left)}"
    else:
        del lines[place]

    _write(path, lines)


def _line_of(lines: Sequence[str], name: str) -> int | None:
    """Return which line names a thing, by the name before its sign of equality."""
    for number, line in enumerate(lines):
        bare = line.partition("#")[0]
        if "=" in bare and bare.partition("=")[0].strip() == name:
            return number

    return None


def _forms(line: str) -> list[str]:
    forms = line.partition("#")[0].partition("=")[2].split(",")
    return [form.strip() for form in forms if form.strip()]


def _write(path: Path, lines: Sequence[str]) -> None:
    """Write a table that can be read, whole or not at all."""
    text = "\n".join(lines) + "\n"
    Aliases.default().extended(text, where=str(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.new")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)
