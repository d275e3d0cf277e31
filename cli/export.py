"""`khabar export`: search results into a file."""

from pathlib import Path

import click

from cli.open_archive import counting, open_archive
from storage.search import ExportFormat, export_results

_FILE = click.argument(
    "file",
    type=click.Path(
        dir_okay=False,
        path_type=Path,
    ),
)
_QUERY = click.option("--query", help="Only what this query finds (default: everything).")
_FORMAT = click.option(
    "--format",
    "named_format",
    type=click.Choice([item.value for item in ExportFormat]),
    help="Default: by the file's ending.",
)


@click.command()
@_FILE
@_QUERY
@_FORMAT
def export(
    file: Path,
    query: str | None,
    named_format: str | None,
) -> None:
    """Write search results into FILE as CSV, JSON lines or Parquet."""
    ending = named_format or file.suffix.lstrip(".").lower()
    if ending not in set(ExportFormat):
        sentence = f"{file.name}: name it .csv, .jsonl or .parquet, or say --format"
        raise click.BadParameter(sentence, param_hint="FILE")
    with open_archive() as archive, counting("exported") as progress:
        count = export_results(
            archive.walk(query),
            file,
            ExportFormat(ending),
            progress,
        )
    click.echo(f"{count} articles in {file}")
