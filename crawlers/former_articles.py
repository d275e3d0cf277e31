"""Which known article a new address shows, by its text, its date and when it was first seen."""

from crawlers import moves
from crawlers.session import Session
from news.crawl import Known


def former_article(
    last: moves.LastArticles,
    session: Session,
    known: Known,
    runs: tuple[str, ...],
) -> Known | None:
    """Return the known article that a new page is under another address; None for none.

    A date that no door has told is no proof. `runs` are what `moves.trace` gives of the page.
    """

    def is_same_date(other: str) -> bool:
        """Tell whether an article was published when the new page says it was."""
        before = session.memory.get(other)
        if before is None or before.published is None:
            return False

        return before.published == known.published

    url = last.former(known.url, runs, is_same_date)
    former = session.memory.get(url) if url else None

    if former is None or not former.was_fetched:
        return None

    if not moves.was_before(former.first_seen, known.first_seen, session.job.now):
        return None

    return former
