"""Saving a watch: what waits follows a changed rhythm."""

from datetime import datetime
from typing import TYPE_CHECKING

from news.text.aliases import Aliases
from news.watch import MatchKind, Watch
from pipeline.alerts.preview import Preview, preview
from storage import alerts
from watches import due_at, due_of_kind

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor


def save_watch(
    cursor: "Cursor",
    watch: Watch,
    now: datetime,
    *,
    resubscribe: bool = True,
) -> int:
    """Save a watch by its name, as `storage.alerts.save_watch` does; return its id.

    What waits for another hour than the watch now has is moved to the new one.
    """
    known = alerts.load_watches(cursor, watch.name)
    number = alerts.save_watch(cursor, watch, resubscribe=resubscribe)
    if known and _timing(known[0].watch) != _timing(watch):
        _move_waiting(cursor, number, watch, now)

    return number


def save_with_preview(
    cursor: "Cursor",
    watch: Watch,
    now: datetime,
    aliases: Aliases | None,
) -> Preview:
    """Save a watch; return what it would have sent. An earlier fit counts for first mentions."""
    number = save_watch(cursor, watch, now)
    previewed = preview(
        cursor,
        watch,
        now,
        aliases,
    )
    if previewed.last_fit is not None:
        alerts.record_hits(cursor, [(number, previewed.last_fit)])

    return previewed


def _timing(watch: Watch) -> tuple[object, ...]:
    """Return what decides on when a watch's matches become mail."""
    return (
        watch.rhythm,
        watch.hour,
        watch.weekday,
        watch.timezone,
        watch.quiet,
    )


def _move_waiting(cursor: "Cursor", number: int, watch: Watch, now: datetime) -> None:
    """Give what waits for a watch its new moment."""
    moved: list[tuple[int, str, datetime]] = []
    for waiting in alerts.waiting_of_watch(cursor, number):
        moment = _moment(
            watch,
            waiting.kind,
            waiting.matched_at,
            now,
        )
        moved.append((waiting.match, waiting.address, moment))

    alerts.move_deliveries(cursor, moved, now)


def _moment(watch: Watch, kind: MatchKind, matched_at: datetime, now: datetime) -> datetime:
    """Return when a match that waits is due: what waits for copies waits for them still."""
    return max(due_at(watch, now), due_of_kind(watch, kind, matched_at))
