"""A gzip member of any size that holds nothing: what takes the place of a removed record."""

import struct

_HEAD = b"\x1f\x8b\x08\x10" + bytes(4) + b"\x00\xff"  # a comment follows
_EMPTY = b"\x03\x00"  # a deflate stream of nothing
_TAIL = struct.pack("<II", 0, 0)  # its checksum and size
_LEAST = len(_HEAD) + 1 + len(_EMPTY) + len(_TAIL)
_WORD = b"removed "


def blank_member(size: int) -> bytes:
    """Return an empty gzip member of so many bytes, its room filled by a comment.

    Raises ValueError for fewer bytes than a member needs; no record is as small.
    """
    if size < _LEAST:
        raise ValueError(f"a gzip member has at least {_LEAST} bytes")

    room = size - _LEAST
    comment = (_WORD * (room // len(_WORD) + 1))[:room]

    return _HEAD + comment + b"\x00" + _EMPTY + _TAIL
