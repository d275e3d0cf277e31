"""One text under many addresses of an outlet: a wall or an error, never many articles.

The crawl learns that at the third address; the pages kept before with the same text are taken back.
"""

from collections import defaultdict

from crawlers import page_text
from crawlers.discovery import hints
from crawlers.faults import Fault, FaultError
from crawlers.fetched_page import FetchedPage
from crawlers.session import Session
from crawlers.warc import retention
from news.crawl import Known

MANY = 3  # addresses from which one text is no article any more
_REMEMBERED = 150  # texts of the last pages


class SharedTexts:
    """The addresses under which each text of an outlet's last pages was seen."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._short: defaultdict[str, list[tuple[str, Known]]] = defaultdict(list)  # by text
        self._no_articles: list[str] = []  # addresses of kept pages
        self._texts = dict(session.outlet_notes().texts)  # the addresses of a text, shortened

    def addresses_of(self, sketch: page_text.Sketch, url: str) -> tuple[str, ...]:
        """Return by what addresses a text has been seen, this one among them; at most `MANY`."""
        addresses = self._texts.pop(sketch.digest, ())
        key = hints.short(url)

        if key not in addresses:
            more = (*addresses, key)
            addresses = more[:MANY]

        self._texts[sketch.digest] = addresses

        return addresses

    def note_short(self, sketch: page_text.Sketch, page: FetchedPage) -> None:
        """Remember a new article of few words, which may turn out to be a wall's."""
        if page.is_recheck or not sketch.is_short:
            return

        kept = (page.exchange.asked, page.known)
        self._short[sketch.digest].append(kept)

    def name_wall(self, sketch: page_text.Sketch, count: int) -> None:
        """Raise FaultError SAME_TEXT; pages kept before with the same text are no articles either.

        They stay in the WARC as evidence, and their addresses go on a list for its readers.
        """
        error = FaultError(Fault.SAME_TEXT, f"{count} addresses or more show it")

        for asked, known in self._short.pop(sketch.digest, []):
            self._no_articles.append(asked)
            self.session.unmask(known, error)

        raise error

    def close(self) -> dict[str, tuple[str, ...]]:
        """Name the pages that were taken back; return the texts to remember, the latest last.

        A run may bring one article alone.
        """
        if self._no_articles:
            path = self.session.job.folder / retention.NO_ARTICLES
            lines = [f"{address}\n" for address in self._no_articles]
            path.write_text("".join(lines), encoding="utf-8")

        in_order = list(self._texts.items())

        return dict(in_order[-_REMEMBERED:])
