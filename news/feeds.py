"""Feeds as documents: Atom (RFC 4287) and JSON Feed 1.1, both from one description.

Whoever has articles or matches to publish fills in a `Feed`. Both writers leave out what XML cannot
hold and every link that does not lead to the web, so that no page's mark-up becomes a reader's.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

ATOM_TYPE = "application/atom+xml"
JSON_TYPE = "application/feed+json"

_NAMESPACE = "http://www.w3.org/2005/Atom"
_XML = "http://www.w3.org/XML/1998/namespace"
_JSON_VERSION = "https://jsonfeed.org/version/1.1"
_GENERATOR = "Khabar"
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)  # when an empty feed changed last
_IMPOSSIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # XML 1.0, 2.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of a feed. Texts are plain; moments are aware; empty means there is none.

    `identity` is an IRI that never changes and that no other entry bears, in whichever feed.
    """

    identity: str
    title: str
    updated: datetime
    published: datetime | None = None
    url: str = ""  # of the article at its outlet
    archive_url: str = ""  # of the article in this archive
    author: str = ""
    summary: str = ""
    language: str = ""  # BCP 47; "und" counts as unknown
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed and its entries, the newest first."""

    identity: str  # an IRI that never changes
    title: str
    entries: tuple[Entry, ...]
    page_url: str = ""  # the same for people
    feed_url: str = ""  # of the document itself
    updated: datetime | None = None  # None: as the newest entry

    @property
    def changed_at(self) -> datetime:
        """When the feed changed last."""
        if self.updated is not None:
            return self.updated
        return max((entry.updated for entry in self.entries), default=_NEVER)


def atom(feed: Feed) -> bytes:
    """Return a feed as an Atom document, UTF-8 with its XML declaration."""
    root = ET.Element("feed", {"xmlns": _NAMESPACE})
    _add_text(root, "id", feed.identity)
    _add_text(root, "title", feed.title)
    _add_text(root, "updated", _stamp(feed.changed_at))
    _add_link(root, "self", feed.feed_url)
    _add_link(root, "alternate", feed.page_url)
    _add_author(root, _GENERATOR)
    _add_text(root, "generator", _GENERATOR)

    for entry in feed.entries:
        _add_entry(root, entry)

    return bytes(
        ET.tostring(
            root,
            encoding="utf-8",
            xml_declaration=True,
        )
    )


def json_feed(feed: Feed) -> dict[str, Any]:
    """Return a feed as the object of a JSON Feed document."""
    document: dict[str, Any] = {
        "version": _JSON_VERSION,
        "title": _clean(feed.title),
        "home_page_url": _web(feed.page_url),
        "feed_url": _web(feed.feed_url),
        "items": [_json_item(entry) for entry in feed.entries],
    }

    return _filled(document)


def _add_entry(root: ET.Element, entry: Entry) -> None:
    element = ET.SubElement(root, "entry")
    language = _known_language(entry)
    if language:
        element.set(f"{{{_XML}}}lang", language)

    _add_text(element, "id", entry.identity)
    _add_text(element, "title", entry.title or "…")
    _add_text(element, "updated", _stamp(entry.updated))

    if entry.published is not None:
        _add_text(element, "published", _stamp(entry.published))

    _add_link(element, "alternate", entry.url)
    _add_link(element, "related", entry.archive_url)

    if entry.author:
        _add_author(element, entry.author)

    if _web(entry.url):
        _add_text(element, "summary", entry.summary)
    else:  # without an alternate link an entry must have content (RFC 4287, 4.1.2)
        _add_text(element, "content", entry.summary)

    for tag in entry.tags:
        category = ET.SubElement(element, "category")
        category.set("term", _clean(tag))


def _json_item(entry: Entry) -> dict[str, Any]:
    """Return an entry as an item of a JSON Feed."""
    published = ""
    if entry.published is not None:
        published = _stamp(entry.published)

    authors: list[dict[str, str]] = []
    if entry.author:
        authors.append({"name": _clean(entry.author)})

    item: dict[str, Any] = {
        "id": _clean(entry.identity),
        "url": _web(entry.url),
        "title": _clean(entry.title),
        "content_text": _clean(entry.summary),
        "date_published": published,
        "date_modified": _stamp(entry.updated),
        "authors": authors,
        "language": _known_language(entry),
        "tags": [_clean(tag) for tag in entry.tags],
    }

    filled = _filled(item)
    filled["content_text"] = item["content_text"]  # an item must have content, be it empty

    return filled


def _filled(item: dict[str, Any]) -> dict[str, Any]:
    """Return an object without its empty members."""
    filled: dict[str, Any] = {}
    for name, value in item.items():
        if value:
            filled[name] = value

    return filled


def _add_text(parent: ET.Element, name: str, text: str) -> None:
    element = ET.SubElement(parent, name)
    element.text = _clean(text)


def _add_author(parent: ET.Element, name: str) -> None:
    author = ET.SubElement(parent, "author")
    _add_text(author, "name", name)


def _add_link(parent: ET.Element, relation: str, url: str) -> None:
    address = _web(url)
    if address:
        ET.SubElement(parent, "link", {"rel": relation, "href": address})


def _known_language(entry: Entry) -> str:
    """Return an entry's language, empty where it is undetermined (RFC 5646: und)."""
    if entry.language == "und":
        return ""

    return _clean(entry.language)


def _clean(text: str) -> str:
    """Return a text without what XML 1.0 cannot hold."""
    return _IMPOSSIBLE.sub("", text)


def _web(url: str) -> str:
    """Return a URL that leads to the web, empty for any other: javascript:, data: and the like."""
    flat = "".join(_clean(url).split())
    try:
        parts = urlsplit(flat)
    except ValueError:
        return ""

    return flat if parts.scheme.lower() in {"http", "https"} and parts.netloc else ""


def _stamp(moment: datetime) -> str:
    """Return an aware moment as RFC 3339 in UTC, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
