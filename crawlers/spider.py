"""The spider: polls an outlet's doors, then fetches its articles.

The decisions are those of Session and of the modules on doors; here is the traffic of articles,
and what doors and articles share: requests, redirects, failures.
"""

import sys
from collections.abc import AsyncIterator, Iterator
from typing import Any
from urllib.parse import urljoin

import scrapy
from scrapy.http import Response
from twisted.python.failure import Failure

from crawlers import poll
from crawlers.door_walk import DoorWalk
from crawlers.download import walls
from crawlers.download.body import ACCEPT_ENCODING
from crawlers.download.robots import DisallowedError
from crawlers.faults import Fault, FaultError
from crawlers.session import GONE, Session
from crawlers.visit import headers_of, leads_somewhere
from crawlers.warc import records, retention
from news.crawl import Known
from news.urls import UrlError, host_key

_HOPS = 5
_ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,application/json;q=0.8,*/*;q=0.5"
_CARRIED = ("visit", "known", "further", "base", "child")  # over a redirect
_SAY_EVERY = 50  # pages


class OutletSpider(scrapy.Spider):
    """Crawls one outlet."""

    name = "outlet"

    def __init__(self, session: Session, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.session = session
        self.doors = DoorWalk(self)
        self.asked = 0

    async def start(self) -> AsyncIterator[scrapy.Request]:
        """Yield a request for each due door; without one, the articles at once."""
        session = self.session
        session.want(session.options.urls)
        for door in session.due_doors():
            for request in self.doors.open(door):
                yield request
        if not self.doors.open_count:
            for request in self.pages():
                yield request

    # Requests

    def request(
        self,
        url: str,
        callback: Any,
        errback: Any,
        meta: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> scrapy.Request:
        """Return a request with the headers every request has."""
        options, outlet = self.session.options, self.session.outlet
        visit = meta.get("visit")
        limit = options.max_door_bytes if visit else options.max_bytes
        render = outlet.render and (visit is None or visit.kind.is_html)
        languages = ", ".join([*outlet.languages, "*;q=0.5"])
        return scrapy.Request(
            url,
            callback=callback,
            errback=errback,
            dont_filter=True,
            meta={
                "download_maxsize": limit,
                "download_timeout": options.timeout,
                "render": render,
                "hops": (),
                "way": (),
                **meta,
            },
            headers={
                "Accept": _ACCEPT,
                "Accept-Encoding": ACCEPT_ENCODING,
                "Accept-Language": languages,
                **(headers or {}),
            },
        )

    def redirect(self, response: Response, callback: Any, errback: Any) -> Iterator[scrapy.Request]:
        """Follow a redirect as a request of its own.

        Thus robots.txt and the address guard see it. Raises FaultError.
        """
        hops = (*response.meta["hops"], response.url)
        to = _target(response)
        if to in hops or len(hops) > _HOPS:
            raise FaultError(Fault.REDIRECT_LOOP, f"{len(hops)} redirects")
        visit = response.meta.get("visit")
        if visit:
            self.doors.note_move(visit, response, to)
        elif not self.session.scope.is_ours(to):
            raise FaultError(Fault.MOVED, f"to {host_key(to)}")
        carried = {name: response.meta[name] for name in _CARRIED if name in response.meta}
        hop = retention.hop(self.exchange(response, response.url))
        meta = {**carried, "hops": hops, "way": (*response.meta["way"], hop)}
        yield self.request(to, callback, errback, meta)

    def exchange(self, response: Response, asked: str) -> records.Exchange:
        """Return an answer as the WARC keeps it; `asked` is the address before redirects."""
        return records.Exchange(
            asked=asked,
            url=response.url,
            status=response.status,
            headers=headers_of(response),
            body=response.body,
            fetched_at=self.session.now(),
            request_headers=headers_of(response.request),
            address=str(response.ip_address or ""),
        )

    def named(self, failure: Failure) -> FaultError:
        """Return a failed request's error by its name; a surprise is logged with its trace."""
        error = failure.value
        if isinstance(error, FaultError):
            return error
        if isinstance(error, DisallowedError):
            return FaultError(error.fault)
        self.logger.error("surprise while crawling %s", self.session.outlet.name, exc_info=error)
        return FaultError(Fault.SURPRISE, f"{type(error).__name__}")

    # Articles

    def pages(self) -> Iterator[scrapy.Request]:
        """Yield a request for each article that is wanted or due."""
        for url, known in self.session.line_up():
            self.session.tried.add(url)
            yield self.request(known.address, self.on_page, self.on_page_failure, {"known": known})

    def on_page(self, response: Response) -> Iterator[scrapy.Request]:
        """Keep one article's page."""
        known: Known = response.meta["known"]
        self.session.tally.statuses[response.status] += 1
        try:
            if 300 <= response.status < 400:  # noqa: PLR2004
                yield from self.redirect(response, self.on_page, self.on_page_failure)
                return
            self._keep(known, response)
        except FaultError as error:
            self.session.failed(known, error)
        self._count_page()

    def _keep(self, known: Known, response: Response) -> None:
        """Write a page down, or raise FaultError naming what came instead of one."""
        body = poll.content(response, self.session.options.max_bytes)
        fault = walls.fault(response, body)
        is_deleted = fault is Fault.GONE and known.last_fetched is not None
        if fault is not None and not is_deleted:
            raise FaultError(fault, f"HTTP {response.status}")
        if fault is None and not body.strip():
            raise FaultError(Fault.EMPTY)
        hops = response.meta["hops"]
        asked = hops[0] if hops else known.address
        exchange = self.exchange(response, asked)
        self.session.keep(known, exchange, body, response.meta["way"])
        if response.status not in GONE:
            self._record_aliases(known, response, body)

    def _record_aliases(self, known: Known, response: Response, body: bytes) -> None:
        """Remember the addresses on the way to a page, and the one it calls its own."""
        hops = response.meta["hops"]
        others = [*hops[1:], walls.canonical_link(body)]
        if hops:
            others.append(response.url)
        for other in others:
            if other and leads_somewhere(other, response.url):
                self.session.record_alias(known, urljoin(response.url, other))

    def on_page_failure(self, failure: Failure) -> None:
        """Note why an article could not be fetched."""
        known = failure.request.meta["known"]  # type: ignore[attr-defined]
        self.session.failed(known, self.named(failure))
        self._count_page()

    # Progress

    def _count_page(self) -> None:
        self.asked += 1
        if self.asked % _SAY_EVERY == 0:
            tally = self.session.tally
            faults = sum(tally.faults.values())
            self.say(f"{self.asked} pages asked, {tally.pages} kept, {faults} faults")

    def say(self, words: str) -> None:
        """Tell a person who watches how far the crawl is."""
        if self.settings.getbool("KHABAR_PROGRESS"):
            print(f"khabar: {self.session.outlet.name}: {words}", file=sys.stderr, flush=True)


def _target(response: Response) -> str:
    """Return where a redirect leads; raises FaultError BAD_REDIRECT."""
    header = response.headers.get(b"Location") or b""
    location = header.decode("utf-8", "surrogateescape").strip()
    if not location:
        raise FaultError(Fault.BAD_REDIRECT, "no Location")
    try:
        to = urljoin(response.url, location.partition("#")[0])
        host_key(to)
    except (ValueError, UrlError) as error:
        raise FaultError(Fault.BAD_REDIRECT, location[:200]) from error
    return to
