"""Waiting for articles: the archive's NOTIFY wakes whoever listens, at the commit with them."""

import select
from typing import TYPE_CHECKING

from storage.sql.statements import execute, fetch_value

if TYPE_CHECKING:
    from psycopg2.extensions import connection as Connection
    from psycopg2.extensions import cursor as Cursor

_PRESENCE = 0x6B6C697374656E  # "klisten"


def listen_for_articles(connection: "Connection") -> None:
    """Let a connection hear of new articles from now on; it serves for nothing else.

    As long as it is open `is_someone_listening` says so.
    """
    connection.autocommit = True
    with connection.cursor() as cursor:
        execute(cursor, "changes.announce_listener", presence=_PRESENCE)
        execute(cursor, "changes.listen")


def wait_for_articles(connection: "Connection", seconds: float) -> bool:
    """Wait until there is something new, at most so many seconds; return whether there is.

    What came since the last call counts.
    """
    if not connection.notifies:
        select.select([connection], [], [], seconds)
        connection.poll()

    woken = bool(connection.notifies)
    connection.notifies.clear()

    return woken


def is_someone_listening(cursor: "Cursor") -> bool:
    """Tell whether any process waits for articles, to match them as they come."""
    return not fetch_value(cursor, "changes.is_nobody_listening", presence=_PRESENCE)


def first_waiting_change(cursor: "Cursor") -> int | None:
    """Return the number of the change that waits longest to be matched; None when none does."""
    number: int | None = fetch_value(cursor, "changes.first_waiting")
    return number
