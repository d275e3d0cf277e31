"""Other people's WARC files as a source: pages sorted by outlet.

They are written down as a crawl of ours would have left them.
"""

import shutil
from collections import Counter
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

_SAY_EVERY = 10_000  # answers
_NAMED = 20  # records of a file that are named; the others are counted
_FOUND = 200


@dataclass(slots=True)
class Sorted:
    """What some WARC files hold.

    `outlets` counts pages by outlet, `strangers` pages of nobody we know, `unreadable` records that
    were left.
    """

    outlets: Counter[str] = field(default_factory=Counter)
    strangers: int = 0
    unreadable: int = 0

    @property
    def pages(self) -> int:
        """Pages of known outlets."""
        return self.outlets.total()


class _Sorter:
    """Writes pages to scratch/<outlet>/pages.warc.gz."""

    def __init__(self, outlets: list[Outlet], scratch: Path) -> None:
        self._scopes = [(outlet, Scope(outlet)) for outlet in outlets]
        self._scratch = scratch
        self._writers: dict[str, records.Writer] = {}
        self.counts = Sorted()

    def sort(self, exchange: records.Exchange) -> None:
        """Write a page for its outlet; answers that are no pages are passed over."""
        is_page = _is_article(exchange) or exchange.status in GONE
        if exchange.unchanged_since or not is_page:
            return

        outlet = self._owner(exchange.url)

        if outlet is None:
            self.counts.strangers += 1
            return

        self._writer(outlet.name).write(exchange)
        self.counts.outlets[outlet.name] += 1

    def _writer(self, name: str) -> records.Writer:
        """Return the writer of an outlet's WARC, made when it is first needed."""
        if name not in self._writers:
            folder = self._scratch / name
            folder.mkdir(parents=True, exist_ok=True)
            self._writers[name] = records.Writer(folder / "pages.warc.gz")

        return self._writers[name]

    def _owner(self, url: str) -> Outlet | None:
        """Return the outlet on whose hosts an address lies; the one with the longest host."""
        try:
            page = canonical(url)
        except UrlError:
            return None

        fitting = [outlet for outlet, scope in self._scopes if scope.is_ours(page)]

        return max(
            fitting,
            key=lambda outlet: len(outlet.home),
            default=None,
        )

    def close(self) -> None:
        """Give the files their names."""
        for writer in self._writers.values():
            writer.close()


def sort_pages(
    files: Iterable[Path],
    outlets: list[Outlet],
    scratch: Path,
    say: Callable[[str], None] = lambda _: None,
) -> Sorted:
    """Write the pages of each outlet to scratch/<outlet>/pages.warc.gz.

    Records that cannot be read are named, counted and left. Raises CrawlError for a file that is no
    WARC.
    """
    sorter = _Sorter(outlets, scratch)
    for file in files:
        left: list[str] = []
        for number, exchange in enumerate(records.read(file, say=left.append), 1):
            sorter.sort(exchange)
            if number % _SAY_EVERY == 0:
                known = sorter.counts.pages
                say(f"{file.name}: {number} answers read, {known} pages of known outlets so far")

        sorter.counts.unreadable += len(left)

        for words in left[:_NAMED]:
            say(f"{file.name}: {words}")

        if len(left) > _NAMED:
            say(f"{file.name}: {len(left) - _NAMED} more records were left")

    sorter.close()

    return sorter.counts


def _is_article(exchange: records.Exchange) -> bool:
    """Tell whether an answer can be an article: an HTML page."""
    if exchange.status != _FOUND:
        return False

    kinds = [value for name, value in exchange.headers if name.lower() == "content-type"]

    return not kinds or "html" in kinds[0].lower()


def hand_over(
    source: Path,
    folder: Path,
    outlet: Outlet,
    now: datetime,
) -> CrawlReport:
    """Put an outlet's pages into a run's folder with the memory and report of a crawl.

    What the memory knows of an article stays: a page out of a file says nothing of when to look at
    it next, and may be old. Pages that are gone (404, 410) are handed on for the archive to mark
    articles that it holds; nothing is remembered of others.
    """
    shutil.move(source / "pages.warc.gz", folder / "pages.warc.gz")
    memory = Memory(folder, outlet.name)
    memory.load()
    known_before = len(memory)
    newest: dict[str, Known] = {}
    pages = 0

    for page in records.read_pages(folder / "pages.warc.gz"):
        pages += 1
        url = canonical(page.url)
        if page.status != _FOUND or url in memory:
            continue

        known = Known(
            outlet=outlet.name,
            url=url,
            address=page.url,
            first_seen=page.fetched_at,
            last_fetched=page.fetched_at,
            status=page.status,
            digest=records.digest(page.body),
        )

        if url not in newest or newest[url].first_seen < page.fetched_at:
            newest[url] = known

    for known in newest.values():
        memory.put(known)

    memory.finish()
    report = CrawlReport(
        outlet=outlet.name,
        state=_stands(memory, outlet),
        finished="done",
        began=now,
        seconds=0.0,
        pages=pages,
        new=len(memory) - known_before,
        known=len(memory),
        note="imported",
    )

    write_report(folder, report)

    return report


def _stands(memory: Memory, outlet: Outlet) -> OutletState:
    """Return how the outlet stood before: a file says nothing of it."""
    states = [memory.door(door.url).state for door in outlet.doors]

    return OutletState.OK if OutletState.OK in states or not states else states[0]
