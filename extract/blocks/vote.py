"""The base of extraction: trafilatura reads the page and votes on its segments.

Only this module imports it.

Two rare characters are sewn into each segment before trafilatura sees the tree; the
characters that come out tell exactly which segments it kept, whatever it did to tags,
spaces and order. Its text itself is not used: ours keeps structure and spaces.
"""

import logging
import re
from dataclasses import dataclass
from typing import Any

from lxml.html import HtmlElement

from extract.page import dom
from extract.page.segments import Segment

# Letters to every filter, and in no newspaper; dom.parse removes real ones. The two characters of a
# mark are of different scripts, so that one which is cut in two is never read as another.
_HIGH, _HIGHS = 0x14400, 0x247  # Anatolian Hieroglyphs
_LOW, _LOWS = 0x13000, 0x430  # Egyptian Hieroglyphs
_MARK = re.compile(
    f"([{chr(_HIGH)}-{chr(_HIGH + _HIGHS - 1)}])([{chr(_LOW)}-{chr(_LOW + _LOWS - 1)}])"
)
_MOST = _HIGHS * _LOWS  # segments of a page at most: what lies beyond has no vote


@dataclass(frozen=True, slots=True)
class Vote:
    """What trafilatura kept: numbers of segments, and the length of its text in characters."""

    kept: frozenset[int]
    length: int


@dataclass(frozen=True, slots=True)
class _Original:
    """What stood where a mark was sewn in: in the text of an element or behind it."""

    element: HtmlElement
    tail: bool
    text: str


def vote(
    root: HtmlElement,
    segments: list[Segment],
    *,
    precision: bool = False,
    recall: bool = False,
    fast: bool = False,
) -> Vote:
    """Return trafilatura's choice among the segments of a tree.

    The tree is marked for the call and restored.

    `precision`, `recall` and `fast` are trafilatura's own options. What it raises, on a
    page it cannot read, is no vote.
    """
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    originals = [_mark(segment) for segment in segments[:_MOST]]

    try:
        document: Any = trafilatura.bare_extraction(
            root,
            include_comments=False,
            favor_precision=precision,
            favor_recall=recall,
            fast=fast,
        )
    except Exception:  # noqa: BLE001 - a voter that fails has no vote
        document = None
    finally:
        for original in reversed(originals):
            _write(original.element, original.text, tail=original.tail)

    if document is None:
        return Vote(frozenset(), 0)

    text = "".join(document.body.itertext())

    # A page may hold such a pair of its own, as a character reference.
    kept = {number for number in _marks(text) if number < len(segments)}

    return Vote(frozenset(kept), len(text))


def _mark(segment: Segment) -> _Original:
    """Sew a segment's mark into its first text; return what stood there.

    A mark is two characters, which number the segment.
    """
    element, tail = segment.anchor or (segment.node, False)
    text = (element.tail if tail else element.text) or ""
    high, low = divmod(segment.index, _LOWS)
    mark = chr(_HIGH + high) + chr(_LOW + low)

    # After the first word: filters of whole lines and of first letters see what they expect.
    stripped = text.lstrip()
    word = stripped.find(" ")
    if word <= 0:
        word = len(stripped.rstrip())

    seam = len(text) - len(stripped) + word
    marked = text[:seam] + mark + text[seam:]

    try:
        _write(element, marked, tail=tail)
    except ValueError:  # a character that mark-up can refer to and a tree cannot be given
        _write(element, dom.writable(marked), tail=tail)
        return _Original(element, tail, dom.writable(text))

    return _Original(element, tail, text)


def _write(element: HtmlElement, text: str, *, tail: bool) -> None:
    """Set the text of an element, or (`tail`) the text behind it."""
    if tail:
        element.tail = text
    else:
        element.text = text


def _marks(text: str) -> list[int]:
    """Return the numbers of the segments whose marks stand whole in a text."""
    numbers = []
    for high, low in _MARK.findall(text):
        number = (ord(high) - _HIGH) * _LOWS + ord(low) - _LOW
        numbers.append(number)

    return numbers
