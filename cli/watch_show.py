"""`khabar watch list`, `test`, `history`, `export`, `feed` and `follow`: what only reads."""

import sys
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import click

from cli import query_notes
from cli.open_archive import archive_cursor, open_archive
from cli.output import json_line, say
from cli.watch_edit import find_watch
from cli.watch_options import watch_options, with_options
from news import codec
from news.watch import Watch
from pipeline import settings
from storage import alerts
from watches import checked, dumps, mask_secret

_JSON = click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="One JSON line a watch.",
)
_JSON_MATCH = click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="One JSON line a match.",
)
_LIMIT = click.option(
    "--limit",
    default=50,
    show_default=True,
    help="How many, the newest first.",
)


@click.command(name="list")
@_JSON
def list_(*, as_json: bool) -> None:
    """Show all watches."""
    with archive_cursor() as cursor:
        watches = alerts.load_watches(cursor)
    for saved in watches:
        click.echo(_json_line(saved) if as_json else _line(saved))
    if not watches and not as_json:
        hint = "`khabar watch add NAME QUERY --to ADDRESS` saves one"
        say(f"no watches yet; {hint}")


def _json_line(saved: alerts.SavedWatch) -> str:
    fields = {
        "id": saved.id,
        **codec.plain(saved.watch),
    }
    return json_line(fields)


def _line(saved: alerts.SavedWatch) -> str:
    """Return a watch as one line for a terminal."""
    watch = saved.watch
    name = watch.name
    if watch.paused:
        name = f"{name} (paused)"

    recipients = [mask_secret(address) for address in watch.recipients]
    who = ", ".join(recipients) or "nobody"
    kinds = ", ".join(watch.kinds)

    return f"{name}: {watch.query}  ->  {who}  [{watch.rhythm}; {kinds}]"


_NAME = click.argument("name", required=False)
_QUERY = click.option("--query", help="A query that is not saved yet.")


@click.command()
@_NAME
@_QUERY
@watch_options
def test(name: str | None, query: str | None, **options: Any) -> None:
    """Say what the watch NAME, or a QUERY, would have sent in the last 30 days.

    Saves and sends nothing.
    """
    from pipeline.alerts import preview

    with open_archive() as archive, archive.transaction() as cursor:
        if name:
            base = find_watch(cursor, name).watch
        else:
            base = Watch(
                name="test",
                query="",
                recipients=(),
            )
        if query is not None:
            base = replace(base, query=query)
        watch = checked(with_options(base, options), archive.aliases)
        query_notes.show(archive.parse(watch.query))
        previewed = preview.preview(
            cursor,
            watch,
            datetime.now(UTC),
            archive.aliases,
        )
    click.echo("\n".join(preview.lines(previewed)))


@click.command()
@click.argument("name")
@_JSON_MATCH
@_LIMIT
def history(
    name: str,
    limit: int,
    *,
    as_json: bool,
) -> None:
    """Show what the watch NAME has matched, and what became of it."""
    with archive_cursor() as cursor:
        find_watch(cursor, name)
        matches = alerts.watch_history(cursor, name, limit)
    for match in matches:
        click.echo(codec.dump(match) if as_json else _match_line(match))
    if not matches and not as_json:
        say("no match yet")


def _match_line(match: alerts.WatchMatch) -> str:
    terms = ", ".join(match.terms)
    outcome = "; ".join(match.fates)
    head = f"{match.at:%Y-%m-%d %H:%M}  {match.kind:13}"
    return f"{head}  {match.outlet}: {match.title}  [{terms}]  {outcome}"


_NAMES = click.argument("names", nargs=-1)


@click.command()
@_NAMES
def export(names: tuple[str, ...]) -> None:
    """Write watches as TOML: all, or those named."""
    with archive_cursor() as cursor:
        if names:
            watches = [find_watch(cursor, name) for name in names]
        else:
            watches = alerts.load_watches(cursor)
    click.echo(dumps([saved.watch for saved in watches]), nl=False)


@click.command()
def follow() -> None:
    """Match and send as articles come, until stopped.

    Seconds instead of the next scheduled run.
    """
    from pipeline.alerts import deliver

    deliver.follow(settings.read())


@click.command()
@click.argument("name")
def feed(name: str) -> None:
    """Write the watch NAME as an Atom feed."""
    from pipeline.alerts import feed as feeding
    from pipeline.alerts.mail_context import mail_context

    with archive_cursor() as cursor:
        written = feeding.feed(cursor, find_watch(cursor, name), mail_context(settings.read()))
    sys.stdout.buffer.write(written + b"\n")
