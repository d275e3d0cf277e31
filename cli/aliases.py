"""`khabar aliases`: the names that queries take for one thing, the package's and the desk's own."""

import click

from cli.output import say
from pipeline import aliases as table
from pipeline import settings

_NAME = click.argument("name")


@click.group()
def aliases() -> None:
    """Show and edit the names that queries take for one thing."""


@aliases.command("list")
@click.argument("name", required=False)
def list_(name: str | None) -> None:
    """Show the desk's own lines; with NAME, all forms of what it names."""
    known = settings.read()
    if name is None:
        for line in table.own_lines(known):
            click.echo(line)
        say(f"in {table.file_of(known)}; the package's own table comes before it")

        return

    names = table.table(known)
    found = names.find(name)
    if found is None:
        raise click.ClickException(f"no table has {name!r}")

    others = [form for form in names.forms(found) if form != found]
    shown = ", ".join(others)
    click.echo(f"{found} = {shown}")


@aliases.command()
@_NAME
@click.argument("forms", nargs=-1, required=True)
def add(
    name: str,
    forms: tuple[str, ...],
) -> None:
    """Take FORMS for NAME: `khabar aliases add "Middle Corridor" "Orta Dəhliz" TITR`."""
    known = settings.read()
    line = table.add_alias(
        known,
        name,
        forms,
    )

    click.echo(line)


@aliases.command()
@_NAME
@click.argument("forms", nargs=-1)
def remove(
    name: str,
    forms: tuple[str, ...],
) -> None:
    """Take FORMS of NAME out of the desk's own table, or NAME as a whole."""
    known = settings.read()
    table.remove_alias(
        known,
        name,
        forms,
    )

    for gone in forms or (name,):
        click.echo(f"removed: {gone}")
