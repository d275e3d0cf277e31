"""Matches that show only once new stories are linked into events: picked-up events, and spikes.

Both are found by what the archive holds, not by what has just come: a pass that was killed before
it looked is made good by the next one.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from news.watch import MatchKind
from pipeline.alerts.occurrences import MatchKey
from storage import alerts
from storage.alerts import NewMatch, PlannedDelivery, SavedWatch
from watches import (
    SPIKE_WINDOW_DAYS,
    due_of_kind,
    expired,
    is_picked_up,
    is_spike,
    reason_to_skip,
    story_opening_kinds,
    wants,
)

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor

# How long an event is looked at for further outlets after a watch matched it.
WIDENS_FOR = timedelta(days=7)
# From one spike to the next: what goes on is told once.
SPIKE_LASTS = timedelta(days=3)


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
    current = {item.id: item for item in saved if not expired(item.watch, now)}
    picked_up = _pickups(cursor, current, now)
    rows = [row for row, _ in picked_up]
    rows += _spikes(cursor, current, now)
    moments = {row.story: newest_at for row, newest_at in picked_up}
    kept = alerts.save_matches(cursor, rows, now)
    skipped: Counter[str] = Counter()
    plans: list[PlannedDelivery] = []
    for plan in gathered_plans(kept, current, now, moments):
        reason = plan.skipped or withheld
        plans.append(replace(plan, skipped=reason))
        if reason:
            skipped[reason] += 1

    alerts.plan_deliveries(cursor, plans)

    return skipped


def pickup_of(first: NewMatch) -> NewMatch:
    """Return the match of an event that is picked up, by the watch's first match of it."""
    return replace(first, kind=MatchKind.PICKED_UP, occasion="")


def spike_of(saved: SavedWatch, head: NewMatch, now: datetime) -> NewMatch:
    """Return the match of a spike; the widest event of the day heads it."""
    zone = ZoneInfo(saved.watch.timezone)
    day = now.astimezone(zone).date()
    occasion = f"{saved.id}.{day.isoformat()}"

    return replace(head, kind=MatchKind.SPIKE, occasion=occasion)


def gathered_plans(
    kept: Mapping[MatchKey, int],
    saved: Mapping[int, SavedWatch],
    now: datetime,
    moments: Mapping[int, datetime],
) -> Iterator[PlannedDelivery]:
    """Yield each new match for each recipient: when it becomes mail, or why not.

    `moments`: when the newest report of a story's event appeared, by story, where that decides
    whether it is news.
    """
    for (number, story, kind, _), match in kept.items():
        watch = saved[number].watch
        reason = reason_to_skip(
            watch,
            kind,
            article_at=moments.get(story, now),
            found_at=now,
            now=now,
        )
        due_at = due_of_kind(watch, kind, now)
        for address in watch.recipients:
            yield PlannedDelivery(
                match=match,
                address=address,
                due_at=due_at,
                skipped=reason,
            )


def _pickups(
    cursor: "Cursor",
    saved: Mapping[int, SavedWatch],
    now: datetime,
) -> list[tuple[NewMatch, datetime]]:
    """Return a match for each event that by now enough outlets tell, in whatever words.

    With it, when the newest of its reports appeared.
    """
    wanting: list[int] = []
    for number, item in saved.items():
        if wants(item.watch, MatchKind.PICKED_UP):
            wanting.append(number)

    if not wanting:
        return []

    kinds = story_opening_kinds()
    rows: list[tuple[NewMatch, datetime]] = []
    for event in alerts.widened_events(cursor, wanting, kinds, now - WIDENS_FOR):
        watch = saved[event.first.watch].watch
        if is_picked_up(watch, event.outlets):
            rows.append((pickup_of(event.first), event.newest_at))

    return rows


def _spikes(
    cursor: "Cursor",
    saved: Mapping[int, SavedWatch],
    now: datetime,
) -> list[NewMatch]:
    """Return a match for each watch that fits far more than usual."""
    wanting: list[int] = []
    for number, item in saved.items():
        if wants(item.watch, MatchKind.SPIKE):
            wanting.append(number)

    if not wanting:
        return []

    last_spikes = alerts.last_spikes(cursor, wanting)
    counts = alerts.stories_a_day(cursor, wanting, now, SPIKE_WINDOW_DAYS + 1)
    rows: list[NewMatch] = []
    for number, stories in counts.items():
        spiked_at = last_spikes.get(number)
        goes_on = spiked_at is not None and spiked_at > now - SPIKE_LASTS
        if goes_on or not is_spike(stories):
            continue

        (head,) = alerts.crowd_of_watch(cursor, number, now, 1)
        rows.append(spike_of(saved[number], head, now))

    return rows
