"""What a delivery is about: the event that its story tells of, and the development if it is one.

Copies are one story, and stories of one happening, in other words or languages, are one event.
Deliveries of one topic come in one mail. Pure: values in, values out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from news.watch import MatchKind
from storage.alerts import DueDelivery, EventNotice
from watches import traits


class Topic(NamedTuple):
    """An event, or one development of it."""

    event: int
    kind: MatchKind  # as it counts: a first mention is a new story
    occasion: str = ""  # of a development its own event, else what tells two of a kind apart


@dataclass(frozen=True, slots=True)
class Topics:
    """The events of stories, as far as they are known."""

    events: Mapping[int, int] = field(default_factory=dict)  # by story
    stories: Mapping[int, int] = field(default_factory=dict)  # by article

    def event(self, story: int) -> int:
        """Return the event of a story; a story that stands alone is its own."""
        return self.events.get(story, story)

    def story(self, due: DueDelivery) -> int:
        """Return the story that a delivery's own article belongs to."""
        return self.stories.get(due.article, due.story)

    def of_due(self, due: DueDelivery) -> Topic:
        """Return the topic of a delivery."""
        return self._topic(due.story, due.kind, due.occasion)

    def of_notice(self, notice: EventNotice) -> Topic:
        """Return the topic that an address was told of."""
        return self._topic(notice.story, MatchKind(notice.kind), notice.occasion)

    def _topic(self, story: int, kind: MatchKind, occasion: str) -> Topic:
        """Return the topic of a story's match."""
        counted = traits(kind).counts_as
        if counted is MatchKind.FOLLOW_UP and occasion.isdecimal():
            occasion = str(self.event(int(occasion)))

        return Topic(self.event(story), counted, occasion)


def stories_of(due: DueDelivery) -> set[int]:
    """Return the stories that a delivery names, whose events decide on its topic."""
    named = {due.story}
    if due.kind is MatchKind.FOLLOW_UP and due.occasion.isdecimal():
        named.add(int(due.occasion))

    return named
