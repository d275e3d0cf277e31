"""What came of the addresses built in one way: how many were articles and how many were not.

The crawl judges what it can by the page, extraction judges the rest. A pattern that never brought
an article is not asked for any more, as long as others of the same outlet do.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from crawlers.discovery import article_shape

_TRIES = 3  # pages that were none, until a pattern is given up
_PROVED = 2  # pages that were articles, until a pattern of single words is believed
_AT_MOST = 80  # patterns remembered, those that were met last
_ENOUGH = 999  # what is counted up to


@dataclass(frozen=True, slots=True)
class Record:
    """How many pages of a pattern were articles, and how many were something else."""

    articles: int = 0
    others: int = 0

    def with_more(self, articles: int, others: int) -> "Record":
        """Return the record with further pages counted."""
        return Record(
            min(self.articles + articles, _ENOUGH),
            min(self.others + others, _ENOUGH),
        )


Records = Mapping[str, Record]


def enter(
    records: Records,
    articles: Iterable[str] = (),
    others: Iterable[str] = (),
) -> dict[str, Record]:
    """Return the records with the addresses of articles and of other pages entered."""
    fresh = dict(records)
    for url in articles:
        _count(fresh, url, articles=1)

    for url in others:
        _count(fresh, url, others=1)

    return dict(list(fresh.items())[-_AT_MOST:])


def _count(
    records: dict[str, Record],
    url: str,
    *,
    articles: int = 0,
    others: int = 0,
) -> None:
    """Enter an address in the record of its pattern, which becomes the latest."""
    pattern = article_shape.pattern(url)
    before = records.pop(pattern, Record())
    records[pattern] = before.with_more(articles, others)


def is_given_up(records: Records, url: str) -> bool:
    """Tell whether addresses built like this one never brought an article, where others do."""
    record = records.get(article_shape.pattern(url))
    if record is None or record.articles or record.others < _TRIES:
        return False

    return any(other.articles for other in records.values())


def proved(records: Records) -> frozenset[str]:
    """Return the patterns whose pages were articles more often than not."""
    found = set()
    for pattern, record in records.items():
        is_word = article_shape.is_of_one_word(pattern)
        least = _PROVED if is_word else 1
        if record.articles >= least and record.articles > record.others:
            found.add(pattern)

    return frozenset(found)
