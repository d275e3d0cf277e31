"""Articles that a door names without their addresses: by what route they are reached.

The route is learnt from a link of the same page; where none shows it, one article is asked for by
the common routes, until a page with its title answers. It is remembered with the outlet.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urljoin

import scrapy
from scrapy.http import Response
from twisted.python.failure import Failure

from crawlers import page_text, weak_entries
from crawlers.discovery import nameless
from crawlers.discovery.reading import Entry, Nameless, Reading
from crawlers.session import Session
from crawlers.side_pages import SidePages, Spider
from news.crawl import Known
from news.outlet import Door

_SERVER = 500  # from this status on an answer says nothing of the route


def with_addresses(
    session: Session,
    reading: Reading,
    base: str,
    door: Door,
) -> Reading:
    """Return a reading whose articles all have their addresses, as far as a route is known.

    Where none is, they wait for a route to be found, and count as entries without a link.
    """
    if not reading.nameless:
        return reading

    links = [entry.url for entry in (*reading.entries, *reading.doubtful)]
    route = nameless.learnt_route(links, reading.nameless)
    notes = session.outlet_notes()

    if route is not None and route != notes.route:
        session.put_outlet_notes(replace(notes, route=route))

    route = route or notes.route
    if route:
        named = [_entry(route, article, base) for article in reading.nameless]
        return replace(reading, entries=(*reading.entries, *named))

    if reading.entries:
        # Data beside a list of links may be anything.
        return reading

    for article in reading.nameless:
        session.unaddressed.setdefault(article.key, (article, door))

    return replace(reading, without_link=reading.without_link + len(reading.nameless))


def _entry(
    route: str,
    article: Nameless,
    base: str,
) -> Entry:
    """Return an article as an entry at the address that a route gives it."""
    path = nameless.address(route, article.key)

    return Entry(
        url=urljoin(base, path),
        title=article.title,
        published=article.published,
    )


class RouteSearch(SidePages):
    """The search of one crawl for the route to articles without addresses.

    `ask` gives the request for an article, once its address is known.
    """

    def __init__(
        self,
        spider: Spider,
        ask: Callable[[Known], Any],
    ) -> None:
        super().__init__(spider)
        self._ask = ask

    def open(self) -> Iterator[scrapy.Request]:
        """Yield the request for the first route to be tried, if any is."""
        session = self.session
        waiting = session.unaddressed
        is_named = bool(session.options.urls) or session.options.since is not None
        tries = session.outlet_notes().route_tries

        if not waiting or is_named or tries >= len(nameless.GUESSES):
            return

        article, door = next(iter(waiting.values()))
        route = nameless.GUESSES[tries]
        entry = _entry(route, article, door.url)
        meta = {"asked": entry.url, "route": (route, article)}

        yield self.spider.request(
            entry.url,
            self.on_try,
            self.on_failure,
            meta,
        )

    def on_try(self, response: Response) -> Iterator[scrapy.Request]:
        """Take a route that led to the article; try the next where it did not."""
        route, article = response.meta["route"]
        page = self.page_of(response)

        if page is None and 300 <= response.status < 400:  # noqa: PLR2004
            yield from self.redirected(response, self.on_try)
            return

        if page is not None and _has_title(page.body, article.title):
            yield from self._follow(route)
        elif response.status < _SERVER:
            self.session.change_outlet_notes(
                lambda notes: replace(notes, route_tries=notes.route_tries + 1)
            )
            yield from self.open()

    def on_failure(self, failure: Failure) -> None:
        """Leave the search for another crawl."""

    def _follow(self, route: str) -> Iterator[scrapy.Request]:
        """Remember a route, and ask for all articles that waited for one."""
        session = self.session
        session.change_outlet_notes(lambda notes: replace(notes, route=route))

        for article, door in session.unaddressed.values():
            entry = _entry(route, article, door.url)
            url = session.scope.identify(entry.url, door.url, door)
            if url is None or url in session.memory:
                continue

            known = weak_entries.unknown(
                session,
                url,
                entry,
                door,
            )
            session.memory.put(known)
            session.titles[url] = article.title
            session.tried.add(url)
            yield self._ask(known)

        session.unaddressed.clear()


def _has_title(
    body: bytes,
    title: str,
) -> bool:
    """Tell whether a page names itself by an article's title."""
    own = page_text.title(body).casefold()
    return title.casefold() in own
