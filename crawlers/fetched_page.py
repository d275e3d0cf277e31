"""A page as a crawl has fetched it, with what is known of its article."""

from dataclasses import dataclass

from crawlers.warc import records
from news.crawl import Known


@dataclass(
    frozen=True,
    slots=True,
    kw_only=True,
)
class FetchedPage:
    """A page as it came. `own` is the address it calls its own, absolute; None when it has none."""

    known: Known
    exchange: records.Exchange
    content: bytes  # decoded
    way: tuple[records.Exchange, ...] = ()
    hops: tuple[str, ...] = ()
    own: str | None = None

    @property
    def is_recheck(self) -> bool:
        """Whether this article has been fetched before."""
        return self.known.was_fetched
