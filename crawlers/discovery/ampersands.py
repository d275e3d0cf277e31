"""Ampersands in XML that was written by hand: `?cat=1&id=2`, `AT&T`, `&nbsp;`.

An XML parser that repairs drops what follows such an ampersand up to a letter that cannot be a
name's, and with it a parameter of a link. Here each ampersand that begins no reference becomes
`&amp;` before the parser sees it, and HTML's names, which XML does not know, become numbers.
Marked sections (CDATA) and comments stay as they are, and so do the names of a document that
declares its own: nobody expands them.
"""

import re
from collections.abc import Iterable, Iterator
from html.entities import html5

_TOKEN = re.compile(
    rb"<!--"
    rb"|<!\[CDATA\["
    rb"|<!ENTITY\b"
    rb"|&(?:(?P<name>[A-Za-z][\w.-]{0,40});|(?P<number>#[0-9]{1,7};|#[xX][0-9A-Fa-f]{1,6};))?"
)
_ENDS = {b"<!--": b"-->", b"<![CDATA[": b"]]>"}
_XML_NAMES = frozenset({b"amp", b"lt", b"gt", b"quot", b"apos"})
_HELD_BACK = 48  # bytes: the longest token may begin so far before a piece's end
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")  # of UTF-16


def escaped(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield a document's bytes with its raw ampersands escaped, piece by piece.

    For encodings in which ASCII is ASCII; a document in UTF-16 or UTF-32 is passed on as it is.
    """
    mender = _Mender()
    rest = b""
    is_first = True

    for piece in pieces:
        if is_first and piece:
            is_first = False
            mender.wide = b"\0" in piece[:4] or piece.startswith(_WIDE_MARKS)

        ready, rest = mender.mend(rest + piece)
        yield ready

    yield mender.mend(rest, last=True)[0]


def escape(text: str) -> str:
    """Return a text with its raw ampersands escaped; raises UnicodeError for what is no text."""
    return b"".join(escaped((text.encode(),))).decode()


class _Mender:
    """Where the reading of one document stands: `until` ends the section it is in."""

    def __init__(self) -> None:
        self.until = b""
        self.declares = False
        self.wide = False

    def mend(self, text: bytes, *, last: bool = False) -> tuple[bytes, bytes]:
        """Return what is ready of a text, and its tail, which the next piece may complete."""
        if self.wide:
            return text, b""

        limit = len(text) if last else max(len(text) - _HELD_BACK, 0)
        ready = []
        place = 0

        while place < limit:
            if self.until:
                end = self._section_end(text, place, last=last)
                ready.append(text[place:end])
                place = end
                continue

            token = _TOKEN.search(text, place)
            if token is None or token.start() >= limit:
                ready.append(text[place:limit])
                return b"".join(ready), text[limit:]

            ready.append(text[place : token.start()])
            ready.append(self._mended(token))
            place = token.end()

        return b"".join(ready), text[place:]

    def _section_end(self, text: bytes, place: int, *, last: bool) -> int:
        """Return up to where a text belongs to the section it is in."""
        end = text.find(self.until, place)
        if end < 0:
            return len(text) if last else len(text) - len(self.until) + 1

        end += len(self.until)
        self.until = b""

        return end

    def _mended(self, token: re.Match[bytes]) -> bytes:
        """Return what is written for a token."""
        whole = token[0]
        if not whole.startswith(b"&"):
            self.until = _ENDS.get(whole, b"")
            self.declares = self.declares or not self.until

            return whole

        if token["number"]:
            return whole.replace(b"X", b"x")  # HTML allows the capital, XML does not

        if token["name"] in _XML_NAMES:
            return whole

        letters = html5.get(whole[1:].decode("ascii"), "")

        if letters:
            return "".join(f"&#{ord(letter)};" for letter in letters).encode()

        if token["name"] and self.declares:
            return whole

        return b"&amp;" + whole[1:]
