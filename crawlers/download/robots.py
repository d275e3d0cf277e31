"""robots.txt by RFC 9309, with Crawl-delay: read once a day and host, obeyed by every request."""

import logging
import re
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urljoin, urlsplit

from protego import Protego
from scrapy import Request
from scrapy.exceptions import IgnoreRequest

from crawlers import robots_notes
from crawlers.download import body as bodies
from crawlers.download.throttle import moment
from crawlers.faults import Fault, FaultError
from crawlers.manners import DoorMemory, Mannered
from crawlers.robots_notes import RobotsNotes
from news.crawl import DoorState
from news.urls import host_key

AGENT = "Khabar"
_log = logging.getLogger(__name__)
_LIMIT = 512_000  # RFC 9309, 2.5: at least 500 KiB are parsed
_FRESH = timedelta(hours=24)  # RFC 9309, 2.4
_STALE = timedelta(days=30)  # how long an old copy serves when the file cannot be fetched
_HOPS = 5  # RFC 9309, 2.3.1.2
_DELAY_AT_MOST = 3600.0  # seconds: a longer Crawl-delay is a typing error or a "no"
_ALLOW_ALL = ""
_VERSION = re.compile(r"(?im)^([ \t]*user-agent[ \t]*:[ \t]*[\w-]{1,60})/[^\s#]{0,60}")
# A host that is closed for one of these reasons says so; for any other its robots.txt is to blame.
_OWN_NAME = frozenset(
    {
        Fault.PRIVATE_ADDRESS,
        Fault.DNS,
        Fault.RATE_LIMITED,
        Fault.REFUSED,
        Fault.TIMEOUT,
        Fault.HALTED,
    }
)


class DisallowedError(IgnoreRequest):
    """robots.txt says no, or cannot be read."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(str(fault))
        self.fault = fault


class Robots(Mannered):
    """A Scrapy downloader middleware."""

    def __init__(self, crawler: Any) -> None:
        self.crawler = crawler
        self._rules: dict[str, Any] = {}
        self._asked: dict[str, Any] = {}

    @property
    def memory(self) -> DoorMemory:
        """Where robots.txt files are kept between runs."""
        return self.manners.memory

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
            raise self._refusal(request, rules)

        if not rules.can_fetch(request.url, AGENT):
            raise self._refusal(request, Fault.DISALLOWED)

    def _refusal(self, request: Request, fault: Fault) -> DisallowedError:
        """Return the error for a request that is not made."""
        if not self.manners.counts_faults:
            _log.warning("%s is not asked for: %s", request.url, fault)

        return DisallowedError(fault)

    async def _once(self, origin: str) -> Any:
        """Return an origin's rules; requests that arrive meanwhile wait for the same answer."""
        import asyncio

        if origin not in self._asked:
            self._asked[origin] = asyncio.ensure_future(self._load(origin))

        rules = await self._asked[origin]
        self._rules[origin] = rules

        return rules

    async def _load(self, origin: str) -> Any:
        """Return the rules of an origin, or the fault for which there are none."""
        url, now = f"{origin}/robots.txt", moment(self.pacer.clock)
        state = self.memory.door(url)
        if state.last_polled is None or now - state.last_polled >= _FRESH:
            state = await self._refresh(state, now)

        notes = robots_notes.read(state)

        if notes.text is None:
            return Fault(notes.fault or Fault.ROBOTS_UNREACHABLE)

        rules = Protego.parse(notes.text)
        self._slow_down(origin, rules)

        return rules

    def _slow_down(self, origin: str, rules: Any) -> None:
        """Keep to a host's Crawl-delay and Request-rate."""
        seconds = float(rules.crawl_delay(AGENT) or 0)
        rate = rules.request_rate(AGENT)

        if rate and rate.requests:
            seconds = max(seconds, rate.seconds / rate.requests)

        if seconds > 0:
            self.pacer.host(host_key(origin)).crawl_delay(min(seconds, _DELAY_AT_MOST))

    async def _refresh(self, state: DoorState, now: datetime) -> DoorState:
        """Fetch a robots.txt and remember it.

        An unreachable one leaves the old copy in force for a while.
        """
        try:
            text = await self._fetch(state.url)
        except FaultError as error:
            has_text = robots_notes.read(state).text is not None
            age = now - state.last_polled if state.last_polled else _STALE
            if has_text and age < _STALE:
                return state

            notes = RobotsNotes(fault=str(_named(error.fault)))
            fresh = replace(state, failures=state.failures + 1)
        else:
            notes = RobotsNotes(text=text)
            fresh = replace(
                state,
                last_polled=now,
                failures=0,
                next_poll=None,
            )

        fresh = robots_notes.write(fresh, notes)
        self.memory.put_door(fresh)

        return fresh

    def _request(self, url: str) -> Request:
        """Return the request for a robots.txt, which needs no leave itself."""
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

            return _text_of(response)

        return _ALLOW_ALL


def _named(fault: Fault) -> Fault:
    """Return the name under which an unreadable robots.txt closes its host."""
    return fault if fault in _OWN_NAME else Fault.ROBOTS_UNREACHABLE


def _text_of(response: Any) -> str:
    """Return the rules in an answer; raises FaultError."""
    encodings = b",".join(response.headers.getlist(b"Content-Encoding")).decode("latin-1")
    body = bodies.decode(response.body, encodings, 8 * _LIMIT)
    text = body[:_LIMIT].decode("utf-8", "replace").removeprefix("\ufeff")

    # RFC 9309, 2.2.1: a group names a product; what stands behind its slash is no part of that.
    return _VERSION.sub(r"\1", text)
