"""What the archive knows of the stories and events that a watch's changes belong to."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from pipeline.alerts.topics import Topics
from storage import alerts
from storage.alerts import Change, StoryFacts

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """The stories and events of changes, as the archive knows them by now.

    `arrivals` are the outlets that tell an event, each with the moment when it did so first.
    """

    facts: Mapping[int, StoryFacts]  # by article
    topics: Topics
    arrivals: Mapping[int, Sequence[tuple[datetime, str]]]  # by event

    def outlets(self, event: int, now: datetime) -> int:
        """Return how many outlets told an event by a moment."""
        arrivals = self.arrivals.get(event, ())
        outlets = {outlet for at, outlet in arrivals if at <= now}

        return max(1, len(outlets))

    def moments(self) -> set[datetime]:
        """Return when an outlet told any of the events first."""
        found: set[datetime] = set()
        for arrivals in self.arrivals.values():
            found.update(at for at, _ in arrivals)

        return found


def read_past(cursor: "Cursor", changes: Iterable[Change]) -> Past:
    """Read what is known of the stories of some changes."""
    articles = {change.article for change in changes}
    facts = alerts.story_facts(cursor, articles)
    own_stories: dict[int, int] = {}
    stories: set[int] = set()
    for article, known in facts.items():
        own_stories[article] = known.story
        stories.add(known.story)
        stories.update(known.follows)

    events = alerts.events_of_stories(cursor, stories)
    topics = Topics(events, own_stories)
    arrivals = _arrivals(
        cursor,
        stories,
        topics,
    )

    return Past(
        facts=facts,
        topics=topics,
        arrivals=arrivals,
    )


def _arrivals(
    cursor: "Cursor",
    stories: Iterable[int],
    topics: Topics,
) -> dict[int, list[tuple[datetime, str]]]:
    """Return the outlets that tell each event, and when each did so first."""
    arrivals: defaultdict[int, list[tuple[datetime, str]]] = defaultdict(list)
    for arrival in alerts.arrivals(cursor, stories):
        event = topics.event(arrival.story)
        arrivals[event].append((arrival.at, arrival.outlet))

    return dict(arrivals)
