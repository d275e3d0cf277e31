"""Which addresses a file listed when it was last read: five bytes an address.

Beside a hundred thousand addresses one new one in ten million is taken for one of them.
"""

import hashlib
from base64 import b64decode, b64encode
from collections.abc import Iterable

_BYTES = 5


def mark(url: str) -> int:
    """Return the number that stands for an address as it is written."""
    text = url.encode("utf-8", "replace")
    digest = hashlib.blake2b(text, digest_size=_BYTES).digest()

    return int.from_bytes(digest, "big")


class Files:
    """The marks of a door's files, the file that was read last first; at most `most` files."""

    def __init__(self, text: str = "", most: int = 12) -> None:
        self._most = most
        self._packed: dict[str, str] = {}
        for line in text.split("\n"):
            name, space, packed = line.partition(" ")
            if space:
                self._packed[name] = packed

    def of(self, url: str) -> frozenset[int] | None:
        """Return the marks of one file; None for a file that was never read, or long ago."""
        packed = self._packed.get(_name(url))

        return None if packed is None else _unpack(packed)

    def all(self) -> frozenset[int]:
        """Return the marks of all files: an address may move from one to the next."""
        marks = set[int]()
        for packed in self._packed.values():
            marks |= _unpack(packed)

        return frozenset(marks)

    def put(self, url: str, marks: Iterable[int]) -> None:
        """Remember what a file lists now."""
        name = _name(url)
        self._packed.pop(name, None)
        newest = (name, _pack(marks))
        in_order = [newest, *self._packed.items()]
        self._packed = dict(in_order[: self._most])

    def text(self) -> str:
        """Return all of it as a door's note."""
        lines = []
        for name, packed in self._packed.items():
            line = f"{name} {packed}"
            lines.append(line)

        return "\n".join(lines)


def _name(url: str) -> str:
    """Return what a file is called in the note: its mark in hexadecimal."""
    return f"{mark(url):010x}"


def _pack(marks: Iterable[int]) -> str:
    """Return marks as text, sorted, `_BYTES` bytes each in base64."""
    packed = bytearray()
    for one in sorted(marks):
        packed += one.to_bytes(_BYTES, "big")

    return b64encode(packed).decode()


def _unpack(packed: str) -> frozenset[int]:
    """Return the marks that `_pack` has written."""
    held = b64decode(packed)
    marks = set()

    for place in range(0, len(held), _BYTES):
        piece = held[place : place + _BYTES]
        marks.add(int.from_bytes(piece, "big"))

    return frozenset(marks)
