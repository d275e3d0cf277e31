"""Teaser cards: units of a page that belong to another article.

They are known by how they are built and not by what they are called.

A card is an element that begins with a line which is a link to another page (headline,
picture with headline) and holds that page's text, be it a sentence or the whole
article. Inside an article's own text a line that is a link and opens a box of its own
is rare; several such boxes side by side, each to another address, are cards beyond
doubt.
"""

from collections import Counter
from dataclasses import dataclass
from urllib.parse import urldefrag, urljoin

from lxml.html import HtmlElement

from extract.page.segments import Segment
from extract.page.title import key

HEADLINE = 12  # characters of a linked line that can be a headline
LABEL = 70  # characters of text that may stand before the headline in a card (label, date, section)
LINKED = 0.85  # share of a line that must be link
LONGEST = 400  # characters: no headline is longer
LENGTHY = 120  # characters from which on a paragraph is long
WRAPPED = 4  # levels above a heading in which a link can wrap it
MAX_CLIMB = 8  # levels from the headline to the card's box
SINGLE = 2  # long paragraphs at most that a lone box adds to its headline


@dataclass(frozen=True, slots=True)
class Card:
    """One unit: its box, where it leads, how many like it stand beside it."""

    box: HtmlElement
    target: str
    peers: int


def find(segments: list[Segment], address: str, title: str) -> dict[int, Card]:
    """Return the card of each segment that is in one, by the segment's number.

    `address` is the page's own, `title` its headline: neither a link to the page nor
    the headline opens a card.
    """
    own = urldefrag(address)[0]
    title_key = key(title)
    targets: dict[int, str] = {}

    for segment in segments:
        target = _headline_target(segment, address, own)
        if target and segment.key != title_key:
            targets[segment.index] = target

    if not targets:
        return {}

    page = _Map(segments, targets, title_key)
    boxes: dict[HtmlElement, str] = {}

    for index, target in targets.items():
        box = page.climb(segments[index])
        if box is not None:
            boxes.setdefault(box, target)

    return _by_segment(boxes, page)


def _by_segment(boxes: dict[HtmlElement, str], page: "_Map") -> dict[int, Card]:
    """Return the card of each segment; of several, the one with most cards beside it."""
    beside: Counter[HtmlElement | None] = Counter()

    for box in boxes:
        beside[box.getparent()] += 1

    found: dict[int, Card] = {}

    for box, target in boxes.items():
        parent = box.getparent()
        peers = 0 if parent is None else beside[parent] - 1
        card = Card(box, target, peers)

        for index in range(page.first[box], page.last[box] + 1):
            known = found.get(index)
            if known is None or peers > known.peers:
                found[index] = card

    return found


def _headline_target(segment: Segment, address: str, own: str) -> str:
    """Return where a line that is a link leads.

    Empty for other lines and for links to the page itself.
    """
    length = len(segment.text)
    linked = length >= HEADLINE and segment.link_share >= LINKED
    if not linked or not segment.hrefs or length > LONGEST:
        wrapped = _wrapping_link(segment)
        return _absolute(wrapped, address, own) if wrapped else ""

    targets: set[str] = set()

    for href in segment.hrefs:
        target = _absolute(href, address, own)
        if target:
            targets.add(target)

    if len(targets) != 1:
        return ""

    return targets.pop()


def _wrapping_link(segment: Segment) -> str:
    """Return the address of a link that wraps the whole block of a heading.

    Empty when none does.
    """
    if len(segment.text) < HEADLINE or segment.link_share < LINKED or segment.hrefs:
        return ""

    element = segment.node

    for _ in range(WRAPPED):
        parent = element.getparent()
        if parent is None:
            return ""

        if parent.tag == "a":
            return parent.get("href") or ""

        element = parent

    return ""


def _absolute(href: str, address: str, own: str) -> str:
    """Return the page that a link leads to; empty when that is the page itself, or no page.

    `own` is the page's address without its fragment.
    """
    href = href.strip()
    if not href or href[0] == "#" or href.lower().startswith(("javascript:", "mailto:", "tel:")):
        return ""

    try:
        target = urldefrag(urljoin(address, href))[0]
    except ValueError:
        return ""

    if target == own:
        return ""

    return target


class _Map:
    """For every element: its first and last segment, where its headlines lead, its long paragraphs.

    And whether it holds the title.
    """

    def __init__(self, segments: list[Segment], targets: dict[int, str], title: str) -> None:
        self.plain = _running_totals(segments)
        self.first: dict[HtmlElement, int] = {}
        self.last: dict[HtmlElement, int] = {}
        self.targets: dict[HtmlElement, set[str]] = {}
        self.long: dict[HtmlElement, int] = {}
        self.titled: set[HtmlElement] = set()

        for segment in segments:
            self._add(segment, targets.get(segment.index), title)

    def _add(self, segment: Segment, target: str | None, title: str) -> None:
        """Count a segment for every element that it stands in."""
        lengthy = len(segment.text) > LENGTHY and segment.link_share < 0.5  # noqa: PLR2004
        is_title = segment.node.tag == "h1" or _shows(segment, title)
        element: HtmlElement | None = segment.node

        while element is not None:
            self.first.setdefault(element, segment.index)
            self.last[element] = segment.index
            if target:
                self.targets.setdefault(element, set()).add(target)

            if lengthy:
                self.long[element] = self.long.get(element, 0) + 1

            if is_title:
                self.titled.add(element)

            element = element.getparent()

    def climb(self, segment: Segment) -> HtmlElement | None:
        """Return the largest box that begins with this headline and leads nowhere else.

        None when the line stands alone.
        """
        box: HtmlElement | None = None
        element: HtmlElement | None = segment.node

        for _ in range(MAX_CLIMB):
            if element is None or not self._can_be_card(element, segment):
                break

            box = element
            element = element.getparent()

        return box

    def _can_be_card(self, element: HtmlElement, segment: Segment) -> bool:
        """Tell whether an element can be the card that a headline opens.

        A card holds one link target, no headline of the page, little text before its
        own headline and few long paragraphs.
        """
        if element.tag in {"body", "html", "main"} or element in self.titled:
            return False

        if len(self.targets.get(element, ())) > 1:
            return False

        before = self.plain[segment.index] - self.plain[self.first[element]]

        return before <= LABEL and self.long.get(element, 0) <= SINGLE


def _shows(segment: Segment, title: str) -> bool:
    """Tell whether a line without a link is the headline (as key)."""
    return len(title) > HEADLINE and segment.key == title and segment.link_share < LINKED


def _running_totals(segments: list[Segment]) -> list[int]:
    """Return, for each segment, how many characters without a link stand before it."""
    totals = [0]

    for segment in segments:
        length = 0 if segment.link_share >= LINKED else len(segment.text)
        totals.append(totals[-1] + length)

    return totals
