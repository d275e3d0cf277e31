"""WordPress's REST API: posts with the dates of publication and change, a hundred a page.

See developer.wordpress.org/rest-api.
"""

import html
import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from crawlers.discovery import dates
from crawlers.discovery.reading import Entry, Further, Reading
from crawlers.faults import Fault, FaultError

PER_PAGE = 100
_LONGEST_TITLE = 1000
_BEYOND = "rest_post_invalid_page_number"  # what a page past the last one answers


def address(
    url: str,
    *,
    page: int = 1,
    after: datetime | None = None,
    before: datetime | None = None,
    per_page: int = PER_PAGE,
) -> str:
    """Return the request for one page of posts, newest first, published in a span of time."""
    has_route = "/wp-json/" in url or "rest_route=" in url
    parts = urlsplit(url if has_route else url.rstrip("/") + "/wp-json/wp/v2/posts")
    query = dict(parse_qsl(parts.query))
    query |= {
        "per_page": str(per_page),
        "orderby": "date",
        "order": "desc",
        "_fields": "id,link,date_gmt,modified_gmt,title",
    }

    if after:
        query["after"] = _in_utc(after)

    if before:
        query["before"] = _in_utc(before)

    if page > 1:
        query["page"] = str(page)

    return urlunsplit(parts._replace(query=urlencode(query)))


def _in_utc(moment: datetime) -> str:
    """Return a moment as the REST API wants it: UTC, without a zone."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")


def read(body: bytes, url: str) -> Reading:
    """Return the posts of one page; raises FaultError NOT_WORDPRESS.

    A page past the last is an empty reading.
    """
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise FaultError(Fault.NOT_WORDPRESS, "no JSON") from error

    if isinstance(answer, dict) and answer.get("code") == _BEYOND:
        return Reading(kind="wordpress")

    if not isinstance(answer, list):
        raise FaultError(Fault.NOT_WORDPRESS, "no list of posts")

    entries = [entry for post in answer if (entry := _entry(post)) is not None]
    further = (_next_page(url),) if len(answer) >= _per_page(url) else ()

    return Reading(
        kind="wordpress",
        entries=tuple(entries),
        further=further,
    )


def _per_page(url: str) -> int:
    """Return how many posts an address asks for at once; 10 where it does not say."""
    return int(dict(parse_qsl(urlsplit(url).query)).get("per_page", "10"))


def _next_page(url: str) -> Further:
    """Return the page after the one at this address."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    query["page"] = str(int(query.get("page", "1")) + 1)

    return Further(url=urlunsplit(parts._replace(query=urlencode(query))))


def _entry(post: Any) -> Entry | None:
    """Return one post; None for what is none."""
    link = post.get("link") if isinstance(post, dict) else None
    if not isinstance(link, str) or not link.startswith("http"):
        return None

    return Entry(
        url=link,
        title=_title(post.get("title")),
        published=_moment(post.get("date_gmt")),
        updated=_moment(post.get("modified_gmt")),
    )


def _title(title: Any) -> str | None:
    """Return a post's title as text."""
    rendered = title.get("rendered") if isinstance(title, dict) else None
    if not isinstance(rendered, str):
        return None

    return html.unescape(rendered)[:_LONGEST_TITLE]


def _moment(text: Any) -> datetime | None:
    """Return a moment, which the API tells in UTC without saying so."""
    return dates.read(text, UTC) if isinstance(text, str) else None
