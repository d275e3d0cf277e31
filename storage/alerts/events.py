"""Events as alerts see them: which stories tell of one happening, and what was told of it.

Every function takes a cursor and acts in the caller's transaction.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from storage.sql.statements import fetch_all, fetch_value

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor


@dataclass(frozen=True, slots=True)
class Telling:
    """One story of an event, by its leading article."""

    story: int
    article: int


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


def is_first_run_under_way(cursor: "Cursor", since: datetime) -> bool:
    """Return whether the archive's first run is still going on, begun after a moment (aware)."""
    return bool(fetch_value(cursor, "deliveries.first_run", since=since))
