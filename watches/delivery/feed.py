"""A watch as an Atom feed (RFC 4287). Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

from watches.delivery import clean

_NAMESPACE = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One match. `identity` never changes and is unique over all feeds of the house."""

    identity: str
    title: str
    url: str
    outlet: str
    at: datetime  # of the match, aware
    published: datetime
    language: str
    excerpt: str
    terms: tuple[str, ...]
    kind: str


def atom(name: str, url: str, entries: Iterable[Entry], *, updated: datetime) -> bytes:
    """Return the feed's document; `url` is the feed's own. Texts are plain and cleaned, so that no mark-up of a page survives."""
    feed = ET.Element("feed", {"xmlns": _NAMESPACE})
    _add(feed, "id", url)
    _add(feed, "title", clean.line(name))
    ET.SubElement(feed, "link", {"rel": "self", "href": url})
    _add(feed, "updated", _stamp(updated))
    _add(feed, "generator", "Khabar")
    for entry in entries:
        _entry(feed, entry)
    return bytes(ET.tostring(feed, encoding="utf-8", xml_declaration=True))


def _entry(feed: ET.Element, entry: Entry) -> None:
    element = ET.SubElement(
        feed, "entry", {"xml:lang": entry.language} if entry.language != "und" else {}
    )
    _add(element, "id", entry.identity)
    _add(element, "title", clean.line(entry.title, 200) or "…")
    if link := clean.link(entry.url):
        ET.SubElement(element, "link", {"rel": "alternate", "href": link})
    _add(element, "updated", _stamp(entry.at))
    _add(element, "published", _stamp(entry.published))
    author = ET.SubElement(element, "author")
    _add(author, "name", clean.line(entry.outlet, 100) or "?")
    _add(
        element,
        "summary",
        f"{clean.line(entry.excerpt, 600)} [{', '.join(clean.line(term, 60) for term in entry.terms)}]",
    )
    ET.SubElement(element, "category", {"term": entry.kind})


def _add(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = text


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
