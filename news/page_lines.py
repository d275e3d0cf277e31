"""What stood on a page, line by line, as hashes: enough to tell a change of the page from a change of our reading of it.

Lines are compared in their plain form, so that another kind of quotation marks is no other line.
"""

import re
import sys
import unicodedata
import zlib
from array import array
from collections.abc import Iterable

_QUOTES, _DASHES = "“”„‟«»″＂‹›‘’‚‛′ʼ`´'", "‐‑‒–—―−"
_SIGNS = (*((sign, '"') for sign in _QUOTES), *((sign, "-") for sign in _DASHES))
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064\ufeff"
_DOUBLED = re.compile('""+')
_SPACE = re.compile(r"[^\S\n]{2,}|[^\S\n ]")
# White space that is neither a space nor a line's end.
_OTHER_SPACE = tuple(
    sorted({chr(code) for code in range(0x3001) if chr(code).isspace()} - {" ", "\n"})
)


def pack(lines: Iterable[str]) -> bytes:
    """Return the hashes of a page's lines: 4 bytes each, little-endian, ascending, each once. Lines of white space have none."""
    plain_lines = (line.strip() for line in plain("\n".join(lines)).split("\n"))
    found = array("I", sorted({fingerprint(line) for line in plain_lines if line}))
    if sys.byteorder == "big":
        found.byteswap()
    return found.tobytes()


def unpack(packed: bytes) -> frozenset[int]:
    """Return the hashes that `pack` packed."""
    found = array("I", packed)
    if sys.byteorder == "big":
        found.byteswap()
    return frozenset(found)


def fingerprint(line: str) -> int:
    """Return the 32-bit hash of a line in its plain form."""
    return zlib.crc32(line.encode("utf-8", "surrogatepass"))


def plain(text: str) -> str:
    """Return a text in the form that is compared: one space, one quote, one dash, nothing invisible. Case stays: it can be an edit.

    Line breaks stay too. One search for each sign is ten times faster than one expression for all of them.
    """
    if not text.isascii():
        for sign in _INVISIBLE:
            text = text.replace(sign, "")
        if not unicodedata.is_normalized("NFKC", text):
            text = unicodedata.normalize("NFKC", text)
    for sign, plain_one in _SIGNS:
        text = text.replace(sign, plain_one)
    if '""' in text:
        text = _DOUBLED.sub('"', text)
    return (
        _SPACE.sub(" ", text)
        if "  " in text or any(space in text for space in _OTHER_SPACE)
        else text
    )
