"""One crawl on a running reactor.

The child process does one, a simulation does many in one process.
"""

import contextlib
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.settings import Settings

from crawlers import job as jobs
from crawlers import outlet_state, spider_names
from crawlers import settings as project
from crawlers.download.guard import GuardedResolver
from crawlers.download.robots import AGENT
from crawlers.download.throttle import Clock, Pacer, RealClock
from crawlers.faults import Fault
from crawlers.memory import Memory
from crawlers.options import CrawlJob, CrawlReport
from crawlers.page_desk import PageDesk
from crawlers.sample_hosts import sample_ports
from crawlers.session import Session
from crawlers.warc import records
from crawlers.warc.retention import DoorWriter, Evidence
from news.crawl import Known

# What a crawl of one outlet has no use for, and pays for at every start.
_EXTENSIONS_OFF = dict.fromkeys(
    [
        f"scrapy.extensions.{name}"
        for name in (
            "telnet.TelnetConsole",
            "memusage.MemoryUsage",
            "memdebug.MemoryDebugger",
            "closespider.CloseSpider",
            "feedexport.FeedExporter",
            "logstats.LogStats",
            "spiderstate.SpiderState",
            "throttle.AutoThrottle",
            "remote_control.RemoteControl",
            "corestats.CoreStats",
        )
    ]
)
_MIDDLEWARES_OFF = dict.fromkeys(
    [
        "scrapy.downloadermiddlewares.stats.DownloaderStats",
        "scrapy.downloadermiddlewares.httpcache.HttpCacheMiddleware",
    ]
)


class _Own(Settings):
    """Settings that one crawler alone holds.

    The deep copy that Scrapy makes of them is half of what a small crawl costs.
    """

    def copy(self) -> Self:
        """Return these settings."""
        return self


@dataclass(
    slots=True,
    kw_only=True,
    weakref_slot=True,
)
class Crawl:
    """A crawl under way."""

    job: CrawlJob
    clock: Clock
    memory: Memory
    pacer: Pacer
    session: Session
    desk: PageDesk
    crawler: Crawler | None = None
    began: float = 0.0
    finished: str = "done"

    def surprised(self, failure: Any) -> None:
        """Count an error of our own in the spider; the page it concerned stays wanted."""
        del failure
        self.session.count_fault(Fault.SURPRISE)

    def stop(self, why: str) -> None:
        """Let the crawl end: what is under way is finished, nothing more is asked."""
        if not self.pacer.stopping:
            self.finished = why

        self.pacer.stopping = True


def user_agent(contact: str) -> str:
    """Return what we tell every host about us."""
    whom_to_ask = f"; +{contact}" if contact else ""

    return f"{AGENT}/{project.VERSION} (news monitor{whom_to_ask})"


def settings(job: CrawlJob) -> dict[str, Any]:
    """Return Scrapy's settings for a job."""
    options, pace = job.options, job.outlet.pace
    handler = (
        "crawlers.download.browser.BrowserHandler"
        if job.outlet.render
        else "crawlers.download.handler.PoliteHandler"
    )

    own = spider_names.find(job.outlet.spider).custom_settings
    middlewares = {**own["DOWNLOADER_MIDDLEWARES"], **_MIDDLEWARES_OFF}

    return {
        **_of_project(),
        **own,
        "USER_AGENT": user_agent(options.contact),
        "DOWNLOAD_HANDLERS": {**project.DOWNLOAD_HANDLERS, "http": handler, "https": handler},
        "DOWNLOADER_MIDDLEWARES": middlewares,
        "SPIDER_MIDDLEWARES": {**own["SPIDER_MIDDLEWARES"], "crawlers.middlewares.KeptPages": None},
        "EXTENSIONS": _EXTENSIONS_OFF,
        "DOWNLOAD_TIMEOUT": options.timeout,
        "DOWNLOAD_MAXSIZE": options.max_door_bytes,
        "CONCURRENT_REQUESTS": max(16, pace.concurrency),
        "CONCURRENT_REQUESTS_PER_DOMAIN": max(pace.concurrency, 1),
        "KHABAR_ALLOW_LOOPBACK": options.allow_loopback,
        "KHABAR_TRIES": options.tries,
        "KHABAR_CHROMIUM": options.chromium,
    }


def _of_project() -> dict[str, Any]:
    """Return the settings of every spider."""
    return {name: value for name, value in vars(project).items() if name.isupper()}


def prepare(job: CrawlJob, clock: Clock | None = None) -> Crawl:
    """Open a job's folder: memory, what an interrupted crawl left, the WARC."""
    clock = clock or RealClock(job.now)
    memory = Memory(job.folder, job.outlet.name)
    memory.load()
    path = job.folder / "pages.warc.gz"
    _recover(path, memory)
    memory.open_journal()
    software = user_agent(job.options.contact)
    pages = records.Writer(path, software)
    evidence = Evidence(pages, DoorWriter(job.folder, software))
    pacer = Pacer(clock, job.outlet.pace.delay, job.outlet.pace.concurrency)
    session = Session(
        job,
        memory,
        pacer,
        evidence,
    )

    return Crawl(
        job=job,
        clock=clock,
        memory=memory,
        pacer=pacer,
        session=session,
        desk=PageDesk(session),
        began=clock.now(),
    )


def _recover(path: Any, memory: Memory) -> None:
    """Note the pages that an interrupted crawl had written but not journalled."""
    if not records.recover(path):
        return

    by_address = {known.address: known for known in memory.changed.values()}

    for exchange in records.read(path.with_name(f".{path.name}.part")):
        known = by_address.get(exchange.asked)
        if known is None or records.is_redirect(exchange):
            continue

        if known.last_fetched is None or known.last_fetched < exchange.fetched_at:
            memory.put(_fetched(known, exchange))


def _fetched(known: Known, exchange: records.Exchange) -> Known:
    """Return an article as it is remembered once this page of it is kept."""
    page = records.to_page(exchange)
    body = page.body if page else exchange.body

    return replace(
        known,
        last_fetched=exchange.fetched_at,
        status=exchange.status,
        digest=records.digest(body),
        next_check=exchange.fetched_at + timedelta(days=1),
    )


async def crawl(under: Crawl, *, progress: bool = False) -> CrawlReport:
    """Run a prepared crawl to its end and finish its files; needs the asyncio reactor."""
    import asyncio

    from twisted.internet import reactor

    GuardedResolver(reactor, ports=_ports(under.job)).install_on_reactor()
    made = settings(under.job) | {"KHABAR_PROGRESS": progress}
    spider = spider_names.find(under.job.outlet.spider)
    under.crawler = Crawler(spider, _Own(made, priority="cmdline"))
    # A weak reference: a strong one would keep every crawl of a process that makes many.
    under.crawler.signals.connect(under.surprised, signals.spider_error)
    limit = None

    if isinstance(under.clock, RealClock):
        limit = asyncio.get_running_loop().call_later(under.job.options.seconds, under.stop, "time")

    try:
        await under.crawler.crawl_async(session=under.session, desk=under.desk)
    finally:
        if limit is not None:
            limit.cancel()

    return finish(under)


def _ports(job: CrawlJob) -> frozenset[int]:
    """Return the loopback ports that may be asked.

    Those of a sample outlet's own addresses, where a setting allows them at all.
    """
    return sample_ports(job.outlet, loopback=job.options.allow_loopback)


def finish(under: Crawl) -> CrawlReport:
    """Give the files their names, the report last: its presence says that the crawl is complete."""
    stats = under.crawler.stats if under.crawler else None
    requests = stats.get_value("khabar/requests", 0) if stats else 0
    under.desk.close()
    under.session.enter_requests(requests)
    under.session.evidence.close()
    # How the outlet stands is remembered too: it is told before its memory is closed.
    report = report_of(under, requests)
    under.memory.finish()
    jobs.write_report(under.job.folder, report)

    with contextlib.suppress(FileNotFoundError):
        (under.job.folder / "job.json").unlink()

    return report


def report_of(under: Crawl, requests: int) -> CrawlReport:
    """Return what a crawl did with so many requests."""
    session, tally = under.session, under.session.tally
    state, note = outlet_state.of(session)
    moves = [notes.moved_to for notes in session.notes_of_doors() if notes.moved_to]
    pending = [known for known in under.memory.changed.values() if _is_pending(known)]

    return CrawlReport(
        outlet=under.job.outlet.name,
        state=state,
        finished=under.finished,
        began=under.job.now,
        seconds=round(under.clock.now() - under.began, 3),
        requests=requests,
        pages=tally.pages,
        new=tally.new,
        rechecked=tally.rechecked,
        changed=tally.changed,
        gone=tally.gone,
        doubles=tally.doubles,
        moved=tally.moved,
        pending=len(pending),
        known=len(under.memory),
        bytes=tally.bytes,
        statuses={str(status): count for status, count in sorted(tally.statuses.items())},
        faults=dict(sorted(tally.faults.items())),
        given_up=dict(sorted(tally.given_up.items())),
        doors=tuple(session.reports.values()),
        moved_to=moves[0] if moves else "",
        note=note,
    )


def _is_pending(known: Known) -> bool:
    """Tell whether an article was announced, never fetched, and is still to be."""
    return known.last_fetched is None and known.next_check is not None
