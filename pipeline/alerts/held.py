"""What a pause, a mute or a dropped mail kept from a reader, told afterwards."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from news.watch import Rhythm, Watch
from pipeline.alerts.occurrences import LATE
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


def retell_dropped(cursor: "Cursor", saved: Mapping[int, SavedWatch], now: datetime) -> None:
    """Let what stood in a mail that was given up be told once more, in the next digest."""
    since = now - _MISSED
    moments: list[tuple[int, datetime]] = []
    for number in alerts.dropped_watches(cursor, since):
        if number in saved:
            moments.append((number, _next_digest(saved[number].watch, now)))

    alerts.requeue_dropped(cursor, moments, since)


def _next_digest(watch: Watch, now: datetime) -> datetime:
    """Return when a watch's next digest is due; a watch that tells at once has one daily (UTC).

    Not within the hour: a mail that was just refused would be written as it was.
    """
    rhythm = watch.rhythm
    if rhythm is Rhythm.AT_ONCE:
        rhythm = Rhythm.DAILY

    return due_at(replace(watch, rhythm=rhythm), now + 2 * LATE)
