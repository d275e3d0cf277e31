"""Evidence that a segment's own text and element give, and the measures it is told in."""

import math
import re

from lxml.html import HtmlElement

from extract.blocks.context import LONG
from extract.page.segments import Segment
from news.article import BlockKind

_END = re.compile(r"[.!?…։。؟:;»”\"')\]।]$")
_STOP = re.compile(r"[.!?…։。؟।]")
_DIGIT = re.compile(r"\d")
_HOST = re.compile(r"\s*(?:https?:)?//([^/?#:]+)", re.IGNORECASE)
LINE = 80  # characters of an ordinary sentence: full stops are counted per line
STATED = 20  # letters: shorter texts stand in a stated body by chance
CLIMB = 6  # levels in which the densest container is sought above a segment


def shape(segment: Segment) -> list[float]:
    """Return what a segment's own text and element show.

    In the order of `columns.NUMBERS`, from `log_length` to `is_div`; lengths are
    logarithms of characters, shares are 0 to 1.
    """
    text = segment.text
    tag = segment.node.tag
    kind = segment.kind
    length = len(text)
    stops = len(_STOP.findall(text))
    digits = len(_DIGIT.findall(text))

    return [
        math.log1p(length),
        segment.link_share,
        math.log1p(len(segment.hrefs)),
        _END.search(text) is not None,
        stops / (1 + length / LINE),
        digits / length,
        segment.strong / length,
        segment.hidden,
        text[:1].isupper(),
        segment.broken,
        tag == "p",
        kind is BlockKind.HEADING,
        segment.level,
        kind is BlockKind.ITEM,
        kind is BlockKind.QUOTE,
        kind is BlockKind.ROW,
        kind is BlockKind.CAPTION,
        tag == "h1",
        tag == "div",
    ]


def nearness(node: HtmlElement, best: HtmlElement | None) -> float:
    """Return 1 for the densest container itself, less for each level below it, 0 outside."""
    element: HtmlElement | None = node

    for step in range(CLIMB):
        if element is best:
            return 1.0 / (1 + step)

        if element is None:
            break

        element = element.getparent()
        if element is None:
            break

    return 0.0


def stated(text: str, body: str) -> float:
    """Return how surely a text (as key) stands in the body that the page itself states.

    1 whole, .7 in part.
    """
    if not body or len(text) <= STATED:
        return 0.0

    if text in body:
        return 1.0

    if len(text) <= LONG:
        return 0.0

    third = len(text) // 3
    head = text[5 : 5 + third]
    tail = text[-third - 5 : -5]

    return 0.7 * (head in body or tail in body)


def leads_away(href: str, host: str) -> bool:
    """Tell whether a link leads to a page of another site than a host's (without "www.")."""
    match = _HOST.match(href)
    if match is None or not host:
        return False

    other = match[1].lower().removeprefix("www.")

    return other != host and not other.endswith(f".{host}") and not host.endswith(f".{other}")


def share_away(hrefs: tuple[str, ...], host: str) -> float:
    """Return which share of a segment's links leads to other sites, 0 to 1; 0 without links."""
    if not hrefs:
        return 0.0

    return sum(leads_away(href, host) for href in hrefs) / len(hrefs)
