"""`khabar watch match`: watches as a filter for pipes."""

import sys
from pathlib import Path

import click

from pipeline import aliases, settings
from watches import loads

_WATCHES = click.option(
    "--watches",
    "file",
    type=click.Path(
        exists=True,
        dir_okay=False,
        path_type=Path,
    ),
    required=True,
    help="TOML file of watches.",
)
_JSONL = click.option(
    "--jsonl",
    is_flag=True,
    required=True,
    help="Read and write JSON lines.",
)


@click.command()
@_WATCHES
@_JSONL
def match(
    file: Path,
    *,
    jsonl: bool,
) -> None:
    """Filter: articles on standard input, matches on standard output; no database.

    Reads {"id", "title", "text"[, "outlet", "language", "published"]}, writes {"id", "watch",
    "terms"}.
    """
    del jsonl
    from pipeline.alerts.filter import run

    names = aliases.table(settings.read())
    watches = loads(file.read_text(encoding="utf-8"), str(file), names)
    run(
        watches,
        sys.stdin.buffer,
        sys.stdout,
        names,
    )
