"""What a pause or a mute held back, told when it is over."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from storage import alerts
from storage.alerts import SavedWatch
from watches import due_at

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor

# What a watch held back longer ago than this is history when it speaks again.
_MISSED = timedelta(days=30)


def revive_held(cursor: "Cursor", saved: Mapping[int, SavedWatch], now: datetime) -> None:
    """Let what was held back by a pause or a mute that is over be told with the next mail."""
    since = now - _MISSED
    moments: list[tuple[int, datetime]] = []
    for number in alerts.held_watches(cursor, since, now):
        if number not in saved:
            continue

        watch = saved[number].watch
        moments.append((number, due_at(watch, now)))

    alerts.revive_held(cursor, moments, since)
