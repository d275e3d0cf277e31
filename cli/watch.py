"""`khabar watch`: saved queries."""

import json
import sys
from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from news import codec
from news.text.aliases import Aliases
from news.watch import MatchKind, Rhythm, Watch
from pipeline import aliases as naming
from pipeline import database, settings
from pipeline.alerts import feed as feeding
from pipeline.alerts import preview
from pipeline.alerts.mail_context import mail_context
from storage import Archive, alerts
from storage.alerts import SavedWatch
from watches import WatchError, checked, dumps, loads, mask_secret, quiet_hours
from watches.delivery import check_recipients


@click.group()
def watch() -> None:
    """Save queries, and say who is told how."""


def _options(command: Any) -> Any:
    """Add the options that describe a watch."""
    for option in (
        click.option(
            "--to",
            "recipients",
            multiple=True,
            help="Mail address or Apprise URL; may be repeated.",
        ),
        click.option(
            "--rhythm",
            type=click.Choice([item.value for item in Rhythm]),
            help="When matches become mail.",
        ),
        click.option(
            "--kind",
            "kinds",
            multiple=True,
            type=click.Choice([item.value for item in MatchKind]),
            help="What counts; may be repeated.",
        ),
        click.option("--outlet", "outlets", multiple=True, help="Only these outlets."),
        click.option("--region", "regions", multiple=True, help="Only outlets of these regions."),
        click.option(
            "--language",
            "languages",
            multiple=True,
            help="Only articles in these languages (az, ru...).",
        ),
        click.option("--zone", "timezone", help="Your time zone, as Asia/Baku."),
        click.option("--hour", type=int, help="Local hour of digests."),
        click.option("--weekday", type=int, help="Day of weekly digests, Monday is 0."),
        click.option("--quiet", help="Local hours without mail, as 22:00-07:00; `none` ends them."),
        click.option("--picked-up-by", type=int, help="How many outlets make a story picked up."),
        click.option(
            "--settle",
            type=int,
            help="Minutes without a further copy before a picked-up story is told.",
        ),
        click.option("--mail-language", help="Language of the mail's own words."),
        click.option(
            "--mute-until",
            help="No mail before this moment, as 2026-12-31T18:00+04:00; `none` ends it.",
        ),
        click.option("--expires", help="The watch ends at this moment; `none`: never."),
        click.option(
            "--pause/--resume", "paused", default=None, help="Keep matches, send nothing."
        ),
    ):
        command = option(command)
    return command


@watch.command()
@click.argument("name")
@click.argument("query")
@_options
def add(name: str, query: str, **options: Any) -> None:
    """Save a watch named NAME for QUERY. Says what it would have sent."""
    wanted = _given(Watch(name=name, query=query, recipients=()), options)
    if not wanted.recipients:
        raise WatchError("a watch needs somebody to tell: --to name@example.org")
    with _archive() as archive, archive.transaction() as cursor:
        if alerts.load_watches(cursor, name):
            raise WatchError(f"there is a watch {name!r} already; `khabar watch edit` changes it")
        held = checked(wanted, archive.aliases)
        _reachable(held.recipients)
        _save(cursor, held, archive.aliases)
    click.echo(f"saved: {name}")


@watch.command()
@click.argument("name")
@click.option("--query", help="The new query.")
@_options
def edit(name: str, query: str | None, **options: Any) -> None:
    """Change the watch NAME; what is not named stays."""
    with _archive() as archive, archive.transaction() as cursor:
        saved = _find(cursor, name)
        wanted = _given(
            saved.watch if query is None else replace(saved.watch, query=query), options
        )
        held = checked(wanted, archive.aliases)
        _reachable(set(held.recipients) - set(saved.watch.recipients))
        _save(cursor, held, archive.aliases)
    click.echo(f"saved: {name}")


@watch.command()
@click.argument("name")
def remove(name: str) -> None:
    """Remove the watch NAME."""
    with _archive() as archive, archive.transaction() as cursor:
        if not alerts.remove_watch(cursor, name):
            raise WatchError(f"there is no watch {name!r}; `khabar watch list` shows all")
    click.echo(f"removed: {name}")


@watch.command(name="list")
@click.option("--json", "as_json", is_flag=True, help="One JSON line a watch.")
def list_(*, as_json: bool) -> None:
    """Show all watches."""
    with _archive() as archive, archive.transaction() as cursor:
        found = alerts.load_watches(cursor)
    for saved in found:
        if as_json:
            click.echo(json.dumps({"id": saved.id, **codec.plain(saved.watch)}, ensure_ascii=False))
        else:
            click.echo(_line(saved))
    if not found and not as_json:
        click.echo("no watches yet; `khabar watch add NAME QUERY --to ADDRESS` saves one", err=True)


@watch.command()
@click.argument("name", required=False)
@click.option("--query", help="A query that is not saved yet.")
@_options
def test(name: str | None, query: str | None, **options: Any) -> None:
    """Say what the watch NAME, or a QUERY, would have sent in the last 30 days. Saves and sends nothing."""  # noqa: E501
    with _archive() as archive, archive.transaction() as cursor:
        base = (
            _find(cursor, name).watch
            if name
            else Watch(name="test", query=query or "", recipients=())
        )
        wanted = checked(
            _given(base if query is None else replace(base, query=query), options), archive.aliases
        )
        click.echo(
            "\n".join(
                preview.lines(preview.preview(cursor, wanted, datetime.now(UTC), archive.aliases))
            )
        )


@watch.command()
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="One JSON line a match.")
@click.option("--limit", default=50, show_default=True, help="How many, the newest first.")
def history(name: str, limit: int, *, as_json: bool) -> None:
    """Show what the watch NAME has matched, and what became of it."""
    with _archive() as archive, archive.transaction() as cursor:
        _find(cursor, name)
        found = alerts.watch_history(cursor, name, limit)
    for item in found:
        if as_json:
            click.echo(codec.dump(item))
        else:
            click.echo(
                f"{item.at:%Y-%m-%d %H:%M}  {item.kind:13}  {item.outlet}: {item.title}  [{', '.join(item.terms)}]  {'; '.join(item.deliveries)}"  # noqa: E501
            )
    if not found and not as_json:
        click.echo("no match yet", err=True)


@watch.command(name="import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_(file: Path) -> None:
    """Save the watches of a TOML FILE, all or none; those of the same name are changed."""
    wanted = loads(file.read_text(encoding="utf-8"), str(file), naming.table(settings.read()))
    _reachable({address for item in wanted for address in item.recipients})
    with _archive() as archive, archive.transaction() as cursor:
        for item in wanted:
            alerts.save_watch(cursor, item, resubscribe=False)
    click.echo(f"saved: {len(wanted)} watches")


@watch.command()
@click.argument("names", nargs=-1)
def export(names: tuple[str, ...]) -> None:
    """Write watches as TOML: all, or those named."""
    with _archive() as archive, archive.transaction() as cursor:
        found = [_find(cursor, name) for name in names] if names else alerts.load_watches(cursor)
    click.echo(dumps([saved.watch for saved in found]), nl=False)


@watch.command()
def follow() -> None:
    """Match and send as articles come, until stopped: seconds instead of the next scheduled run."""
    from pipeline.alerts import deliver

    deliver.follow(settings.read())


@watch.command()
@click.argument("name")
def feed(name: str) -> None:
    """Write the watch NAME as an Atom feed."""
    with _archive() as archive, archive.transaction() as cursor:
        saved = _find(cursor, name)
        sys.stdout.buffer.write(feeding.feed(cursor, saved, mail_context(settings.read())) + b"\n")


@watch.command()
@click.option(
    "--watches",
    "file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    required=True,
    help="TOML file of watches.",
)
@click.option("--jsonl", is_flag=True, required=True, help="Read and write JSON lines.")
def match(file: Path, *, jsonl: bool) -> None:
    """Filter: articles on standard input, matches on standard output; no database.

    Reads {"id", "title", "text"[, "outlet", "language", "published"]}, writes {"id", "watch", "terms"}.
    """  # noqa: E501
    del jsonl
    from pipeline.alerts.filter import run

    names = naming.table(settings.read())
    run(
        loads(file.read_text(encoding="utf-8"), str(file), names),
        sys.stdin.buffer,
        sys.stdout,
        names,
    )


def _reachable(new: Collection[str]) -> None:
    """Raise WatchError if somebody cannot be told; say what could not be found out."""
    known = settings.read()
    unknown = check_recipients(sorted(new), smtp_url=known.smtp_url, mail_from=known.mail_from)
    for sentence in unknown:
        click.echo(sentence, err=True)


def _save(cursor: Any, wanted: Watch, aliases: Aliases | None) -> None:
    """Save a watch and say what it would have sent; a last fit of before counts for first mentions."""  # noqa: E501
    number = alerts.save_watch(cursor, wanted)
    found = preview.preview(cursor, wanted, datetime.now(UTC), aliases)
    click.echo("\n".join(preview.lines(found)))
    if found.last_fit is not None:
        alerts.record_hits(cursor, [(number, found.last_fit)])


def _archive() -> Archive:
    known = settings.read()
    return Archive(database.url(known), naming.table(known))


def _find(cursor: Any, name: str) -> SavedWatch:
    found = alerts.load_watches(cursor, name)
    if not found:
        raise WatchError(f"there is no watch {name!r}; `khabar watch list` shows all")
    return found[0]


def _given(base: Watch, options: dict[str, Any]) -> Watch:
    """Return a watch with the options that were given."""
    changed: dict[str, Any] = {}
    for name, value in options.items():
        if value is None or value == ():
            continue
        match name:
            case "quiet":
                changed[name] = None if value == "none" else quiet_hours(value)
            case "mute_until" | "expires":
                changed[name] = None if value == "none" else _moment(value)
            case "rhythm":
                changed[name] = Rhythm(value)
            case "kinds":
                changed[name] = tuple(MatchKind(item) for item in value)
            case _:
                changed[name] = value
    return replace(base, **changed)


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise WatchError(f"{text!r} is no moment; write 2026-12-31T18:00+04:00") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _line(saved: SavedWatch) -> str:
    """Return a watch as one line for a terminal."""
    held = saved.watch
    state = " (paused)" if held.paused else ""
    return f"{held.name}{state}: {held.query}  ->  {', '.join(map(mask_secret, held.recipients)) or 'nobody'}  [{held.rhythm}; {', '.join(held.kinds)}]"  # noqa: E501
