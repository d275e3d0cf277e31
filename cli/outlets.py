"""`khabar outlets`: the group of the commands on outlets."""

import click

from cli.outlets_add import add
from cli.outlets_check import check
from cli.outlets_list import list_
from cli.outlets_try import try_


@click.group()
def outlets() -> None:
    """Add, list, check and try outlets."""


for command in (list_, add, check, try_):
    outlets.add_command(command)
