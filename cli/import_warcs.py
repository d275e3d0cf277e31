"""`khabar import`: WARC files as a source."""

from pathlib import Path

import click

from cli.backfill import say_progress
from pipeline import settings as configuration

_FILES = click.argument(
    "files",
    nargs=-1,
    required=True,
    type=click.Path(
        exists=True,
        dir_okay=False,
        path_type=Path,
    ),
)


@click.command("import")
@_FILES
def import_(files: tuple[Path, ...]) -> None:
    """Take WARC files (ours, Common Crawl's news crawl, anybody's) as a source.

    The pages of known outlets go into the archive.
    """
    from pipeline.run import backfill as past

    click.echo(past.import_warcs(configuration.read(), files, say_progress))
