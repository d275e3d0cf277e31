"""By whose clock, memory and logins a request leaves: those of a crawl, or new ones.

A spider that Scrapy's shell, or another package, brings has no session of ours. Its requests keep
the same manners: robots.txt, pauses and the guard of addresses.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, Protocol
from weakref import WeakKeyDictionary

from crawlers.download.throttle import Pacer, RealClock
from crawlers.login import Login
from news.crawl import DoorState
from news.outlet import Pace


class DoorMemory(Protocol):
    """Where robots.txt files are kept between runs."""

    def door(self, url: str) -> DoorState:
        """Return what is remembered of a URL."""

    def put_door(self, state: DoorState) -> None:
        """Remember."""


_ALONE: "WeakKeyDictionary[Any, Manners]" = WeakKeyDictionary()


@dataclass(slots=True)
class _Doors:
    """What is remembered of robots.txt files while a process lives."""

    states: dict[str, DoorState] = field(default_factory=dict)

    def door(self, url: str) -> DoorState:
        """Return what is remembered of an address."""
        return self.states.get(url) or DoorState(outlet="", url=url)

    def put_door(self, state: DoorState) -> None:
        """Remember."""
        self.states[state.url] = state


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """What the handler and the middleware need to know of a crawl."""

    pacer: Pacer
    memory: DoorMemory
    login_for: Callable[[str], Login | None]
    counts_faults: bool = True  # a session does; without one a person has to be told at once


def manners_of(crawler: Any) -> Manners:
    """Return a crawler's manners: those of its spider's session, else new ones of its own."""
    session = getattr(crawler.spider, "session", None)
    if session is not None:
        return Manners(
            pacer=session.pacer,
            memory=session.memory,
            login_for=session.login_for,
        )

    if crawler not in _ALONE:
        pace = Pace()
        pacer = Pacer(RealClock(datetime.now(UTC)), pace.delay, pace.concurrency)
        _ALONE[crawler] = Manners(
            pacer=pacer,
            memory=_Doors(),
            login_for=lambda _url: None,
            counts_faults=False,
        )

    return _ALONE[crawler]


class Mannered:
    """A part of Scrapy that asks with the manners of its crawler."""

    crawler: Any

    @cached_property
    def manners(self) -> Manners:
        """Whose requests these are; Scrapy's shell has no spider yet when it makes its parts."""
        return manners_of(self.crawler)

    @property
    def pacer(self) -> Pacer:
        """The turns of the hosts."""
        return self.manners.pacer
