"""Sitemaps (sitemaps.org protocol): url sets with the news extension, indexes, plain text; gzip; read as a stream.

A million entries cost a bounded amount of memory: the newest are kept, by the date the entry names, else by their place.
"""

import heapq
import itertools
from collections.abc import Iterator
from datetime import UTC, datetime, tzinfo
from typing import Any
from urllib.parse import urljoin

from lxml import etree

from crawlers import body as bodies
from crawlers.doors import dates
from crawlers.doors.reading import Entry, Further, Reading
from crawlers.faults import Fault, FaultError

_DECODED = 256 << 20      # bytes of one sitemap, decoded; the protocol allows 50 MB
_SEEN = 2_000_000         # entries looked at
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def read(body: bytes, url: str, zone: tzinfo, *, most: int = 20_000, since: datetime | None = None) -> Reading:
    """Return the newest `most` articles, or those changed since a moment; raises FaultError NOT_SITEMAP, BOMB, BAD_ENCODING."""
    pieces = bodies.gunzip(body, _DECODED)
    head = next(pieces, b"")
    if not head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<") and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _plain(b"".join(itertools.chain((head,), pieces)), most)
    return _xml(itertools.chain((head,), pieces), url, zone, most, since)


def _plain(body: bytes, most: int) -> Reading:
    """Return the addresses of a text sitemap, one a line."""
    lines = [line.strip() for line in body.decode("utf-8", "replace").splitlines() if line.strip()]
    if not lines or not all(line.startswith(("http://", "https://")) for line in lines[:20]):
        raise FaultError(Fault.NOT_SITEMAP, "neither XML nor a list of addresses")
    return Reading(kind="text", entries=tuple(Entry(url=line) for line in lines[-most:] if len(line) < 2048), ordered=False)  # noqa: PLR2004


def _xml(pieces: Iterator[bytes], url: str, zone: tzinfo, most: int, since: datetime | None) -> Reading:
    newest: list[tuple[datetime, int, Entry]] = []
    further: list[Further] = []
    root = ""
    for count, (name, fields) in enumerate(_elements(pieces)):
        root = root or name
        if name == "sitemap" and fields.get("loc") and len(further) < most:
            further.append(Further(url=urljoin(url, fields["loc"]), updated=_moment(fields, ("lastmod",), zone)))
        elif name == "url" and fields.get("loc", "").startswith("http"):
            entry = Entry(url=fields["loc"], title=" ".join(fields.get("title", "").split())[:1000] or None,
                          published=_moment(fields, ("publication_date",), zone), updated=_moment(fields, ("lastmod",), zone))
            when = entry.updated or entry.published or _LONG_AGO
            if since is None or when is _LONG_AGO or when >= since:
                _keep(newest, (when, -count, entry), most)
        if count >= _SEEN:
            break
    if not root:
        raise FaultError(Fault.NOT_SITEMAP, "no urlset and no sitemapindex")
    entries = tuple(entry for _, _, entry in sorted(newest, key=lambda item: item[:2], reverse=True))
    return Reading(kind="index" if further and not entries else "urlset", entries=entries, further=tuple(further), ordered=False)


def _keep(newest: list[Any], item: Any, most: int) -> None:
    """Keep an item among the newest; ties never compare entries, since the count differs."""
    if len(newest) < most:
        heapq.heappush(newest, item)
    elif item[:2] > newest[0][:2]:
        heapq.heapreplace(newest, item)


def _moment(fields: dict[str, str], names: tuple[str, ...], zone: tzinfo) -> datetime | None:
    return next((moment for name in names if fields.get(name) and (moment := dates.read(fields[name], zone))), None)


def _elements(pieces: Iterator[bytes]) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield (root name, {}) once and then each url or sitemap element with its texts; memory is given back as it goes."""
    parser = etree.XMLPullParser(events=("end",), tag=("{*}url", "{*}sitemap"), recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    started = False
    for piece in pieces:
        try:
            parser.feed(piece)
        except etree.XMLSyntaxError as error:
            raise FaultError(Fault.NOT_SITEMAP, str(error)[:200]) from error
        event: Any
        for event in parser.read_events():
            element = event[1]
            name = _local(element)
            top = element.getparent()
            if not started:
                started = True
                if top is None or _local(top) not in {"urlset", "sitemapindex"}:
                    raise FaultError(Fault.NOT_SITEMAP, "no urlset and no sitemapindex")
            yield name, dict(_texts(element))
            element.clear()
            while top is not None and element.getprevious() is not None:
                del top[0]
    if not started and not _root(parser):
        raise FaultError(Fault.NOT_SITEMAP, "no urlset and no sitemapindex")
    if not started:
        yield "urlset", {}


def _texts(element: Any) -> Iterator[tuple[str, str]]:
    """Yield the texts of an entry and of its news extension; those of images and videos are theirs."""
    for child in element:
        if _local(child) == "news":
            yield from ((_local(inner), (inner.text or "").strip()) for inner in child.iter() if inner.text)
        elif child.text:
            yield _local(child), child.text.strip()


def _root(parser: Any) -> bool:
    """Tell whether the document that has been read is an empty sitemap."""
    try:
        root = parser.close()
    except etree.XMLSyntaxError:
        return False
    return root is not None and _local(root) in {"urlset", "sitemapindex"}


def _local(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(tag, str) else ""
