"""The archive's last weeks, as previews of watches look at them. Every function takes a cursor."""

from datetime import datetime
from typing import TYPE_CHECKING

from news.query import Query
from storage.alerts.matches import Change, change_of
from storage.archive import terms
from storage.search.compiling import compile_query
from storage.sql.statements import statement

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor


def recent_articles(cursor: "Cursor", since: datetime, limit: int, query: Query) -> list[Change]:
    """Return articles since a moment that may answer a query, newest first, as if they were new: the material of previews."""
    values = {
        "since": since,
        "limit": limit,
        "tsquery": compile_query(query).tsquery,
        "analyser": terms.VERSION,
    }
    cursor.execute(statement("watches", "recent"), values)
    return [change_of(row) for row in cursor.fetchall()]


def count_recent_articles(cursor: "Cursor", since: datetime) -> tuple[int, datetime | None]:
    """Return how many articles there are since a moment, and the time of the first."""
    cursor.execute(statement("watches", "count_recent"), {"since": since})
    count, first = cursor.fetchone() or (0, None)
    return count, first


def outlet_regions(cursor: "Cursor") -> dict[str, str]:
    """Return outlet -> region of all outlets in the archive."""
    cursor.execute(statement("watches", "outlets_known"))
    return dict(cursor.fetchall())
