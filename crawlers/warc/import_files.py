"""Other people's WARC files as a source: pages sorted by outlet, written down as a crawl of ours would have left them."""

import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from crawlers.job import write_report
from crawlers.memory import Memory
from crawlers.options import CrawlReport
from crawlers.scope import Scope
from crawlers.session import GONE
from crawlers.warc import records
from news.crawl import Known, OutletState
from news.outlet import Outlet
from news.urls import UrlError, canonical


@dataclass(slots=True)
class Sorted:
    """What some WARC files hold. `outlets` counts pages by outlet, `strangers` pages of nobody we know."""

    outlets: dict[str, int] = field(default_factory=dict)
    strangers: int = 0

    @property
    def pages(self) -> int:
        """Pages of known outlets."""
        return sum(self.outlets.values())


_SAY_EVERY = 10_000
_FOUND = 200


def sort_pages(
    files: Iterable[Path],
    outlets: list[Outlet],
    scratch: Path,
    say: Callable[[str], None] = lambda _: None,
) -> Sorted:
    """Write the pages of each outlet to scratch/<outlet>/pages.warc.gz; raises CrawlError for a file that is no WARC."""
    scopes = [(outlet, Scope(outlet)) for outlet in outlets]
    writers: dict[str, records.Writer] = {}
    found = Sorted()
    for file in files:
        for number, exchange in enumerate(records.read(file), 1):
            if number % _SAY_EVERY == 0:
                say(
                    f"{file.name}: {number} answers read, {found.pages} pages of known outlets so far"
                )
            if exchange.unchanged_since or not (_is_article(exchange) or exchange.status in GONE):
                continue
            outlet = _whose(exchange.url, scopes)
            if outlet is None:
                found.strangers += 1
                continue
            if outlet.name not in writers:
                (scratch / outlet.name).mkdir(parents=True, exist_ok=True)
                writers[outlet.name] = records.Writer(scratch / outlet.name / "pages.warc.gz")
            writers[outlet.name].write(exchange)
            found.outlets[outlet.name] = found.outlets.get(outlet.name, 0) + 1
    for writer in writers.values():
        writer.close()
    return found


def _is_article(exchange: records.Exchange) -> bool:
    """Tell whether an answer can be an article: an HTML page."""
    kind = next(
        (value for name, value in exchange.headers if name.lower() == "content-type"), "text/html"
    )
    return exchange.status == _FOUND and "html" in kind.lower()


def _whose(url: str, scopes: list[tuple[Outlet, Scope]]) -> Outlet | None:
    """Return the outlet on whose hosts an address lies; the one with the longest host where several fit."""
    try:
        page = canonical(url)
    except UrlError:
        return None
    fitting = [outlet for outlet, scope in scopes if scope.is_ours(page)]
    return max(fitting, key=lambda outlet: len(outlet.home), default=None)


def hand_over(source: Path, folder: Path, outlet: Outlet, now: datetime) -> CrawlReport:
    """Put an outlet's pages into a run's folder with the memory and the report that a crawl would have written.

    What the memory knows of an article stays: a page out of a file says nothing of when to look at it next, and may be old. Pages
    that are gone (404, 410) are handed on for the archive to mark articles that it holds; nothing is remembered of others.
    """
    shutil.move(source / "pages.warc.gz", folder / "pages.warc.gz")
    memory = Memory(folder, outlet.name)
    memory.load()
    held, found, pages = len(memory), dict[str, Known](), 0
    for page in records.read_pages(folder / "pages.warc.gz"):
        pages += 1
        url = canonical(page.url)
        known = Known(
            outlet=outlet.name,
            url=url,
            address=page.url,
            first_seen=page.fetched_at,
            last_fetched=page.fetched_at,
            status=page.status,
            digest=records.digest(page.body),
        )
        if (
            page.status == _FOUND
            and url not in memory
            and (url not in found or found[url].first_seen < page.fetched_at)
        ):
            found[url] = known
    for known in found.values():
        memory.put(known)
    memory.finish()
    report = CrawlReport(
        outlet=outlet.name,
        state=_stands(memory, outlet),
        finished="done",
        began=now,
        seconds=0.0,
        pages=pages,
        new=len(memory) - held,
        known=len(memory),
        note="imported",
    )
    write_report(folder, report)
    return report


def _stands(memory: Memory, outlet: Outlet) -> OutletState:
    """Return how the outlet stood before: a file says nothing of it."""
    states = [memory.door(door.url).state for door in outlet.doors]
    return OutletState.OK if OutletState.OK in states or not states else states[0]
