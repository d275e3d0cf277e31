"""The spider of every outlet: polls its doors, then fetches its articles.

The traffic of doors is DoorWalk's, that of articles PageWalk's; here is what they share: requests,
redirects, failures.
"""

import sys
from collections.abc import AsyncIterator, Iterable, Iterator
from typing import Any, Self
from urllib.parse import urljoin

import scrapy
from scrapy.http import HtmlResponse, Response
from twisted.python.failure import Failure
from w3lib.encoding import html_to_unicode

from crawlers.door_walk import DoorWalk
from crawlers.download.body import ACCEPT_ENCODING
from crawlers.download.robots import DisallowedError
from crawlers.faults import Fault, FaultError
from crawlers.items import PageItem
from crawlers.login import SECRET_FIELDS
from crawlers.page_desk import PageDesk
from crawlers.page_walk import PageWalk
from crawlers.session import KeptPage, Session
from crawlers.settings import DOWNLOADER_MIDDLEWARES
from crawlers.visit import headers_of
from crawlers.warc import records, retention
from news.outlet import Door
from news.urls import UrlError, canonical, host_key

_JUDGED_BY_THE_CRAWL = {
    # Each redirect is a request of its own, so that robots.txt and the guard see it.
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    # Undone after the bytes are kept, within bounds of memory.
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    # Each request carries its own time-out and headers.
    "scrapy.downloadermiddlewares.downloadtimeout.DownloadTimeoutMiddleware": None,
    "scrapy.downloadermiddlewares.defaultheaders.DefaultHeadersMiddleware": None,
    # The outlet's scope tells its hosts, those to which it has moved among them.
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    # A login is told to the outlet's own hosts, over https, by the handler.
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
    "scrapy.downloadermiddlewares.cookies.CookiesMiddleware": None,
}
_UNUSED = dict.fromkeys(
    [
        # A 404 is a deletion, and a 410 its proof.
        "scrapy.spidermiddlewares.httperror.HttpErrorMiddleware",
        "scrapy.spidermiddlewares.referer.RefererMiddleware",
        "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware",
        "scrapy.spidermiddlewares.depth.DepthMiddleware",
        "scrapy.spidermiddlewares.metacopy.MetaCopyDetectionMiddleware",
    ]
)
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
    """Crawls one outlet by what its file says.

    A subclass answers for itself what a file cannot say: `due_doors`, `links`, `next_pages`,
    `is_article` and `identity` are the questions, each with the usual answer here. Whatever it
    answers, robots.txt, pauses, evidence and the plan of re-checks stay as they are.
    """

    name = "outlet"
    outlet = ""  # the outlet that Scrapy's `crawl` reads when it is given no name
    # The WARC keeps bytes as they were received; redirects, statuses and doubles are judged by
    # the crawl itself, which remembers them for the next one.
    custom_settings: dict[str, Any] | None = {  # noqa: RUF012 - as Scrapy declares it
        "DOWNLOADER_MIDDLEWARES": {**DOWNLOADER_MIDDLEWARES, **_JUDGED_BY_THE_CRAWL},
        "SPIDER_MIDDLEWARES": {**_UNUSED, "crawlers.middlewares.KeptPages": 900},
        "DUPEFILTER_CLASS": "scrapy.dupefilters.BaseDupeFilter",
    }

    def __init__(self, session: Session, desk: PageDesk, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.session = session
        self.doors = DoorWalk(self)
        self.articles = PageWalk(self, desk)
        self.reads_doors = self._answers("links") or self._answers("next_pages")

        if self._answers("is_article"):
            session.scope.is_article = self.is_article

        if self._answers("identity"):
            session.scope.identity = self._identity

    @classmethod
    def from_crawler(cls, crawler: Any, *args: Any, **kwargs: Any) -> Self:
        """Build for a crawl of the house, or, by Scrapy's `crawl` alone, for an outlet's name."""
        if "session" in kwargs:
            return super().from_crawler(crawler, *args, **kwargs)

        from crawlers import alone

        crawl = alone.begin(crawler, cls.outlet, kwargs)
        spider = super().from_crawler(crawler, *args, session=crawl.session, desk=crawl.desk)
        alone.follow(crawl, spider)

        return spider

    def _answers(self, question: str) -> bool:
        """Tell whether a subclass answers a question itself."""
        return getattr(type(self), question) is not getattr(OutletSpider, question)

    # The questions

    def due_doors(self) -> list[Door]:
        """Return the doors to poll now: those whose time has come."""
        return self.session.due_doors()

    def links(self, page: HtmlResponse, door: Door) -> Iterable[str] | None:
        """Return the links of a door's page that are articles', newest first.

        They may be relative. None leaves the page to the reader of the door's kind.
        """
        del page, door
        return None

    def next_pages(self, page: HtmlResponse, door: Door) -> Iterable[str] | None:
        """Return the addresses at which a door goes on, relative ones too.

        They are asked while they bring something new, or a backfill asks for the past. None leaves
        it to the reader of the door's kind.
        """
        del page, door
        return None

    def is_article(self, url: str) -> bool:
        """Tell whether a canonical URL that a door names may be an article's."""
        del url
        return True

    def identity(self, url: str) -> str:
        """Return the one address by which an article is known; `url` is canonical."""
        return url

    def _identity(self, url: str) -> str:
        return canonical(self.identity(url))

    # The crawl

    async def start(self) -> AsyncIterator[scrapy.Request]:
        """Yield a request for each due door; without one, the articles at once."""
        session = self.session
        session.want(session.options.urls)

        for door in self.due_doors():
            for request in self.doors.open(door):
                yield request

        if not self.doors.open_count:
            for request in self.pages():
                yield request

    def pages(self) -> Iterator[scrapy.Request]:
        """Yield a request for each article that is wanted or due."""
        yield from self.articles.open()

    def pop_items(self) -> list[PageItem]:
        """Return the pages that were kept since the last call, where somebody asked for them."""
        kept = self.session.kept or []
        items = [_item_of(page) for page in kept]
        kept.clear()

        return items

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


def _item_of(page: KeptPage) -> PageItem:
    """Return a kept page as Scrapy's exporters take it."""
    known, exchange = page.known, page.exchange
    types = [value for name, value in exchange.headers if name.lower() == "content-type"]
    _, html = html_to_unicode("".join(types[:1]), page.content)

    return PageItem(
        outlet=known.outlet,
        url=known.url,
        address=exchange.url,
        status=exchange.status,
        fetched_at=exchange.fetched_at,
        title=exchange.hint_title or "",
        published=exchange.hint_published,
        html=html,
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
