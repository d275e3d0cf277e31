"""Links whose address does not look like an article's, and how they are tried all the same.

Sections, terms and horoscopes stand on every poll; articles appear. What has appeared on a door
since its last reading is tried, one page for each way in which addresses are built. Where a first
reading finds no article at all, the way that most links share is tried.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from crawlers.discovery import article_shape
from crawlers.discovery.pattern_record import Record, Records
from news.crawl import Known

_PATTERNS = 4  # tried in a crawl
_AT_ONCE = 40  # links of a pattern that are asked for once one of them was an article
_SHARED = 4  # links of a pattern on a first reading; fewer are a menu's
_TRIES = 3  # pages of a pattern that were no articles: it is not tried again


@dataclass(slots=True)
class DoubtfulLinks:
    """The doubtful links of one crawl, by how they are built, in the order of their doors."""

    appeared: defaultdict[str, dict[str, Known]] = field(default_factory=lambda: defaultdict(dict))
    seen: defaultdict[str, dict[str, Known]] = field(default_factory=lambda: defaultdict(dict))

    def add(self, known: Known, *, has_appeared: bool) -> None:
        """Take a link that a door shows, for the first time or as before."""
        links = self.appeared if has_appeared else self.seen
        group = links[article_shape.pattern(known.url)]

        if len(group) < _AT_ONCE:
            group[known.url] = known

    def to_try(self, records: Records, *, has_articles: bool) -> Iterator[list[Known]]:
        """Yield for each pattern that is worth it its links, of which the first is to be tried.

        `has_articles`: the crawl has articles to fetch, so that nothing that stands is tried.
        """
        groups = dict(self.appeared)
        if not groups and not has_articles:
            groups = self._shared()

        by_size = sorted(groups, key=lambda pattern: len(groups[pattern]), reverse=True)
        hopeful = [pattern for pattern in by_size if not _is_hopeless(records.get(pattern))]

        for pattern in hopeful[:_PATTERNS]:
            appeared = groups[pattern].values()
            yield [*appeared, *self._others(pattern)]

    def _shared(self) -> dict[str, dict[str, Known]]:
        """Return the links that stand, by the patterns that many of them share."""
        groups = {}
        for pattern, group in self.seen.items():
            if len(group) >= _SHARED:
                groups[pattern] = group

        return groups

    def _others(self, pattern: str) -> list[Known]:
        """Return the links of a pattern that stand, beside those that have appeared."""
        appeared = self.appeared.get(pattern)
        if appeared is None:
            return []

        seen = self.seen.get(pattern, {})

        return [known for url, known in seen.items() if url not in appeared]


def _is_hopeless(record: Record | None) -> bool:
    """Tell whether pages of a pattern were tried often enough, and none was an article."""
    if record is None or record.articles:
        return False

    return record.others >= _TRIES
