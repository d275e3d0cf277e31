"""robots.txt by RFC 9309, with Crawl-delay: read once a day and host, obeyed by every request."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Protocol
from urllib.parse import urljoin, urlsplit

from protego import Protego
from scrapy import Request
from scrapy.exceptions import IgnoreRequest

from crawlers.download import body as bodies
from crawlers.download.throttle import Pacer, moment
from crawlers.faults import Fault, FaultError
from news.crawl import DoorState
from news.urls import host_key

AGENT = "Khabar"
_LIMIT = 512_000  # RFC 9309, 2.5: at least 500 KiB are parsed
_FRESH = timedelta(hours=24)  # RFC 9309, 2.4
_STALE = timedelta(days=30)  # how long an old copy serves when the file cannot be fetched
_HOPS = 5  # RFC 9309, 2.3.1.2
_DELAY_AT_MOST = 3600.0  # seconds: a longer Crawl-delay is a typing error or a "no"
_ALLOW_ALL, _DENY_ALL = "", "User-agent: *\nDisallow: /\n"


class Notes(Protocol):
    """Where robots.txt files are kept between runs: the doors' memory."""

    def door(self, url: str) -> DoorState:
        """Return what is remembered of a URL."""

    def put_door(self, state: DoorState) -> None:
        """Remember."""


class DisallowedError(IgnoreRequest):
    """robots.txt says no, or cannot be read."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(str(fault))
        self.fault = fault


class Robots:
    """A Scrapy downloader middleware."""

    def __init__(self, crawler: Any) -> None:
        self.crawler = crawler
        self.pacer: Pacer = crawler.spider.session.pacer
        self.notes: Notes = crawler.spider.session.memory
        self._rules: dict[str, Any] = {}
        self._asked: dict[str, Any] = {}

    @classmethod
    def from_crawler(cls, crawler: Any) -> "Robots":
        """Build for a crawler."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Raise DisallowedError for what robots.txt forbids."""
        if request.meta.get("robots"):
            return
        origin = "{0.scheme}://{0.netloc}".format(urlsplit(request.url))
        rules = self._rules.get(origin)
        if rules is None:
            rules = await self._once(origin)
        if isinstance(rules, Fault):
            raise DisallowedError(rules)
        if not rules.can_fetch(request.url, AGENT):
            raise DisallowedError(Fault.DISALLOWED)

    async def _once(self, origin: str) -> Any:
        """Return an origin's rules; requests that arrive meanwhile wait for the same answer."""
        import asyncio

        if origin not in self._asked:
            self._asked[origin] = asyncio.ensure_future(self._load(origin))
        rules = await self._asked[origin]
        self._rules[origin] = rules
        return rules

    async def _load(self, origin: str) -> Any:
        url, now = f"{origin}/robots.txt", moment(self.pacer.clock)
        state = self.notes.door(url)
        if state.last_polled is None or now - state.last_polled >= _FRESH:
            state = await self._refresh(state, now)
        if "text" not in state.data:
            return Fault(state.data.get("fault", Fault.ROBOTS_UNREACHABLE))
        rules = Protego.parse(state.data["text"])
        self._slow_down(origin, rules)
        return rules

    def _slow_down(self, origin: str, rules: Any) -> None:
        delay = rules.crawl_delay(AGENT)
        rate = rules.request_rate(AGENT)
        seconds = max(
            float(delay or 0), rate.seconds / rate.requests if rate and rate.requests else 0.0
        )
        if seconds > 0:
            self.pacer.host(host_key(origin)).crawl_delay(min(seconds, _DELAY_AT_MOST))

    async def _refresh(self, state: DoorState, now: datetime) -> DoorState:
        """Fetch a robots.txt and remember it; an unreachable one leaves the old copy in force for a while."""
        try:
            text = await self._fetch(state.url)
        except FaultError as error:
            kept = (
                "text" in state.data
                and state.last_polled is not None
                and now - state.last_polled < _STALE
            )
            fresh = (
                state
                if kept
                else replace(
                    state, data={"fault": str(_named(error.fault))}, failures=state.failures + 1
                )
            )
            if not kept:
                self.notes.put_door(fresh)
            return fresh
        fresh = replace(state, last_polled=now, data={"text": text}, failures=0, next_poll=None)
        self.notes.put_door(fresh)
        return fresh

    def _request(self, url: str) -> Request:
        timeout = self.crawler.settings.getfloat("DOWNLOAD_TIMEOUT")
        return Request(
            url,
            meta={"robots": True, "download_maxsize": 8 * _LIMIT, "download_timeout": timeout},
            dont_filter=True,
        )

    async def _fetch(self, url: str) -> str:
        """Return the rules' text: 4xx allows all, 5xx and failures raise FaultError."""
        for _ in range(_HOPS + 1):
            response = await self.crawler.engine.download_async(self._request(url))
            if 300 <= response.status < 400 and response.headers.get(b"Location"):  # noqa: PLR2004
                url = urljoin(url, response.headers[b"Location"].decode("latin-1"))
                continue
            if response.status == 429:  # noqa: PLR2004
                raise FaultError(Fault.RATE_LIMITED)
            if 400 <= response.status < 500:  # noqa: PLR2004
                return _ALLOW_ALL
            encodings = b",".join(response.headers.getlist(b"Content-Encoding")).decode("latin-1")
            return (
                bodies.decode(response.body, encodings, 8 * _LIMIT)[:_LIMIT]
                .decode("utf-8", "replace")
                .removeprefix("\ufeff")
            )
        return _ALLOW_ALL


def _named(fault: Fault) -> Fault:
    """Return the name under which an unreadable robots.txt closes its host."""
    return (
        fault
        if fault
        in {
            Fault.PRIVATE_ADDRESS,
            Fault.DNS,
            Fault.RATE_LIMITED,
            Fault.REFUSED,
            Fault.TIMEOUT,
            Fault.HALTED,
        }
        else Fault.ROBOTS_UNREACHABLE
    )
