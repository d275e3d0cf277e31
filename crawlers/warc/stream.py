"""The bytes of a WARC file, plain or compressed, as one stream of bounded steps.

Ours and not warcio's: that one reads a record's head and body whole, whatever their size, stops at
the first damage, and says nothing of a record that is cut short.
"""

import zlib
from typing import IO

_STEP = 1 << 16
_GZIP = b"\x1f\x8b\x08"


class DamageError(Exception):
    """The compressed stream is damaged, or breaks off, near this offset of the file."""

    def __init__(self, offset: int) -> None:
        super().__init__(f"near byte {offset}")
        self.offset = offset


class Stream:
    """Decompressed bytes of a file from its current place on; `place` counts them."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        start = file.tell()
        self._gzip = file.read(len(_GZIP)) == _GZIP
        file.seek(start)
        self._inflater = zlib.decompressobj(31)
        self._raw = b""  # compressed bytes not yet fed
        self._raw_end = start  # place in the file behind them
        self._member = start  # where the member that is being read begins
        self._ready = bytearray()
        self.place = start

    @property
    def member(self) -> int:
        """Where in the file the compressed member that is being read begins."""
        return self._member

    def read(self, size: int) -> bytes:
        """Return so many bytes, fewer only at the end; raises DamageError."""
        while len(self._ready) < size and self._fill():
            pass

        piece = bytes(self._ready[:size])
        del self._ready[:size]
        self.place += len(piece)

        return piece

    def skip(self, size: int) -> int:
        """Pass over so many bytes; return how many there were. Raises DamageError."""
        left = size
        while left > 0:
            piece = self.read(min(left, _STEP))
            if not piece:
                break

            left -= len(piece)

        return size - left

    def line(self, limit: int) -> bytes:
        """Return the bytes up to and including the next line feed, at most `limit`."""
        searched = 0
        while True:
            end = self._ready.find(b"\n", searched, limit)
            if end >= 0:
                return self.read(end + 1)

            searched = len(self._ready)

            if searched >= limit or not self._fill():
                return self.read(limit)

    def leap(self) -> bool:
        """After damage: go on at the next member of the file; False when there is none."""
        self._ready.clear()
        self._file.seek(self._member + 1)
        place = self._member + 1
        tail = b""

        while piece := self._file.read(_STEP):
            found = (tail + piece).find(_GZIP)
            if found >= 0:
                self._restart(place - len(tail) + found)
                return True

            tail = (tail + piece)[-2:]
            place += len(piece)

        return False

    def _restart(self, place: int) -> None:
        """Read on at a place in the file, as at the beginning of a member."""
        self._file.seek(place)
        self._raw = b""
        self._raw_end = self._member = place
        self._inflater = zlib.decompressobj(31)

    def _fill(self) -> bool:
        """Make at most a step of bytes ready; False at the end of the file."""
        if not self._gzip:
            piece = self._file.read(_STEP)
            self._ready += piece

            return bool(piece)

        if self._inflater.eof:
            self._next_member()

        if not self._raw and not self._feed():
            return False

        try:
            self._ready += self._inflater.decompress(self._raw, _STEP)
        except zlib.error as error:
            raise DamageError(self._member) from error

        self._raw = self._inflater.unconsumed_tail

        return True

    def _feed(self) -> bool:
        """Read compressed bytes; a file that ends within a member is damaged."""
        self._raw = self._file.read(_STEP)
        self._raw_end += len(self._raw)

        if not self._raw and self._raw_end > self._member and not self._inflater.eof:
            raise DamageError(self._member)

        return bool(self._raw)

    def _next_member(self) -> None:
        """Go on with the gzip member that begins in what is left of this one."""
        rest = self._inflater.unused_data
        self._member = self._raw_end - len(rest)
        self._inflater = zlib.decompressobj(31)
        self._raw = rest
