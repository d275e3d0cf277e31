"""Sitemaps (sitemaps.org protocol), read as a stream.

Url sets with the news extension, indexes, plain text; gzip. A million entries cost a bounded amount
of memory: which are kept is told in crawlers.discovery.choice.
"""

import itertools
from collections.abc import Iterator
from datetime import datetime, timedelta, tzinfo
from typing import Any
from urllib.parse import urljoin

from lxml import etree

from crawlers.discovery import ampersands, dates
from crawlers.discovery.choice import Before, Choice
from crawlers.discovery.marks import mark
from crawlers.discovery.reading import Entry, Further, Reading
from crawlers.download import body as bodies
from crawlers.faults import Fault, FaultError

_DECODED = 256 << 20  # bytes of one sitemap, decoded; the protocol allows 50 MB
_SEEN = 2_000_000  # entries looked at
_LONGEST = 2048  # letters of an address
_DAY = len("2026-11-22")  # letters of a date without a time
_CHILDREN = 20_000  # files of an index; the protocol allows 50,000
_JUDGED = 20  # lines of a text by which it is told whether it is a sitemap
_WEB = ("http://", "https://")
_ALL = Before()


def read(
    body: bytes, url: str, zone: tzinfo, *, most: int = 20_000, before: Before = _ALL
) -> Reading:
    """Return the articles of a file that are wanted, at most `most` and `choice.LATE`.

    Raises FaultError NOT_SITEMAP, BOMB, BAD_ENCODING.
    """
    pieces = bodies.gunzip(body, _DECODED)
    head = next(pieces, b"")
    choice = Choice(before, most)

    if not head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<") and not head.startswith(
        (b"\xff\xfe", b"\xfe\xff")
    ):
        return _plain(b"".join(itertools.chain((head,), pieces)), choice)

    return _xml(
        itertools.chain((head,), pieces),
        url,
        zone,
        choice,
    )


def _plain(body: bytes, choice: Choice) -> Reading:
    """Return the addresses of a text sitemap, one a line; the last are the newest."""
    text = body.decode("utf-8-sig", "replace")
    stripped = map(str.strip, text.splitlines())
    lines = list(filter(None, stripped))
    first = lines[:_JUDGED]
    addresses = [line for line in first if line.startswith(_WEB)]

    # A comment or a heading is passed over; a text of which most is something else is no sitemap.
    if len(addresses) * 2 <= len(first):
        raise FaultError(Fault.NOT_SITEMAP, "neither XML nor a list of addresses")

    for place, line in enumerate(lines):
        is_address = line.startswith(_WEB)
        if is_address and len(line) < _LONGEST:
            entry = Entry(url=line)
            choice.offer(entry, None, place)

    return _reading("text", choice)


def _reading(kind: str, choice: Choice, further: tuple[Further, ...] = ()) -> Reading:
    """Return what a file says as a reading, with the marks of all it lists."""
    return Reading(
        kind=kind,
        entries=choice.entries(),
        further=further,
        ordered=False,
        marks=frozenset(choice.marks) | {mark(child.url) for child in further},
        left_out=choice.left_out,
    )


def _xml(
    pieces: Iterator[bytes],
    url: str,
    zone: tzinfo,
    choice: Choice,
) -> Reading:
    """Read a sitemap or an index of them; raises FaultError for anything else."""
    further: list[Further] = []
    root = ""
    for count, (name, fields) in enumerate(_elements(ampersands.escaped(pieces))):
        root = root or name
        if name == "sitemap" and fields.get("loc") and len(further) < _CHILDREN:
            further.append(_child(url, fields, zone))
        elif name == "url" and fields.get("loc", "").startswith("http"):
            entry = _entry(fields, zone)
            said = "lastmod" if entry.updated else "publication_date"
            choice.offer(entry, _latest(fields.get(said, ""), zone), -count)

        if count >= _SEEN:
            break

    if not root:
        raise FaultError(Fault.NOT_SITEMAP, "no urlset and no sitemapindex")

    kind = "index" if further and not choice.marks else "urlset"

    return _reading(kind, choice, tuple(further))


def _child(url: str, fields: dict[str, str], zone: tzinfo) -> Further:
    """Return a file that an index names."""
    return Further(
        url=urljoin(url, fields["loc"]), updated=_latest(fields.get("lastmod", ""), zone)
    )


def _entry(fields: dict[str, str], zone: tzinfo) -> Entry:
    """Return an article that a url set names."""
    return Entry(
        url=fields["loc"],
        title=" ".join(fields.get("title", "").split())[:1000] or None,
        published=_moment(fields, ("publication_date",), zone),
        updated=_moment(fields, ("lastmod",), zone),
    )


def _latest(text: str, zone: tzinfo) -> datetime | None:
    """Return the last moment that a date may mean: a day without a time lasts until midnight."""
    moment = dates.read(text, zone) if text else None
    if moment is not None and len(text.strip()) <= _DAY:
        return moment + timedelta(days=1)

    return moment


def _moment(fields: dict[str, str], names: tuple[str, ...], zone: tzinfo) -> datetime | None:
    """Return the first moment that can be read of the named fields; None for none."""
    for name in names:
        text = fields.get(name)
        if not text:
            continue

        moment = dates.read(text, zone)
        if moment is not None:
            return moment

    return None


def _elements(pieces: Iterator[bytes]) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield (name, texts) of each url or sitemap element; ("urlset", {}) for an empty file.

    Memory is given back as it goes.
    """
    parser = etree.XMLPullParser(
        events=("end",),
        tag=("{*}url", "{*}sitemap"),
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )

    started = False

    for piece in filter(None, pieces):
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
    """Yield the texts of an entry and of its news extension.

    Those of images and videos are theirs.
    """
    for child in element:
        if _local(child) == "news":
            yield from (
                (_local(inner), (inner.text or "").strip()) for inner in child.iter() if inner.text
            )
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
    """Return an element's name without its namespace, in small letters; empty for a comment."""
    tag = element.tag
    return tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(tag, str) else ""
