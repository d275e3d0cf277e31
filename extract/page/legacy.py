"""Text set in fonts instead of charsets.

Armenian by ARMSCII-8, Georgian by Latin keys (AcadNusx and its kin).
"""

import re

from lxml.html import HtmlElement

from extract.page import dom

# ARMSCII-8 (AST 34.005-97): punctuation, then capital and small letter in turns from 0xB2 to 0xFD.
_PUNCTUATION = {
    0xA2: "և",
    0xA3: "։",
    0xA4: ")",
    0xA5: "(",
    0xA6: "»",
    0xA7: "«",
    0xA8: "—",
    0xA9: ".",
    0xAA: "՝",
    0xAB: ",",
    0xAC: "-",
    0xAD: "֊",
    0xAE: "…",
    0xAF: "՜",
    0xB0: "՛",
    0xB1: "՞",
    0xFE: "՚",
}


def _armscii_table() -> dict[int, str]:
    """Return the character of every byte: Latin-1, but for what ARMSCII-8 sets in its place."""
    table = {code: chr(code) for code in range(256)}
    table.update(_PUNCTUATION)

    for position in range(38):
        capital = 0xB2 + 2 * position
        table[capital] = chr(0x531 + position)
        table[capital + 1] = chr(0x561 + position)

    return table


_TABLE = _armscii_table()
# To the next tag or to the page's end: a run that must end in a tag is sought again at
# each of its ">".
_TEXT = re.compile(r">[^<]*(?:<|\Z)")
_SUPERSCRIPTS = "³²»Û¨¿Á"
_INSIDE = re.compile(r"\w[³»¿¨]\w")
# Latin keys of the Georgian fonts of the nineties.
_GEORGIAN = str.maketrans("abgdevzTiklmnopJrstufqRySCcZwWxjh", "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ")
_GEORGIAN_FONT = re.compile(
    r"(?:acad|lit|lort|geo|chveul|mtavr|gor)\w*(?:nusx|nuskh|mtavr|mkh)|acadnusx|litnusx|"
    r"acad ?mtavr|geo_?times|sp ?grotesk",
    re.IGNORECASE,
)


def decode_armscii(body: bytes) -> str:
    """Return bytes read as ARMSCII-8."""
    return body.decode("latin-1").translate(_TABLE)


def from_armscii_text(text: str) -> str | None:
    """Return Armenian that an outlet stored as Latin-1 letters of its font.

    None for any other text.

    Armenian in this form is full of superscripts and guillemets inside words
    ("Ð³Û³ëï³Ý"), which no language is.
    """
    if _count(text, _SUPERSCRIPTS) < 10:  # noqa: PLR2004
        return None

    plain = "".join(_TEXT.findall(text))
    suspects = sum(1 for char in plain if "\xb2" <= char <= "\xfd")
    superscripts = _count(plain, _SUPERSCRIPTS)
    inside = len(_INSIDE.findall(plain))
    if suspects < 40 or superscripts < 0.1 * suspects or inside < 0.03 * suspects:  # noqa: PLR2004
        return None

    return _TEXT.sub(_translated, text)


def _count(text: str, chars: str) -> int:
    """Return how often any of these characters stands in a text."""
    return sum(text.count(char) for char in chars)


def _translated(match: re.Match[str]) -> str:
    """Return a run of text as Armenian when most of its letters are the font's, else as it is."""
    run = match.group()
    letters = sum(1 for char in run if char.isascii() and char.isalpha())
    font = sum(1 for char in run if "\xa2" <= char <= "\xfe")
    if font <= letters:
        return run

    return run.translate(_TABLE)


def reveal_georgian(root: HtmlElement) -> int:
    """Rewrite text that a Georgian font shows as Georgian letters into them.

    Return how many elements were.
    """
    changed = 0

    for element in root.iter("font", "span", "p", "div", "td"):
        look = f"{element.get('face') or ''} {element.get('style') or ''}"
        if len(look) > 1 and _GEORGIAN_FONT.search(look):
            _rewrite(element)
            changed += 1

    return changed


def _rewrite(element: HtmlElement) -> None:
    """Rewrite an element's text; what follows it is in another font."""
    for one in element.iter():
        if not isinstance(one.tag, str) or one.tag in {"script", "style"}:
            continue

        if one.text:
            one.text = dom.writable(one.text).translate(_GEORGIAN)

        if one is not element and one.tail:
            one.tail = dom.writable(one.tail).translate(_GEORGIAN)
