"""A door that has died is looked for again: on the home page, at well-known paths, over https.

What is found is proposed in the outlet's health. It is asked like a door of the file where the file
says `find_doors = true`; otherwise a person decides.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any, Protocol
from urllib.parse import urljoin

import scrapy
from scrapy.http import Response
from twisted.python.failure import Failure

from crawlers import poll
from crawlers.discovery import site_doors
from crawlers.faults import Fault, FaultError
from crawlers.outlet_notes import FoundDoor
from crawlers.session import Session
from crawlers.visit import Visit
from crawlers.warc import records
from news.article import Page
from news.outlet import Door

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
_PAUSE = timedelta(days=1)  # between two searches of an outlet
_ADDRESSES = 8  # asked in a search
_FOUND_AT_MOST = 8  # doors remembered


class Spider(Protocol):
    """What the search needs of the spider."""

    session: Session

    def request(
        self,
        url: str,
        callback: Any,
        errback: Any,
        meta: dict[str, Any],
    ) -> Any:
        """Return a request with the headers every request has."""

    def redirect(self, response: Response, callback: Any, errback: Any) -> Iterator[scrapy.Request]:
        """Follow a redirect."""

    def exchange(self, response: Response, asked: str) -> records.Exchange:
        """Return an answer as the WARC keeps it."""


class DoorSearch:
    """The search of one crawl for doors in place of those that have died."""

    def __init__(self, spider: Spider) -> None:
        self.spider, self.session = spider, spider.session

    def after(self, visit: Visit) -> Iterator[scrapy.Request]:
        """Yield the requests by which a replacement for a door that failed is looked for."""
        session = self.session
        notes = session.outlet_notes()
        error = visit.failure
        is_dead = error is not None and (error.cause or error.fault) in _DEAD
        is_late = notes.searched is None or session.now() - notes.searched >= _PAUSE

        is_sure = error is not None and error.fault in _NO_DOOR
        least = 0 if is_sure else _FAILURES

        if not is_dead or not is_late or visit.state.failures < least:
            return

        if session.options.since or any(found.instead == visit.door.url for found in notes.found):
            return

        session.put_outlet_notes(replace(notes, searched=session.now()))
        yield self._request(session.outlet.home, self.on_home, visit.door)

    def _request(self, url: str, callback: Any, dead: Door) -> Any:
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
        page = self._page(response)

        if page is None:
            yield from self._redirected(response, self.on_home)
            return

        secure = dead.url.replace("http://", "https://", 1)
        named = site_doors.candidates(page, "", urljoin(page.final_url, "/feed"))
        own = {door.url for door in self.session.outlet.doors}
        fresh = [url for url in dict.fromkeys([secure, *named]) if url not in own]

        for url in fresh[:_ADDRESSES]:
            yield self._request(url, self.on_candidate, dead)

    def on_candidate(self, response: Response) -> Iterator[scrapy.Request]:
        """Note an answer that is a door which names articles of this outlet."""
        page = self._page(response)

        if page is None:
            yield from self._redirected(response, self.on_candidate)
            return

        answered = site_doors.door_of(page)

        if answered is None:
            return

        door, reading = answered
        scope = self.session.scope
        named = [scope.identify(entry.url, page.final_url, door) for entry in reading.entries]

        if any(named) or reading.further:
            self._note(response.meta["dead"], replace(door, url=page.final_url))

    def on_failure(self, failure: Failure) -> None:
        """Leave an address that does not answer: it was a guess."""

    def _page(self, response: Response) -> Page | None:
        """Return an answer with a page; None for a redirect or a refusal."""
        self.session.tally.statuses[response.status] += 1
        exchange = self.spider.exchange(response, response.meta["asked"])
        page = records.to_page(exchange)

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

    def _note(self, dead: Door, door: Door) -> None:
        """Remember a door that answers in place of a dead one."""
        notes = self.session.outlet_notes()
        known = {found.url for found in notes.found}
        is_own = door.url in {own.url for own in self.session.outlet.doors}

        if door.url in known or is_own or len(known) >= _FOUND_AT_MOST:
            return

        found = FoundDoor(kind=door.kind, url=door.url, instead=dead.url)
        self.session.put_outlet_notes(replace(notes, found=(*notes.found, found)))
