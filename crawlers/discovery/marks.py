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
    return int.from_bytes(hashlib.blake2b(text, digest_size=_BYTES).digest(), "big")


class Files:
    """The marks of a door's files, the file that was read last first; at most `most` files."""

    def __init__(self, text: str = "", most: int = 12) -> None:
        self._most = most
        self._packed = dict(line.split(" ", 1) for line in text.split("\n") if " " in line)

    def of(self, url: str) -> frozenset[int] | None:
        """Return the marks of one file; None for a file that was never read, or long ago."""
        packed = self._packed.get(_name(url))
        return None if packed is None else _unpacked(packed)

    def all(self) -> frozenset[int]:
        """Return the marks of all files: an address may move from one to the next."""
        return frozenset().union(*(_unpacked(packed) for packed in self._packed.values()))

    def put(self, url: str, marks: Iterable[int]) -> None:
        """Remember what a file lists now."""
        name = _name(url)
        others = [item for item in self._packed.items() if item[0] != name]
        self._packed = dict([(name, _packed(marks)), *others][: self._most])

    def text(self) -> str:
        """Return all of it as a door's note."""
        return "\n".join(f"{name} {packed}" for name, packed in self._packed.items())


def _name(url: str) -> str:
    return f"{mark(url):010x}"


def _packed(marks: Iterable[int]) -> str:
    return b64encode(b"".join(one.to_bytes(_BYTES, "big") for one in sorted(marks))).decode()


def _unpacked(packed: str) -> frozenset[int]:
    held = b64decode(packed)
    places = range(0, len(held), _BYTES)
    return frozenset(int.from_bytes(held[place : place + _BYTES], "big") for place in places)
