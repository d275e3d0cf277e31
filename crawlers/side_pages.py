"""Pages that a crawl asks for beside doors and articles: menus, sections, guesses.

One that does not answer, or answers with anything but a page, is left: no door is concerned.
"""

from collections.abc import Iterator
from typing import Any, Protocol

import scrapy
from scrapy.http import Response
from twisted.python.failure import Failure

from crawlers import poll
from crawlers.faults import FaultError
from crawlers.session import Session
from crawlers.warc import records
from news.article import Page


class Spider(Protocol):
    """What is needed of the spider."""

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


class SidePages:
    """A walk over such pages; whoever walks reads them and follows what it finds."""

    def __init__(self, spider: Spider) -> None:
        self.spider = spider
        self.session = spider.session

    def on_failure(self, failure: Failure) -> None:
        """Leave an address that does not answer."""

    def page_of(self, response: Response) -> Page | None:
        """Return an answer with a page; None for a redirect or a refusal."""
        self.session.tally.statuses[response.status] += 1
        asked = response.meta["asked"]
        exchange = self.spider.exchange(response, asked)
        page = records.to_page(exchange)
        body = page.body if page else b""

        try:
            poll.check(response, body)
        except FaultError:
            return None

        return page if response.status == 200 else None  # noqa: PLR2004

    def redirected(self, response: Response, callback: Any) -> Iterator[scrapy.Request]:
        """Follow a redirect; one that leads nowhere is left."""
        if not 300 <= response.status < 400:  # noqa: PLR2004
            return

        try:
            yield from self.spider.redirect(response, callback, self.on_failure)
        except FaultError:
            return
