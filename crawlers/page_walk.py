"""The traffic of articles: asks for them, and hands what comes to the desk that judges it."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

import scrapy
from scrapy.http import Response
from twisted.python.failure import Failure

from crawlers import poll
from crawlers.door_walk import Spider
from crawlers.download import walls
from crawlers.faults import Fault, FaultError
from crawlers.page_desk import FetchedPage, PageDesk
from news.crawl import Known

_SAY_EVERY = 50  # pages


class PageWalk:
    """All articles of one crawl."""

    def __init__(self, spider: Spider, desk: PageDesk) -> None:
        self.spider, self.session, self.desk = spider, spider.session, desk
        self._asked = 0

    def open(self) -> Iterator[scrapy.Request]:
        """Yield a request for each article that is wanted or due."""
        for url, known in self.session.line_up():
            self.session.tried.add(url)
            yield self._request(known)

    def _request(self, known: Known) -> Any:
        return self.spider.request(
            known.address, self.on_page, self.on_page_failure, {"known": known}
        )

    def on_page(self, response: Response) -> Iterator[scrapy.Request]:
        """Judge one article's page."""
        known: Known = response.meta["known"]
        self.session.tally.statuses[response.status] += 1

        try:
            if 300 <= response.status < 400:  # noqa: PLR2004
                yield from self.spider.redirect(response, self.on_page, self.on_page_failure)
                return

            claimed = self.desk.judge(self._fetched(known, response))
            if claimed is not None:
                yield from self._ask_for(claimed, known)
        except FaultError as error:
            self._failed(known, error)

        self._count_page()

    def _fetched(self, known: Known, response: Response) -> FetchedPage:
        """Return a page, or raise FaultError naming what came instead of one."""
        body = poll.content(response, self.session.options.max_bytes)
        fault = walls.fault(response, body)
        is_deleted = fault is Fault.GONE and known.last_fetched is not None

        if fault is not None and not is_deleted:
            raise FaultError(fault, f"HTTP {response.status}")

        if fault is None and not body.strip():
            raise FaultError(Fault.EMPTY)

        hops = response.meta["hops"]
        own = walls.canonical_link(body)

        return FetchedPage(
            known=known,
            exchange=self.spider.exchange(response, hops[0] if hops else known.address),
            content=body,
            way=response.meta["way"],
            hops=hops,
            own=_absolute(response.url, own),
        )

    def _ask_for(self, url: str, by: Known) -> Iterator[scrapy.Request]:
        """Yield the request for an address that a page has named as its own."""
        if url == self.desk.home:
            meta = {"judged": url}
            yield self.spider.request(
                url,
                self.on_judge,
                self.on_judge_failure,
                meta,
            )

            return

        self.session.tried.add(url)
        yield self._request(self.session.known_as(url, by))

    def on_judge(self, response: Response) -> Iterator[scrapy.Request]:
        """Take the home page, by which pages that became it are told."""
        url = response.meta["judged"]
        self.session.tally.statuses[response.status] += 1

        try:
            if 300 <= response.status < 400:  # noqa: PLR2004
                yield from self.spider.redirect(response, self.on_judge, self.on_judge_failure)
                return

            body = poll.content(response, self.session.options.max_bytes)
            poll.check(response, body)
        except FaultError:
            self.desk.note_failure(url)
            return

        self.desk.note_judge(url, body)

    def on_judge_failure(self, failure: Failure) -> None:
        """Note that nothing can be told by the home page."""
        self.desk.note_failure(failure.request.meta["judged"])  # type: ignore[attr-defined]

    def on_page_failure(self, failure: Failure) -> None:
        """Note why an article could not be fetched."""
        known = failure.request.meta["known"]  # type: ignore[attr-defined]
        self._failed(known, self.spider.named(failure))
        self._count_page()

    def _failed(self, known: Known, error: FaultError) -> None:
        self.session.failed(known, error)
        self.desk.note_failure(known.url)

    def _count_page(self) -> None:
        self._asked += 1
        if self._asked % _SAY_EVERY == 0:
            tally = self.session.tally
            faults = sum(tally.faults.values())
            self.spider.say(f"{self._asked} pages asked, {tally.pages} kept, {faults} faults")


def _absolute(base: str, link: str | None) -> str | None:
    """Return an address that a page names, absolute; None for none, or for what is no address."""
    try:
        return urljoin(base, link) if link else None
    except ValueError:
        return None
