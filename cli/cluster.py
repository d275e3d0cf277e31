"""`khabar cluster --jsonl`: a filter from JSON lines of texts to JSON lines of stories."""

import sys

import click

from cli.output import json_line
from pipeline.cluster_filter import label_lines

_JSONL = click.option(
    "--jsonl",
    is_flag=True,
    required=True,
    help='Lines {"id","text"[,"title","published","outlet","language"]} to '
    'lines {"id","story"[,"event"]}.',
)
_EVENTS = click.option(
    "--events/--no-events",
    default=False,
    help="Tell events too: one label for stories in other words or languages "
    "(10 to 40 texts a second).",
)


@click.command()
@_JSONL
@_EVENTS
def cluster(
    *,
    jsonl: bool,
    events: bool,
) -> None:
    """Tell which texts are one story: JSON lines in, JSON lines out, in the same order.

    A story's label is the id of its lead.
    """
    del jsonl
    for labels in label_lines(sys.stdin.buffer, with_events=events):
        click.echo(json_line(labels))
