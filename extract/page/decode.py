"""Bytes to text: what the page says of its charset is a hint, what its bytes say decides."""

import codecs
import re
import unicodedata
from dataclasses import dataclass

from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding

from extract.page import legacy
from news.charsets import read_marked

# Charsets of the region's old sites, tried when the bytes are no UTF-8, besides the one
# that is declared.
_CANDIDATES = ("cp1251", "cp1252", "cp1254", "cp1256", "koi8-r", "armscii-8")
_WESTERN = frozenset(("cp1252", "iso8859-1", "latin-1", "latin_1"))
_START = 20_000  # characters in which a page's letters are counted
_SAMPLE = 6_000  # characters around non-ASCII ones that are judged
_TOLERANCE = 0.04  # strangeness by which a declared charset may be worse than the best
_DAMAGED = 0.4  # strangeness from which on no reading is text
# UTF-8 read as windows-1252 or Latin-1 and written as UTF-8 again: lead bytes of
# two-byte letters, then a continuation byte.
_TWICE = re.compile(
    "[\u00c2-\u00df]"
    "[\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc"
    "\u2013-\u203a\u20ac\u2122]"
)
_BEYOND = re.compile("[^\x00-\x7f]")
_MARKUP = re.compile(r"<[^<>]*>")
_TURKIC = re.compile(r"<html[^>]{0,200}\blang\s*=\s*[\"']?(?:tr|az)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the charset it was read in, and how that was known."""

    text: str
    charset: str
    how: str


def decode(body: bytes, content_type: str = "") -> Decoded | None:
    """Return the text of a page; None when no charset makes text of it.

    `content_type` is the response's header, empty when there is none.
    """
    marked = read_marked(body)
    if marked is not None:
        text, charset = marked
        return Decoded(text, charset, "byte order mark")

    wide = _wide(body)
    if wide:
        return Decoded(body.decode(wide, "replace"), wide, "every other byte is zero")

    try:
        return _repaired(body.decode("utf-8"))
    except UnicodeDecodeError:
        pass

    said = (
        http_content_type_encoding(content_type) or "",
        html_body_declared_encoding(body) or "",
    )
    declared = [name for name in map(_known, said) if name]

    return _mixed(body) or _legacy(body, declared)


def _known(name: str) -> str:
    """Return Python's name of a charset.

    Empty when it knows none, and for the one that already failed.
    """
    if not name:
        return ""

    try:
        found = codecs.lookup(name).name
    except LookupError:
        return ""

    if found in {"utf-8", "ascii"} or found.startswith("utf-16"):
        return ""

    return found


def _wide(body: bytes) -> str:
    """Return the UTF-16 a page without byte order mark is in, empty for other pages."""
    start = body[:2000]
    if len(start) < 20:  # noqa: PLR2004
        return ""

    half = len(start) / 2
    even = start[::2].count(0) / half
    odd = start[1::2].count(0) / half
    if odd > 0.08 and even < 0.02:  # noqa: PLR2004
        return "utf-16-le"

    if even > 0.08 and odd < 0.02:  # noqa: PLR2004
        return "utf-16-be"

    return ""


def _repaired(text: str) -> Decoded:
    """Return UTF-8 text; when it was encoded twice, or is an old font's code, its original."""
    if text.isascii():
        return Decoded(text, "utf-8", "valid utf-8")

    letters = len(_BEYOND.findall(text[:_START]))
    if _is_encoded_twice(text, letters):
        lines = [_once(line) for line in text.split("\n")]
        return Decoded("\n".join(lines), "utf-8", "valid utf-8, encoded twice")

    if letters > 40:  # noqa: PLR2004
        armenian = legacy.from_armscii_text(text)
        if armenian is not None:
            return Decoded(armenian, "armscii-8", "letters of an Armenian font")

    return Decoded(text, "utf-8", "valid utf-8")


def _is_encoded_twice(text: str, letters: int) -> bool:
    """Tell text whose letters are UTF-8 read as a western charset.

    `letters` are those beyond ASCII at its start.
    """
    if not any(char in text for char in "ÃÂÐÑÄÅÕÖØÙÛ"):
        return False

    marks = len(_TWICE.findall(text))
    sampled = min(1.0, _START / max(1, len(text)))

    return marks > 8 and marks > 0.3 * max(1, letters) * sampled  # noqa: PLR2004


def _once(line: str) -> str:
    """Return a line with one layer of UTF-8 taken off, or as it is."""
    for charset in ("cp1252", "latin-1"):
        try:
            return line.encode(charset).decode("utf-8")
        except UnicodeError:
            continue

    # Bytes that windows-1252 does not define went through unchanged.
    encoded = bytearray()

    try:
        for char in line:
            encoded += char.encode("cp1252" if char > "\xff" else "latin-1")

        return encoded.decode("utf-8")
    except UnicodeError:
        return line


def _mixed(body: bytes) -> Decoded | None:
    """Return a page that is UTF-8 but for some damaged bytes or lines in an old charset.

    None when so much of it is broken that the page as a whole is in another charset.
    """
    text = body.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    sound = _beyond_ascii(text) - broken
    if broken > 0.3 * sound:
        return None

    lines = []

    for line in body.split(b"\n"):
        try:
            lines.append(line.decode("utf-8"))
        except UnicodeDecodeError:
            lines.append(_damaged_line(line))

    return Decoded("\n".join(lines), "utf-8", "utf-8 with damaged bytes")


def _beyond_ascii(text: str) -> int:
    """Return how many characters of a text are not ASCII."""
    return sum(1 for char in text if char > "\x7f")


def _damaged_line(line: bytes) -> str:
    """Return a line that is no UTF-8: damaged in a few places, or else in a charset of its own."""
    whole = line.decode("utf-8", "replace")
    if whole.count("\ufffd") < 0.3 * _beyond_ascii(whole):
        return whole

    found = _legacy(line, [])

    return found.text if found else whole


def _legacy(body: bytes, declared: list[str]) -> Decoded | None:
    """Return the reading that looks most like text.

    A declared charset wins when it is about as good.

    `declared` are the charsets that the response and the page name, in that order. None
    when nothing looks like text.
    """
    readings: dict[str, str] = {}

    for name in (*declared, *_CANDIDATES):
        text = None if name in readings else _read(body, name)
        if text is not None:
            readings[name] = text

    scores = {name: strangeness(text) for name, text in readings.items()}
    chosen = min(scores, key=lambda name: scores[name])
    bearable = scores[chosen] + _TOLERANCE

    for name in declared:
        if name in scores and scores[name] <= bearable:
            chosen = name
            break

    if scores[chosen] > _DAMAGED:
        return None

    if chosen in _WESTERN and "cp1254" in readings and _is_turkish(readings[chosen]):
        chosen = "cp1254"

    how = "declared" if chosen in declared else "looks most like text"

    return Decoded(readings[chosen], chosen, how)


def _read(body: bytes, charset: str) -> str | None:
    """Return bytes in a charset; None when too many of them are nothing in it."""
    if charset == "armscii-8":
        return legacy.decode_armscii(body)

    try:
        text = body.decode(charset, "replace")
    except (LookupError, UnicodeError):
        return None

    high = sum(byte > 127 for byte in body[:100_000])  # noqa: PLR2004
    if text.count("\ufffd") > 0.05 * high + 2:
        return None

    return text


def _is_turkish(text: str) -> bool:
    """Tell Turkish and Azerbaijani from western letters.

    The two charsets differ in six letters, which Icelandic alone uses otherwise.
    """
    if _TURKIC.search(text[:2000]):
        return True

    icelandic = sum(text.count(char) for char in "ýþð")
    accented = sum(text.count(char) for char in "áéíóúæ")

    return icelandic > 2 * accented


def strangeness(text: str) -> float:
    """Return how little a text looks like words, 0 to 1 and above.

    That is: per non-ASCII character, breaks of script or case inside a word.
    """
    plain = _MARKUP.sub(" ", text[:1_000_000])
    total = 0
    strange = 0.0

    for position, char in enumerate(plain):
        if char <= "\x7f":
            continue

        before = plain[position - 1 : position]
        after = plain[position + 1 : position + 2]
        total += 1
        strange += _oddity(before, char, after)
        if total >= _SAMPLE:
            break

    return strange / total if total else 0.0


def _oddity(before: str, char: str, after: str) -> float:
    """Return how odd a character beyond ASCII is between its neighbours.

    0 for an ordinary letter.
    """
    category = unicodedata.category(char)
    if category in {"Cc", "Cn", "Co"} or char == "\ufffd":
        return 2.0

    if category[0] != "L":
        return _symbol_oddity(before, after, category)

    odd = 0.0
    if char <= "\u00ff" and _is_accented(before) and _is_accented(after):
        # Western languages set accents on single letters; three in a row are another alphabet.
        odd += 0.6

    script = _script(char)
    if before.isalpha():
        odd += _script(before) != script
        if char.isupper():
            odd += before.islower()
            odd += 0.3 if script == "L" else 0.0

    if after.isalpha() and after <= "\x7f":
        odd += _script(after) != script

    return odd


def _symbol_oddity(before: str, after: str, category: str) -> float:
    """Return how odd a symbol is: between two letters, it is a letter of another charset."""
    if category[0] not in "SN":
        return 0.0

    beyond = before > "\x7f" and after > "\x7f"
    inside = before.isalpha() and after.isalpha()

    return 1.0 if beyond or inside else 0.1


def _is_accented(char: str) -> bool:
    """Tell whether a character is a letter of the western charsets beyond ASCII."""
    return "\x7f" < char <= "\u00ff" and char.isalpha()


def _script(char: str) -> str:
    """Return "L" for Latin letters, else the beginning of the character's Unicode name."""
    if char <= "\u024f":
        return "L"

    return unicodedata.name(char, "?")[:3]
