"""Bytes to text: what the page says of its charset is a hint, what its bytes say decides."""

import codecs
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding

from extract.page import legacy

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Charsets of the region's old sites, tried when the bytes are no UTF-8, besides the one that is declared.
_CANDIDATES = ("cp1251", "cp1252", "cp1254", "cp1256", "koi8-r", "armscii-8")
_WESTERN = frozenset(("cp1252", "iso8859-1", "latin-1", "latin_1"))
_SAMPLE = 6_000  # characters around non-ASCII ones that are judged
_TOLERANCE = 0.04  # strangeness by which a declared charset may be worse than the best
_DAMAGED = 0.4  # strangeness from which on no reading is text
# UTF-8 read as windows-1252 or Latin-1 and written as UTF-8 again: lead bytes of two-byte letters, then a continuation byte.
_TWICE = re.compile(
    "[\u00c2-\u00df][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
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
    """Return the text of a page; None when no charset makes text of it."""
    for bom, charset in _BOMS:
        if body.startswith(bom):
            return Decoded(body[len(bom) :].decode(charset, "replace"), charset, "byte order mark")
    if wide := _wide(body):
        return Decoded(body.decode(wide, "replace"), wide, "every other byte is zero")
    try:
        return _repaired(body.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    declared = (
        _known(http_content_type_encoding(content_type) or ""),
        _known(html_body_declared_encoding(body) or ""),
    )
    return _mixed(body) or _legacy(body, [name for name in declared if name])


def _known(name: str) -> str:
    """Return Python's name of a charset, empty when it knows none or when it is the one that already failed."""
    try:
        found = codecs.lookup(name).name if name else ""
    except LookupError:
        return ""
    return "" if found in {"utf-8", "ascii"} or found.startswith("utf-16") else found


def _wide(body: bytes) -> str:
    """Return the UTF-16 a page without byte order mark is in, empty for other pages."""
    start = body[:2000]
    if len(start) < 20:  # noqa: PLR2004
        return ""
    even, odd = start[::2].count(0) / (len(start) / 2), start[1::2].count(0) / (len(start) / 2)
    if odd > 0.08 and even < 0.02:  # noqa: PLR2004
        return "utf-16-le"
    return "utf-16-be" if even > 0.08 and odd < 0.02 else ""  # noqa: PLR2004


def _repaired(text: str) -> Decoded:
    """Return UTF-8 text; when it was encoded twice, or is an old font's code, its original."""
    if text.isascii():
        return Decoded(text, "utf-8", "valid utf-8")
    letters = len(_BEYOND.findall(text[:20_000]))
    marks = len(_TWICE.findall(text)) if any(char in text for char in "ÃÂÐÑÄÅÕÖØÙÛ") else 0
    if marks > 8 and marks > 0.3 * max(1, letters) * min(1.0, 20_000 / max(1, len(text))):  # noqa: PLR2004
        lines = [_once(line) for line in text.split("\n")]
        return Decoded("\n".join(lines), "utf-8", "valid utf-8, encoded twice")
    if letters > 40 and (armenian := legacy.from_armscii_text(text)) is not None:  # noqa: PLR2004
        return Decoded(armenian, "armscii-8", "letters of an Armenian font")
    return Decoded(text, "utf-8", "valid utf-8")


def _once(line: str) -> str:
    """Return a line with one layer of UTF-8 taken off, or as it is."""
    for charset in ("cp1252", "latin-1"):
        try:
            return line.encode(charset).decode("utf-8")
        except UnicodeError:
            continue
    # Bytes that windows-1252 does not define went through unchanged.
    try:
        return b"".join(
            char.encode("cp1252") if char > "\xff" else char.encode("latin-1") for char in line
        ).decode("utf-8")
    except UnicodeError:
        return line


def _mixed(body: bytes) -> Decoded | None:
    """Return a page that is UTF-8 but for some damaged bytes or lines in an old charset."""
    text = body.decode("utf-8", "replace")
    broken, sound = (
        text.count("\ufffd"),
        sum(1 for char in text if char > "\x7f") - text.count("\ufffd"),
    )
    if broken > 0.3 * sound:
        return None
    lines = []
    for line in body.split(b"\n"):
        try:
            lines.append(line.decode("utf-8"))
        except UnicodeDecodeError:
            whole = line.decode("utf-8", "replace")
            few = whole.count("\ufffd") < 0.3 * sum(1 for char in whole if char > "\x7f")
            lines.append(whole if few else _legacy_text(line, []))
    return Decoded("\n".join(lines), "utf-8", "utf-8 with damaged bytes")


def _legacy_text(line: bytes, declared: list[str]) -> str:
    found = _legacy(line, declared)
    return found.text if found else line.decode("utf-8", "replace")


def _legacy(body: bytes, declared: list[str]) -> Decoded | None:
    """Return the reading that looks most like text; a declared charset wins when it is about as good."""
    readings = {
        name: text
        for name in dict.fromkeys((*declared, *_CANDIDATES))
        if (text := _read(body, name)) is not None
    }
    scores = {name: strangeness(text) for name, text in readings.items()}
    best = min(scores, key=lambda name: scores[name])
    chosen = next(
        (name for name in declared if name in scores and scores[name] <= scores[best] + _TOLERANCE),
        best,
    )
    if scores[chosen] > _DAMAGED:
        return None
    if chosen in _WESTERN and "cp1254" in readings and _is_turkish(readings[chosen]):
        chosen = "cp1254"
    return Decoded(
        readings[chosen], chosen, "declared" if chosen in declared else "looks most like text"
    )


def _read(body: bytes, charset: str) -> str | None:
    if charset == "armscii-8":
        return legacy.decode_armscii(body)
    try:
        text = body.decode(charset, "replace")
    except (LookupError, UnicodeError):
        return None
    return (
        text
        if text.count("\ufffd") <= 0.05 * sum(byte > 127 for byte in body[:100_000]) + 2  # noqa: PLR2004
        else None
    )


def _is_turkish(text: str) -> bool:
    """Tell Turkish and Azerbaijani from western letters: the two charsets differ in six letters, which Icelandic alone uses otherwise."""
    if _TURKIC.search(text[:2000]):
        return True
    return sum(text.count(char) for char in "ýþð") > 2 * sum(text.count(char) for char in "áéíóúæ")


def strangeness(text: str) -> float:
    """Return how little a text looks like words, 0 to 1 and above: per non-ASCII character, breaks of script or case inside a word."""
    plain = _MARKUP.sub(" ", text[:1_000_000])
    total = strange = 0.0
    for before, char, after in _around(plain):
        total += 1
        strange += _oddity(before, char, after)
        if total >= _SAMPLE:
            break
    return strange / total if total else 0.0


def _around(text: str) -> Iterable[tuple[str, str, str]]:
    return (
        (text[place - 1 : place], char, text[place + 1 : place + 2])
        for place, char in enumerate(text)
        if char > "\x7f"
    )


def _oddity(before: str, char: str, after: str) -> float:
    kind = unicodedata.category(char)
    if kind in {"Cc", "Cn", "Co"} or char == "\ufffd":
        return 2.0
    if kind[0] != "L":
        # Symbols and superscripts between two letters are letters of another charset.
        crowded = (before > "\x7f" and after > "\x7f") or (before.isalpha() and after.isalpha())
        return (1.0 if crowded else 0.1) * (kind[0] in "SN")
    odd = 0.0
    # Western languages set accents on single letters; three in a row are another alphabet.
    if (
        char <= "\u00ff"
        and "\x7f" < before <= "\u00ff"
        and "\x7f" < after <= "\u00ff"
        and before.isalpha()
        and after.isalpha()
    ):
        odd += 0.6
    if before.isalpha():
        odd += _script(before) != _script(char)
        odd += before.islower() and char.isupper()
    if after.isalpha() and after <= "\x7f":
        odd += _script(after) != _script(char)
    return odd + (0.3 if _script(char) == "L" else 0.0) * (char.isupper() and before.isalpha())


def _script(char: str) -> str:
    return "L" if char <= "\u024f" else unicodedata.name(char, "?")[:3]
