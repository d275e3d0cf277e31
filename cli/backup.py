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
    rows = sum(count for count, _ in manifest.tables.values())
    articles = manifest.tables["article_urls"][0]
    size = f"{file.stat().st_size / 1e6:.1f} MB"
    click.echo(f"{file}: {articles} articles, {rows} rows in {len(manifest.tables)} tables, {size}")
