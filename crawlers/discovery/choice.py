"""Which entries of a sitemap are given to the crawl, and how many are left out on purpose.

An address that the file did not list at its last reading is new, whatever date stands beside it:
dates are stale on many sites and name only the day on others. A date counts only on a first
reading, where it keeps years of archive out, and for addresses that were listed before, where a
later one says that the article has changed.
"""

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from crawlers.discovery.marks import mark
from crawlers.discovery.reading import Entry

LATE = 1000  # new addresses with an old date taken at once: more is a moved archive
_MARKED = 100_000  # addresses of one file that are remembered; the protocol allows 50,000
_LONG_AGO = datetime(
    1970,
    1,
    1,
    tzinfo=UTC,
)


def _nothing(_url: str) -> bool:
    """Tell of no address that it is known: nothing was read before."""
    return False


@dataclass(
    frozen=True,
    slots=True,
    kw_only=True,
)
class Before:
    """What is known when a file is read.

    `since` (aware) is from when on dates matter; None takes all. `listed` holds the marks of the
    last reading; None says that this is the first. `known` tells whether the crawl remembers an
    address, however it is written.
    """

    since: datetime | None = None
    listed: frozenset[int] | None = None
    known: Callable[[str], bool] = _nothing

    def lists(self, marked: int) -> bool:
        """Tell whether the last reading had an address with this mark."""
        return self.listed is not None and marked in self.listed


@dataclass(order=True, slots=True)
class _Item:
    """An entry by its worth: what was not listed before, then the later date, then the place."""

    fresh: bool
    when: datetime
    place: int
    entry: Entry = field(compare=False)


class Choice:
    """Takes the entries of one file one after the other, and little memory for many."""

    def __init__(self, before: Before, most: int) -> None:
        self.before = before
        self._most = most
        self.marks: set[int] = set()
        self.left_out = 0
        self._newest: list[_Item] = []
        self._late: list[_Item] = []

    def offer(self, entry: Entry, when: datetime | None, place: int) -> None:
        """Take an entry or leave it; `when` is the latest moment its date may mean."""
        before = self.before
        marked = mark(entry.url)
        is_listed = before.lists(marked)
        is_crowded = len(self.marks) >= _MARKED and marked not in self.marks

        if not is_crowded:
            self.marks.add(marked)

        is_fresh = before.listed is not None and not is_listed and not is_crowded
        item = _Item(
            is_fresh,
            when or _LONG_AGO,
            place,
            entry,
        )

        if when is None or before.since is None or when >= before.since:
            self._keep(self._newest, item, self._most)
        elif is_listed or before.known(entry.url):
            return
        elif is_fresh:
            self._keep(self._late, item, LATE)
        else:
            self.left_out += 1

    def _keep(self, heap: list[_Item], item: _Item, most: int) -> None:
        """Keep an item among the worthiest; what was never listed and has no room is counted."""
        if len(heap) < most:
            heapq.heappush(heap, item)
            return

        url = heapq.heappushpop(heap, item).entry.url

        if not self.before.lists(mark(url)) and not self.before.known(url):
            self.left_out += 1

    def entries(self) -> tuple[Entry, ...]:
        """Return what was taken, the latest first."""
        items = [*self._newest, *self._late]
        items.sort(key=_age, reverse=True)

        return tuple(item.entry for item in items)


def _age(item: _Item) -> tuple[datetime, int]:
    """Return by what entries are put in order: their moment, then their place."""
    return item.when, item.place
