"""What a drawn outlet publishes, edits and takes away, and when: a pure function of its shape."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from press import names
from press.copies import Change
from press.drawn import addresses
from press.drawn.addresses import Facts
from press.drawn.shape import Shape
from press.drawn.story import Edit, Story
from press.facts import KINDS, Event, event
from press.prose import headline

HORIZON = 9  # days after the start for which a world is drawn
_BURST = 12  # articles at once
_SIGNED = 0.7  # share of articles with a name
_CHANGES = (Change.SILENT, Change.SILENT, Change.EXTENDED, Change.CORRECTED, Change.RETITLED)


def stories(shape: Shape, start: datetime, days: int = HORIZON) -> list[Story]:
    """Return all articles of an outlet, oldest first; those of fewer days are the same."""
    writer = _Writer(
        shape,
        start,
    )
    made: list[Story] = []
    for at in _moments(
        shape,
        start,
        days,
    ):
        made += writer.write(at)
    return sorted(
        made,
        key=lambda story: (story.published, story.number),
    )


def _moments(shape: Shape, start: datetime, days: int) -> Iterator[datetime]:
    """Yield when something is published: from six in the morning to eleven at night, local time."""
    rng = Random(f"{shape.seed}:moments")  # noqa: S311
    zone = ZoneInfo(shape.zone)
    first = (start - timedelta(days=shape.backlog)).astimezone(zone).date()
    each = shape.per_day / len(_editions(shape))
    for number in range(int(shape.backlog) + days):
        day = first + timedelta(days=number)
        midnight = datetime(
            day.year,
            day.month,
            day.day,
            tzinfo=zone,
        )
        count = max(
            2,
            round(
                each
                * rng.uniform(
                    0.75,
                    1.25,
                )
            ),
        )
        minutes = sorted(
            rng.uniform(
                6 * 60,
                23 * 60,
            )
            for _ in range(count)
        )
        if shape.extra.get("bursts"):
            minutes[:_BURST] = [minutes[_BURST] + step for step in range(_BURST)]
        for minute in sorted(minutes):
            at = midnight + timedelta(minutes=minute)
            yield at.astimezone(UTC).replace(microsecond=0)


def _editions(shape: Shape) -> tuple[str, ...]:
    """Return the languages in which every event is told; else each article has one of them."""
    return shape.languages if shape.kind in {"editions", "wrongcanonical"} else ("",)


class _Writer:
    """Makes articles one after another, so that numbers grow and addresses are never used twice."""

    def __init__(self, shape: Shape, start: datetime) -> None:
        self.shape = shape
        self.start = start
        self.rng = Random(f"{shape.seed}:column")  # noqa: S311
        self.number = self.rng.randrange(
            1_000,
            900_000,
        )
        self.zone = ZoneInfo(shape.zone)
        self.used: set[str] = set()

    def write(self, at: datetime) -> Iterator[Story]:
        """Yield the article of a moment; in several languages where the outlet has editions."""
        happening = self._event(at)
        section = self.rng.randrange(self.shape.sections or 6)
        hidden = self.rng.random() < self.shape.hides
        original: Story | None = None
        for step, language in enumerate(_editions(self.shape)):
            made = self._one(
                happening,
                language or self.rng.choice(self.shape.languages),
                section,
                at + timedelta(minutes=9 * step),
            )
            if original is not None:
                made = replace(
                    made,
                    edition_of=original.number,
                )
            original = original or made
            yield replace(
                made,
                hidden=hidden,
            )

    def _event(self, at: datetime) -> Event:
        mark = f"{self.shape.seed}:{self.number}"
        return event(
            mark,
            at,
            kind=self.rng.randrange(KINDS),
        )

    def _one(self, happening: Event, language: str, section: int, at: datetime) -> Story:
        step = (
            1
            if self.shape.address == "channel"
            else self.rng.randrange(
                1,
                9,
            )
        )
        self.number += step
        title = headline(
            happening,
            language,
            self.shape.name,
        )
        byline = ""
        if self.rng.random() < _SIGNED:
            byline = names.person(
                self.rng.randrange(40),
                language,
            )
        story = Story(
            outlet=self.shape.name,
            number=self.number,
            language=language,
            section=section,
            event=happening,
            title=title,
            byline=byline,
            published=at,
            path=self._path(
                title,
                language,
                section,
                at,
            ),
        )
        return self._fated(story)

    def _path(self, title: str, language: str, section: int, at: datetime, tail: str = "") -> str:
        """Return an address that no other article has."""
        prefix = ""
        if len(_editions(self.shape)) > 1 and language != self.shape.languages[0]:
            prefix = f"/{language}"
        liked = addresses.slugs(self.shape.address)(
            title,
            language,
        )
        for slug in [*liked, f"{liked[-1]}-{self.number % 97}", f"{liked[-1]}-{self.number}"]:
            facts = Facts(
                word=self.shape.word,
                number=self.number,
                section=section + 1,
                slug=slug + tail,
                at=at.astimezone(self.zone),
            )
            path = prefix + addresses.made(
                self.shape.address,
                facts,
            )
            if path not in self.used:
                break
        self.used.add(path)
        return path

    def _fated(self, story: Story) -> Story:
        """Return an article with what will happen to it."""
        rng = self.rng
        deleted = None
        if rng.random() < self.shape.deletes:
            deleted = story.published + timedelta(hours=rng.choice((6, 15, 30, 50)) + rng.random())
        edits: tuple[Edit, ...] = ()
        if rng.random() < self.shape.edits:
            edits = tuple(
                self._edits(
                    story,
                    deleted,
                )
            )
        return replace(
            story,
            edits=edits,
            deleted=deleted,
            gone=rng.choice(self.shape.gone),
        )

    def _edits(self, story: Story, deleted: datetime | None) -> Iterator[Edit]:
        at = story.published
        for _ in range(self.rng.choice((1, 1, 2))):
            at += timedelta(hours=self.rng.choice((0.4, 1, 3, 12, 26)) + self.rng.random())
            if deleted is not None and at >= deleted:
                return
            change = self.rng.choice(_CHANGES)
            path = ""
            if self.shape.moves and self.rng.random() < 0.4:  # noqa: PLR2004
                path = self._moved(story)
            yield Edit(
                at=at,
                change=change,
                path=path,
            )

    def _moved(self, story: Story) -> str:
        """Return a new address for an article whose headline is written anew."""
        saved, self.number = self.number, story.number
        title = headline(
            story.event,
            story.language,
            f"{story.outlet}+moved",
        )
        path = self._path(
            title,
            story.language,
            story.section,
            story.published,
            tail="-new",
        )
        self.number = saved
        return path
