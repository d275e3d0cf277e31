"""Matches that show only once new stories are linked into events: picked-up events, and spikes.

Both are found by what the archive holds, not by what has just come: a pass that was killed before
it looked is made good by the next one.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from news.watch import MatchKind
from storage import alerts
from storage.alerts import NewMatch, PlannedDelivery, SavedWatch, WidenedEvent
from watches import (
    SPIKE_WINDOW_DAYS,
    due_of_kind,
    expired,
    is_spike,
    reason_to_skip,
    story_opening_kinds,
    wants,
)

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor

# How long an event is looked at for further outlets after a watch matched it.
_WIDENS_FOR = timedelta(days=7)
# From one spike to the next: what goes on is told once.
_SPIKE_LASTS = timedelta(days=3)


def keep_gathered(
    cursor: "Cursor",
    saved: Sequence[SavedWatch],
    now: datetime,
    *,
    withheld: str = "",
) -> Counter[str]:
    """Keep the matches that events and crowds make, and plan their mails.

    `withheld`: why nothing is mailed; empty: it is. Return what was skipped, by reason.
    """
    current = [item for item in saved if not expired(item.watch, now)]
    by_id = {item.id: item for item in current}
    rows = [*_pickups(cursor, current, now), *_spikes(cursor, current, now)]
    kept = alerts.save_matches(cursor, rows, now)
    skipped: Counter[str] = Counter()
    plans = list(_plans(kept, by_id, now, withheld))
    for plan in plans:
        if plan.skipped:
            skipped[plan.skipped] += 1

    alerts.plan_deliveries(cursor, plans)

    return skipped


def _pickups(
    cursor: "Cursor",
    saved: Iterable[SavedWatch],
    now: datetime,
) -> Iterator[NewMatch]:
    """Yield a match for each event that by now enough outlets tell, in whatever words."""
    wanting: dict[int, int] = {}
    for item in saved:
        if item.watch.picked_up_by and wants(item.watch, MatchKind.PICKED_UP):
            wanting[item.id] = item.watch.picked_up_by

    if not wanting:
        return

    kinds = story_opening_kinds()
    for event in alerts.widened_events(cursor, wanting, kinds, now - _WIDENS_FOR):
        if event.outlets >= wanting[event.watch]:
            yield _pickup(event)


def _pickup(event: WidenedEvent) -> NewMatch:
    """Return the match of an event that is picked up."""
    return NewMatch(
        watch=event.watch,
        story=event.story,
        kind=MatchKind.PICKED_UP,
        occasion="",
        article=event.article,
        version=event.version,
        terms=event.terms,
        excerpt=event.excerpt,
    )


def _spikes(
    cursor: "Cursor",
    saved: Iterable[SavedWatch],
    now: datetime,
) -> Iterator[NewMatch]:
    """Yield a match for each watch that fits far more than usual, under its widest story."""
    wanting = {item.id: item for item in saved if wants(item.watch, MatchKind.SPIKE)}
    if not wanting:
        return

    last_spikes = alerts.last_spikes(cursor, wanting)
    counts = alerts.stories_a_day(cursor, wanting, now, SPIKE_WINDOW_DAYS + 1)
    for watch, stories in counts.items():
        spiked_at = last_spikes.get(watch)
        goes_on = spiked_at is not None and spiked_at > now - _SPIKE_LASTS
        if goes_on or not is_spike(stories):
            continue

        (head,) = alerts.crowd_of_watch(cursor, watch, now, 1)
        day = now.astimezone(ZoneInfo(wanting[watch].watch.timezone)).date()
        yield NewMatch(
            watch=watch,
            story=head.story,
            kind=MatchKind.SPIKE,
            occasion=f"{watch}.{day.isoformat()}",
            article=head.article,
            version=head.version,
            terms=head.terms,
            excerpt=head.excerpt,
        )


def _plans(
    kept: Mapping[tuple[int, int, MatchKind, str], int],
    saved: Mapping[int, SavedWatch],
    now: datetime,
    withheld: str,
) -> Iterator[PlannedDelivery]:
    """Yield each new match for each recipient: when it becomes mail, or why not."""
    for (number, _, kind, _), match in kept.items():
        watch = saved[number].watch
        reason = reason_to_skip(watch, kind, article_at=now, found_at=now, now=now)
        due_at = due_of_kind(watch, kind, now)
        for address in watch.recipients:
            yield PlannedDelivery(
                match=match,
                address=address,
                due_at=due_at,
                skipped=reason or withheld,
            )
