"""JSON Feed, version 1 and 1.1 (jsonfeed.org)."""

import json
from datetime import datetime, tzinfo
from typing import Any
from urllib.parse import urljoin

from crawlers.discovery import dates, feed_text
from crawlers.discovery.reading import Entry, Further, Reading, gist
from crawlers.faults import Fault, FaultError

_MOST = 5000
_TEXTS = ("summary", "content_html", "content_text")


def read(body: bytes, base: str, zone: tzinfo) -> Reading:
    """Return a JSON Feed's articles; raises FaultError NOT_FEED."""
    try:
        feed = json.loads(body)
        items = list(feed["items"])
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise FaultError(Fault.NOT_FEED, "JSON without a list of items") from error

    entries = [entry for item in items[:_MOST] if (entry := _entry(item, base, zone)) is not None]
    following = feed.get("next_url")
    further: tuple[Further, ...] = ()

    if isinstance(following, str) and following:
        further = (Further(url=urljoin(base, following)),)

    return Reading(
        kind="json",
        entries=tuple(entries),
        further=further,
        without_link=len(items[:_MOST]) - len(entries),
    )


def _entry(item: Any, base: str, zone: tzinfo) -> Entry | None:
    """Return one item; None when it names no article."""
    if not isinstance(item, dict):
        return None

    address = item.get("url") or item.get("id")

    if not isinstance(address, str):
        return None

    url = urljoin(base, address) if item.get("url") else address

    if not url.startswith(("http://", "https://")):
        return None

    title = item.get("title")
    texts = [item[name] for name in _TEXTS if isinstance(item.get(name), str)]

    return Entry(
        url=url,
        title=feed_text.plain(title) if isinstance(title, str) else None,
        published=_moment(item.get("date_published"), zone),
        updated=_moment(item.get("date_modified"), zone),
        gist=gist(texts),
    )


def _moment(text: Any, zone: tzinfo) -> datetime | None:
    """Return the aware moment of a member; None where it is no text or tells none."""
    return dates.read(text, zone) if isinstance(text, str) else None
