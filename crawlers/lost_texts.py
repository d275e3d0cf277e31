"""Known articles whose text has gone for a few other words: emptied, or hidden by a wall.

Such words are no edit. Where they last and no wall stands, they are taken at last.
"""

import contextlib
from dataclasses import dataclass

from crawlers import deletion_signs, page_text
from crawlers.discovery import listing
from crawlers.faults import Fault, FaultError
from crawlers.fetched_page import FetchedPage
from crawlers.moves import LastArticles
from crawlers.session import Session
from news.urls import UrlError, canonical

_LASTING = 3  # looks at which a few other words stood in an article's place, until they are it
_EMPTY_BEFORE = 1  # looks at which an article's place stood empty, until it is a deletion
_NAMED = 4  # known articles that a home page names, at least


@dataclass(slots=True)
class LostTexts:
    """What pages of known articles without their text are, by what is remembered of them."""

    session: Session
    last: LastArticles

    def is_list(self, page: FetchedPage) -> bool:
        """Tell whether a page names several known articles, as the home page does and no wall."""
        session = self.session
        links = listing.links_beside_menus(page.content, page.exchange.url, session.scope.hosts)
        named = set[str]()

        for link in links:
            with contextlib.suppress(UrlError):
                url = session.one_name_of(canonical(link))
                if url in session.memory:
                    named.add(url)

        named.discard(page.known.url)

        return len(named) >= _NAMED

    def is_emptied(self, page: FetchedPage, sketch: page_text.Sketch) -> bool:
        """Tell whether an article's place stands empty under its title, at a second look.

        Not while a wall stands, and not where the page asks for an account: its text is there for
        others.
        """
        known = page.known
        is_second_look = known.failures >= _EMPTY_BEFORE and self.last.remembers(known.url)

        if not is_second_look or not sketch.is_short or self.session.wall.stands:
            return False

        return not deletion_signs.asks_for_account(page)

    def require_text(self, page: FetchedPage, sketch: page_text.Sketch) -> None:
        """Raise FaultError SAME_TEXT where an article's text has gone for a few other words.

        Such words may be a wall's. Where they last and the outlet shows no wall, they are taken.
        """
        known = page.known
        is_doubtful = page.is_recheck and sketch.is_short and self.last.remembers(known.url)

        if not is_doubtful or not self.last.has_lost_its_text(known.url, sketch):
            return

        if known.failures < _LASTING or self.session.wall.stands:
            raise FaultError(Fault.SAME_TEXT, "its text has gone, and a few other words stand here")
