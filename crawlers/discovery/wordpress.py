"""WordPress's REST API: posts with the dates of publication and change, a hundred a page (developer.wordpress.org/rest-api)."""

import html
import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from crawlers.discovery import dates
from crawlers.discovery.reading import Entry, Further, Reading
from crawlers.faults import Fault, FaultError

PER_PAGE = 100


def address(
    url: str,
    *,
    page: int = 1,
    after: datetime | None = None,
    before: datetime | None = None,
    per_page: int = PER_PAGE,
) -> str:
    """Return the request for one page of posts, newest first, published in a span of time."""
    parts = urlsplit(
        url
        if "/wp-json/" in url or "rest_route=" in url
        else url.rstrip("/") + "/wp-json/wp/v2/posts"
    )
    query = dict(parse_qsl(parts.query))
    query |= {
        "per_page": str(per_page),
        "orderby": "date",
        "order": "desc",
        "_fields": "id,link,date_gmt,modified_gmt,title",
    }
    query |= {
        name: moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")
        for name, moment in (("after", after), ("before", before))
        if moment
    }
    if page > 1:
        query["page"] = str(page)
    return urlunsplit(parts._replace(query=urlencode(query)))


def read(body: bytes, url: str) -> Reading:
    """Return the posts of one page; raises FaultError NOT_WORDPRESS. A page past the last is an empty reading."""
    try:
        held = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise FaultError(Fault.NOT_WORDPRESS, "no JSON") from error
    if isinstance(held, dict) and held.get("code") == "rest_post_invalid_page_number":
        return Reading(kind="wordpress")
    if not isinstance(held, list):
        raise FaultError(Fault.NOT_WORDPRESS, "no list of posts")
    entries = [entry for item in held if isinstance(item, dict) and (entry := _entry(item))]
    query = dict(parse_qsl(urlsplit(url).query))
    per_page, page = int(query.get("per_page", "10")), int(query.get("page", "1"))
    parts = urlsplit(url)
    following = urlunsplit(parts._replace(query=urlencode(query | {"page": str(page + 1)})))
    return Reading(
        kind="wordpress",
        entries=tuple(entries),
        further=(Further(url=following),) if len(held) >= per_page else (),
    )


def _entry(item: dict[str, Any]) -> Entry | None:
    link, title = item.get("link"), item.get("title")
    if not isinstance(link, str) or not link.startswith("http"):
        return None
    rendered = title.get("rendered") if isinstance(title, dict) else None

    def moment(name: str) -> datetime | None:
        return dates.read(item[name], UTC) if isinstance(item.get(name), str) else None

    return Entry(
        url=link,
        title=html.unescape(rendered)[:1000] if isinstance(rendered, str) else None,
        published=moment("date_gmt"),
        updated=moment("modified_gmt"),
    )
