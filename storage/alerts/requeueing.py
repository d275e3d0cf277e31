"""What stood in messages that were given up, put back to be told in another one.

Every function takes a cursor and acts in the caller's transaction.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from storage.sql.statements import execute_many, fetch_all

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor


def dropped_watches(cursor: "Cursor", since: datetime) -> list[int]:
    """Return the watches of what stood in messages given up since a moment, not requeued yet."""
    rows = fetch_all(cursor, "deliveries.dropped_watches", since=since)

    return [watch for (watch,) in rows]


def requeue_dropped(
    cursor: "Cursor",
    watches: Iterable[tuple[int, datetime]],
    since: datetime,
) -> None:
    """Let what stood in messages given up since a moment wait once more: (watch, due at)."""
    rows = [(watch, due_at, since) for watch, due_at in watches]
    template = "(%s::bigint,%s::timestamptz,%s::timestamptz)"
    execute_many(cursor, "deliveries.requeue_dropped", rows, template)
