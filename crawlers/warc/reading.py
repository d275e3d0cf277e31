"""Reads the records of a WARC file, ours or anybody's; what cannot be read is named and left."""

import base64
import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from crawlers.warc.stream import DamageError, Stream

_HEAD = 1 << 16  # bytes of a record's head
_BLOCK = 32 << 20  # bytes of a record's block that are kept
_WANTED = frozenset({"response", "revisit"})
_VERSION = b"WARC/"
_STATUS = re.compile(r"HTTP/\d(?:\.\d)?[ \t]+([0-9]{3})(?![0-9])")

Fields = dict[str, str]


def _silent(_words: str) -> None:
    """Say nothing."""


@dataclass(
    frozen=True,
    slots=True,
    kw_only=True,
)
class Record:
    """A response or a revisit: its fields by small name, and the HTTP answer in it."""

    fields: Fields
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


@dataclass(frozen=True, slots=True)
class _Head:
    """A record's head: where it begins, its fields, the length of its block."""

    place: int
    fields: Fields
    length: int

    @property
    def name(self) -> str:
        """What a person calls the record."""
        return f"record at byte {self.place} ({self.fields.get('warc-target-uri', 'no address')})"


def records(stream: Stream, say: Callable[[str], None] = _silent) -> Iterator[Record]:
    """Yield the readable responses and revisits; `say` gets a sentence for each that is left."""
    while True:
        try:
            head = _head(stream, say)
            if head is None:
                return

            record = _record(stream, head, say)
        except DamageError as error:
            say(f"the compressed stream is damaged {error}; what is whole behind it is read")
            if not stream.leap():
                return

            continue

        if record is not None:
            yield record


def _head(stream: Stream, say: Callable[[str], None]) -> _Head | None:
    """Return the next record's head, whatever stands before it; None at the end."""
    garbage = 0
    while True:
        place = stream.place
        line = stream.line(_HEAD)
        if not line:
            _say_garbage(say, garbage, place)
            return None

        if line.startswith(_VERSION):
            _say_garbage(say, garbage, place)
            garbage = 0
            fields = _fields(stream)
            length = fields.get("content-length", "") if fields else ""

            if fields and length.isascii() and length.isdigit():
                return _Head(place, fields, int(length))

            say(f"record at byte {place}: its head cannot be read")
        elif line.strip():
            garbage += len(line)


def _say_garbage(say: Callable[[str], None], size: int, place: int) -> None:
    """Say how many bytes between two records belong to neither, if there are any."""
    if size:
        say(f"{size} bytes before byte {place} belong to no record")


def _fields(stream: Stream) -> Fields | None:
    """Return the lines of a head up to the empty one; None when they do not end."""
    fields: Fields = {}
    left = _HEAD

    while left > 0:
        line = stream.line(_HEAD)
        left -= len(line)
        if not line:
            return None

        text = line.decode("utf-8", "replace").rstrip("\r\n")

        if not text:
            return fields

        name, _, value = text.partition(":")
        fields.setdefault(name.strip().lower(), value.strip())

    return None


def _record(stream: Stream, head: _Head, say: Callable[[str], None]) -> Record | None:
    """Return a record that is a whole answer; None for another kind, or one that is left."""
    if head.fields.get("warc-type") not in _WANTED:
        stream.skip(head.length)
        return None

    wanted = min(head.length, _BLOCK)
    block = stream.read(wanted)
    rest = 0

    if len(block) == _BLOCK:
        rest = stream.skip(head.length - _BLOCK)

    fault = _fault(head, block, rest)
    if fault:
        say(f"{head.name}: {fault}; it is left")
        return None

    record = _answer(head.fields, block)
    if record is None:
        say(f"{head.name}: it holds no HTTP answer with a status; it is left")

    return record


def _fault(head: _Head, block: bytes, rest: int) -> str:
    """Return why a block is not what its head says; nothing where it is."""
    if len(block) + rest < head.length:
        return f"cut short, {len(block) + rest} of {head.length} bytes"

    if rest:
        return f"too large, {head.length} bytes"

    if not head.fields.get("warc-target-uri"):
        return "it names no address"

    expected = head.fields.get("warc-block-digest", "")

    if expected and not _agrees(expected, block):
        return "its digest disagrees"

    return ""


def _agrees(expected: str, block: bytes) -> bool:
    """Tell whether a digest is that of a block; one of a kind we cannot make is believed."""
    name, _, value = expected.partition(":")
    kind = name.lower()

    if kind not in {"sha1", "sha256", "md5"} or not value:
        return True

    digest = hashlib.new(kind, block, usedforsecurity=False)
    in_base32 = base64.b32encode(digest.digest()).decode()
    in_hexadecimal = digest.hexdigest().upper()
    said = value.upper().rstrip("=")

    return said in {in_base32.rstrip("="), in_hexadecimal}


def _answer(fields: Fields, block: bytes) -> Record | None:
    """Return the HTTP answer in a block; None when it is none."""
    separator = b"\r\n\r\n" if b"\r\n\r\n" in block else b"\n\n"
    head, _, body = block.partition(separator)
    first, *lines = _text(head).splitlines() or [""]
    status = _STATUS.match(first)

    if status is None:
        return None

    headers: list[tuple[str, str]] = []

    for line in lines:
        name, colon, value = line.partition(":")
        if line[:1] in {" ", "\t"} and headers:
            last, before = headers[-1]
            headers[-1] = (last, f"{before} {line.strip()}")
        elif colon:
            headers.append((name.strip(), value.strip()))

    return Record(
        fields=fields,
        status=int(status[1]),
        headers=tuple(headers),
        body=body,
    )


def _text(head: bytes) -> str:
    """Return the head of a record as text: UTF-8, or bytes as letters."""
    try:
        return head.decode("utf-8", "surrogateescape")
    except UnicodeDecodeError:
        return head.decode("latin-1")
