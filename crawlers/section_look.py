"""A daily look at what an outlet's menus lead to, for articles that no door names.

Two sections a day, in turn. What has appeared on one since the last look and is still unknown hours
later was named by no door: the outlet's health says so, and the section is proposed as a door, or
taken for one where the outlet's file allows it. What stood there before the first look is an
archive's and proves nothing.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from urllib.parse import urljoin

import scrapy
from scrapy.http import Response

from crawlers import door_entries
from crawlers.discovery import hints, pattern_record, site_doors, visit_sections
from crawlers.door_search import with_found
from crawlers.look_notes import Beside, Looks
from crawlers.outlet_notes import FoundDoor
from crawlers.session import Session
from crawlers.side_pages import SidePages
from news.article import Page
from news.outlet import Door, DoorKind

_A_DAY = 2  # sections looked at
_PAUSE = timedelta(hours=22)  # between two looks
_HOME_PAUSE = timedelta(days=7)  # between two readings of the menus
_GRACE = timedelta(hours=6)  # in which a door may still name what a section shows
_FORGOTTEN = timedelta(days=7)  # after which a single link that nobody named is no news
_PROOFS = 2  # articles beside the doors by which a section is a door itself
_SEEN = 60  # links remembered of a section
_BESIDE = 30  # links remembered that no door named


class SectionLook(SidePages):
    """The look of one crawl at the sections of its outlet."""

    def open(self) -> Iterator[scrapy.Request]:
        """Yield the requests of today's look, after judging what earlier looks have found."""
        session = self.session
        options = session.options
        is_named = bool(options.urls) or options.since is not None

        if is_named or not session.reports:
            return

        self._judge()
        looks = session.outlet_notes().looks
        now = session.now()
        is_early = looks.at is not None and now - looks.at < _PAUSE

        if is_early or self._has_only_whole_doors():
            return

        self._put(replace(looks, at=now))

        if looks.at is None:
            # The first crawl has the doors themselves to read.
            return

        if looks.home is None or now - looks.home >= _HOME_PAUSE:
            yield self._request(session.outlet.home, self.on_home)
        else:
            yield from self._sections()

    def _has_only_whole_doors(self) -> bool:
        """Tell whether the outlet is a channel: there is nothing beside its one page."""
        kinds = {door.kind for door in self.session.outlet.doors}
        return kinds == {DoorKind.TELEGRAM}

    def _put(self, looks: Looks) -> None:
        """Remember the looks."""
        self.session.change_outlet_notes(lambda notes: replace(notes, looks=looks))

    def _request(self, url: str, callback: Any) -> Any:
        """Return the request for a section, or for the front page."""
        return self.spider.request(url, callback, self.on_failure, {"asked": url})

    # What is asked

    def on_home(self, response: Response) -> Iterator[scrapy.Request]:
        """Take the sections that the menus of the front page name; ask for the first of them."""
        page = self.page_of(response)
        if page is None:
            yield from self.redirected(response, self.on_home)
            return

        looks = self.session.outlet_notes().looks
        named = self._named_on(page)
        fresh = [url for url in named if url not in looks.sections]
        kept = [url for url in looks.sections if url in named]
        seen = {}

        for url, keys in looks.seen.items():
            if url in named:
                seen[url] = keys

        self._put(
            replace(
                looks,
                home=self.session.now(),
                sections=(*fresh, *kept),
                seen=seen,
            )
        )
        yield from self._sections()

    def _named_on(self, home: Page) -> list[str]:
        """Return the sections that the front page names and that are no doors."""
        own = {door.url for door in self.session.outlet.doors}
        named = site_doors.sections(home)

        return [url for url in named if url not in own]

    def _sections(self) -> Iterator[scrapy.Request]:
        """Yield requests for the sections whose turn it is."""
        looks = self.session.outlet_notes().looks
        turn = looks.sections[:_A_DAY]
        later = looks.sections[_A_DAY:]
        self._put(replace(looks, sections=(*later, *turn)))

        for url in turn:
            yield self._request(url, self.on_section)

    def on_section(self, response: Response) -> Iterator[scrapy.Request]:
        """Note what a section shows that no door has named."""
        page = self.page_of(response)
        if page is None:
            yield from self.redirected(response, self.on_section)
            return

        section = response.meta["asked"]
        looks = self.session.outlet_notes().looks
        before = looks.seen.get(section)
        keys = {}

        for url in self._unknown(page):
            keys[url] = hints.short(url)

        appeared: list[Beside] = []
        if before is not None:
            appeared = self._appeared(section, keys, before)

        shown = [*keys.values(), *(before or ())]
        latest = tuple(dict.fromkeys(shown))[:_SEEN]
        beside = (*looks.beside, *appeared)

        self._put(
            replace(
                looks,
                seen={**looks.seen, section: latest},
                beside=beside[-_BESIDE:],
            )
        )

    def _appeared(
        self,
        section: str,
        keys: dict[str, str],
        before: tuple[str, ...],
    ) -> list[Beside]:
        """Return the links that a section did not show at its last look."""
        now = self.session.now()
        appeared = []

        for url, key in keys.items():
            if key not in before:
                link = Beside(section=section, url=url, seen=now)
                appeared.append(link)

        return appeared

    def _unknown(self, page: Page) -> list[str]:
        """Return the canonical URLs of a section's articles that are not known."""
        session = self.session
        door = Door(kind=DoorKind.LISTING, url=page.url)
        reading = visit_sections.reading_of(page)
        if reading is None:
            return []

        given_up = session.outlet_notes().records
        unknown: dict[str, None] = {}

        for entry in reading.entries:
            url = session.scope.identify(entry.url, page.final_url, door)
            if url is None or pattern_record.is_given_up(given_up, url):
                continue

            if not door_entries.needs_no_look(session, entry.url, page.final_url, door):
                unknown[session.one_name_of(url)] = None

        return [url for url in unknown if url not in session.memory]

    # What it means

    def _judge(self) -> None:
        """Forget what a door has named since; take sections that show more than doors name."""
        session = self.session
        looks = session.outlet_notes().looks
        beside = self._still_beside(looks)

        if len(beside) < len(looks.beside):
            self._put(replace(looks, beside=beside))

        counts = late(Looks(beside=beside), session.now())

        for section, count in counts.items():
            if count < _PROOFS:
                continue

            door = FoundDoor(kind=DoorKind.LISTING, url=section, instead=section)
            session.change_outlet_notes(partial(with_found, door=door))

    def _still_beside(self, looks: Looks) -> tuple[Beside, ...]:
        """Return the links that no door has named since, those of long ago left out."""
        memory = self.session.memory
        since = self.session.now() - _FORGOTTEN
        beside = []

        for link in looks.beside:
            is_news = link.seen > since
            if is_news and link.url not in memory:
                beside.append(link)

        return tuple(beside)


def late(looks: Looks, now: datetime) -> Counter[str]:
    """Return how many links of each section no door has named within the time of grace."""
    counts: Counter[str] = Counter()
    for link in looks.beside:
        if now - link.seen >= _GRACE:
            counts[link.section] += 1

    return counts


def sentence(session: Session) -> str:
    """Say which sections show articles that no door names; nothing where all are named."""
    counts = late(session.outlet_notes().looks, session.now())
    own = {urljoin(door.url, "") for door in session.outlet.doors}
    parts = []

    for section, count in counts.items():
        if section not in own:
            parts.append(f"{count} on {section}")

    if not parts:
        return ""

    return f"articles that no door names: {', '.join(parts)}; add it as a listing"
