"""A drawn world: its outlets, what they publish, which place links what and when."""

import bisect
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property, lru_cache
from random import Random

from press import copies
from press.drawn import addresses, column, drawing
from press.drawn.shape import Place, Shape
from press.drawn.story import Story
from press.prose import Draft, write

MOBILE = "/m"  # in front of an article's address: its page for telephones
HOP = "/go"  # an address that leads on to an article's own


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """That a place linked an article, and from when to when."""

    place: Place
    since: datetime
    until: datetime | None


class Outlet:
    """One outlet: its shape and its articles."""

    def __init__(self, shape: Shape, start: datetime, days: int = column.HORIZON) -> None:
        self.shape = shape
        self.start = start
        self.days = days
        self._draft = lru_cache(maxsize=2048)(self._compose)

    @cached_property
    def stories(self) -> list[Story]:
        """All articles, oldest first."""
        return column.stories(
            self.shape,
            self.start,
            self.days,
        )

    @cached_property
    def _times(self) -> list[datetime]:
        return [story.published for story in self.stories]

    @cached_property
    def by_number(self) -> dict[int, Story]:
        """Articles by their numbers."""
        return {story.number: story for story in self.stories}

    @cached_property
    def _by_key(self) -> dict[str, Story]:
        found: dict[str, Story] = {}
        for story in self.stories:
            for path in story.paths:
                found[self.path_key(path)] = story
        return found

    def path_key(self, target: str) -> str:
        """Return what the addresses of one page have in common."""
        if self.shape.parameters == "aliases":
            target = target.removeprefix(MOBILE)
        return addresses.key(
            self.shape.address,
            self.shape.word,
            target,
        )

    def find(self, target: str) -> Story | None:
        """Return the article that a path and query stand for, published or not."""
        if self.shape.parameters == "hop" and target.startswith(f"{HOP}?to="):
            number = target.rpartition("=")[2]
            return self.by_number.get(int(number)) if number.isdigit() else None
        key = self.path_key(target)
        return self._by_key.get(key) if key else None

    def is_old_address(self, story: Story, target: str, at: datetime) -> bool:
        """Tell whether an address of an article is one that it has left."""
        return self.path_key(target) != self.path_key(story.path_at(at))

    def published(self, at: datetime) -> list[Story]:
        """Return what was published by then, oldest first."""
        return self.stories[
            : bisect.bisect_right(
                self._times,
                at,
            )
        ]

    def editions(self, story: Story) -> list[Story]:
        """Return an article in all its languages, itself among them."""
        original = story.edition_of or story.number
        near = self.published(story.published + timedelta(hours=1))
        return [one for one in near[-40:] if original in {one.number, one.edition_of}]

    # ---- what places show

    def is_open(self, place: Place, at: datetime) -> bool:
        """Tell whether a place is there at an instant."""
        day = (at - self.start) / timedelta(days=1)
        if place.since is not None and day < place.since:
            return False
        return place.until is None or day < place.until

    def belongs(self, place: Place, story: Story) -> bool:
        """Tell whether an article is one that a place shows while it is new."""
        if place.language is not None and story.language != place.language:
            return False
        if place.section is not None:
            return story.section == place.section
        return not story.hidden

    def shown(self, place: Place, at: datetime) -> list[Story]:
        """Return what a place shows, newest first."""
        newest: list[Story] = []
        for story in reversed(self.published(at)):
            if self.belongs(place, story) and story.visible(at):
                newest.append(story)
                if len(newest) == place.limit:
                    break
        return newest

    def exposure(self, story: Story) -> list[Shown]:
        """Return which places linked an article, and when."""
        spans = []
        for place in self.shape.places:
            span = self._span(place, story)
            if span is not None:
                spans.append(span)
        return spans

    def _span(self, place: Place, story: Story) -> Shown | None:
        if not self.belongs(place, story):
            return None
        since, until = story.published, story.deleted
        pushed = self._pushed_out(place, story)
        if pushed is not None and (until is None or pushed < until):
            until = pushed
        if place.since is not None:
            since = max(
                since,
                self.start + timedelta(days=place.since),
            )
        if place.until is not None:
            closed = self.start + timedelta(days=place.until)
            until = min(until, closed) if until else closed
        if until is not None and until <= since:
            return None
        return Shown(
            place=place,
            since=since,
            until=until,
        )

    def _pushed_out(self, place: Place, story: Story) -> datetime | None:
        """Return when so many newer articles stood in a place that this one left it."""
        later = 0
        for other in self.stories[
            bisect.bisect_left(
                self._times,
                story.published,
            ) :
        ]:
            if (other.published, other.number) <= (story.published, story.number):
                continue
            if self.belongs(place, other):
                later += 1
                if later == place.limit:
                    return other.published
        return None

    # ---- texts

    def draft(self, story: Story, at: datetime) -> Draft:
        """Return an article's text as it stands at an instant."""
        done = sum(1 for edit in story.edits if edit.at <= at)
        return self._draft(
            story.number,
            done,
        )

    def _compose(self, number: int, done: int) -> Draft:
        story = self.by_number[number]
        if not done:
            return write(
                story.event,
                story.language,
                self.shape.name,
            )
        before = self._draft(
            number,
            done - 1,
        )
        other = write(
            story.event,
            story.language,
            f"{self.shape.name}+{done}",
        )
        rng = Random(f"{self.shape.seed}:{number}:{done}")  # noqa: S311
        return copies.change(
            before,
            story.edits[done - 1].change,
            other,
            rng,
        )


class World:
    """All outlets of a seed."""

    def __init__(
        self, seed: int, start: datetime, only: tuple[str, ...] = (), days: int = column.HORIZON
    ) -> None:
        self.seed = seed
        self.start = start.astimezone(UTC)
        drawn = drawing.shapes(seed, only)
        self.outlets = {
            shape.name: Outlet(
                shape,
                self.start,
                days,
            )
            for shape in drawn
        }
