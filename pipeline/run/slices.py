"""Slices: pages of a crawl that goes on for long, extracted and loaded before it ends.

A page that has been written is whole, and the crawl's journal says what was learnt of it. Only what
the crawl cannot take back is loaded: pages with so little text that they may turn out to be a wall
wait for its end, and so do rejected pages and deletions. Slices are for outlets whose profile is
known: the first pages of a new one do not teach enough to be read well.
"""

import json
import logging
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import crawlers
from crawlers import warc
from extract import SiteProfile
from news import codec, run_layout
from news.article import Article, Page
from news.crawl import Known
from news.errors import KhabarError
from pipeline.run import load, run_record
from pipeline.run.noun_files import lines
from pipeline.run.page_reader import PageReader
from pipeline.run.run_folder import OutletFolder
from pipeline.settings import Settings

EVERY = 10.0  # seconds at least between two slices of a crawl
_LOG = logging.getLogger(__name__)
Lend = Callable[[], AbstractContextManager[PageReader]]


class Slices:
    """The slices of one outlet's crawl. `lend` gives a process that reads pages."""

    def __init__(
        self,
        settings: Settings,
        folder: OutletFolder,
        lend: Lend,
    ) -> None:
        self._settings = settings
        self._folder = folder
        self._lend = lend
        self._outlet = run_record.read_outlet(folder)
        self._seen: set[tuple[str, str]] = set()  # address and moment of pages that were looked at
        self._size = 0
        self._next = time.monotonic() + EVERY

    def look(self) -> None:
        """Load what has been fetched since the last look, unless that was just now.

        What goes wrong is left to the load at the crawl's end, which has all pages.
        """
        if time.monotonic() < self._next:
            return
        try:
            self._load()
        except KhabarError as error:
            _LOG.warning(
                "%s: a slice is left to the crawl's end: %s",
                self._folder.outlet,
                error,
            )
        self._next = time.monotonic() + EVERY

    def _load(self) -> None:
        folder = self._folder
        if not folder.profile_before.exists() or not folder.pages.exists():
            return
        size = folder.pages.stat().st_size
        if size == self._size:
            return
        pages = list(self._fresh_pages())
        articles = self._extract(pages) if pages else []
        if articles:
            load.load_slice(
                self._settings,
                folder,
                articles,
                self._known(articles),
            )
        # Only now: what could not be loaded is looked at again.
        self._seen.update(_name(page) for page in pages)
        self._size = size

    def _fresh_pages(self) -> Iterator[Page]:
        """Yield the pages written since the last look that the crawl cannot take back."""
        for page in warc.read_pages(self._folder.pages):
            if _name(page) not in self._seen and not crawlers.may_be_wall(page.body):
                yield page

    def _extract(
        self,
        pages: list[Page],
    ) -> list[Article]:
        text = self._folder.profile_before.read_text(encoding="utf-8")
        with self._lend() as reader:
            reader.use(SiteProfile.loads(text))
            results = [
                reader.extract(
                    page,
                    self._outlet,
                )
                for page in pages
            ]
        return [
            result
            for result in results
            if isinstance(
                result,
                Article,
            )
        ]

    def _known(
        self,
        articles: list[Article],
    ) -> list[Known]:
        """Return what the crawl's journal says of the pages of these articles."""
        fetched = {(article.url, article.fetched_at) for article in articles}
        found: list[Known] = []
        for line in lines(self._folder.path / run_layout.JOURNAL):
            known = _known_of(line)
            if known is not None and (known.url, known.last_fetched) in fetched:
                found.append(known)
        return found


def _name(page: Page) -> tuple[str, str]:
    return page.url, page.fetched_at.isoformat()


def _known_of(line: str) -> Known | None:
    """Return the address of a line of the journal; None for another, or a torn one."""
    try:
        held = json.loads(line)
        known: Known = codec.build(
            Known,
            held["known"],
            run_layout.JOURNAL,
        )
    except (ValueError, KeyError, TypeError):
        return None
    return known
