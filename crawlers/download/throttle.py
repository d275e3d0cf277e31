"""Manners: how fast a host may be asked, and when to leave it alone.

One host gets its requests one after another, with a pause that is the longest of the outlet file's,
of robots.txt and of what the host's own slowness suggests (the formula of Scrapy's AutoThrottle:
half way to latency / target concurrency). The pause starts when the answer has arrived, so that two
requests can never reach the host closer together than it asked for.
"""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from time import monotonic
from typing import Protocol

from crawlers.faults import Fault, FaultError

_SLOWEST = 60.0  # seconds: how far a host's own slowness may stretch the pause
_JITTER = 0.3  # the pause is lengthened by up to this share, never shortened
_PATIENCE = 5  # failures in a row after which a host is left alone for the rest of the run
_WAIT_AT_MOST = 60.0  # seconds of Retry-After that are waited for within a run
_COUNTED = frozenset(
    {
        Fault.DNS,
        Fault.REFUSED,
        Fault.RESET,
        Fault.TIMEOUT,
        Fault.TLS,
        Fault.HALF_BODY,
        Fault.BAD_ANSWER,
        Fault.SERVER_ERROR,
        Fault.RATE_LIMITED,
        Fault.BLOCKED,
        Fault.CHALLENGE,
        Fault.PRIVATE_ADDRESS,
    }
)


class Clock(Protocol):
    """The crawl's time: seconds since 1970, UTC."""

    def now(self) -> float:
        """Return the time."""

    async def sleep(self, seconds: float) -> None:
        """Let time pass."""

    def stamp(self) -> dict[str, str]:
        """Return request headers that tell the time to a sample press on a clock of its own.

        None in real time.
        """


class RealClock:
    """Time as it passes, counted from the job's own `now`."""

    def __init__(self, now: datetime) -> None:
        self._offset = now.timestamp() - monotonic()

    def now(self) -> float:
        """Return the time."""
        return self._offset + monotonic()

    async def sleep(self, seconds: float) -> None:
        """Let time pass."""
        await asyncio.sleep(max(0.0, seconds))

    def stamp(self) -> dict[str, str]:
        """Return nothing: servers have the same time."""
        return {}


def moment(clock: Clock) -> datetime:
    """Return a clock's time as an aware datetime in UTC."""
    return datetime.fromtimestamp(clock.now(), UTC)


class Host:
    """One host's turn, pause and failures."""

    def __init__(self, delay: float, concurrency: int) -> None:
        self.floor = delay
        self.delay = delay
        self.free = asyncio.Semaphore(concurrency)
        self.serial = concurrency == 1
        self.gate = asyncio.Lock()
        self.next_at = 0.0
        self.failures = 0
        self.halted: Fault | None = None

    def crawl_delay(self, seconds: float) -> None:
        """Take robots.txt's Crawl-delay: it can only slow down, and means one request at a time."""
        self.floor = max(self.floor, seconds)
        self.delay = max(self.delay, self.floor)

        if seconds > 0 and not self.serial:
            self.serial = True
            self.free = asyncio.Semaphore(1)


class Pacer:
    """The turns of all hosts of one crawl."""

    def __init__(self, clock: Clock, delay: float, concurrency: int) -> None:
        self.clock = clock
        self._delay = delay
        self._concurrency = concurrency
        self._hosts: dict[str, Host] = {}
        self.stopping = False
        self._random = random.Random()  # noqa: S311  (jitter, no secret)

    def host(self, key: str) -> Host:
        """Return a host's state."""
        if key not in self._hosts:
            self._hosts[key] = Host(self._delay, self._concurrency)

        return self._hosts[key]

    @asynccontextmanager
    async def turn(self, key: str) -> AsyncIterator[Host]:
        """Wait for a host's turn.

        Raises FaultError when the crawl stops or the host is to be left alone.
        """
        host = self.host(key)
        async with host.free:
            self._check(host)
            if host.floor > 0:
                await self._wait(host)
                self._check(host)

            started = self.clock.now()

            try:
                yield host
            finally:
                self._ended(host, started)

    async def _wait(self, host: Host) -> None:
        """Sleep until the host may be asked; several waiters leave one pause apart."""
        async with host.gate:
            while not self.stopping:
                seconds = host.next_at - self.clock.now()
                if seconds <= 0:
                    break

                # In real time by steps, so that a crawl that is stopped ends soon.
                step = min(seconds, 1.0) if isinstance(self.clock, RealClock) else seconds
                await self.clock.sleep(step)

            host.next_at = self.clock.now() + self._pause(host)

    def _pause(self, host: Host) -> float:
        """Return the seconds until a host may be asked next, with some jitter."""
        return host.delay * (1 + self._random.random() * _JITTER)

    def _ended(self, host: Host, started: float) -> None:
        """Adapt the pause to how long the answer took.

        It starts now when requests go one at a time.
        """
        if host.floor <= 0:
            host.delay = 0.0
            return

        now = self.clock.now()
        suggested = (host.delay + now - started) / 2
        host.delay = max(host.floor, min(_SLOWEST, suggested))

        if host.serial:
            host.next_at = max(host.next_at, now + self._pause(host))

    def _check(self, host: Host) -> None:
        """Raise FaultError HALTED when nothing more is asked, of this host or at all."""
        if self.stopping:
            raise FaultError(Fault.HALTED, "the crawl is being stopped")

        if host.halted:
            words = f"the host failed {_PATIENCE} times in a row ({host.halted})"
            raise FaultError(Fault.HALTED, words, cause=host.halted)

    def succeeded(self, host: Host) -> None:
        """Forget a host's failures."""
        host.failures = 0

    def failed(self, host: Host, error: FaultError) -> None:
        """Count a failure.

        A host that fails again and again is left alone, one that names a time gets it.
        """
        if error.retry_after is not None:
            host.next_at = max(host.next_at, self.clock.now() + error.retry_after)
            host.floor = max(host.floor, 0.001)
            if error.retry_after > _WAIT_AT_MOST:
                host.halted = error.fault

        if error.fault in _COUNTED:
            host.failures += 1
            if host.failures >= _PATIENCE:
                host.halted = error.fault
