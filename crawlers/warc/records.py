"""Reads what was fetched, ours or anybody's WARC files, as exchanges and as pages."""

import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote

from crawlers.download import body as bodies
from crawlers.errors import CrawlError
from crawlers.faults import FaultError
from crawlers.warc import reading
from crawlers.warc.exchange import Exchange, Headers, digest
from crawlers.warc.stream import Stream
from crawlers.warc.writing import Writer, recover
from news.article import Page

__all__ = [
    "NO_ARTICLES",
    "Exchange",
    "Headers",
    "Writer",
    "digest",
    "is_redirect",
    "read",
    "read_pages",
    "recover",
    "to_page",
]

NO_ARTICLES = "no_articles.txt"  # beside a crawl's WARC, where it took pages back
_LIMIT = 16 << 20  # bytes of a page, decoded


def read_pages(path: Path) -> Iterator[Page]:
    """Yield the pages of a WARC (1.0 or 1.1, ours or anybody's), content encodings undone.

    Redirects, revisits and responses that cannot be decoded are passed over. A file that breaks off
    yields what is whole. Raises CrawlError on what is no WARC.
    """
    taken_back = _taken_back(path)
    for exchange in read(path):
        if exchange.unchanged_since or is_redirect(exchange) or exchange.truncated:
            continue

        page = to_page(exchange)
        if page is not None and page.url in taken_back:
            page = replace(page, gone="many addresses show this text")

        if page is not None:
            yield page


def _taken_back(path: Path) -> frozenset[str]:
    """Return the addresses of pages that the crawl took back: they were no articles."""
    try:
        text = path.with_name(NO_ARTICLES).read_text(encoding="utf-8")
    except FileNotFoundError:
        return frozenset()

    return frozenset(text.splitlines())


def is_redirect(exchange: Exchange) -> bool:
    """Tell whether an answer only leads to another."""
    return 300 <= exchange.status < 400  # noqa: PLR2004


def to_page(exchange: Exchange) -> Page | None:
    """Return an exchange as the noun extract takes; None when its body cannot be decoded."""
    encodings = [value for name, value in exchange.headers if name.lower() == "content-encoding"]
    try:
        content = bodies.decode(exchange.body, ",".join(encodings), _LIMIT)
    except FaultError:
        return None

    return Page(
        url=exchange.asked,
        final_url=_found_at(exchange),
        status=exchange.status,
        headers=exchange.headers,
        body=content,
        fetched_at=exchange.fetched_at,
        gone=exchange.gone,
        hint_title=exchange.hint_title,
        hint_published=exchange.hint_published,
    )


def _found_at(exchange: Exchange) -> str:
    """Return the address that stands for a page's article."""
    # A redirect to the home page says nothing of the home page.
    found = exchange.asked if exchange.gone else exchange.url

    return exchange.known_as or found


def read(
    path: Path, *, offset: int = 0, say: Callable[[str], None] = lambda _words: None
) -> Iterator[Exchange]:
    """Yield the HTTP responses and revisits of a WARC from an offset on.

    What cannot be read is left; `say` gets a sentence for each. Raises CrawlError on what is no
    WARC at all.
    """
    try:
        with path.open("rb") as file:
            file.seek(offset)
            if not _looks_right(file.read(512)):
                raise CrawlError(f"{path} is no WARC file")

            file.seek(offset)

            for record in reading.records(Stream(file), say):
                exchange = _exchange(record)
                if exchange is not None:
                    yield exchange
                else:
                    say(f"record of {record.fields.get('warc-target-uri')}: its date is none")
    except OSError as error:
        raise CrawlError(f"{path} cannot be read: {error}") from error


def _looks_right(head: bytes) -> bool:
    """Tell whether a file begins as a WARC does, gzipped or plain.

    An empty one is an empty WARC.
    """
    if head.startswith(b"\x1f\x8b"):
        try:
            head = zlib.decompressobj(31).decompress(head, 16)
        except zlib.error:
            return False

    return not head or head.startswith(b"WARC/")


def _exchange(record: reading.Record) -> Exchange | None:
    """Return one record as an exchange; None when it says no date."""
    fields = record.fields
    moment = _moment(fields.get("warc-date"))

    if moment is None:
        return None

    is_revisit = fields.get("warc-type") == "revisit"
    refers = _moment(fields.get("warc-refers-to-date")) if is_revisit else None
    url = fields["warc-target-uri"].strip("<>")

    return Exchange(
        asked=fields.get("khabar-asked") or url,
        url=url,
        status=record.status,
        headers=record.headers,
        body=_unchunked(record),
        fetched_at=moment,
        address=fields.get("warc-ip-address", ""),
        truncated=fields.get("warc-truncated", ""),
        unchanged_since=(refers or moment) if is_revisit else None,
        gone=fields.get("khabar-gone", ""),
        known_as=fields.get("khabar-known-as", ""),
        hint_title=unquote(fields.get("khabar-hint-title", "")) or None,
        hint_published=_moment(fields.get("khabar-hint-published")),
    )


def _unchunked(record: reading.Record) -> bytes:
    """Return a record's body without its transfer encoding."""
    for name, value in record.headers:
        if name.lower() == "transfer-encoding" and value.lower() == "chunked":
            return _unchunk(record.body)

    return record.body


def _moment(text: str | None) -> datetime | None:
    """Return the aware moment of a record's date; None for one that is none."""
    try:
        moment = datetime.fromisoformat(text or "")
    except ValueError:
        return None

    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _unchunk(data: bytes) -> bytes:
    """Return a chunked body put together.

    The bytes as they are when they are not chunked after all.
    """
    pieces, rest = [], data
    while rest:
        size, mark, rest = rest.partition(b"\r\n")
        try:
            length = int(size.partition(b";")[0], 16)
        except ValueError:
            return data

        if not mark or length == 0:
            break

        pieces.append(rest[:length])
        rest = rest[length + 2 :]

    return b"".join(pieces)
