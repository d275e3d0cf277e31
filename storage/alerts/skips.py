"""Mails that were not written, counted by reason and day.

Every function takes a cursor and acts in the caller's transaction.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from storage.sql.statements import execute, fetch_all

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor


def count_skips(cursor: "Cursor", reasons: Mapping[str, int], now: datetime) -> None:
    """Count mails that were not written, by reason, on the day of `now`."""
    for reason, count in sorted(reasons.items()):
        execute(
            cursor,
            "outbox.count_skip",
            day=now.date(),
            reason=reason,
            count=count,
        )


def skip_counts(cursor: "Cursor", since: datetime) -> dict[str, int]:
    """Return counted reasons since the day of a moment."""
    return dict(fetch_all(cursor, "outbox.skip_counts", since=since.date()))
