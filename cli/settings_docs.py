"""`khabar settings`: every setting with what it does and its default, and the files made from that.

`--write` makes `.env.example` and the tables of the README and of docs/operations.md anew.
"""

from collections.abc import Callable, Iterator
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


@click.command("settings")
@_WRITE
def show(*, write: bool) -> None:
    """Show every setting: its variable, what it does, its default."""
    if not write:
        for name, field in settings.Settings.model_fields.items():
            click.echo(f"{settings.variable(name):30} {field.description} [{default_of(field)}]")
        return
    for name, render in WRITTEN.items():
        path = ROOT / name
        before = path.read_text(encoding="utf-8") if path.exists() else ""
        path.write_text(render(before), encoding="utf-8")
        click.echo(f"written: {path}")


def notes(field: FieldInfo) -> dict[str, Any]:
    """Return what the model notes of a field beside its type: shown, common, secret."""
    return dict(field.json_schema_extra) if isinstance(field.json_schema_extra, dict) else {}


def default_of(field: FieldInfo) -> str:
    """Return a default in words for a table."""
    shown = str(notes(field)["shown"])
    return shown or f"`{field.default}`"


def example(_before: str) -> str:
    """Return `.env.example`: each setting commented out, with its default where that is a value."""
    lines = [_ENV_HEAD]
    for name, field in settings.Settings.model_fields.items():
        lines.append(f"# {field.description}; default: {default_of(field)}")
        lines.append(f"#{settings.variable(name)}={_value(field)}\n")
    return "\n".join(lines)


def _value(field: FieldInfo) -> str:
    """Return a default as an environment has it; empty where it is a place or nothing."""
    if isinstance(field.default, bool):
        return str(int(field.default))
    if field.default is None or isinstance(field.default, Path):
        return ""
    return str(field.default)


def common_table(before: str) -> str:
    """Return a page with the table of the settings that one commonly changes."""
    return _between(before, _rows(common=True))


def whole_table(before: str) -> str:
    """Return a page with the table of all settings, and of what is read elsewhere."""
    others = [f"| `{name}` | {why} | |" for name, why in settings.ELSEWHERE.items()]
    return _between(before, [*_rows(common=False), *others])


def _rows(*, common: bool) -> Iterator[str]:
    for name, field in settings.Settings.model_fields.items():
        if notes(field)["common"] or not common:
            yield f"| `{settings.variable(name)}` | {field.description} | {default_of(field)} |"


def _between(page: str, rows: Any) -> str:
    """Return a page with these rows between its two marks; raises ValueError without the marks."""
    head, begin, rest = page.partition(_BEGIN)
    _, end, tail = rest.partition(_END)
    if not begin or not end:
        raise ValueError(f"the page lacks the marks {_BEGIN} and {_END}")
    body = "\n".join(rows)
    return f"{head}{begin}\n{_HEAD}{body}\n{end}{tail}"


# What is made from the model, and how: path under the checkout -> its new text from its old one.
WRITTEN: dict[str, Callable[[str], str]] = {
    ".env.example": example,
    "README.md": common_table,
    "docs/operations.md": whole_table,
}
