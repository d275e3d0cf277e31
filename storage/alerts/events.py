"""Events as alerts see them: which stories tell of one happening, and what was told of it.

Every function takes a cursor and acts in the caller's transaction.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from news.watch import MatchKind
from storage.alerts.matches import NewMatch
from storage.sql.statements import fetch_all, fetch_value

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor


@dataclass(frozen=True, slots=True)
class Telling:
    """One story of an event, by its leading article."""

    story: int
    article: int


class Arrival(NamedTuple):
    """That an outlet was first found to tell a story's event at a moment (aware)."""

    story: int
    outlet: str
    at: datetime


@dataclass(frozen=True, slots=True)
class WidenedEvent:
    """An event that a watch matched, by its first match, and how many outlets tell it by now."""

    first: NewMatch
    outlets: int
    newest_at: datetime  # when the newest of its reports appeared; aware


@dataclass(frozen=True, slots=True)
class EventNotice:
    """That an address was told of a story: of which kind, on which occasion, and when (aware)."""

    address: str
    story: int
    kind: str
    occasion: str
    at: datetime


def events_of_stories(cursor: "Cursor", stories: Iterable[int]) -> dict[int, int]:
    """Return the events of stories; a story that tells of something alone is left out."""
    return dict(fetch_all(cursor, "story_events.of_stories", stories=list(stories)))


def stories_of_events(cursor: "Cursor", events: Iterable[int]) -> dict[int, list[Telling]]:
    """Return the stories of events, the oldest first."""
    found: defaultdict[int, list[Telling]] = defaultdict(list)
    for event, story, article in fetch_all(cursor, "story_events.tellings", events=list(events)):
        found[event].append(Telling(story, article))

    return dict(found)


def event_notices(
    cursor: "Cursor",
    addresses: Collection[str],
    stories: Collection[int],
    since: datetime,
) -> list[EventNotice]:
    """Return what addresses were told after a moment (aware) of stories, or of their events."""
    rows = fetch_all(
        cursor,
        "deliveries.event_notices",
        addresses=list(addresses),
        stories=list(stories),
        since=since,
    )

    return [EventNotice(*row) for row in rows]


def mailed_watches(cursor: "Cursor", address: str, watches: Iterable[int]) -> set[int]:
    """Return those of some watches that an address had a mail of."""
    rows = fetch_all(cursor, "deliveries.mailed_watches", address=address, watches=list(watches))

    return {watch for (watch,) in rows}


def is_first_run_under_way(cursor: "Cursor", since: datetime, alive_since: datetime) -> bool:
    """Return whether the archive's first run is still going on, until what it brought is matched.

    First are all runs that began before one had ended. They are over when the first of them began
    before `since`; one that loaded nothing after `alive_since` was cut short. Both are aware.
    """
    found = fetch_value(
        cursor,
        "deliveries.first_run",
        since=since,
        alive_since=alive_since,
    )

    return bool(found)


def widened_events(
    cursor: "Cursor",
    watches: Iterable[int],
    kinds: Iterable[MatchKind],
    since: datetime,
) -> list[WidenedEvent]:
    """Return the events that watches matched after a moment (aware), as one of some kinds.

    Those of which they know already that they are picked up are left out.
    """
    rows = fetch_all(
        cursor,
        "story_events.widened",
        watches=list(watches),
        kinds=[kind.value for kind in kinds],
        since=since,
    )

    found: list[WidenedEvent] = []
    for watch, outlets, newest_at, *match in rows:
        first = _known_match(watch, match)
        found.append(WidenedEvent(first, outlets, newest_at))

    return found


def arrivals(cursor: "Cursor", stories: Iterable[int]) -> list[Arrival]:
    """Return when each outlet was first found to tell stories, or others of their events."""
    rows = fetch_all(cursor, "story_events.arrivals", stories=list(stories))

    return [Arrival(*row) for row in rows]


def stories_a_day(
    cursor: "Cursor",
    watches: Iterable[int],
    now: datetime,
    days: int,
) -> dict[int, list[int]]:
    """Return how many events each watch matched in each stretch of 24 hours, the last one first.

    As many stretches as the watch has matched for, at most `days`.
    """
    rows = fetch_all(
        cursor,
        "story_events.a_day",
        watches=list(watches),
        now=now,
        days=days,
    )
    counts: dict[int, list[int]] = {}
    for watch, age, first_age, count in rows:
        known_days = min(days, first_age + 1)
        own = counts.setdefault(watch, [0] * known_days)
        own[age] = count

    return counts


def crowd_of_watch(
    cursor: "Cursor",
    watch: int,
    now: datetime,
    limit: int,
) -> list[NewMatch]:
    """Return what a watch matched in the last 24 hours, one of each event, most outlets first."""
    rows = fetch_all(
        cursor,
        "story_events.crowd",
        watch=watch,
        now=now,
        limit=limit,
    )

    return [_known_match(watch, row) for row in rows]


def last_spikes(cursor: "Cursor", watches: Iterable[int]) -> dict[int, datetime]:
    """Return when watches last had a spike; those that never had one are left out."""
    return dict(fetch_all(cursor, "story_events.last_spikes", watches=list(watches)))


def _known_match(watch: int, row: Sequence[Any]) -> NewMatch:
    """Return a new story's match: story, article, version, terms, excerpt."""
    story, article, version, terms, excerpt = row

    return NewMatch(
        watch=watch,
        story=story,
        kind=MatchKind.NEW,
        occasion="",
        article=article,
        version=version,
        terms=tuple(terms),
        excerpt=excerpt,
    )
