"""How a query was read, said to whoever typed it."""

import click

from news.query import Query


def show(query: Query) -> None:
    """Print a line for everything in a query that was read otherwise than it looks, on stderr."""
    for note in query.notes:
        click.echo(f"note: {note}", err=True)
