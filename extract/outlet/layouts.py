"""Per-outlet rules with validity dates, for the few sites that need them.

What holds the body, what is never part of it, where dates stand.
"""

from datetime import date, datetime, tzinfo
from typing import Any

from lxml.cssselect import CSSSelector
from lxml.etree import XPathError
from lxml.html import HtmlElement

from extract.metadata import dates
from extract.metadata.date_weighing import Moment
from extract.page.segments import Segment, tidy
from news.outlet import Layout, Outlet


def valid(outlet: Outlet, day: date | None) -> Layout | None:
    """Return the outlet's layout for a publication day.

    Without a day the newest one; None when none fits.
    """
    fitting = [layout for layout in outlet.layouts if day is None or _covers(layout, day)]
    return max(fitting, key=lambda layout: layout.since or date.min, default=None)


def _covers(layout: Layout, day: date) -> bool:
    """Tell whether a layout was in use on a day; open ends are open."""
    if layout.since is not None and day < layout.since:
        return False

    return layout.until is None or day <= layout.until


def select(root: HtmlElement, selector: str) -> list[HtmlElement]:
    """Return what a CSS selector finds, in page order.

    One that does not parse finds nothing (the outlet file's check names it).
    """
    try:
        found: Any = CSSSelector(selector, translator="html")(root)
    except (XPathError, ValueError, SyntaxError):
        return []

    return list(found)


def elements(root: HtmlElement, selectors: tuple[str, ...]) -> set[HtmlElement]:
    """Return what any of these selectors finds."""
    found: set[HtmlElement] = set()

    for selector in selectors:
        found.update(select(root, selector))

    return found


def inside(segment: Segment, boxes: set[HtmlElement]) -> bool:
    """Tell whether a segment stands in one of these elements."""
    element: HtmlElement | None = segment.node

    while element is not None:
        if element in boxes:
            return True

        element = element.getparent()

    return False


def text(root: HtmlElement, selector: str | None) -> str:
    """Return the text of the first element that a selector finds and that has some.

    Empty when none has.
    """
    if not selector:
        return ""

    for element in select(root, selector):
        line = tidy(" ".join(element.itertext()))
        if line:
            return line

    return ""


def published(
    root: HtmlElement,
    layout: Layout,
    zone: tzinfo,
    latest: datetime,
) -> Moment | None:
    """Return the moment that a layout's selector and format name.

    It is in `zone` unless the format has one.

    None when the selector finds nothing that the format, or without one the common
    reader, can read.
    """
    raw = text(root, layout.published)
    if not raw:
        return None

    if not layout.date_format:
        return dates.parse(raw, zone, latest, "layout")

    try:
        at = datetime.strptime(raw, layout.date_format)  # noqa: DTZ007 - the zone is set below
    except ValueError:
        return None

    if not at.tzinfo:
        at = at.replace(tzinfo=zone)

    timed = "%H" in layout.date_format or "%I" in layout.date_format

    return Moment(at, raw, "layout", timed=timed)
