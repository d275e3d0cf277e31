"""Counts of one crawl."""

from collections import Counter
from dataclasses import dataclass, field

from crawlers.faults import Fault


@dataclass(slots=True)
class Tally:
    """Counts of one crawl."""

    new: int = 0
    pages: int = 0
    rechecked: int = 0
    changed: int = 0
    gone: int = 0
    doubles: int = 0  # addresses that turned out to show an article known under another
    moved: int = 0  # addresses that turned out to be the new ones of known articles
    bytes: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    # addresses that were not asked for, by the pattern that never brought an article
    given_up: Counter[str] = field(default_factory=Counter)
    page_faults: Counter[Fault] = field(default_factory=Counter)  # of articles, not of doors

    @property
    def redirects(self) -> int:
        """Answers that only led to another address; "unchanged" (304) is none."""
        found = 0
        for status, count in self.statuses.items():
            if 300 <= status < 400 and status != 304:  # noqa: PLR2004
                found += count

        return found

    def count_page(
        self,
        *,
        is_recheck: bool,
        same: bool,
        vanished: bool,
        size: int,
    ) -> None:
        """Count a page of so many bytes: fetched before, unchanged, found to be gone."""
        self.bytes += size
        self.pages += not same
        self.new += not is_recheck
        self.rechecked += is_recheck
        self.changed += is_recheck and not same
        self.gone += vanished
