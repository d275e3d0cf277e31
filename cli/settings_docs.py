"""`khabar settings`: every setting with what it does and its default, and the files made from that.

`--write` makes `.env.example` and the tables of the README and of docs/operations.md anew.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from pydantic.fields import FieldInfo

from pipeline import settings

ROOT = settings.CHECKOUT
_BEGIN, _END = "<!-- settings: made by `khabar settings --write` -->", "<!-- /settings -->"
_HEAD = "| variable | what | default |\n|-|-|-|\n"
_ENV_HEAD = """\
# Every setting of Khabar with its default; made by `khabar settings --write`.
# Take the # off a line to change it. Keep a copy that holds passwords at mode 0600.
"""


_WRITE = click.option(
    "--write",
    is_flag=True,
    help="Make .env.example and the docs' tables anew.",
)


@dataclass(frozen=True, slots=True)
class Row:
    """One setting as people read of it."""

    variable: str
    words: str  # what it does
    default: str  # in words
    value: str  # the default as an environment has it; empty where it is a place or nothing
    is_common: bool  # one of those that are commonly changed


def rows() -> list[Row]:
    """Return all settings in the order of the model."""
    found = []
    for name, field in settings.Settings.model_fields.items():
        notes = notes_of(field)
        row = Row(
            variable=settings.variable(name),
            words=str(field.description),
            default=str(notes["shown"] or f"`{field.default}`"),
            value=_value(field.default),
            is_common=bool(notes["common"]),
        )
        found.append(row)
    return found


def notes_of(field: FieldInfo) -> dict[str, Any]:
    """Return what the model notes of a field beside its type: shown, common, secret."""
    notes = field.json_schema_extra
    if not isinstance(notes, dict):
        return {}
    return dict(notes)


def _value(default: object) -> str:
    """Return a default as an environment has it."""
    if isinstance(default, bool):
        return str(int(default))
    if default is None or isinstance(default, Path):
        return ""
    return str(default)


@click.command("settings")
@_WRITE
def show(*, write: bool) -> None:
    """Show every setting: its variable, what it does, its default."""
    if write:
        write_all()
        return
    for row in rows():
        click.echo(f"{row.variable:30} {row.words} [{row.default}]")


def write_all() -> None:
    """Make every file anew that is made from the model."""
    for name, render in WRITTEN.items():
        path = ROOT / name
        before = ""
        if path.exists():
            before = path.read_text(encoding="utf-8")
        path.write_text(render(before), encoding="utf-8")
        click.echo(f"written: {path}")


def example(_before: str) -> str:
    """Return `.env.example`: each setting commented out, with its default where that is a value."""
    lines = [_ENV_HEAD]
    for row in rows():
        lines.append(f"# {row.words}; default: {row.default}")
        lines.append(f"#{row.variable}={row.value}\n")
    return "\n".join(lines)


def common_table(before: str) -> str:
    """Return a page with the table of the settings that one commonly changes."""
    common = [row for row in rows() if row.is_common]
    return _with_table(before, _lines(common))


def whole_table(before: str) -> str:
    """Return a page with the table of all settings, and of what is read elsewhere."""
    lines = _lines(rows())
    for name, reason in settings.ELSEWHERE.items():
        lines.append(f"| `{name}` | {reason} | |")
    return _with_table(before, lines)


def _lines(chosen: list[Row]) -> list[str]:
    """Return settings as lines of a table."""
    lines = []
    for row in chosen:
        lines.append(f"| `{row.variable}` | {row.words} | {row.default} |")
    return lines


def _with_table(page: str, lines: list[str]) -> str:
    """Return a page with these lines between its two marks; raises ValueError without the marks."""
    head, begin, rest = page.partition(_BEGIN)
    _, end, tail = rest.partition(_END)
    if not begin or not end:
        raise ValueError(f"the page lacks the marks {_BEGIN} and {_END}")
    table = "\n".join(lines)
    return f"{head}{begin}\n{_HEAD}{table}\n{end}{tail}"


# What is made from the model, and how: path under the checkout -> its new text from its old one.
WRITTEN: dict[str, Callable[[str], str]] = {
    ".env.example": example,
    "README.md": common_table,
    "docs/operations.md": whole_table,
}
