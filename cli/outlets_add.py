"""`khabar outlets add`: an outlet file drafted from a first visit."""

import tempfile
from datetime import UTC, datetime
from pathlib import Path

import click

from cli.output import say
from pipeline import settings as configuration
from pipeline.settings import Settings

_NAME = click.option("--name", help="The outlet's name; the site's host without it.")
_REGION = click.option(
    "--region",
    default="new",
    show_default=True,
    help="The folder of the file.",
)
_YES = click.option(
    "--yes",
    is_flag=True,
    help="Write the file without asking.",
)


@click.command()
@click.argument("url")
@_NAME
@_REGION
@_YES
def add(
    url: str,
    name: str | None,
    region: str,
    *,
    yes: bool,
) -> None:
    """Visit a site, find its doors, show five samples, and write its outlet file when you agree.

    URL may be the address of a site, of a feed or of an article; or a file with many of them: OPML,
    CSV, one a line.
    """
    from crawlers import CrawlError
    from crawlers.discovery import explore

    if not Path(url).is_file():
        _add(url, name, region, yes=yes)
        return
    failed = 0
    for address in explore.addresses(Path(url)):
        try:
            _add(address, None, region, yes=yes)
        except CrawlError as error:
            failed += 1
            say(str(error))
    if failed:
        raise CrawlError(f"{failed} of the addresses in {url} could not be added")


def _add(url: str, name: str | None, region: str, *, yes: bool) -> None:
    """Add one outlet."""
    from crawlers import outlet_files
    from crawlers.discovery import explore
    from pipeline.run import crawl, try_outlet

    settings = configuration.read()
    _refuse_double(settings, name)
    with tempfile.TemporaryDirectory(prefix="khabar-visit-") as folder:
        draft = explore.visit(
            url,
            Path(folder),
            datetime.now(UTC),
            crawl.options(settings),
            region=region,
            name=name,
        )
    _refuse_double(settings, draft.outlet.name)
    path = settings.outlets / region / f"{draft.outlet.name}.toml"
    for note in draft.notes:
        click.echo(f"found  {note}")
    titles = try_outlet.show_samples(draft.outlet, draft.samples, click.echo)
    text = explore.as_toml(draft.outlet, [f"found: {note}" for note in draft.notes])
    outlet_files.parse_outlet(text, path)
    click.echo(f"\n{text}")
    if not explore.zone_is_known(draft.outlet):
        zone = "The time zone could not be told from the address"
        say(f"{zone}: set `timezone` in the file.")
    if not titles:
        say("No sample became an article: look at the file before you rely on it.")
    if yes or click.confirm(f"Write {path}?"):
        path.parent.mkdir(
            parents=True,
            exist_ok=True,
        )
        path.write_text(text, encoding="utf-8")
        click.echo(f"written: {path}")


def _refuse_double(
    settings: Settings,
    name: str | None,
) -> None:
    """Refuse a name that an outlet of any region has."""
    from crawlers import CrawlError

    if not name:
        return
    for path in settings.outlets.glob(f"*/{name}.toml"):
        raise CrawlError(f"{path} exists already; remove it first, or give another --name")
