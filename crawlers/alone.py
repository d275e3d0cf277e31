"""A crawl by Scrapy's own `crawl`, without archive or house: `-a name=OUTLET`.

It knows nothing of earlier crawls, polls every door, and its pages are the items. Its folder (WARC,
journal, report) is a temporary one unless `-a folder=DIR` names another.
"""

import logging
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scrapy import signals

from crawlers import outlet_files
from crawlers.download.guard import GuardedResolver
from crawlers.errors import CrawlError
from crawlers.options import CrawlJob, CrawlOptions
from crawlers.sample_hosts import sample_ports
from news.outlet import Outlet

if TYPE_CHECKING:
    from crawlers.engine import Crawl

_PAGES = 20  # of an outlet, where nothing else is asked
_ARGUMENTS = frozenset({"name", "file", "folder", "pages", "since", "urls"})
_log = logging.getLogger(__name__)


def begin(crawler: Any, own: str, arguments: dict[str, Any]) -> "Crawl":
    """Open a crawl for the arguments of `scrapy crawl` (`-a NAME=VALUE`).

    `own` is the outlet that the spider itself is for. Raises CrawlError in a sentence.
    """
    from crawlers import engine

    outlet, options = check(crawler.settings, own, arguments)
    folder = arguments.get("folder") or tempfile.mkdtemp(prefix="khabar-crawl-")
    job = CrawlJob(
        outlet=outlet,
        folder=Path(folder),
        now=datetime.now(UTC),
        options=options,
    )
    job.folder.mkdir(parents=True, exist_ok=True)
    _open_loopback(job)
    crawl = engine.prepare(job)
    crawl.session.kept = []

    return crawl


def check(settings: Any, own: str, arguments: dict[str, Any]) -> tuple[Outlet, CrawlOptions]:
    """Return which outlet is meant and how it is read; raises CrawlError in a sentence."""
    unknown = sorted(set(arguments) - _ARGUMENTS)
    if unknown:
        known = ", ".join(sorted(_ARGUMENTS))
        raise CrawlError(f"-a {unknown[0]}: there is no such argument; there are {known}")

    outlet = _outlet_of(settings, own, arguments)
    if outlet.render:
        words = "only a browser can build its pages; use ./khabar outlets try"
        raise CrawlError(f"{outlet.name}: {words}")

    return outlet, _options_of(settings, arguments)


def follow(crawl: "Crawl", spider: Any) -> None:
    """End the crawl when Scrapy ends the spider: its files get their names."""
    from crawlers import engine

    crawl.crawler = spider.crawler
    spider.crawler.signals.connect(crawl.surprised, signals.spider_error)

    def rest() -> None:
        """Give out what was held until everything had answered."""
        crawl.desk.close()
        for item in spider.pop_items():
            spider.crawler.signals.send_catch_log(
                signals.item_scraped, item=item, response=None, spider=spider
            )

    def end() -> None:
        """Write the report, and say what it says."""
        report = engine.finish(crawl)
        said = f"{report.state}, {report.pages} pages, {report.requests} requests"
        note = f" ({report.note})" if report.note else ""
        _log.warning("%s: %s%s; all of it in %s", report.outlet, said, note, crawl.job.folder)

    # Signals hold their receivers weakly.
    spider.held = (rest, end)
    spider.crawler.signals.connect(rest, signals.spider_idle)
    spider.crawler.signals.connect(end, signals.spider_closed)


def _outlet_of(settings: Any, own: str, arguments: dict[str, Any]) -> Outlet:
    """Return the outlet that is meant, by its name or by its file."""
    if arguments.get("file"):
        return outlet_files.load_outlet(Path(arguments["file"]))

    name = arguments.get("name") or own
    if not name:
        raise CrawlError("which outlet? Say -a name=trend.az, or -a file=PATH of an outlet file")

    folder = Path(settings.get("OUTLET_FILES") or outlet_files.OUTLETS)
    paths = sorted(folder.glob(f"*/{name}.toml")) if "/" not in name else []
    if not paths:
        raise CrawlError(f"{name}: no outlet file of that name in {folder}")

    return outlet_files.load_outlet(paths[0])


def _options_of(settings: Any, arguments: dict[str, Any]) -> CrawlOptions:
    """Return how such a crawl goes: every door, a few pages, no second looks."""
    since = arguments.get("since")
    try:
        first_day = date.fromisoformat(since) if since else None
        pages = int(arguments.get("pages") or _PAGES)
    except ValueError as error:
        raise CrawlError(
            f"-a since is a day like 2026-11-01, -a pages a number: {error}"
        ) from error

    return CrawlOptions(
        contact=settings.get("CONTACT") or "",
        allow_loopback=settings.getbool("KHABAR_ALLOW_LOOPBACK"),
        budget=pages,
        all_doors=True,
        recheck=False,
        since=first_day,
        urls=tuple((arguments.get("urls") or "").split()),
    )


def _open_loopback(job: CrawlJob) -> None:
    """Let a sample outlet's own ports be asked on this machine, where a setting allows it."""
    from twisted.internet import reactor

    ports = sample_ports(job.outlet, loopback=job.options.allow_loopback)
    GuardedResolver(reactor, ports=ports).install_on_reactor()
