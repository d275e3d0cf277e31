"""Other people's WARC files as a source: pages sorted by outlet, written down as a crawl of ours would have left them."""

import shutil
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from crawlers import warc
from crawlers.memory import Memory
from crawlers.options import CrawlReport
from crawlers.scope import Scope
from news import codec
from news.crawl import Known, OutletState
from news.outlet import Outlet
from news.urls import UrlError, canonical


@dataclass(slots=True)
class Sorted:
    """What some WARC files hold. `outlets` counts pages by outlet, `strangers` pages of nobody we know."""

    outlets: dict[str, int] = field(default_factory=dict)
    strangers: int = 0
    unreadable: int = 0

    @property
    def pages(self) -> int:
        """Pages of known outlets."""
        return sum(self.outlets.values())


def sort_pages(files: Iterable[Path], outlets: list[Outlet], scratch: Path) -> Sorted:
    """Write the pages of each outlet to scratch/<outlet>/pages.warc.gz; raises CrawlError for a file that is no WARC."""
    scopes = [(outlet, Scope(outlet)) for outlet in outlets]
    writers: dict[str, warc.Writer] = {}
    found = Sorted()
    for file in files:
        for exchange in warc.read(file):
            if exchange.unchanged_since or exchange.status != 200 or not _is_html(exchange):  # noqa: PLR2004
                continue
            outlet = _whose(exchange.url, scopes)
            if outlet is None:
                found.strangers += 1
                continue
            if outlet.name not in writers:
                (scratch / outlet.name).mkdir(parents=True, exist_ok=True)
                writers[outlet.name] = warc.Writer(scratch / outlet.name / "pages.warc.gz")
            writers[outlet.name].write(exchange)
            found.outlets[outlet.name] = found.outlets.get(outlet.name, 0) + 1
    for writer in writers.values():
        writer.close()
    return found


def _is_html(exchange: warc.Exchange) -> bool:
    kind = next((value for name, value in exchange.headers if name.lower() == "content-type"), "text/html")
    return "html" in kind.lower()


def _whose(url: str, scopes: list[tuple[Outlet, Scope]]) -> Outlet | None:
    """Return the outlet on whose hosts an address lies; the one with the longest host where several fit."""
    try:
        page = canonical(url)
    except UrlError:
        return None
    fitting = [outlet for outlet, scope in scopes if scope.is_ours(page)]
    return max(fitting, key=lambda outlet: len(outlet.home), default=None)


def hand_over(source: Path, folder: Path, outlet: str, now: datetime) -> CrawlReport:
    """Put an outlet's pages into a run's folder with the memory and the report that a crawl would have written."""
    shutil.move(source / "pages.warc.gz", folder / "pages.warc.gz")
    memory = Memory(folder, outlet)
    memory.load()
    pages = 0
    for page in warc.read_pages(folder / "pages.warc.gz"):
        pages += 1
        url = canonical(page.url)
        if url not in memory:
            memory.put(Known(outlet=outlet, url=url, address=page.url, first_seen=page.fetched_at, last_fetched=page.fetched_at, status=page.status,
                             digest=warc.digest(page.body)))
    memory.finish()
    report = CrawlReport(outlet=outlet, state=OutletState.OK, finished="done", began=now, seconds=0.0, pages=pages, new=pages, known=len(memory), note="imported")
    (folder / "report.json").write_text(codec.dump(report), encoding="utf-8")
    return report
