"""`khabar outlets check`: what works today."""

import sys
from typing import TYPE_CHECKING

import click

from cli.output import complain, json_line
from pipeline import settings as configuration

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawlers import DoorReport
    from pipeline.run.visit_outlet import Check
    from pipeline.settings import Settings


_NAMES = click.argument("names", nargs=-1)
_JSON = click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="One JSON object a line.",
)


@click.command()
@_NAMES
@_JSON
def check(
    names: tuple[str, ...],
    *,
    as_json: bool,
) -> None:
    """Say what works today: poll every door of the outlets, fetch two articles each.

    Exit code 1 when an outlet does not stand well.
    """
    from service.rehearsal import following

    failed = []
    count = 0
    with following(configuration.read()) as settings:
        for checked in _checks(settings, names):
            count += 1
            _show(checked, as_json=as_json)
            if not checked.works:
                failed.append(checked.outlet)
    if not as_json and count > 1:
        rest = f"; not {', '.join(failed)}" if failed else ""
        click.echo(f"{count - len(failed)} of {count} outlets stand well{rest}")
    if failed:
        sys.exit(1)


def _checks(
    settings: "Settings",
    names: tuple[str, ...],
) -> "Iterator[Check]":
    """Yield a check of each outlet: first those whose files are wrong, then the polled ones."""
    from pipeline.run import visit_outlet

    broken = visit_outlet.broken_files(settings.outlets, names)
    yield from broken

    wrong = {checked.outlet for checked in broken}
    others = tuple(name for name in names if name not in wrong)
    if names and not others:
        return

    for outlet in visit_outlet.chosen(settings.outlets, others):
        yield visit_outlet.check(settings, outlet)


def _show(
    checked: "Check",
    *,
    as_json: bool,
) -> None:
    from news import codec

    report = checked.report
    if report is None and as_json:
        row = {
            "outlet": checked.outlet,
            "state": checked.judgement.condition.value,
            "note": checked.judgement.note,
        }
        click.echo(json_line(row))
    elif report is None:
        complain(checked.judgement.note)
    elif as_json:
        click.echo(codec.dump(report))
    else:
        note = f" ({report.note})" if report.note else ""
        fetched = f"{report.pages} of 2 articles fetched"
        click.echo(f"{checked.outlet}: {report.state}{note}, {fetched}")
        for door in report.doors:
            click.echo(_door_line(door))
        if not checked.works:
            click.echo(f"  {checked.judgement.advice(checked.outlet)}")


def _door_line(door: "DoorReport") -> str:
    """Return how one door answered, with what was left out of it on purpose."""
    parts = [f"{door.state}, {door.entries} articles"]
    if door.left_out:
        parts.append(f"{door.left_out} older ones left out (`khabar backfill` fetches them)")
    if door.unread:
        parts.append(f"{door.unread} of its files left for later polls")
    if door.note:
        parts.append(door.note)
    return f"  {door.kind:9} {door.url}: {', '.join(parts)}"
