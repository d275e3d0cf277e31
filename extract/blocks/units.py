"""What is built as a thread of comments is: units made alike, a name, a moment, some words."""

import re
from datetime import UTC

from lxml.html import HtmlElement

from extract.page.segments import Segment
from news.dates import is_dateline, read

UNITS = 3  # units that make a thread
NAME = 40  # characters of a reader's name
FEW = 3  # words that a name without a mark of its own may have
LEAST = 15  # characters of what a reader writes
HEADERS = frozenset(("header", "footer", "b", "strong", "summary", "h4", "h5", "h6", "cite"))
_SAYS = re.compile(
    r"\b(?:says|said|writes|reply|пишет|ответить|cavabla|yanıtla|yazdı)\b", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]+")
_LISTS = ("dl", "table", "ul", "ol")


def threads(segments: list[Segment], start: int, held: set[HtmlElement]) -> set[HtmlElement]:
    """Return the boxes of units that are built as comments are.

    A name, a date or "says", and words.
    """
    units: dict[HtmlElement, list[Segment]] = {}

    for segment in segments[start + 1 :]:
        unit = _unit(segment.node, held)
        if unit is not None:
            units.setdefault(unit, []).append(segment)

    counts: dict[HtmlElement, int] = {}

    for unit, members in units.items():
        parent = unit.getparent()
        if parent is not None and _is_comment(members):
            counts[parent] = counts.get(parent, 0) + 1

    found: set[HtmlElement] = set()

    for parent, count in counts.items():
        if count < UNITS:
            continue

        if parent not in held:
            found.add(parent)
            continue

        found.update(
            unit for unit in units if unit.getparent() is parent and _is_comment(units[unit])
        )

    return found


def signed(segments: list[Segment], start: int, held: set[HtmlElement]) -> set[HtmlElement]:
    """Return the lists and tables in which several lines are a name in bold and a moment.

    What each signs stands in the item or row behind it.
    """
    counts: dict[HtmlElement, int] = {}

    for segment in segments[start + 1 :]:
        length = len(segment.text)
        named = 0 < segment.strong < length
        if not named or length > 2 * NAME:
            continue

        box = next(segment.node.iterancestors(*_LISTS), None)
        if box is None or box in held:
            continue

        if _is_stamp(segment.text):
            counts[box] = counts.get(box, 0) + 1

    found: set[HtmlElement] = set()

    for box, count in counts.items():
        if count >= UNITS:
            found.add(box)

    return found


def _unit(node: HtmlElement, held: set[HtmlElement]) -> HtmlElement | None:
    """Return the unit of a list that an element stands in; None for none.

    A box that holds nothing but the item is the unit.
    """
    box = _item(node, held)
    if box is None:
        return None

    parent = box.getparent()

    while parent is not None and parent not in held and len(parent) == 1:
        box = parent
        parent = box.getparent()

    return box


def _item(node: HtmlElement, held: set[HtmlElement]) -> HtmlElement | None:
    """Return the innermost list item or article round an element.

    Without one, the innermost box of several children.
    """
    several = None
    box: HtmlElement | None = node

    while box is not None and box not in held:
        if box.tag in {"li", "article", "dd"}:
            return box

        if several is None and box.tag == "div" and len(box) > 1:
            several = box

        box = box.getparent()

    return several


def _is_comment(members: list[Segment]) -> bool:
    """Tell whether a unit's lines are a reader's name and date, and then words."""
    if len(members) < 2:  # noqa: PLR2004 - a name with a date, and words
        return False

    head = " ".join(segment.text for segment in members[:-1])
    words = members[-1]
    if len(head) > 2 * NAME or words.link_share > 0.5 or not head.strip():  # noqa: PLR2004
        return False

    named = (
        members[0].strong > 0 or members[0].node.tag in HEADERS or _SAYS.search(head) is not None
    )
    stamps = [segment for segment in members[:-1] if _is_stamp(segment.text)]
    if not named and members[0] not in stamps:
        # A name without a mark of its own: a moment stands on the next line alone.
        name = members[0].text
        few = len(_WORD.findall(name)) <= FEW
        named = few and len(name) < NAME

    return named and bool(stamps) and len(words.text) >= LEAST


def _is_stamp(text: str) -> bool:
    """Tell whether a line is a reader's date, or says that a reader says."""
    if _SAYS.search(text):
        return True

    return is_dateline(text) and read(text, UTC) is not None
