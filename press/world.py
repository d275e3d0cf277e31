"""The world of the press: what every outlet publishes, edits and deletes, and when. A pure function of (roster, seed, start)."""

import bisect
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property, lru_cache
from random import Random

from news.article import Block
from press import address, copies, names
from press.copies import Change, Copy
from press.facts import KINDS, PIPELINE, Event, event
from press.prose import Draft, headline, write
from press.site import Roster, Site

_DAY = 86_400.0
_SURE = {
    0: PIPELINE,
    3: 3,
    6: 7,
}  # by number modulo 8: pipelines, border crossings and earthquakes surely happen, for the sample watches


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One later change of an article; `at` is aware, UTC."""

    at: datetime
    change: Change


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One article of one outlet, without its text (`World.draft` writes that). Stories and events are names, equal if the same."""

    outlet: str
    number: int
    path: str  # canonical path and query on the outlet's host
    language: str
    title: str  # as first published
    byline: str
    published: datetime  # aware, in the outlet's zone
    section: int
    kind: Copy
    event: str
    story: str  # copies of one agency text share it
    contains: tuple[str, ...] = ()  # further stories whose text stands in this article
    updates: str = ""  # the event this follows up
    revisions: tuple[Revision, ...] = ()
    events: tuple[Event, ...] = field(
        default=(), repr=False
    )  # told here: own first, then those of the agency texts

    @property
    def deleted(self) -> datetime | None:
        """When the article disappears, if it does."""
        return next(
            (revision.at for revision in self.revisions if revision.change is Change.DELETED), None
        )

    def visible(self, at: datetime) -> bool:
        """Whether the article answers at an instant."""
        return self.published <= at and (self.deleted is None or at < self.deleted)

    def modified(self, at: datetime) -> datetime:
        """When the article last changed, seen from an instant."""
        return max(
            (revision.at for revision in self.revisions if revision.at <= at),
            default=self.published,
        )


@dataclass(slots=True)
class _Column:
    """What has been drawn so far of one outlet: pieces in order of publication."""

    pieces: list[Piece] = field(default_factory=list)
    times: list[datetime] = field(default_factory=list)
    paths: dict[str, Piece] = field(default_factory=dict)
    source: Iterator[Piece] | None = None
    ahead: Piece | None = None


class World:
    """All outlets of a roster from a start time on. Times are aware."""

    def __init__(self, roster: Roster, seed: int, start: datetime) -> None:
        self.roster, self.seed, self.start = (
            roster,
            seed,
            start.astimezone(UTC).replace(microsecond=0),
        )
        self.sites = {site.name: site for site in roster.sites}
        self._columns: dict[str, _Column] = {name: _Column() for name in self.sites}
        self._write = lru_cache(maxsize=4096)(write)
        self._draft = lru_cache(maxsize=4096)(self._compose)
        self._event = lru_cache(maxsize=8192)(self._make_event)

    # ---- events

    def event_time(self, number: int) -> datetime:
        """Return when event `number` happens; events before the start have negative numbers."""
        gap = self.roster.gap_before if number < 0 else self.roster.gap_after
        jitter = Random(f"{self.seed}:when:{number}").uniform(0, 0.6)  # noqa: S311
        return self.start + timedelta(minutes=gap * (number + jitter))

    def event(self, number: int) -> Event:
        """Return event `number`."""
        return self._event(number)

    def _make_event(self, number: int) -> Event:
        rng = Random(f"{self.seed}:event:{number}")  # noqa: S311
        kind = _SURE.get(number % 8, rng.randrange(1, KINDS))
        parent = None
        if number % 8 not in _SURE and rng.random() < 0.12:  # noqa: PLR2004
            parent = event(
                self._name(number - rng.randrange(4, 20)) + ":first", self.event_time(number - 8)
            )
        return event(self._name(number), self.event_time(number), kind=kind, parent=parent)

    def _name(self, number: int) -> str:
        return f"{self.roster.name}{self.seed}:{number}"

    @cached_property
    def wire_site(self) -> Site | None:
        """The outlet that publishes the agency's texts, if the roster has one."""
        return next((site for site in self.roster.sites if site.wire), None)

    def wire_languages(self, number: int) -> tuple[str, ...]:
        """Return the languages in which the agency reports event `number`."""
        if self.wire_site is None:
            return tuple({language: 0 for site in self.roster.sites for language in site.languages})
        rng = Random(f"{self.seed}:wire:{number}")  # noqa: S311
        languages = self.wire_site.languages
        if number % 8 == 0:
            return languages
        return (languages[0], *rng.sample(languages[1:], 2))

    def wire_time(self, number: int) -> datetime:
        """Return when the agency's first text on event `number` goes out."""
        return self.event_time(number) + timedelta(minutes=1)

    # ---- pieces

    def pieces(self, outlet: str, until: datetime) -> list[Piece]:
        """Return everything an outlet has published up to an instant, oldest first, deleted articles included."""
        column = self._grown(outlet, until)
        return column.pieces[: bisect.bisect_right(column.times, until)]

    def latest(self, outlet: str, at: datetime, count: int, *, skip: int = 0) -> list[Piece]:
        """Return the newest visible articles, newest first."""
        column = self._grown(outlet, at)
        end = bisect.bisect_right(column.times, at)
        visible = (
            column.pieces[index]
            for index in range(end - 1, -1, -1)
            if column.pieces[index].visible(at)
        )
        return list(itertools.islice(visible, skip, skip + count))

    def find(self, outlet: str, path: str, at: datetime) -> Piece | None:
        """Return the article at a canonical path, published by then (perhaps deleted since)."""
        piece = self._grown(outlet, at).paths.get(path)
        return piece if piece is not None and piece.published <= at else None

    def truth(self, until: datetime) -> Iterator[Piece]:
        """Yield every article of every outlet published up to an instant."""
        for name in self.sites:
            yield from self.pieces(name, until)

    def draft(self, piece: Piece, at: datetime | None = None) -> Draft:
        """Return an article's text as it stands at an instant (None: as first published)."""
        done = sum(1 for revision in piece.revisions if at is not None and revision.at <= at)
        return self._draft(piece, done)

    def _grown(self, outlet: str, until: datetime) -> _Column:
        column = self._columns[outlet]
        if column.source is None:
            from press.columns import column as draw

            column.source = draw(self, self.sites[outlet])
        while column.ahead is None or column.ahead.published <= until:
            if column.ahead is not None:
                column.pieces.append(column.ahead)
                column.times.append(column.ahead.published)
                column.paths[column.ahead.path] = column.ahead
            column.ahead = next(column.source)
        return column

    # ---- texts

    def title(self, happening: Event, language: str, outlet: str) -> str:
        """Return the headline an outlet would give an event."""
        return headline(happening, language, outlet)

    def _compose(self, piece: Piece, done: int) -> Draft:
        if done:
            other = self._write(piece.events[0], piece.language, f"{piece.outlet}+{done}")
            rng = Random(f"{self.seed}:{piece.outlet}:{piece.number}:{done}")  # noqa: S311
            return copies.change(
                self._draft(piece, done - 1), piece.revisions[done - 1].change, other, rng
            )
        site = self.sites[piece.outlet]
        own = self._write(
            piece.events[0], piece.language, "wire" if piece.kind is Copy.WIRE else piece.outlet
        )
        if piece.kind in {Copy.OWN, Copy.WIRE}:
            return self._follow(own, piece) if piece.updates and piece.kind is Copy.OWN else own
        wires = tuple(self._write(happening, piece.language, "wire") for happening in piece.events)
        rng = Random(f"{self.seed}:{piece.outlet}:{piece.number}")  # noqa: S311
        where = (
            site.title
            if piece.kind is Copy.BOILERPLATE
            else names.place(piece.events[0].place, piece.language)
        )
        return copies.use(piece.kind, own, wires, rng, where)

    def _follow(self, made: Draft, piece: Piece) -> Draft:
        """Add to a follow-up what it repeats: two paragraphs of what the outlet wrote before."""
        parent = piece.events[0].parent
        if parent is None:
            return made
        before: tuple[Block, ...] = self._write(parent, piece.language, piece.outlet).blocks
        return Draft(
            title=made.title,
            standfirst=made.standfirst,
            language=made.language,
            blocks=(*made.blocks, *before[:2]),
        )

    def url(self, piece: Piece, port: int) -> str:
        """Return an article's canonical URL as the press serves it."""
        return f"http://{piece.outlet}.localhost:{port}{piece.path}"


def elapsed(site: Site, number: int, seed: int) -> float:
    """Return the seconds between a world's start and an outlet's article `number` (negative: before the start)."""
    jitter = Random(f"{seed}:{site.name}:at:{number}").random()  # noqa: S311
    if number < site.backlog:
        return -(site.backlog - number - 0.9 * jitter) * 1.1 * _DAY / max(site.backlog, 10)
    after, burst = number - site.backlog, site.behaviour.burst
    if burst > 1:
        return (after // burst + 0.3) * burst * _DAY / site.per_day + 60.0 * (after % burst)
    return (after + jitter) * _DAY / site.per_day


def address_of(
    site: Site, language: str, *, number: int, at: datetime, title: str, section: int
) -> str:
    """Return the canonical path of an article in the outlet's form."""
    return address.path(site.url, language, number=number, at=at, title=title, section=section)
