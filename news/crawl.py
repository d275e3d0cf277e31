"""What the crawl remembers between runs.

The archive keeps it; a run gets it as memory.jsonl and answers with crawl.jsonl.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class OutletState(StrEnum):
    """How an outlet stands, seen by the crawl. Never worked around by disguise."""

    OK = "ok"
    BLOCKED = "blocked"  # 401, 403, 418, 451 on doors
    CHALLENGED = "challenged"  # a bot check instead of pages
    RATE_LIMITED = "rate_limited"  # 429, 503 with Retry-After
    DISALLOWED = "disallowed"  # robots.txt says no
    UNREACHABLE = "unreachable"  # DNS, connection, TLS, time-outs
    BROKEN = "broken"  # 5xx, or doors that are no feed, no sitemap, no listing
    GONE = "gone"  # 404, 410 on every door
    MOVED = "moved"  # doors redirect to another host
    PARKED = "parked"
    PAYWALLED = "paywalled"
    SILENT = "silent"  # all answers fine, nothing new for unusually long
    WALL = "wall"  # 200, and one text under many addresses
    DEAD = "dead"  # articles are announced, and none of them is there
    UNREAD = "unread"  # articles are announced and answer, and none of them could be read
    NOTHING_FOUND = "nothing_found"  # the doors answer and name no article
    STRANGERS = "strangers"  # what the doors name is none of this outlet's articles
    FILE_BROKEN = "file_broken"  # its outlet file cannot be read


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """One article URL of an outlet, and the plan to look at it again. Datetimes are aware, UTC."""

    outlet: str
    url: str  # canonical, by news.urls
    address: str  # as it is fetched
    first_seen: datetime
    last_fetched: datetime | None = None  # None: discovered, not yet fetched
    status: int | None = None
    digest: str = ""  # of the body as received: the judge of "unchanged"
    checks: int = 0  # re-checks so far
    changes: int = 0  # how many of them found another body
    failures: int = 0  # fetches failed in a row
    published: datetime | None = None  # by the door
    next_check: datetime | None = None  # None: never again
    door: str = ""  # URL of the door that showed it first

    @property
    def was_fetched(self) -> bool:
        """Whether there was an answer at its address, whatever it was."""
        return self.last_fetched is not None and self.status is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorState:
    """One door of an outlet and its polling."""

    outlet: str
    url: str
    etag: str = ""
    last_modified: str = ""
    digest: str = ""
    last_polled: datetime | None = None
    next_poll: datetime | None = None
    interval: float = 3600.0  # seconds
    failures: int = 0
    lies: int = 0  # validators that said "unchanged" and were wrong
    state: OutletState = OutletState.OK
    data: dict[str, str] = field(
        default_factory=dict
    )  # the door's own notes (cursor of a backfill...)
