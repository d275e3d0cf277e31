"""A door that has died is looked for again: on the home page, at well-known paths, over https.

What is found is proposed in the outlet's health. It is asked like a door of the file where the file
says `find_doors = true`; otherwise a person decides.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import urljoin, urlsplit

import scrapy
from scrapy.http import Response

from crawlers.discovery import site_doors, visit_sections
from crawlers.discovery.reading import Entry
from crawlers.faults import Fault
from crawlers.outlet_notes import FoundDoor, OutletNotes
from crawlers.side_pages import SidePages
from crawlers.visit import Visit
from news.article import Page
from news.outlet import Door, DoorKind

_DEAD = frozenset(
    {
        Fault.GONE,
        Fault.SOFT_GONE,
        Fault.NOT_FEED,
        Fault.NOT_SITEMAP,
        Fault.NOT_LISTING,
        Fault.NOT_WORDPRESS,
        Fault.CLIENT_ERROR,
        Fault.MOVED,
        Fault.DNS,
        Fault.REFUSED,
        Fault.TLS,
    }
)
# What answers is something else: that is no slip of the moment.
_NO_DOOR = frozenset({Fault.NOT_FEED, Fault.NOT_SITEMAP, Fault.NOT_WORDPRESS})
_FAILURES = 1  # polls that failed before this one: the first may be a slip
_BROKEN_FAILURES = 2  # the same where the server has an error of its own, which is mended mostly
_PAUSE = timedelta(days=1)  # between two searches of an outlet
_ADDRESSES = 8  # asked in a search
_FOUND_AT_MOST = 8  # doors remembered


class DoorSearch(SidePages):
    """The search of one crawl for doors in place of those that have died."""

    def after(self, visit: Visit) -> Iterator[scrapy.Request]:
        """Yield the requests by which a replacement for a door that failed is looked for."""
        session = self.session
        if session.options.since or not _is_dead(visit):
            return

        notes = session.outlet_notes()
        now = session.now()
        replaced = {found.instead for found in notes.found}
        is_early = notes.searched is not None and now - notes.searched < _PAUSE

        if is_early or visit.door.url in replaced:
            return

        # The menus may name another list by now: they are read anew.
        looks = replace(notes.looks, home=None)
        session.put_outlet_notes(
            replace(
                notes,
                searched=now,
                looks=looks,
            )
        )
        yield self._request(session.outlet.home, self.on_home, visit.door)

    def _request(self, url: str, callback: Any, dead: Door) -> Any:
        """Return the request for an address that may stand in a dead door's place."""
        meta = {"dead": dead, "asked": url}
        return self.spider.request(
            url,
            callback,
            self.on_failure,
            meta,
        )

    def on_home(self, response: Response) -> Iterator[scrapy.Request]:
        """Ask for what the home page announces, and at the well-known places."""
        dead: Door = response.meta["dead"]
        page = self.page_of(response)

        if page is None:
            yield from self.redirected(response, self.on_home)
            return

        own = {door.url for door in self.session.outlet.doors}

        for url in _places(page, dead, own):
            yield self._request(url, self.on_candidate, dead)

        for url in _editions(page, dead):
            if url not in own:
                yield self._request(url, self.on_edition, dead)

    def on_candidate(self, response: Response) -> Iterator[scrapy.Request]:
        """Note an answer that is a door which names articles of this outlet."""
        page = self.page_of(response)

        if page is None:
            yield from self.redirected(response, self.on_candidate)
            return

        answered = site_doors.door_of(page)

        if answered is None:
            return

        door, reading = answered
        names_articles = self._names_articles(page, door, reading.entries)

        if names_articles or reading.further:
            here = replace(door, url=page.final_url)
            self._note(response.meta["dead"], here)

    def on_edition(self, response: Response) -> Iterator[scrapy.Request]:
        """Note the front page of an edition that names articles of this outlet."""
        page = self.page_of(response)

        if page is None:
            yield from self.redirected(response, self.on_edition)
            return

        door = Door(kind=DoorKind.LISTING, url=page.final_url)
        reading = visit_sections.reading_of(page)

        if reading is not None and self._names_articles(page, door, reading.entries):
            self._note(response.meta["dead"], door)

    def _names_articles(self, page: Page, door: Door, entries: Iterable[Entry]) -> bool:
        """Tell whether one of the entries of an answer is an article of this outlet."""
        scope = self.session.scope
        named = (scope.identify(entry.url, page.final_url, door) for entry in entries)

        return any(named)

    def _note(self, dead: Door, door: Door) -> None:
        """Remember a door that answers in place of a dead one."""
        own = {own.url for own in self.session.outlet.doors}
        if door.url in own:
            return

        found = FoundDoor(kind=door.kind, url=door.url, instead=dead.url)
        self.session.change_outlet_notes(lambda notes: with_found(notes, found))


def _is_dead(visit: Visit) -> bool:
    """Tell whether a door's failure is no slip of the moment."""
    error = visit.failure
    if error is None:
        return False

    fault = error.cause or error.fault
    if fault is Fault.SERVER_ERROR:
        return visit.state.failures >= _BROKEN_FAILURES

    if fault not in _DEAD:
        return False

    return error.fault in _NO_DOOR or visit.state.failures >= _FAILURES


def _editions(home: Page, dead: Door) -> list[str]:
    """Return where the home page has the edition, by `hreflang`, whose list has died."""
    if dead.kind is not DoorKind.LISTING:
        return []

    parts = urlsplit(dead.url)
    host = parts.hostname or ""
    path = parts.path.strip("/")
    first_label = host.partition(".")[0]
    first_folder = path.partition("/")[0]
    languages = {dead.language, first_label, first_folder}
    addresses = []

    for door in site_doors.editions(home):
        if door.language in languages:
            addresses.append(door.url)

    return addresses


def _places(home: Page, dead: Door, own: set[str]) -> list[str]:
    """Return where a door may lie now: under https, where the home page says, at the usual places.

    `own` are the addresses of the outlet's doors, which are asked anyway.
    """
    secure = dead.url.replace("http://", "https://", 1)
    given = urljoin(home.final_url, "/feed")
    named = site_doors.candidates(home, "", given)
    places = dict.fromkeys([secure, *named])
    fresh = [url for url in places if url not in own]

    return fresh[:_ADDRESSES]


def with_found(notes: OutletNotes, door: FoundDoor) -> OutletNotes:
    """Return an outlet's notes with one more door that was found, if there is room for it."""
    known = {found.url for found in notes.found}
    if door.url in known or len(known) >= _FOUND_AT_MOST:
        return notes

    return replace(notes, found=(*notes.found, door))
