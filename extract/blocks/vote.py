"""The base of extraction: trafilatura reads the page and votes on its segments. Only this module imports it.

One rare character is sewn into each segment before trafilatura sees the tree; the characters that come out tell exactly which
segments it kept, whatever it did to tags, spaces and order. Its text itself is not used: ours keeps structure and spaces.
"""

import logging
import re
from dataclasses import dataclass
from typing import Any

from lxml.html import HtmlElement

from extract.page.segments import Segment

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
FIRST, COUNT = (
    0x13000,
    0x430,
)  # Egyptian Hieroglyphs: letters to every filter, and in no newspaper; dom.parse removes real ones


@dataclass(frozen=True, slots=True)
class Vote:
    """What trafilatura kept: indexes of segments, and the length of its text."""

    kept: frozenset[int]
    length: int


def vote(
    root: HtmlElement,
    segments: list[Segment],
    *,
    precision: bool = False,
    recall: bool = False,
    fast: bool = False,
) -> Vote:
    """Return trafilatura's choice among the segments of a tree. The tree is marked for the call and restored."""
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    undo: list[tuple[HtmlElement, bool, str]] = []
    for segment in segments:
        _mark(segment, undo)
    try:
        document: Any = trafilatura.bare_extraction(
            root, include_comments=False, favor_precision=precision, favor_recall=recall, fast=fast
        )
    except Exception:  # noqa: BLE001 - a voter that fails has no vote
        document = None
    finally:
        for element, tail, text in reversed(undo):
            _write(element, text, tail=tail)
    if document is None:
        return Vote(frozenset(), 0)
    text = "".join(document.body.itertext())
    return Vote(frozenset(_marks(text)), len(text))


def _mark(segment: Segment, undo: list[tuple[HtmlElement, bool, str]]) -> None:
    element, tail = segment.anchor or (segment.node, False)
    text = (element.tail if tail else element.text) or ""
    undo.append((element, tail, text))
    high, low = divmod(segment.index, COUNT)
    mark = chr(FIRST + high) + chr(FIRST + low)
    # After the first word: filters of whole lines and of first letters see what they expect.
    stripped = text.lstrip()
    start = len(text) - len(stripped)
    end = stripped.find(" ")
    place = start + (end if end > 0 else len(stripped.rstrip()))
    marked = text[:place] + mark + text[place:]
    try:
        _write(element, marked, tail=tail)
    except ValueError:  # a character that mark-up can refer to and a tree cannot be given
        undo[-1] = element, tail, _FORBIDDEN.sub("", text)
        _write(element, _FORBIDDEN.sub("", marked), tail=tail)


def _write(element: HtmlElement, text: str, *, tail: bool) -> None:
    if tail:
        element.tail = text
    else:
        element.text = text


def _marks(text: str) -> list[int]:
    codes = [ord(char) - FIRST for char in text if FIRST <= ord(char) < FIRST + COUNT]
    return [codes[place] * COUNT + codes[place + 1] for place in range(0, len(codes) - 1, 2)]
