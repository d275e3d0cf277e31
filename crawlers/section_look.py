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
from twisted.python.failure import Failure

from crawlers import door_entries, poll
from crawlers.discovery import hints, pattern_record, site_doors, visit_sections
from crawlers.door_search import Spider, with_found
from crawlers.faults import FaultError
from crawlers.look_notes import Beside, Looks
from crawlers.outlet_notes import FoundDoor
from crawlers.session import Session
from crawlers.warc import records
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


class SectionLook:
    """The look of one crawl at the sections of its outlet."""

    def __init__(self, spider: Spider) -> None:
        self.spider, self.session = spider, spider.session

    def open(self) -> Iterator[scrapy.Request]:
        """Yield the requests of today's look, after judging what earlier looks have found."""
        session = self.session
        options = session.options
        if options.urls or options.since or not session.reports:
            return

        self._judge()
        looks = session.outlet_notes().looks
        now = session.now()

        if self._has_only_whole_doors() or (looks.at and now - looks.at < _PAUSE):
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
        self.session.change_outlet_notes(lambda notes: replace(notes, looks=looks))

    def _request(self, url: str, callback: Any) -> Any:
        return self.spider.request(url, callback, self.on_failure, {"asked": url})

    # What is asked

    def on_home(self, response: Response) -> Iterator[scrapy.Request]:
        """Take the sections that the menus of the front page name; ask for the first of them."""
        page = self._page(response)
        if page is None:
            yield from self._redirected(response, self.on_home)
            return

        own = {door.url for door in self.session.outlet.doors}
        named = [url for url in site_doors.sections(page) if url not in own]
        looks = self.session.outlet_notes().looks
        kept = [url for url in looks.sections if url in named]
        fresh = [url for url in named if url not in kept]
        seen = {url: keys for url, keys in looks.seen.items() if url in named}

        self._put(
            replace(
                looks,
                home=self.session.now(),
                sections=(*fresh, *kept),
                seen=seen,
            )
        )
        yield from self._sections()

    def _sections(self) -> Iterator[scrapy.Request]:
        """Yield requests for the sections whose turn it is."""
        looks = self.session.outlet_notes().looks
        turn, later = looks.sections[:_A_DAY], looks.sections[_A_DAY:]
        self._put(replace(looks, sections=(*later, *turn)))

        for url in turn:
            yield self._request(url, self.on_section)

    def on_section(self, response: Response) -> Iterator[scrapy.Request]:
        """Note what a section shows that no door has named."""
        page = self._page(response)
        if page is None:
            yield from self._redirected(response, self.on_section)
            return

        section = response.meta["asked"]
        unknown = self._unknown(page)
        looks = self.session.outlet_notes().looks
        before = looks.seen.get(section)
        keys = {url: hints.short(url) for url in unknown}
        seen = tuple(dict.fromkeys([*keys.values(), *(before or ())]))[:_SEEN]

        appeared: list[Beside] = []
        if before is not None:
            appeared = self._appeared(section, keys, before)

        self._put(
            replace(
                looks,
                seen={**looks.seen, section: seen},
                beside=(*looks.beside, *appeared)[-_BESIDE:],
            )
        )

    def _appeared(
        self, section: str, keys: dict[str, str], before: tuple[str, ...]
    ) -> list[Beside]:
        """Return the links that a section did not show at its last look."""
        now = self.session.now()
        fresh = [url for url, key in keys.items() if key not in before]

        return [Beside(section=section, url=url, seen=now) for url in fresh]

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

    def on_failure(self, failure: Failure) -> None:
        """Leave a section that does not answer: no door of the outlet is concerned."""

    def _page(self, response: Response) -> Page | None:
        """Return an answer with a page; None for a redirect or a refusal."""
        self.session.tally.statuses[response.status] += 1
        page = records.to_page(self.spider.exchange(response, response.meta["asked"]))

        try:
            poll.check(response, page.body if page else b"")
        except FaultError:
            return None

        return page if response.status == 200 else None  # noqa: PLR2004

    def _redirected(self, response: Response, callback: Any) -> Iterator[scrapy.Request]:
        if not 300 <= response.status < 400:  # noqa: PLR2004
            return

        try:
            yield from self.spider.redirect(response, callback, self.on_failure)
        except FaultError:
            return

    # What it means

    def _judge(self) -> None:
        """Forget what a door has named since; take sections that show more than doors name."""
        session = self.session
        looks = session.outlet_notes().looks
        since = session.now() - _FORGOTTEN
        beside = [one for one in looks.beside if one.seen > since and one.url not in session.memory]

        if len(beside) < len(looks.beside):
            self._put(replace(looks, beside=tuple(beside)))

        for section, count in late(Looks(beside=tuple(beside)), session.now()).items():
            if count >= _PROOFS:
                door = FoundDoor(kind=DoorKind.LISTING, url=section, instead=section)
                session.change_outlet_notes(partial(with_found, door=door))


def late(looks: Looks, now: datetime) -> Counter[str]:
    """Return how many links of each section no door has named within the time of grace."""
    return Counter(one.section for one in looks.beside if now - one.seen >= _GRACE)


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
