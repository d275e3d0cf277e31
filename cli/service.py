"""up, down, status, logs: the house as one service."""

import json
import sys
import time
from pathlib import Path

import click

from pipeline import settings as configuration


@click.command()
@click.option(
    "--sample",
    is_flag=True,
    help="Over our own sample outlets on this machine, with two watches: a tour in about a minute.",
)
@click.option("--detach", is_flag=True, help="Start in the background; `khabar down` stops it.")
def up(*, sample: bool, detach: bool) -> None:
    """Start everything: database, Airflow, mailbox. Ctrl-C stops it all."""
    settings = configuration.read()
    if detach:
        from service.background import start

        start(settings, sample=sample)
        return
    from service.tour import hold

    hold(settings, sample=sample)


@click.command()
def down() -> None:
    """Stop what `khabar up` started, in this or any other terminal."""
    from service.background import stop

    click.echo(stop(configuration.read().home))


@click.command()
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def status(*, as_json: bool) -> None:
    """Addresses, health of each part, last run. Exit code 0: all well, 1: something is not, 3: not running."""  # noqa: E501
    from service import status as report

    found = report.collect(configuration.read())
    if as_json:
        click.echo(json.dumps(found, indent=2, ensure_ascii=False))
    else:
        report.show(found)
    sys.exit(0 if found["healthy"] else 3 if found["phase"] == "stopped" else 1)


@click.command()
@click.argument("part", required=False)
@click.option("-f", "--follow", is_flag=True, help="Go on as lines come.")
@click.option(
    "-n", "--lines", default=40, show_default=True, help="How many lines of each log to begin with."
)
def logs(part: str | None, *, follow: bool, lines: int) -> None:
    """Show the parts' logs: all, or one by name (house, scheduler, api-server, ...)."""
    folder = configuration.read().home / "logs"
    found = {path.stem: path for path in sorted(folder.glob("*.log"))}
    if part is not None and part not in found:
        raise click.ClickException(
            f"there is no log {part!r}; there is: {', '.join(found) or 'none yet, `khabar up` makes them'}"  # noqa: E501
        )
    chosen = found if part is None else {part: found[part]}
    for name, path in chosen.items():
        for line in tail(path, lines):
            click.echo(prefixed(name, line, chosen))
    if follow:
        follow_all(chosen)


def tail(path: Path, lines: int) -> list[str]:
    """Return the last lines of a file."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 400 * lines))
        return file.read().decode("utf-8", errors="replace").splitlines()[-lines:]


def prefixed(name: str, line: str, chosen: dict[str, Path]) -> str:
    """Return a line with its part's name before it, where several are shown."""
    return line if len(chosen) == 1 else f"{name:>13} | {line}"


def follow_all(chosen: dict[str, Path]) -> None:
    """Print what is added to the logs, until interrupted. A log that was cut is read from its new beginning."""  # noqa: E501
    places = {name: path.stat().st_size for name, path in chosen.items()}
    while True:
        for name, path in chosen.items():
            size = path.stat().st_size if path.exists() else 0
            if size == places[name]:
                continue
            with path.open("rb") as file:
                file.seek(places[name] if size > places[name] else 0)
                added = file.read()
            places[name] = size
            for line in added.decode("utf-8", errors="replace").splitlines():
                click.echo(prefixed(name, line, chosen))
        time.sleep(0.3)
