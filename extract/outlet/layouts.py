"""Per-outlet rules with validity dates, for the few sites that need them: what holds the body, what is never part of it, where dates stand."""

from datetime import date, datetime, tzinfo
from typing import Any

from lxml.cssselect import CSSSelector
from lxml.etree import XPathError
from lxml.html import HtmlElement

from extract.metadata import dates
from extract.page.segments import Segment, tidy
from news.outlet import Layout, Outlet


def valid(outlet: Outlet, day: date | None) -> Layout | None:
    """Return the outlet's layout for a publication day; without a day the newest one."""
    fitting = [
        layout
        for layout in outlet.layouts
        if day is None
        or (
            (layout.since is None or layout.since <= day)
            and (layout.until is None or day <= layout.until)
        )
    ]
    return max(fitting, key=lambda layout: layout.since or date.min, default=None)


def select(root: HtmlElement, selector: str) -> list[HtmlElement]:
    """Return what a CSS selector finds, in page order; one that does not parse finds nothing (the outlet file's check names it)."""
    try:
        found: Any = CSSSelector(selector, translator="html")(root)
    except (XPathError, ValueError, SyntaxError):
        return []
    return list(found)


def elements(root: HtmlElement, selectors: tuple[str, ...]) -> set[HtmlElement]:
    """Return what any of these selectors finds."""
    return {element for selector in selectors for element in select(root, selector)}


def inside(segment: Segment, boxes: set[HtmlElement]) -> bool:
    """Tell whether a segment stands in one of these elements."""
    element: HtmlElement | None = segment.node
    while element is not None:
        if element in boxes:
            return True
        element = element.getparent()
    return False


def text(root: HtmlElement, selector: str | None) -> str:
    """Return the text of the first element that a selector finds."""
    lines = (
        (tidy(" ".join(element.itertext())) for element in select(root, selector))
        if selector
        else iter(())
    )
    return next((line for line in lines if line), "")


def published(
    root: HtmlElement, layout: Layout, zone: tzinfo, latest: datetime
) -> dates.Moment | None:
    """Return the moment that a layout's selector and format name."""
    raw = text(root, layout.published)
    if raw and layout.date_format:
        try:
            at = datetime.strptime(raw, layout.date_format)  # noqa: DTZ007 - the zone is set below
        except ValueError:
            return None
        return dates.Moment(
            at if at.tzinfo else at.replace(tzinfo=zone),
            raw,
            "layout",
            timed="%H" in layout.date_format or "%I" in layout.date_format,
        )
    return dates.parse(raw, zone, latest, "layout") if raw else None
