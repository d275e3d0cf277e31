"""Teaser cards: units of a page that belong to another article, known by how they are built and not by what they are called.

A card is an element that begins with a line which is a link to another page (headline, picture with headline) and holds that
page's text, be it a sentence or the whole article. Inside an article's own text a line that is a link and opens a box of its
own is rare; several such boxes side by side, each to another address, are cards beyond doubt.
"""

from collections import Counter
from dataclasses import dataclass
from itertools import accumulate
from urllib.parse import urldefrag, urljoin

from lxml.html import HtmlElement

from extract.page.segments import Segment
from extract.page.title import key

HEADLINE = 12  # characters of a linked line that can be a headline
LABEL = 70  # characters of text that may stand before the headline in a card (label, date, section)
LINKED = 0.85  # share of a line that must be link
MAX_CLIMB = 8  # levels from the headline to the card's box
SINGLE = 2  # long paragraphs at most that a lone box adds to its headline


@dataclass(frozen=True, slots=True)
class Card:
    """One unit: its box, where it leads, how many like it stand beside it."""

    box: HtmlElement
    target: str
    peers: int


def find(segments: list[Segment], address: str, title: str) -> dict[int, Card]:
    """Return the card of each segment that is in one, by the segment's index."""
    own, wanted = urldefrag(address)[0], key(title)
    heads = [
        (segment, target)
        for segment in segments
        if (target := _headline(segment, address, own)) and segment.key != wanted
    ]
    if not heads:
        return {}
    page = _Map(segments, {segment.index: target for segment, target in heads}, wanted)
    boxes: dict[HtmlElement, str] = {}
    for segment, target in heads:
        box = page.climb(segment)
        if box is not None:
            boxes.setdefault(box, target)
    found: dict[int, Card] = {}
    beside = Counter(parent for box in boxes if (parent := box.getparent()) is not None)
    for box, target in boxes.items():
        card = Card(box, target, max(0, beside[box.getparent()] - 1))
        for index in range(page.first[box], page.last[box] + 1):
            if index not in found or card.peers > found[index].peers:
                found[index] = card
    return found


def _headline(segment: Segment, address: str, own: str) -> str:
    """Return where a line that is a link leads; empty for other lines and for links to the page itself."""
    if (
        len(segment.text) < HEADLINE
        or segment.link_share < LINKED
        or not segment.hrefs
        or len(segment.text) > 400  # noqa: PLR2004
    ):
        return "" if not _wrapped(segment) else _absolute(_wrapped(segment), address, own)
    targets = {target for href in segment.hrefs if (target := _absolute(href, address, own))}
    return targets.pop() if len(targets) == 1 else ""


def _wrapped(segment: Segment) -> str:
    """Return the address of a link that wraps the whole block of a heading."""
    if len(segment.text) < HEADLINE or segment.link_share < LINKED or segment.hrefs:
        return ""
    element = segment.node
    for _ in range(4):
        parent = element.getparent()
        if parent is None:
            return ""
        if parent.tag == "a":
            return parent.get("href") or ""
        element = parent
    return ""


def _absolute(href: str, address: str, own: str) -> str:
    href = href.strip()
    if not href or href[0] == "#" or href.lower().startswith(("javascript:", "mailto:", "tel:")):
        return ""
    try:
        target = urldefrag(urljoin(address, href))[0]
    except ValueError:
        return ""
    return "" if target == own else target


class _Map:
    """For every element: its first and last segment, where its headlines lead, its long paragraphs, whether it holds the title."""

    def __init__(self, segments: list[Segment], heads: dict[int, str], wanted: str) -> None:
        self.plain = [
            0,
            *accumulate(0 if one.link_share >= LINKED else len(one.text) for one in segments),
        ]
        self.first: dict[HtmlElement, int] = {}
        self.last: dict[HtmlElement, int] = {}
        self.targets: dict[HtmlElement, set[str]] = {}
        self.long: dict[HtmlElement, int] = {}
        self.titles: set[HtmlElement] = set()
        for segment in segments:
            self._add(segment, heads.get(segment.index), wanted)

    def _add(self, segment: Segment, target: str | None, wanted: str) -> None:
        lengthy = len(segment.text) > 120 and segment.link_share < 0.5  # noqa: PLR2004
        is_title = segment.node.tag == "h1" or (
            len(wanted) > HEADLINE and segment.key == wanted and segment.link_share < LINKED
        )
        element: HtmlElement | None = segment.node
        while element is not None:
            self.first.setdefault(element, segment.index)
            self.last[element] = segment.index
            if target:
                self.targets.setdefault(element, set()).add(target)
            if lengthy:
                self.long[element] = self.long.get(element, 0) + 1
            if is_title:
                self.titles.add(element)
            element = element.getparent()

    def climb(self, segment: Segment) -> HtmlElement | None:
        """Return the largest box that begins with this headline and leads nowhere else; None when the line stands alone."""
        box: HtmlElement | None = None
        element: HtmlElement | None = segment.node
        for _ in range(MAX_CLIMB):
            if (
                element is None
                or element.tag in {"body", "html", "main"}
                or element in self.titles
                or len(self.targets.get(element, ())) > 1
            ):
                break
            before = self.plain[segment.index] - self.plain[self.first[element]]
            if before > LABEL or self.long.get(element, 0) > SINGLE:
                break
            box = element
            element = element.getparent()
        return box
