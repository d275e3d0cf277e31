"""How an outlet stands after extraction: the crawl sees doors and answers, only extraction sees walls."""

from collections.abc import Mapping
from typing import Any

from news.article import Reason
from news.crawl import OutletState

_AT_LEAST = 3  # pages behind a wall; fewer may be the odd one for subscribers
_FINE = frozenset({OutletState.OK.value, OutletState.SILENT.value})
_NO_PAGE = frozenset(
    {Reason.GONE.value, Reason.HTTP_ERROR.value, Reason.LISTING.value, Reason.ERROR_PAGE.value}
)


def judged(
    crawled: Mapping[str, Any], articles: int, rejected: Mapping[str, int]
) -> dict[str, Any]:
    """Return the crawl's report, its state "paywalled" where most of the pages that are articles lie behind a wall."""
    walled = rejected.get(Reason.PAYWALL.value, 0)
    pages = articles + sum(count for reason, count in rejected.items() if reason not in _NO_PAGE)
    if crawled.get("state") not in _FINE or walled < _AT_LEAST or walled * 2 <= pages:
        return dict(crawled)
    return {
        **crawled,
        "state": OutletState.PAYWALLED.value,
        "note": f"{walled} of {pages} pages lie behind a wall",
    }
