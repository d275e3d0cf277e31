"""`khabar aliases`: the names that queries take for one thing, the package's and the desk's own."""

import click

from cli.output import say
from pipeline import aliases as table
from pipeline import settings


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

    click.echo(f"{found} = {', '.join(names.forms(found)[1:])}")


@aliases.command()
@click.argument("name")
@click.argument("forms", nargs=-1, required=True)
def add(
    name: str,
    forms: tuple[str, ...],
) -> None:
    """Take FORMS for NAME: `khabar aliases add "Middle Corridor" "Orta Dəhliz" TITR`."""
    click.echo(table.add_alias(settings.read(), name, forms))


@aliases.command()
@click.argument("name")
@click.argument("forms", nargs=-1)
def remove(
    name: str,
    forms: tuple[str, ...],
) -> None:
    """Take FORMS of NAME out of the desk's own table, or NAME as a whole."""
    table.remove_alias(settings.read(), name, forms)
    click.echo(f"removed: {', '.join(forms) if forms else name}")
