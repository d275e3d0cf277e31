"""`khabar watch add`, `edit`, `remove` and `import`: what changes saved queries."""

from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cli import query_notes
from cli.open_archive import archive_cursor, open_archive
from cli.output import say
from cli.watch_options import watch_options, with_options
from news.text.aliases import Aliases
from news.watch import Watch
from pipeline import aliases, settings
from pipeline.alerts import preview, saving
from storage import alerts
from watches import WatchError, checked, loads
from watches.delivery import check_recipients

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor


@click.command()
@click.argument("name")
@click.argument("query")
@watch_options
def add(name: str, query: str, **options: Any) -> None:
    """Save a watch named NAME for QUERY. Says what it would have sent."""
    wanted = with_options(
        Watch(
            name=name,
            query=query,
            recipients=(),
        ),
        options,
    )
    if not wanted.recipients:
        raise WatchError("a watch needs somebody to tell: --to name@example.org")
    with open_archive() as archive, archive.transaction() as cursor:
        if alerts.load_watches(cursor, name):
            raise WatchError(f"there is a watch {name!r} already; `khabar watch edit` changes it")
        watch = checked(wanted, archive.aliases)
        query_notes.show(archive.parse(watch.query))
        require_recipients(watch.recipients)
        _save(cursor, watch, archive.aliases)
    click.echo(f"saved: {name}")


_QUERY = click.option("--query", help="The new query.")


@click.command()
@click.argument("name")
@_QUERY
@watch_options
def edit(name: str, query: str | None, **options: Any) -> None:
    """Change the watch NAME; what is not named stays."""
    with open_archive() as archive, archive.transaction() as cursor:
        saved = find_watch(cursor, name).watch
        base = saved
        if query is not None:
            base = replace(saved, query=query)

        changed = with_options(base, options)
        watch = checked(changed, archive.aliases)
        query_notes.show(archive.parse(watch.query))
        new_recipients = set(watch.recipients) - set(saved.recipients)
        require_recipients(new_recipients)
        _save(cursor, watch, archive.aliases)
    click.echo(f"saved: {name}")


@click.command()
@click.argument("name")
def remove(name: str) -> None:
    """Remove the watch NAME."""
    with archive_cursor() as cursor:
        if not alerts.remove_watch(cursor, name):
            raise _no_watch(name)
    click.echo(f"removed: {name}")


_FILE = click.argument(
    "file",
    type=click.Path(
        exists=True,
        dir_okay=False,
        path_type=Path,
    ),
)


@click.command(name="import")
@_FILE
def import_(file: Path) -> None:
    """Save the watches of a TOML FILE, all or none; those of the same name are changed."""
    names = aliases.table(settings.read())
    wanted = loads(file.read_text(encoding="utf-8"), str(file), names)
    recipients: set[str] = set()
    for watch in wanted:
        recipients.update(watch.recipients)
    require_recipients(recipients)
    with archive_cursor() as cursor:
        for watch in wanted:
            saving.save_watch(
                cursor,
                watch,
                datetime.now(UTC),
                resubscribe=False,
            )
    click.echo(f"saved: {len(wanted)} watches")


def find_watch(
    cursor: "Cursor",
    name: str,
) -> alerts.SavedWatch:
    """Return the watch of a name; raises WatchError."""
    found = alerts.load_watches(cursor, name)
    if not found:
        raise _no_watch(name)
    return found[0]


def _no_watch(name: str) -> WatchError:
    return WatchError(f"there is no watch {name!r}; `khabar watch list` shows all")


def require_recipients(new: Collection[str]) -> None:
    """Raise WatchError if somebody cannot be told; say what could not be found out."""
    known = settings.read()
    unknown = check_recipients(
        sorted(new),
        smtp_url=known.smtp_url,
        mail_from=known.mail_from,
    )
    for sentence in unknown:
        say(sentence)


def _save(
    cursor: "Cursor",
    watch: Watch,
    names: Aliases | None,
) -> None:
    """Save a watch and say what it would have sent."""
    previewed = saving.save_with_preview(
        cursor,
        watch,
        datetime.now(UTC),
        names,
    )
    click.echo("\n".join(preview.lines(previewed)))
