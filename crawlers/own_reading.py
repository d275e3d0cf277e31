"""What a door's answer says, where the outlet has a spider of its own: its words go first."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Protocol
from urllib.parse import urljoin

from scrapy.http import HtmlResponse, Response

from crawlers import poll
from crawlers.discovery.choice import Before
from crawlers.discovery.reading import Entry, Further, Reading
from crawlers.session import Session
from crawlers.visit import Visit
from news.outlet import Door


class Reader(Protocol):
    """The questions about a door's page that a spider may answer itself."""

    session: Session
    reads_doors: bool

    def links(self, page: HtmlResponse, door: Door) -> Iterable[str] | None:
        """Return the links that are articles', or None for the usual reader."""

    def next_pages(self, page: HtmlResponse, door: Door) -> Iterable[str] | None:
        """Return where the door goes on, or None for the usual reader."""


def read(
    spider: Reader,
    visit: Visit,
    response: Response,
    body: bytes,
    before: Before,
) -> Reading:
    """Return what a door's answer says; raises FaultError naming why it says nothing."""
    if not spider.reads_doors:
        return poll.read(visit, response, body, spider.session, before)

    page = _page_of(response, body)
    links = spider.links(page, visit.door)
    further = spider.next_pages(page, visit.door)

    if links is None:
        reading = poll.read(visit, response, body, spider.session, before)
    else:
        reading = Reading(kind="listing", entries=_entries(links, response.url))

    if further is None:
        return reading

    pages = tuple(Further(url=urljoin(response.url, url)) for url in further)
    return replace(reading, further=pages)


def _entries(links: Iterable[str], base: str) -> tuple[Entry, ...]:
    """Return each link once, absolute, in its order."""
    addresses = dict.fromkeys(urljoin(base, link) for link in links)
    return tuple(Entry(url=address) for address in addresses)


def _page_of(response: Response, body: bytes) -> HtmlResponse:
    """Return an answer whose body is text again, as Scrapy's selectors want it."""
    headers: dict[Any, Any] = dict(response.headers)
    headers.pop(b"Content-Encoding", None)

    return HtmlResponse(
        response.url,
        status=response.status,
        headers=headers,
        body=body,
        request=response.request,
    )
