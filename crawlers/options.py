"""What a crawl is asked to do, and what it says it has done.

Plain values: they cross a process border as JSON.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from news.crawl import OutletState
from news.outlet import Outlet


@dataclass(
    frozen=True,
    slots=True,
    kw_only=True,
)
class CrawlOptions:
    """How to crawl. Sizes in bytes, times in seconds."""

    contact: str = ""  # mail or URL, told to every host
    allow_loopback: bool = False  # *.localhost and 127.0.0.1: the sample press
    run: str = ""  # name of the run, for the log and for Sentry
    sentry_dsn: str | None = None
    budget: int | None = None  # pages at most; None: the outlet's own
    all_doors: bool = False  # poll every door, due or not
    recheck: bool = True  # look again at known articles whose time has come
    since: date | None = None  # backfill: from this day
    until: date | None = None  # backfill: up to and including this day
    urls: tuple[str, ...] = ()  # fetch these pages and nothing else
    seconds: float = 1500.0  # the crawl ends after this time; what is left stays for the next one
    timeout: float = 60.0  # one request, body included
    max_bytes: int = 10 << 20  # one page, on the wire and decoded
    max_door_bytes: int = 64 << 20  # one feed or sitemap, on the wire
    tries: int = 3
    chromium: str = ""  # the browser's program; empty: the first on PATH


@dataclass(
    frozen=True,
    slots=True,
    kw_only=True,
)
class CrawlJob:
    """One outlet's crawl in one folder. `now` is aware: the crawl's clock starts there.

    `login`: the secret that the outlet's file names; it is never written into the folder.
    """

    outlet: Outlet
    folder: Path
    now: datetime
    options: CrawlOptions = field(default_factory=CrawlOptions)
    login: str = field(default="", repr=False)


@dataclass(
    frozen=True,
    slots=True,
    kw_only=True,
)
class DoorReport:
    """How one door answered."""

    url: str
    kind: str
    state: OutletState
    entries: int = 0  # articles it showed
    new: int = 0  # of them not known before
    strangers: int = 0  # addresses it named that are no article of this outlet
    doubtful: int = 0  # unknown addresses that do not look like an article's
    given_up: int = 0  # unknown addresses built as those that never were an article
    without_link: int = 0  # entries that name no address
    without_text: int = 0  # posts that are a picture or a voice alone
    left_out: int = 0  # unknown articles of a sitemap, older than a poll asks for: a backfill's
    unread: int = 0  # files of a sitemap's index left for a later poll
    note: str = ""  # "304", "unchanged", "overflow", a fault's name and detail


@dataclass(
    frozen=True,
    slots=True,
    kw_only=True,
)
class CrawlReport:
    """What one crawl did: report.json."""

    outlet: str
    state: OutletState
    finished: str  # "done", "budget", "time", "stopped", "crashed"
    began: datetime
    seconds: float
    requests: int = 0
    pages: int = 0  # pages written, revisits not counted
    new: int = 0  # articles fetched for the first time
    rechecked: int = 0
    changed: int = 0  # re-checks that found another body
    gone: int = 0  # re-checks that found 404 or 410, or other signs of a deletion
    doubles: int = 0  # addresses that show an article known under another
    moved: int = 0  # addresses taken for the new ones of known articles
    pending: int = 0  # known, wanted, not fetched yet
    known: int = 0
    bytes: int = 0  # bodies as received
    statuses: dict[str, int] = field(default_factory=dict)  # by HTTP status, all requests
    faults: dict[str, int] = field(default_factory=dict)  # by the names of crawlers.faults
    given_up: dict[str, int] = field(default_factory=dict)  # addresses not asked, by pattern
    doors: tuple[DoorReport, ...] = ()
    moved_to: str = ""  # the host to which the doors redirect for good
    note: str = ""
