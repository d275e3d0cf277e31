"""The exchanges in a WARC file of ours: where each lies, and the leaf that it is.

An exchange is a response (or revisit) record and the request record behind it, each a gzip member
of its own. Its digest is over both as they were before compression.
"""

import hashlib
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO

from evidence.errors import EvidenceError
from evidence.leaf import KINDS, Leaf, address_of
from news.urls import UrlError, canonical

_STEP = 1 << 16
_MOST = 64 << 20  # bytes of a record; more is no page
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)? +(\d{3})")
_END = b"\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Member:
    """One gzip member: where it begins, how many bytes it takes in the file, what it holds."""

    offset: int
    length: int
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One exchange: its bytes' place in the file, what it asked for, and its leaf.

    `url`: WARC-Target-URI as written; `page`: the canonical URL of the article's address.
    """

    offset: int
    length: int
    url: str
    page: str
    leaf: Leaf


def members(file: IO[bytes]) -> Iterator[Member]:
    """Yield the gzip members from a file's place on; raises EvidenceError where it is damaged."""
    place = file.tell()
    rest = b""
    while True:
        inflater = zlib.decompressobj(31)
        data = bytearray()
        used = 0
        while not inflater.eof:
            piece = rest or file.read(_STEP)
            rest = b""
            if not piece:
                if used:
                    raise EvidenceError(f"the record at byte {place} is cut short")
                return

            used += len(piece)
            _inflate(
                inflater,
                piece,
                data,
                place,
            )

        rest = inflater.unused_data
        length = used - len(rest)
        yield Member(
            place,
            length,
            bytes(data),
        )
        place += length


def _inflate(inflater: "zlib._Decompress", piece: bytes, data: bytearray, place: int) -> None:
    """Put a piece's plain bytes behind those that are there."""
    try:
        data += inflater.decompress(piece, _MOST + 1 - len(data))
    except zlib.error as error:
        raise EvidenceError(f"the record at byte {place} is damaged") from error

    if len(data) > _MOST:
        raise EvidenceError(f"the record at byte {place} has more than {_MOST} bytes")


def exchanges(file: IO[bytes]) -> Iterator[Exchange]:
    """Yield the exchanges of a file of ours, from its place on.

    Raises EvidenceError at the first damage; what stands before it has been yielded.
    """
    answer: Member | None = None
    for member in members(file):
        kind = field_of(member.data, b"WARC-Type")
        if answer is not None:
            request = member if kind == "request" else None
            yield _exchange(answer, request)
            answer = None

        if kind in KINDS:
            answer = member

    if answer is not None:
        yield _exchange(answer, None)


def exchange_of(data: bytes) -> Exchange:
    """Return the exchange that some compressed bytes are, whole; raises EvidenceError."""
    from io import BytesIO

    found = list(exchanges(BytesIO(data)))
    if len(found) != 1 or (found[0].offset, found[0].length) != (0, len(data)):
        raise EvidenceError("these bytes are not one exchange")

    return found[0]


def field_of(record: bytes, name: bytes) -> str:
    """Return a field of a WARC record's head; empty where it has none."""
    head, _, _ = record.partition(_END)
    for line in head.split(b"\r\n"):
        found, _, value = line.partition(b":")
        if found.lower() == name.lower():
            return value.strip().decode("utf-8", "replace")

    return ""


def _exchange(answer: Member, request: Member | None) -> Exchange:
    digest = hashlib.sha256(answer.data)
    length = answer.length
    if request is not None:
        digest.update(request.data)
        length += request.length

    url = field_of(answer.data, b"WARC-Target-URI").strip("<>")
    page = _page(answer.data, url)
    leaf = Leaf(
        digest=digest.digest(),
        address=address_of(page),
        fetched_at=_moment(answer),
        status=_status(answer.data),
        kind=field_of(answer.data, b"WARC-Type"),
    )

    return Exchange(
        offset=answer.offset,
        length=length,
        url=url,
        page=page,
        leaf=leaf,
    )


def _page(record: bytes, url: str) -> str:
    """Return the address by which the archive knows the article, as extraction finds it."""
    found = url
    if field_of(record, b"Khabar-Gone"):
        found = field_of(record, b"Khabar-Asked") or url

    found = field_of(record, b"Khabar-Known-As") or found
    try:
        return canonical(found)
    except UrlError:
        return found


def _moment(answer: Member) -> datetime:
    text = field_of(answer.data, b"WARC-Date")
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise EvidenceError(f"the record at byte {answer.offset} has no date") from error

    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _status(record: bytes) -> int:
    """Return the HTTP status of an answer; 0 where it says none."""
    _, _, block = record.partition(_END)
    found = _STATUS.match(block)

    return int(found[1]) if found else 0
