"""Queries of watches, each parsed once: thousands of watches may ask for the same."""

from functools import lru_cache

from news.query import Query, parse
from news.text.aliases import Aliases


@lru_cache(maxsize=200_000)
def parsed(query: str, aliases: Aliases | None = None) -> Query:
    """Return a query, parsed; raises news.query.QueryError.

    `aliases` are the names that it may use; None: the package's.
    """
    return parse(query, aliases)
