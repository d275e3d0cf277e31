"""What stood on a page, line by line, as hashes.

They are enough to tell a change of the page from a change of our reading of it. Lines are compared
in their plain form, so that another kind of quotation marks makes no other line.
"""

import re
import sys
import unicodedata
import zlib
from array import array
from collections.abc import Collection, Iterable

LINK = "\0"  # no page's line holds it
_QUOTES = "“”„‟«»″＂‹›‘’‚‛′ʼ`´'"
_DASHES = "‐‑‒–—―−"
_SIGNS = (*((sign, '"') for sign in _QUOTES), *((sign, "-") for sign in _DASHES))
_INVISIBLE = (
    "\u00ad"  # soft hyphen
    "\u200b\u200c\u200d\u200e\u200f"  # zero-width signs and marks of direction
    "\u202a\u202b\u202c\u202d\u202e"  # embeddings and overrides
    "\u2060\u2061\u2062\u2063\u2064"  # word joiner and invisible operators
    "\ufeff"  # byte order mark
)
_WORDS = re.compile(r"\s*\S+")  # each with the space before it
_DOUBLED_QUOTE = re.compile('""+')
_SPACE = re.compile(r"[^\S\n]{2,}|[^\S\n ]")
_SPACES_END = 0x3001  # no white space of Unicode stands at or after it
# White space that is neither a space nor a line's end.
_OTHER_SPACES = tuple(
    char for char in map(chr, range(_SPACES_END)) if char.isspace() and char not in " \n"
)


def link(line: str) -> str:
    """Return the form in which a line that is a link to another page is packed once more.

    Such a line is the other page's: it can change while this article stays as it was.
    """
    return f"{LINK}{line}"


def pack(lines: Iterable[str]) -> bytes:
    """Return the hashes of a page's lines: 4 bytes each, little-endian, ascending, each once.

    Lines of white space have none.
    """
    hashes: set[int] = set()
    for raw in plain("\n".join(lines)).split("\n"):
        line = raw.strip()
        if line:
            hashes.add(fingerprint(line))

    packed = array("I", sorted(hashes))
    if sys.byteorder == "big":
        packed.byteswap()

    return packed.tobytes()


def unpack(packed: bytes) -> frozenset[int]:
    """Return the hashes that `pack` packed."""
    hashes = array("I", packed)
    if sys.byteorder == "big":
        hashes.byteswap()

    return frozenset(hashes)


def fingerprint(line: str) -> int:
    """Return the 32-bit hash of a line in its plain form."""
    return zlib.crc32(line.encode("utf-8", "surrogatepass"))


def longest_known(line: str, known: Collection[int]) -> int:
    """Return the length of the longest beginning of a line whose hash is known, in whole words.

    0 for none. In time proportional to the line.
    """
    longest = 0
    end = 0
    running = 0

    for word in _WORDS.findall(line):
        running = zlib.crc32(word.encode("utf-8", "surrogatepass"), running)
        end += len(word)
        if running in known:
            longest = end

    return longest


def plain(text: str) -> str:
    """Return a text in the form that is compared: one space, one quote, one dash, all visible.

    Case stays: it can be an edit. Line breaks stay too. One search for each sign is ten times
    faster than one expression for all of them.
    """
    if not text.isascii():
        for sign in _INVISIBLE:
            text = text.replace(sign, "")
        if not unicodedata.is_normalized("NFKC", text):
            text = unicodedata.normalize("NFKC", text)

    for sign, plain_sign in _SIGNS:
        text = text.replace(sign, plain_sign)

    if '""' in text:
        text = _DOUBLED_QUOTE.sub('"', text)

    spaced = "  " in text or any(space in text for space in _OTHER_SPACES)

    return _SPACE.sub(" ", text) if spaced else text
