"""The spider: polls an outlet's doors, then fetches its articles.

The traffic of doors is DoorWalk's, that of articles PageWalk's; here is what they share: requests,
redirects, failures.
"""

import sys
from collections.abc import AsyncIterator, Iterator
from typing import Any
from urllib.parse import urljoin

import scrapy
from scrapy.http import Response
from twisted.python.failure import Failure

from crawlers.door_walk import DoorWalk
from crawlers.download.body import ACCEPT_ENCODING
from crawlers.download.robots import DisallowedError
from crawlers.faults import Fault, FaultError
from crawlers.login import SECRET_FIELDS
from crawlers.page_desk import PageDesk
from crawlers.page_walk import PageWalk
from crawlers.session import Session
from crawlers.visit import headers_of
from crawlers.warc import records, retention
from news.urls import UrlError, host_key

_HOPS = 5
_ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,application/json;q=0.8,*/*;q=0.5"
_CARRIED = (
    "visit",
    "known",
    "further",
    "base",
    "child",
    "judged",
    "like",
    "dead",
    "asked",
    "route",
)  # over a redirect


class OutletSpider(scrapy.Spider):
    """Crawls one outlet."""

    name = "outlet"

    def __init__(self, session: Session, desk: PageDesk, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.session = session
        self.doors = DoorWalk(self)
        self.articles = PageWalk(self, desk)

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

    def pages(self) -> Iterator[scrapy.Request]:
        """Yield a request for each article that is wanted or due."""
        yield from self.articles.open()

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
        yield self.request(
            to,
            callback,
            errback,
            meta,
        )

    def exchange(self, response: Response, asked: str) -> records.Exchange:
        """Return an answer as the WARC keeps it; `asked` is the address before redirects."""
        return records.Exchange(
            asked=asked,
            url=response.url,
            status=response.status,
            headers=self._kept(headers_of(response)),
            body=response.body,
            fetched_at=self.session.now(),
            request_headers=headers_of(response.request),
            address=str(response.ip_address or ""),
        )

    def _kept(self, headers: records.Headers) -> records.Headers:
        """Return an answer's headers without the sessions of a reader who has logged in."""
        if self.session.login is None:
            return headers

        return tuple(pair for pair in headers if pair[0].lower() not in SECRET_FIELDS)

    def named(self, failure: Failure) -> FaultError:
        """Return a failed request's error by its name; a surprise is logged with its trace."""
        error = failure.value
        if isinstance(error, FaultError):
            return error

        if isinstance(error, DisallowedError):
            return FaultError(error.fault)

        self.logger.error("surprise while crawling %s", self.session.outlet.name, exc_info=error)

        return FaultError(Fault.SURPRISE, f"{type(error).__name__}")

    # Progress

    def say(self, words: str) -> None:
        """Tell a person who watches how far the crawl is."""
        if self.settings.getbool("KHABAR_PROGRESS"):
            print(
                f"khabar: {self.session.outlet.name}: {words}",
                file=sys.stderr,
                flush=True,
            )


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
