"""`khabar why`: what became of an article, from the door that named it to the mail."""

from datetime import UTC, datetime

import click

from cli.open_archive import open_archive
from cli.watch_edit import find_watch
from news import codec
from pipeline import settings as configuration
from pipeline import why as ways
from pipeline.run.sites import Sites

_ADDRESS = click.argument("address")
_WATCH = click.option("--watch", "name", help="Say what it lacks for this watch.")
_JSON = click.option("--json", "as_json", is_flag=True, help="One line of JSON.")
_MARKS = {
    ways.Verdict.DONE: "ok",
    ways.Verdict.WAITS: "..",
    ways.Verdict.ENDS: "--",
}


@click.command()
@_ADDRESS
@_WATCH
@_JSON
def why(address: str, name: str | None, *, as_json: bool) -> None:
    """Say why the article at ADDRESS did not come, or when it did, and what to change.

    Announced by which door, fetched when, read as what, told in which story, matched by which
    watch, mailed when or kept back why.
    """
    settings = configuration.read()
    with open_archive() as archive, archive.transaction() as cursor:
        watch = find_watch(cursor, name).watch if name else None
        found = ways.explain(
            cursor,
            address,
            list(Sites(settings.outlets).outlets.values()),
            now=datetime.now(UTC),
            watch=watch,
            aliases=archive.aliases,
        )

    if as_json:
        click.echo(codec.dump(found))
        return

    for step in found.steps:
        click.echo(f"{_MARKS[step.verdict]}  {step.name:<10} {step.sentence}")
        if step.advice:
            click.echo(f"    {'':<10} to do: {step.advice}")
