"""`khabar logs`: what the parts have written."""

import time
from pathlib import Path

import click

from pipeline import settings as configuration

_LINE_BYTES = 400  # that a line has at most, as a rule: so much is read back for each
_LOOK_SECONDS = 0.3


_PART = click.argument("part", required=False)
_F = click.option(
    "-f",
    "--follow",
    is_flag=True,
    help="Go on as lines come.",
)
_N = click.option(
    "-n",
    "--lines",
    default=40,
    show_default=True,
    help="How many lines of each log to begin with.",
)


@click.command()
@_PART
@_F
@_N
def logs(
    part: str | None,
    *,
    follow: bool,
    lines: int,
) -> None:
    """Show the parts' logs: all, or one by name (house, scheduler, api-server, ...)."""
    folder = configuration.read().home / "logs"
    files = {path.stem: path for path in sorted(folder.glob("*.log"))}
    if part is not None and part not in files:
        there_is = ", ".join(files) or "none yet, `khabar up` makes them"
        raise click.ClickException(f"there is no log {part!r}; there is: {there_is}")
    chosen = files if part is None else {part: files[part]}
    for name, path in chosen.items():
        for line in tail(path, lines):
            click.echo(prefixed(name, line, chosen))
    if follow:
        follow_all(chosen)


def tail(
    path: Path,
    lines: int,
) -> list[str]:
    """Return the last lines of a file."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _LINE_BYTES * lines))
        return file.read().decode("utf-8", errors="replace").splitlines()[-lines:]


def prefixed(
    name: str,
    line: str,
    chosen: dict[str, Path],
) -> str:
    """Return a line with its part's name before it, where several are shown."""
    return line if len(chosen) == 1 else f"{name:>13} | {line}"


def follow_all(chosen: dict[str, Path]) -> None:
    """Print what is added to the logs, until interrupted.

    A log that was cut is read from its new start.
    """
    offsets = {name: path.stat().st_size for name, path in chosen.items()}
    while True:
        for name, path in chosen.items():
            added = _added(path, offsets[name])
            if added is None:
                continue
            offsets[name], text = added
            for line in text.splitlines():
                words = prefixed(name, line, chosen)
                click.echo(words)
        time.sleep(_LOOK_SECONDS)


def _added(
    path: Path,
    offset: int,
) -> tuple[int, str] | None:
    """Return a log's new size and what it has beyond the offset; None when nothing is new."""
    size = 0
    if path.exists():
        size = path.stat().st_size
    if size == offset:
        return None
    if size == 0:
        return 0, ""

    was_cut = size < offset
    with path.open("rb") as file:
        file.seek(0 if was_cut else offset)
        added = file.read()
    return size, added.decode("utf-8", errors="replace")
