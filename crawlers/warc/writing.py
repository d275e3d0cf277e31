"""Writes WARC 1.1 (ISO 28500:2017): what was fetched, kept as evidence.

One gzip member per record, so that any record can be read alone. A page is a response record and
its request record; a page found unchanged at a re-check is a revisit record (profile
identical-payload-digest) that refers to the earlier one. What a door said of an article rides along
in extension fields. The writer is ours because a killed crawl must leave whole members, and because
it takes a third of the time of warcio's.
"""

import os
import uuid
import zlib
from datetime import UTC, datetime
from http.client import responses
from pathlib import Path
from typing import IO
from urllib.parse import quote, urlsplit, urlunsplit

from crawlers.warc.exchange import Exchange, Headers, digest

_LEVEL = 1
_SMALL = 2048  # bytes
_REVISIT = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"


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
    """Return a record as a gzip member of its own."""
    # A request is a few hundred bytes: a small window saves the time to set up a large one.
    if len(record) > _SMALL:
        stream = zlib.compressobj(_LEVEL, zlib.DEFLATED, 31)
    else:
        stream = zlib.compressobj(
            _LEVEL,
            zlib.DEFLATED,
            16 + 11,
            5,
        )

    return stream.compress(record) + stream.flush()


def _stamp(moment: datetime) -> str:
    """Return a moment as a record's date: UTC, to the microsecond."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _record(kind: str, fields: list[tuple[str, str]], block: bytes) -> bytes:
    """Return one record's bytes."""
    lines = ["WARC/1.1"]
    lines.append(f"WARC-Type: {kind}")

    for name, value in fields:
        lines.append(f"{name}: {value}")

    lines.append(f"Content-Length: {len(block)}")
    lines.append("")
    lines.append("")
    head = "\r\n".join(lines)
    parts = (
        head.encode(),
        block,
        b"\r\n\r\n",
    )

    return b"".join(parts)


def _info(name: str, software: str) -> bytes:
    """Return the record that says who wrote the file."""
    block = f"software: {software}\r\nformat: WARC File Format 1.1\r\nrobots: obey\r\n".encode()
    fields = [
        ("WARC-Record-ID", _id()),
        ("WARC-Date", _stamp(datetime.now(UTC))),
        ("WARC-Filename", quote(name)),
        ("Content-Type", "application/warc-fields"),
    ]

    return _record("warcinfo", fields, block)


def _id() -> str:
    """Return a fresh name for a record."""
    return f"<urn:uuid:{uuid.uuid4()}>"


def _line(text: str) -> str:
    """Return text that cannot end a header line."""
    return text.replace("\r", " ").replace("\n", " ").replace("\0", " ")


def _head(first: str, headers: Headers) -> bytes:
    """Return a first line and fields as the bytes of an HTTP head."""
    lines = [first]
    for name, value in headers:
        line = f"{name}: {_line(value)}"
        lines.append(line)

    text = "\r\n".join(lines)

    return f"{text}\r\n\r\n".encode("utf-8", "surrogateescape")


def _records(exchange: Exchange) -> list[bytes]:
    """Return the response (or revisit) record and the request record of an exchange."""
    answer = _id()
    common = [
        ("WARC-Target-URI", _line(exchange.url)),
        ("WARC-Date", _stamp(exchange.fetched_at)),
    ]

    if exchange.address:
        common.append(("WARC-IP-Address", exchange.address))

    return [
        _response(exchange, answer, common),
        _request(exchange, answer, common),
    ]


def _response(exchange: Exchange, answer: str, common: list[tuple[str, str]]) -> bytes:
    """Return the record of an answer; without its body where that has not changed."""
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
    """Return the record of the request that an answer answered."""
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

    if exchange.known_as:
        fields.append(("Khabar-Known-As", _line(exchange.known_as)))

    if exchange.hint_title:
        fields.append(("Khabar-Hint-Title", quote(exchange.hint_title[:1000], safe=" ")))

    if exchange.hint_published:
        fields.append(("Khabar-Hint-Published", exchange.hint_published.isoformat()))

    return fields
