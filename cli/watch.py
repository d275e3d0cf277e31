"""`khabar watch`: the group of the commands on saved queries."""

import click

from cli.watch_edit import add, edit, import_, remove
from cli.watch_filter import match
from cli.watch_show import export, feed, follow, history, list_, test


@click.group()
def watch() -> None:
    """Save queries, and say who is told how."""


_COMMANDS = (add, edit, remove, list_, test, history, import_, export, follow, feed, match)
for command in _COMMANDS:
    watch.add_command(command)
