"""Trend (trend.az): the list of its latest news goes on over AJAX, by the moment of its last line.

The page shows some thirty lines, `<li data-date="SECONDS">`; a script asks for what is older with
`/latest/?ajax=1&date=SECONDS` and is answered with a piece of such a list.
"""

from collections.abc import Iterable

from scrapy.http import HtmlResponse

from crawlers.spiders.outlet import OutletSpider
from news.outlet import Door, DoorKind


class TrendSpider(OutletSpider):
    """Walks the list of latest news back by time."""

    name = "trend"
    outlet = "trend.az"

    def next_pages(self, page: HtmlResponse, door: Door) -> Iterable[str] | None:
        """Return the piece of the list that is older than the oldest line of this one."""
        if door.kind is not DoorKind.LISTING:
            return None
        moments = [int(moment) for moment in page.css("[data-date]::attr(data-date)").re(r"^\d+$")]
        return [f"/latest/?ajax=1&date={min(moments)}"] if moments else []
