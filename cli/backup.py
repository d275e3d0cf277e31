"""`khabar backup`: the archive into one file."""

from datetime import UTC, datetime
from pathlib import Path

import click

from cli.open_archive import archive_url
from storage.upkeep import back_up

_FILE = click.argument(
    "file",
    type=click.Path(
        dir_okay=False,
        path_type=Path,
    ),
)


@click.command()
@_FILE
def backup(file: Path) -> None:
    """Write the whole archive into FILE, with the checksums of every table."""
    manifest = back_up(archive_url(), file, datetime.now(UTC))
    tables = manifest.tables
    counts = [count for count, _ in tables.values()]
    rows = f"{sum(counts)} rows in {len(tables)} tables"
    articles, _ = tables["article_urls"]
    megabytes = file.stat().st_size / 1e6
    click.echo(f"{file}: {articles} articles, {rows}, {megabytes:.1f} MB")
