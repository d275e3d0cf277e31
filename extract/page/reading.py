"""A page read once: its tree, segments, machine-readable head, headline and cards.

Everything else looks at this.
"""

from dataclasses import dataclass

from lxml.html import HtmlElement

from extract.page import cards, decode, dom, head, headline_place, legacy, segments, title
from extract.page.cards import Card
from extract.page.head import Head
from extract.page.segments import Segment
from news.article import Page
from news.outlet import Outlet
from news.urls import canonical

ANNOUNCED = 0.9  # agreement of a door's title with the headline from which on it is the page's


@dataclass(slots=True)
class Reading:
    """What a page shows and says, before anything is chosen."""

    address: str  # canonical, or as it was asked for when it is no web address
    root: HtmlElement
    segments: list[Segment]
    head: Head
    names: list[str]  # of the site
    headline: str
    cards: dict[int, Card]
    charset: str
    at: int | None  # the number of the segment that shows the headline
    announced: bool = False  # a door named the page by this headline

    def leads_away(self, segment: Segment) -> bool:
        """Tell whether a line has a link, and its first one leads to another page."""
        if not segment.hrefs:
            return False

        return segment.hrefs[0].split("#")[0] not in {"", self.address}


def address(page: Page) -> str:
    """Return the article's identity: the canonical form of where the page was found."""
    try:
        return canonical(page.final_url or page.url)
    except ValueError:
        return page.url


def read(page: Page, outlet: Outlet) -> Reading | None:
    """Return a page's reading; None when it holds no mark-up and no text."""
    decoded = decode.decode(page.body, _content_type(page))
    if decoded is None:
        return None

    root = dom.parse(decoded.text)
    if root is None:
        return None

    return of_tree(page, outlet, root, decoded.charset)


def of_tree(page: Page, outlet: Outlet, root: HtmlElement, charset: str = "utf-8") -> Reading:
    """Return the reading of a page whose tree is made; `charset` is the one it was decoded from."""
    if legacy.reveal_georgian(root):
        charset = "georgian font"

    runs = segments.segments(root)
    said = head.read(root)
    names = title.site_names(said, page.final_url, outlet.title)
    headline = title.find(said, runs, names, page.hint_title or "")

    said.prefer(headline, page.final_url)

    return Reading(
        address=address(page),
        root=root,
        segments=runs,
        head=said,
        names=names,
        headline=headline,
        cards=cards.find(runs, page.final_url, headline),
        charset=charset,
        at=headline_place.locate(runs, headline),
        announced=title.agreement(page.hint_title or "", headline) >= ANNOUNCED,
    )


def _content_type(page: Page) -> str:
    """Return the response's Content-Type header; empty when there is none."""
    for name, value in page.headers:
        if name.lower() == "content-type":
            return value

    return ""
