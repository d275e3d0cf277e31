"""Feeds: RSS 0.9x, 1.0 (RDF) and 2.0, Atom 0.3 and 1.0, JSON Feed, told apart by what is in them."""

import json
import re
from collections.abc import Iterator
from datetime import tzinfo
from typing import Any
from urllib.parse import urljoin

from lxml import etree, html

from crawlers.discovery import ampersands, dates
from crawlers.discovery.reading import Entry, Further, Reading, gist
from crawlers.faults import Fault, FaultError

_MOST = 5000
_TITLE = 1000
_ITEMS = frozenset({"item", "entry"})
_PUBLISHED = ("pubdate", "published", "date", "issued", "created", "dcterms:created")
_UPDATED = ("updated", "modified", "lastbuilddate")
_TEXTS = ("description", "summary", "content", "encoded")
_START = re.compile(
    rb"<(?:\?xml|!--|!DOCTYPE|rss|rdf|feed|channel|[\w.-]+:(?:rss|rdf|feed))", re.IGNORECASE
)


def read(body: bytes, url: str, zone: tzinfo, content_type: str = "") -> Reading:
    """Return a feed's articles; raises FaultError NOT_FEED for what is none. An empty feed is a feed."""
    start = body.lstrip()[:1]
    if start == b"{" or "json" in content_type:
        return _json(body, url, zone)
    root = parse(body)
    name = _local(root) if root is not None else ""
    if root is None or name not in {"rss", "rdf", "feed", "channel"}:
        raise FaultError(Fault.NOT_FEED, f"the document is {f'<{name}>' if name else 'no XML'}")
    entries = [entry for item in _items(root) if (entry := _entry(item, url, zone)) is not None]
    return Reading(
        kind={"feed": "atom", "rdf": "rss1"}.get(name, "rss"),
        entries=tuple(entries),
        further=tuple(_next(root, url)),
    )


def parse(body: bytes) -> Any:
    """Return the root of an XML document, broken ones repaired; no entity is expanded, nothing is fetched. None for rubbish."""
    match = _START.search(body[:4096])
    if match is None and not body[:4].startswith((b"\xff\xfe", b"\xfe\xff", b"\x00<", b"<\x00")):
        return None
    parser = etree.XMLParser(
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        document = body[match.start() :] if match else body
        root = etree.fromstring(b"".join(ampersands.escaped((document,))), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    return root


def _local(element: Any) -> str:
    """Return an element's name without its namespace, in small letters."""
    tag = element.tag
    return tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(tag, str) else ""


def _items(root: Any) -> Iterator[Any]:
    count = 0
    for element in root.iter():
        if _local(element) in _ITEMS:
            yield element
            count += 1
            if count >= _MOST:
                return


def _entry(item: Any, base: str, zone: tzinfo) -> Entry | None:
    """Return one item; None when it names no article."""
    texts: dict[str, str] = {}
    link = ""
    for child in item:
        name = _local(child)
        if name == "link" and (child.get("rel") or "alternate") != "alternate":
            continue
        if (
            name == "link"
            and (found := (child.get("href") or child.text or "").strip())
            and not link
        ):
            link = urljoin(_base(child, base), found)
        elif name == "origlink" and (child.text or "").strip():
            link = (child.text or "").strip()
        elif name not in texts:
            texts[name] = (
                "".join(child.itertext())
                if name == "title" or name in _TEXTS
                else (child.text or "")
            )
    link = link or _guid(item, texts)
    if not link.startswith(("http://", "https://")):
        return None
    return Entry(
        url=link,
        title=_plain(texts.get("title", "")),
        published=_date(texts, _PUBLISHED, zone),
        updated=_date(texts, _UPDATED, zone),
        gist=gist(texts.get(name, "") for name in _TEXTS),
    )


def _base(element: Any, base: str) -> str:
    """Return the address that relative links of an element go by (xml:base)."""
    for ancestor in element.iterancestors():
        if own := ancestor.get("{http://www.w3.org/XML/1998/namespace}base"):
            return urljoin(base, str(own))
    return base


def _guid(item: Any, texts: dict[str, str]) -> str:
    """Return what stands for a missing link: a guid that is a permalink, Atom's id, RDF's about."""
    about = item.get("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about") or ""
    return (texts.get("guid") or texts.get("id") or about).strip()


def _plain(text: str) -> str | None:
    """Return a title without mark-up and doubled escapes, on one line."""
    for _ in range(2):
        if "<" in text or "&" in text:
            try:
                paragraph: Any = html.fromstring(f"<p>{ampersands.escape(text)}</p>")
                text = paragraph.text_content()
            except (etree.ParserError, etree.XMLSyntaxError, ValueError):
                break
    return " ".join(text.split())[:_TITLE] or None


def _date(texts: dict[str, str], names: tuple[str, ...], zone: tzinfo) -> Any:
    return next(
        (
            moment
            for name in names
            if texts.get(name) and (moment := dates.read(texts[name].strip(), zone))
        ),
        None,
    )


def _next(root: Any, base: str) -> Iterator[Further]:
    """Yield the following page of a paged feed (RFC 5005)."""
    for element in root.iter():
        if _local(element) in _ITEMS:
            return
        if (
            _local(element) == "link"
            and (element.get("rel") or "") in {"next", "prev-archive"}
            and element.get("href")
        ):
            yield Further(url=urljoin(base, element.get("href")))
            return


def _json(body: bytes, base: str, zone: tzinfo) -> Reading:
    """Return a JSON Feed's articles (version 1 and 1.1)."""
    try:
        held = json.loads(body)
        items = list(held["items"])
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise FaultError(Fault.NOT_FEED, "JSON without a list of items") from error
    entries = [
        _json_entry(item, base, zone)
        for item in items[:_MOST]
        if isinstance(item, dict) and isinstance(item.get("url") or item.get("id"), str)
    ]
    following = held.get("next_url")
    return Reading(
        kind="json",
        entries=tuple(entry for entry in entries if entry.url.startswith("http")),
        further=(Further(url=urljoin(base, following)),)
        if isinstance(following, str) and following
        else (),
    )


def _json_entry(item: dict[str, Any], base: str, zone: tzinfo) -> Entry:
    def moment(name: str) -> Any:
        return dates.read(item[name], zone) if isinstance(item.get(name), str) else None

    title = item.get("title")
    return Entry(
        url=urljoin(base, item.get("url") or item["id"]),
        title=_plain(title) if isinstance(title, str) else None,
        published=moment("date_published"),
        updated=moment("date_modified"),
        gist=gist(
            item[name]
            for name in ("summary", "content_html", "content_text")
            if isinstance(item.get(name), str)
        ),
    )
