"""The one place where requests leave.

Turns, limits, retries and names for failures around Scrapy's own HTTP handler.
"""

import re
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)
from scrapy.http import Response
from twisted.internet.error import ConnectError, ConnectionLost
from twisted.web._newclient import ParseError

from crawlers.download.guard import REFUSED
from crawlers.faults import Fault, FaultError
from crawlers.manners import Mannered
from news.urls import UrlError, host_key

_RETRIED = frozenset(
    {
        Fault.RESET,
        Fault.TIMEOUT,
        Fault.HALF_BODY,
        Fault.SERVER_ERROR,
        Fault.RATE_LIMITED,
        Fault.DNS,
        Fault.BAD_ANSWER,
    }
)
_FAULTS: tuple[tuple[type[BaseException], Fault], ...] = (
    (CannotResolveHostError, Fault.DNS),
    (DownloadConnectionRefusedError, Fault.REFUSED),
    (DownloadTimeoutError, Fault.TIMEOUT),
    (ResponseDataLossError, Fault.HALF_BODY),
    (DownloadCancelledError, Fault.TOO_LARGE),  # its only other cause has its own class
    (ValueError, Fault.DNS),  # Twisted's word for a host name that can be none
)
_BACKOFF = 5.0  # seconds before the second try of a request, doubled for the third
_LONGEST_HINT = 86_400.0  # seconds: a Retry-After beyond a day is taken for a day


class PoliteHandler(Mannered):
    """A Scrapy download handler.

    It waits for the host's turn, asks, names what failed, and tries again where that helps.
    Answers of any status are returned; 429 and 5xx after the last try raise FaultError, as failed
    connections do.
    """

    lazy = False

    def __init__(self, crawler: Any) -> None:
        self.crawler = crawler
        self.inner = HTTP11DownloadHandler(crawler)
        self.tries = crawler.settings.getint("KHABAR_TRIES")
        self.stats = crawler.stats

    @classmethod
    def from_crawler(cls, crawler: Any) -> "PoliteHandler":
        """Build for a crawler."""
        return cls(crawler)

    async def close(self) -> None:
        """Close the connections."""
        await self.inner.close()

    async def download_request(self, request: Request) -> Response:
        """Return the answer to a request, asked in turn and again if need be."""
        first: FaultError | None = None
        for attempt in range(self.tries):
            try:
                return await self._once(request)
            except FaultError as error:
                if first is not None and error.fault is Fault.HALTED and error.cause:
                    # The host was given up between two tries: what failed keeps its own name.
                    raise first from error

                if error.fault not in _RETRIED or attempt == self.tries - 1:
                    raise

                first = error
                has_pause = self.pacer.host(_key(request.url)).floor > 0
                await self.pacer.clock.sleep(_BACKOFF * 2**attempt if has_pause else 0.05)

        raise AssertionError("tries is at least 1")

    async def _once(self, request: Request) -> Response:
        """Ask once, in the host's turn, and tell its pace how that went; raises FaultError."""
        async with self.pacer.turn(_key(request.url)) as host:
            for name, value in self.pacer.clock.stamp().items():
                request.headers[name] = value

            self.stats.inc_value("khabar/requests")
            try:
                response = await self._ask(request)
                _judge(response, self.pacer.clock.now())
            except FaultError as error:
                self.pacer.failed(host, error)
                raise

            self.pacer.succeeded(host)

            return response

    async def _ask(self, request: Request) -> Response:
        """Return the answer; give the failure of the library its name."""
        try:
            return await self.inner.download_request(self._with_login(request))
        except Exception as error:
            fault = name(error, urlsplit(request.url).hostname or "")
            if fault is None:
                raise

            raise FaultError(fault, _detail(error)) from error

    def _with_login(self, request: Request) -> Request:
        """Return the request as it leaves; what is kept of it never holds the login."""
        login = self.manners.login_for(request.url)
        if login is None:
            return request

        sent: Request = request.copy()
        sent.headers[login.field] = login.value

        return sent


def _key(url: str) -> str:
    """Return by which name a host is paced: what stands in the address where that is odd."""
    try:
        return host_key(url)
    except UrlError:
        return urlsplit(url).netloc


def _detail(error: BaseException) -> str:
    """Return a library's message without its line breaks and addresses of objects."""
    named = re.sub(r"<(?:\w+\.)*(\w+) object at 0x\w+>", r"\1", str(error))

    return " ".join(named.split())[:300]


def name(error: BaseException, host: str) -> Fault | None:
    """Return the name of a download's failure; None for a surprise."""
    if host in REFUSED.hosts and isinstance(error, CannotResolveHostError):
        return Fault.PRIVATE_ADDRESS

    for kind, fault in _FAULTS:
        if isinstance(error, kind):
            return fault

    if isinstance(error, DownloadFailedError):
        return _failed(error)

    if isinstance(error, ConnectionLost | ConnectError | OSError):
        return Fault.RESET

    return None


def _failed(error: BaseException) -> Fault:
    """Return the name of a connection that broke, by the reasons the library lists."""
    reasons = [reason.value for reason in getattr(error.__cause__, "reasons", [])]
    if any(type(reason).__module__.startswith("OpenSSL") for reason in reasons):
        return Fault.TLS

    if any(isinstance(reason, ParseError | ValueError) for reason in reasons):
        return Fault.BAD_ANSWER

    return Fault.RESET


def _judge(response: Response, now: float) -> None:
    """Raise FaultError for an answer that says: not now."""
    status = response.status
    wait = retry_after(response.headers.get(b"Retry-After"), now)

    if status == 429 or (status == 503 and wait is not None):  # noqa: PLR2004
        raise FaultError(Fault.RATE_LIMITED, f"HTTP {status}", retry_after=wait)

    if status >= 500 and not _is_challenge(response):  # noqa: PLR2004
        raise FaultError(Fault.SERVER_ERROR, f"HTTP {status}")


def _is_challenge(response: Response) -> bool:
    """Tell whether Cloudflare says of its answer that it is a challenge."""
    return response.headers.get(b"cf-mitigated") == b"challenge"


def retry_after(value: bytes | None, now: float) -> float | None:
    """Return the seconds of a Retry-After header (a number or an HTTP date), at most a day.

    None when there is none to read.
    """
    text = (value or b"").decode("latin-1").strip()
    if not text:
        return None

    if text.isdigit():
        return min(float(text[:9]), _LONGEST_HINT)

    try:
        seconds = parsedate_to_datetime(text).timestamp() - now
    except (ValueError, TypeError, OverflowError):
        return None

    return min(max(0.0, seconds), _LONGEST_HINT)
