"""`khabar archive`: housekeeping of the archive by hand."""

import json
import shutil
from dataclasses import asdict
from datetime import UTC, datetime

import click

from cli.open_archive import archive_url, counting, open_archive
from cli.output import say
from pipeline import settings
from storage import Archive
from storage import upkeep as upkeeping
from storage.upkeep import Forecast

_KINDS = ["article", "brief", "interview", "opinion"]
_TABLES = 12  # the largest tables that a forecast shows


@click.group()
def archive() -> None:
    """Keep the archive's house."""


@archive.command()
def migrate() -> None:
    """Bring the schema up to date and make the next months' partitions."""
    url = archive_url()
    now = datetime.now(UTC)
    applied = upkeeping.migrate(url)
    with Archive(url) as opened:
        made = upkeeping.prepare_months(opened.connection, now)

    newest, *_ = upkeeping.available_migrations()[-1]
    schema = f"schema {newest} ({len(applied)} steps applied now)"
    partitions = ", ".join(made) or "none were missing"
    click.echo(f"{schema}, partitions made: {partitions}")


@archive.command()
def schema() -> None:
    """Print the schema as SQL."""
    click.echo(upkeeping.dump_schema(archive_url()), nl=False)


_ALL = click.option(
    "--all",
    "everything",
    is_flag=True,
    help="Every article, not only those of an older analysis.",
)


@archive.command()
@_ALL
def reindex(*, everything: bool) -> None:
    """Make the index terms anew after a change of the language analysis.

    May be interrupted, and called again.
    """
    with open_archive() as opened, counting("re-indexed") as progress:
        count = upkeeping.reindex_terms(
            opened.connection,
            everything=everything,
            progress=progress,
        )
    click.echo(f"{count} articles re-indexed")


_OUTLET = click.option("--outlet", help="Set the retention of this outlet...")
_DAYS = click.option(
    "--days",
    type=click.IntRange(0),
    help="...to so many days; 0: for ever.",
)
_KIND = click.option(
    "--kind",
    type=click.Choice(_KINDS),
    help="Remove only articles of this kind.",
)


@archive.command()
@_OUTLET
@_DAYS
@_KIND
def retention(
    outlet: str | None,
    days: int | None,
    kind: str | None,
) -> None:
    """Remove what is older than its outlet's retention."""
    if (outlet is None) != (days is None):
        raise click.UsageError("--outlet and --days go together")
    with open_archive() as opened:
        if outlet is not None:
            upkeeping.set_retention(opened.connection, outlet, days or None)
            length = f"{days} days" if days else "for ever"
            click.echo(f"{outlet}: {length}")
        removed = upkeeping.apply_retention(
            opened.connection,
            datetime.now(UTC),
            kind=kind,
        )
    for name, count in removed.items():
        click.echo(f"{name}: {count} articles removed")


_JSON = click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="For programs.",
)


@archive.command()
@_JSON
def forecast(*, as_json: bool) -> None:
    """Say how large the archive is, how it grows, and when the disk is full."""
    read = settings.read()
    free = None if read.database_url else shutil.disk_usage(read.home).free
    with open_archive() as opened:
        found = upkeeping.forecast(opened.connection, datetime.now(UTC), free)
    if as_json:
        full_on = found.full_on.isoformat() if found.full_on else None
        click.echo(
            json.dumps(
                {
                    **asdict(found),
                    "full_on": full_on,
                }
            )
        )
        return
    for line in _forecast_lines(found):
        click.echo(line)


def _forecast_lines(found: Forecast) -> list[str]:
    """Return a forecast in lines for a terminal."""
    article = f"{found.bytes_per_article / 1e3:.1f} kB an article"
    size = f"{found.bytes / 1e9:.2f} GB ({article})"
    year = f"in a year {found.bytes_in_a_year / 1e9:.1f} GB"
    lines = [
        f"{found.articles} articles, {found.revisions} revisions, {size}",
        f"{found.articles_per_day:.0f} articles a day; {year}",
    ]

    if found.kept_bytes:
        kept = f"{found.kept_bytes / 1e9:.2f} GB of records kept beside it"
        lines.append(f"{kept}; in a year {found.kept_in_a_year / 1e9:.1f} GB")

    if found.free is not None:
        when = "in more than ten years"
        if found.full_on:
            when = f"on {found.full_on:%Y-%m-%d}"
        lines.append(f"{found.free / 1e9:.1f} GB free: full {when}")

    for name, size_bytes, rows in found.tables[:_TABLES]:
        megabytes = f"{size_bytes / 1e6:>10.1f} MB"
        lines.append(f"  {megabytes}  {rows:>10} rows  {name}")
    return lines


_REASON = click.option(
    "--reason",
    default="",
    help="Kept with the tombstone.",
)


@archive.command()
@click.argument("url")
@_REASON
@click.confirmation_option(prompt="This removes the article and its history for good. Sure?")
def forget(
    url: str,
    reason: str,
) -> None:
    """Remove the article at URL for good; a tombstone keeps it from coming back."""
    from pipeline import forget as forgetting

    if forgetting.forget(settings.read(), url, reason):
        click.echo("removed; it will not come back")
    else:
        click.echo("the archive did not have it; it will not come in")


@archive.command()
def upkeep() -> None:
    """Vacuum, fresh statistics, overgrown indexes built anew.

    Everything else may go on meanwhile.
    """
    with open_archive() as opened:
        upkeeping.tidy_tables(opened.connection, say)
