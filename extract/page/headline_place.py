"""Where on its page the headline is shown."""

import re

from extract.page.segments import Segment
from extract.page.tags import HEADINGS
from extract.page.title import key, likeness, words

FORM = 0.6  # share of both lines' words from which on one is a form of the other
LONGEST = 300  # characters of an element's names that are looked at
_TRAIL = re.compile(r"breadcrumb|\bcrumbs?\b|\bpathway\b|\btrail\b")


def locate(segments: list[Segment], headline: str) -> int | None:
    """Return the number of the segment that shows the headline; None when none does.

    An h1 before another heading, and that before any line. An h1 that says the headline
    in other words comes before an equal line that is none. When no line is equal, the h1
    that is likest.
    """
    sought = key(headline)
    shown = [segment for segment in segments if segment.node.tag == "h1"]
    equal = [segment for segment in segments if sought and segment.key == sought]

    if equal:
        best = min(equal, key=_prominence)
        if best.node.tag in HEADINGS:
            return best.index

        for segment in shown:
            if _is_form(segment.text, headline):
                return segment.index

        return best.index

    if not shown:
        return None

    return max(shown, key=lambda segment: likeness(segment.text, headline)).index


def _is_form(shown: str, headline: str) -> bool:
    """Tell whether an h1 is another form of the headline: most words of each are the other's."""
    one = words(shown)
    two = words(headline)

    return len(one & two) > FORM * len(one | two)


def _prominence(segment: Segment) -> tuple[bool, bool, bool, bool, int]:
    """Return the sort key by which the likeliest place of a headline comes first."""
    tag = segment.node.tag
    linked = segment.link_share > 0.5  # noqa: PLR2004

    return tag != "h1", tag not in HEADINGS, _is_in_trail(segment), linked, segment.index


def _is_in_trail(segment: Segment) -> bool:
    """Tell whether a line stands in a trail of links to the page, which ends with its headline."""
    element = segment.node

    while element is not None and element.tag != "body":
        if element.tag == "nav":
            return True

        named = f"{element.get('class') or ''} {element.get('itemtype') or ''}"
        if _TRAIL.search(named[:LONGEST].lower()):
            return True

        element = element.getparent()

    return False
