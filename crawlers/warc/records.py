"""WARC 1.1 (ISO 28500:2017): what was fetched, kept as evidence.

One gzip member per record, so that any record can be read alone. A page is a response record and its
request record; a page found unchanged at a re-check is a revisit record (profile
identical-payload-digest) that refers to the earlier one. What a door said of an article rides along
in extension fields. The writer is ours because a killed crawl must leave whole members, and because
it takes a third of the time of warcio's; why the reader is, crawlers.warc.stream says.
"""

import base64
import hashlib
import os
import uuid
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from http.client import responses
from pathlib import Path
from typing import IO
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from crawlers.download import body as bodies
from crawlers.errors import CrawlError
from crawlers.faults import FaultError
from crawlers.warc import reading
from crawlers.warc.stream import Stream
from news.article import Page

NO_ARTICLES = "no_articles.txt"  # beside a crawl's WARC, where it took pages back
_LEVEL = 1
_SMALL = 2048  # bytes
_LIMIT = 16 << 20  # bytes of a page, decoded
_REVISIT = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One request and its answer. `body` is after transfer decoding, before content decoding."""

    asked: str  # the URL before redirects
    url: str
    status: int
    headers: Headers
    body: bytes
    fetched_at: datetime
    request_headers: Headers = ()
    address: str = ""  # the IP address that answered
    truncated: str = ""  # "length", "time", "disconnect"
    unchanged_since: datetime | None = None  # a revisit of the page fetched then
    gone: str = ""  # how it shows that its article is gone, where its status does not
    hint_title: str | None = None
    hint_published: datetime | None = None
    digest: str = ""  # of `body`, where it is known already; not read back


def digest(data: bytes) -> str:
    """Return a SHA-1 digest as WARC files write it."""
    sha1 = hashlib.sha1(data, usedforsecurity=False).digest()
    return "sha1:" + base64.b32encode(sha1).decode("ascii")


class Writer:
    """Appends to a WARC under a temporary name; `close` gives it its own.

    Whole members survive a kill at any moment.
    """

    def __init__(self, path: Path, software: str = "khabar") -> None:
        self.path = path
        self.part = path.with_name(f".{path.name}.part")
        self._file: IO[bytes] = self.part.open("ab")
        if self._file.tell() == 0:
            self._file.write(_member(_info(path.name, software)))
            self._file.flush()

    def write(self, exchange: Exchange) -> int:
        """Append one exchange; return the offset of its response record."""
        offset = self._file.tell()
        self._file.write(b"".join(_member(record) for record in _records(exchange)))
        self._file.flush()
        return offset

    def close(self) -> None:
        """Make the file durable under its own name."""
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        self.part.replace(self.path)


def recover(path: Path) -> int:
    """Take up an interrupted crawl's WARC, cut back to its last whole record.

    Return how many bytes are kept. One that has its own name already is taken up too: the crawl was
    killed between that and its report.
    """
    part = path.with_name(f".{path.name}.part")
    if path.exists() and not part.exists():
        path.replace(part)
    if not part.exists():
        return 0
    with part.open("r+b") as file:
        good = _whole(file)
        file.truncate(good)
    return good


def _whole(file: IO[bytes]) -> int:
    """Return where the last whole gzip member ends."""
    good = fed = 0
    stream = zlib.decompressobj(31)
    while piece := file.read(1 << 16):
        while piece:
            try:
                stream.decompress(piece)
            except zlib.error:
                return good
            fed += len(piece) - len(stream.unused_data)
            if not stream.eof:
                break
            good = fed
            piece = stream.unused_data
            stream = zlib.decompressobj(31)
    return good


def _member(record: bytes) -> bytes:
    # A request is a few hundred bytes: a small window saves the time to set up a large one.
    if len(record) > _SMALL:
        stream = zlib.compressobj(_LEVEL, zlib.DEFLATED, 31)
    else:
        stream = zlib.compressobj(_LEVEL, zlib.DEFLATED, 16 + 11, 5)
    return stream.compress(record) + stream.flush()


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _record(kind: str, fields: list[tuple[str, str]], block: bytes) -> bytes:
    """Return one record's bytes."""
    lines = ["WARC/1.1", f"WARC-Type: {kind}"]
    lines += [f"{name}: {value}" for name, value in fields]
    lines += [f"Content-Length: {len(block)}", "", ""]
    return "\r\n".join(lines).encode() + block + b"\r\n\r\n"


def _info(name: str, software: str) -> bytes:
    block = f"software: {software}\r\nformat: WARC File Format 1.1\r\nrobots: obey\r\n".encode()
    fields = [
        ("WARC-Record-ID", _id()),
        ("WARC-Date", _stamp(datetime.now(UTC))),
        ("WARC-Filename", quote(name)),
        ("Content-Type", "application/warc-fields"),
    ]
    return _record("warcinfo", fields, block)


def _id() -> str:
    return f"<urn:uuid:{uuid.uuid4()}>"


def _line(text: str) -> str:
    """Return text that cannot end a header line."""
    return text.replace("\r", " ").replace("\n", " ").replace("\0", " ")


def _head(first: str, headers: Headers) -> bytes:
    lines = [first, *(f"{name}: {_line(value)}" for name, value in headers)]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("utf-8", "surrogateescape")


def _records(exchange: Exchange) -> list[bytes]:
    """Return the response (or revisit) record and the request record of an exchange."""
    answer = _id()
    common = [("WARC-Target-URI", _line(exchange.url)), ("WARC-Date", _stamp(exchange.fetched_at))]
    if exchange.address:
        common.append(("WARC-IP-Address", exchange.address))
    return [_response(exchange, answer, common), _request(exchange, answer, common)]


def _response(exchange: Exchange, answer: str, common: list[tuple[str, str]]) -> bytes:
    reason = responses.get(exchange.status, "")
    block = _head(f"HTTP/1.1 {exchange.status} {reason}", exchange.headers)
    if not exchange.unchanged_since:
        block += exchange.body
    fields = [
        ("WARC-Record-ID", answer),
        *common,
        ("WARC-Payload-Digest", exchange.digest or digest(exchange.body)),
        ("WARC-Block-Digest", digest(block)),
        *_extras(exchange),
        ("Content-Type", "application/http;msgtype=response"),
    ]
    return _record("revisit" if exchange.unchanged_since else "response", fields, block)


def _request(exchange: Exchange, answer: str, common: list[tuple[str, str]]) -> bytes:
    parts = urlsplit(exchange.url)
    path = urlunsplit(("", "", parts.path or "/", parts.query, ""))
    headers = (("Host", parts.netloc), *exchange.request_headers)
    block = _head(f"GET {path} HTTP/1.1", headers)
    fields = [
        ("WARC-Record-ID", _id()),
        *common,
        ("WARC-Concurrent-To", answer),
        ("WARC-Block-Digest", digest(block)),
        ("Content-Type", "application/http;msgtype=request"),
    ]
    return _record("request", fields, block)


def _extras(exchange: Exchange) -> list[tuple[str, str]]:
    """Return the fields that only some records have."""
    fields = []
    if exchange.unchanged_since:
        fields += [
            ("WARC-Profile", _REVISIT),
            ("WARC-Refers-To-Target-URI", _line(exchange.url)),
            ("WARC-Refers-To-Date", _stamp(exchange.unchanged_since)),
        ]
    if exchange.truncated:
        fields.append(("WARC-Truncated", exchange.truncated))
    if exchange.asked != exchange.url:
        fields.append(("Khabar-Asked", _line(exchange.asked)))
    if exchange.gone:
        fields.append(("Khabar-Gone", _line(exchange.gone)))
    if exchange.hint_title:
        fields.append(("Khabar-Hint-Title", quote(exchange.hint_title[:1000], safe=" ")))
    if exchange.hint_published:
        fields.append(("Khabar-Hint-Published", exchange.hint_published.isoformat()))
    return fields


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
        # A redirect to the home page says nothing of the home page.
        final_url=exchange.asked if exchange.gone else exchange.url,
        status=exchange.status,
        headers=exchange.headers,
        body=content,
        fetched_at=exchange.fetched_at,
        gone=exchange.gone,
        hint_title=exchange.hint_title,
        hint_published=exchange.hint_published,
    )


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
    """Tell whether a file begins as a WARC does, gzipped or plain; an empty one is an empty WARC."""
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
    try:
        moment = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _unchunk(data: bytes) -> bytes:
    """Return a chunked body put together; the bytes as they are when they are not chunked after all."""
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
