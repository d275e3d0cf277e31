"""Articles that have changed their address: told by a number they share, or by their text.

Outlets that give an article a new headline often give it a new address too; the old one answers
404, leads to the new one, or shows the same page. The crawl remembers of its last articles a few
runs of text. A new page that has most of those of a known one is that article, and is kept as its
next version.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from crawlers import page_text
from news.urls import UrlError, canonical

_RUNS = 10  # remembered of an article: the longest
_TITLE = "t"  # before what marks a title; runs are hexadecimal
_HEX = 4  # bytes of a digest
_ONE_POLL = timedelta(minutes=10)  # from its first entry to its last
_REMEMBERED = 150  # articles
_FRAME = 3  # articles that share a run: it belongs to the outlet's frame
_LEAST = 3  # runs of its own that an article needs to be told by its text alone
_ALIKE, _ALIKE_BY_NUMBER = 0.8, 0.5  # share of the runs of both
_FLASH = 1  # stretches of text: what had no more was a few words itself
_LEFT = 0.2  # share of an article's runs that a page without it may still show
_NUMBER = re.compile(r"\d{4,}")
_DAY = re.compile(r"(?:19|20)\d{2}(?:\d{2}(?:\d{2})?)?")

Traces = Mapping[str, tuple[str, ...]]


def trace(sketch: page_text.Sketch) -> tuple[str, ...]:
    """Return what is remembered of an article: runs of its text, and last what marks its title.

    Its longest: where few articles are remembered nobody knows yet which runs are the frame's, and
    the lines of a frame are shorter than paragraphs.
    """
    remembered = [run[:_HEX].hex() for run in sketch.longest[:_RUNS]]

    if sketch.title:
        remembered.append(_title_mark(sketch.title))

    return tuple(remembered)


def _title_mark(title: str) -> str:
    """Return what stands for a title; no run of text looks like it."""
    digest = hashlib.blake2b(title.encode(), digest_size=_HEX)
    return _TITLE + digest.hexdigest()


def _text_of(runs: Iterable[str]) -> set[str]:
    """Return the runs of text among what is remembered of an article."""
    texts = set()
    for run in runs:
        if not run.startswith(_TITLE):
            texts.add(run)

    return texts


def _own(runs: Iterable[str], shared: Counter[str]) -> set[str]:
    """Return the runs of text that are an article's own, by how many articles have each."""
    own = set()
    for run in _text_of(runs):
        if shared[run] < _FRAME:
            own.add(run)

    return own


@dataclass(slots=True)
class LastArticles:
    """The traces of an outlet's last articles by their canonical URLs, the latest last."""

    traces: dict[str, tuple[str, ...]]

    def remember(self, url: str, runs: tuple[str, ...]) -> None:
        """Remember the text of an article."""
        self.traces.pop(url, None)
        self.traces[url] = runs

        if len(self.traces) > _REMEMBERED:
            del self.traces[next(iter(self.traces))]

    def _shared(self) -> Counter[str]:
        """Return how many articles have each run."""
        shared = Counter[str]()
        for runs in self.traces.values():
            shared.update(_text_of(runs))

        return shared

    def remembers(self, url: str) -> bool:
        """Tell whether anything is remembered of an article's text."""
        return bool(_text_of(self.traces.get(url, ())))

    def keeps_title(self, url: str, sketch: page_text.Sketch) -> bool:
        """Tell whether a page has its article's title, which no other article has."""
        if not sketch.title:
            return False

        mark = _title_mark(sketch.title)
        named_so = []

        for other, runs in self.traces.items():
            if mark in runs:
                named_so.append(other)

        return named_so == [url]

    def has_lost_its_text(self, url: str, sketch: page_text.Sketch) -> bool:
        """Tell whether a page shows next to nothing of what its article had.

        Of an article that is not remembered any more a page of a few words tells as much. One that
        had no more than a few words itself may have been written anew.
        """
        if not self.remembers(url):
            return sketch.is_short

        own = _own(self.traces[url], self._shared())
        if len(own) <= _FLASH:
            return False

        here = {run[:_HEX].hex() for run in sketch.runs}
        left = own & here

        return len(left) <= _LEFT * len(own)

    def former(
        self,
        url: str,
        runs: tuple[str, ...],
        is_same_date: Callable[[str], bool],
    ) -> str | None:
        """Return the URL of the remembered article that a page at a new address is; None for none.

        What several articles share is the outlet's frame and tells nothing. `is_same_date` tells
        whether the article at an address came out when this one did, as far as the doors say.
        """
        shared = self._shared()
        own = _own(runs, shared)

        for other in reversed(self.traces):
            theirs = _own(self.traces[other], shared)
            is_former = other != url and _is_same(url, other, own, theirs)

            if is_former and (_numbers(url) or is_same_date(other)):
                return other

        return None


def _is_same(
    url: str,
    other: str,
    own: set[str],
    theirs: set[str],
) -> bool:
    """Tell whether two addresses show one article, by the runs of words that their texts share."""
    fewer = min(len(own), len(theirs))
    if not fewer:
        return False

    alike = len(own & theirs) / fewer

    if _numbers(url) or _numbers(other):
        # Two numbers are two articles: reports of two days may share most of their text.
        return _numbers(url) == _numbers(other) and alike >= _ALIKE_BY_NUMBER

    return fewer >= _LEAST and alike >= _ALIKE


def _numbers(url: str) -> frozenset[str]:
    """Return the long numbers in an address that are no days."""
    parts = urlsplit(url)
    found = _NUMBER.findall(f"{parts.path}?{parts.query}")

    return frozenset(number for number in found if not _DAY.fullmatch(number))


def was_before(
    article: datetime,
    address: datetime,
    began: datetime,
) -> bool:
    """Tell whether an article was known before an address that it may have moved to.

    All aware: when each was first seen, and when this crawl began. What one poll announces side by
    side are two articles, however much of the outlet's frame they share: on a first crawl nobody
    knows yet what the frame is.
    """
    return article < min(began, address - _ONE_POLL)


def has_moved(url: str, address: str) -> bool:
    """Tell whether an article is fetched at another address than the one it is known by."""
    try:
        return canonical(address) != url
    except UrlError:
        return False
