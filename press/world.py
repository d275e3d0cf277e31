"""The world of the press: what every outlet publishes, edits and deletes, and when.

A pure function of (roster, seed, start).
"""

import bisect
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property, lru_cache
from random import Random

from news.article import Block
from press import copies, names
from press.columns import column as draw_column
from press.copies import Copy
from press.facts import KINDS, PIPELINE, Event, event
from press.piece import Piece
from press.prose import Draft, headline, write
from press.site import Roster, Site

_SURE = {
    0: PIPELINE,
    3: 3,
    6: 7,
    # by number modulo 8: pipelines, border crossings and earthquakes surely happen, for the sample
    # watches
}


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
        self.roster = roster
        self.seed = seed
        self.start = start.astimezone(UTC).replace(microsecond=0)
        self.sites = {site.name: site for site in roster.sites}
        self._columns: dict[str, _Column] = {name: _Column() for name in self.sites}
        self._write = lru_cache(maxsize=4096)(write)
        self._draft = lru_cache(maxsize=4096)(self._compose)
        self._event = lru_cache(maxsize=8192)(self._make_event)

    # ---- events

    def event_time(self, number: int) -> datetime:
        """Return when event `number` happens; events before the start have negative numbers."""
        gap = self.roster.gap_before if number < 0 else self.roster.gap_after
        rng = Random(f"{self.seed}:when:{number}")  # noqa: S311
        jitter = rng.uniform(0, 0.6)

        return self.start + timedelta(minutes=gap * (number + jitter))

    def event(self, number: int) -> Event:
        """Return event `number`."""
        return self._event(number)

    def _make_event(self, number: int) -> Event:
        rng = Random(f"{self.seed}:event:{number}")  # noqa: S311
        kind = _SURE.get(
            number % 8,
            rng.randrange(1, KINDS),
        )

        parent = None
        if number % 8 not in _SURE and rng.random() < 0.12:  # noqa: PLR2004
            parent = event(
                self._name(number - rng.randrange(4, 20)) + ":first", self.event_time(number - 8)
            )

        return event(
            self._name(number),
            self.event_time(number),
            kind=kind,
            parent=parent,
        )

    def _name(self, number: int) -> str:
        return f"{self.roster.name}{self.seed}:{number}"

    @cached_property
    def wire_site(self) -> Site | None:
        """The outlet that publishes the agency's texts, if the roster has one."""
        for site in self.roster.sites:
            if site.wire:
                return site

        return None

    def wire_languages(self, number: int) -> tuple[str, ...]:
        """Return the languages in which the agency reports event `number`."""
        if self.wire_site is None:
            all_languages = itertools.chain.from_iterable(
                site.languages for site in self.roster.sites
            )
            return tuple(dict.fromkeys(all_languages))

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
        """Return everything an outlet has published up to an instant, oldest first.

        Deleted articles included.
        """
        column = self._grown(outlet, until)
        return column.pieces[: bisect.bisect_right(column.times, until)]

    def latest(
        self,
        outlet: str,
        at: datetime,
        count: int,
        *,
        skip: int = 0,
    ) -> list[Piece]:
        """Return the newest visible articles, newest first."""
        column = self._grown(outlet, at)
        end = bisect.bisect_right(column.times, at)
        visible = (
            column.pieces[index]
            for index in range(end - 1, -1, -1)
            if column.pieces[index].visible(at)
        )

        return list(
            itertools.islice(
                visible,
                skip,
                skip + count,
            )
        )

    def find(
        self,
        outlet: str,
        path: str,
        at: datetime,
    ) -> Piece | None:
        """Return the article at a canonical path, published by then (perhaps deleted since)."""
        piece = self._grown(outlet, at).paths.get(path)
        if piece is not None and piece.published <= at:
            return piece

        return None

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
            column.source = draw_column(self, self.sites[outlet])

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
        """Return an article's text after so many of its revisions."""
        if done:
            return self._revised(piece, done)

        source = "wire" if piece.kind is Copy.WIRE else piece.outlet

        own = self._write(
            piece.events[0],
            piece.language,
            source,
        )
        if piece.kind is Copy.WIRE:
            return own
        if piece.kind is Copy.OWN:
            return self._follow(own, piece) if piece.updates else own

        wires = [
            self._write(
                event,
                piece.language,
                "wire",
            )
            for event in piece.events
        ]

        where = names.place(
            piece.events[0].place,
            piece.language,
        )
        if piece.kind is Copy.BOILERPLATE:
            where = self.sites[piece.outlet].title

        rng = Random(f"{self.seed}:{piece.outlet}:{piece.number}")  # noqa: S311

        return copies.use(
            piece.kind,
            own,
            tuple(wires),
            rng,
            where,
        )

    def _revised(self, piece: Piece, done: int) -> Draft:
        other = self._write(
            piece.events[0],
            piece.language,
            f"{piece.outlet}+{done}",
        )

        rng = Random(f"{self.seed}:{piece.outlet}:{piece.number}:{done}")  # noqa: S311
        before = self._draft(piece, done - 1)

        return copies.change(
            before,
            piece.revisions[done - 1].change,
            other,
            rng,
        )

    def _follow(self, made: Draft, piece: Piece) -> Draft:
        """Add to a follow-up what it repeats: two paragraphs of what the outlet wrote before."""
        parent = piece.events[0].parent
        if parent is None:
            return made

        before: tuple[Block, ...] = self._write(
            parent,
            piece.language,
            piece.outlet,
        ).blocks

        return Draft(
            title=made.title,
            standfirst=made.standfirst,
            language=made.language,
            blocks=(*made.blocks, *before[:2]),
        )

    def url(self, piece: Piece, port: int) -> str:
        """Return an article's canonical URL as the press serves it."""
        return f"http://{piece.outlet}.localhost:{port}{piece.path}"
