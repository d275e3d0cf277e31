"""Waiting for articles: the archive's NOTIFY wakes whoever listens, at the commit with them."""

import select
from typing import TYPE_CHECKING

from storage.sql.statements import execute

if TYPE_CHECKING:
    from psycopg2.extensions import connection as Connection


def listen_for_articles(connection: "Connection") -> None:
    """Let a connection hear of new articles from now on; it serves for nothing else."""
    connection.autocommit = True
    with connection.cursor() as cursor:
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
