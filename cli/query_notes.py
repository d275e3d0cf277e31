"""How a query was read, said to whoever typed it."""

from cli.output import say
from news.query import Query


def show(query: Query) -> None:
    """Print a line for everything in a query that was read otherwise than it looks, on stderr."""
    for note in query.notes:
        say(f"note: {note}")
