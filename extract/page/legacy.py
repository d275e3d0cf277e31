"""Text set in fonts instead of charsets: Armenian by ARMSCII-8, Georgian by Latin keys (AcadNusx and its kin)."""

import re

from lxml.html import HtmlElement

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
_ARMSCII = {
    **_PUNCTUATION,
    **{
        0xB2 + 2 * place + small: chr((0x561 if small else 0x531) + place)
        for place in range(38)
        for small in (0, 1)
    },
}
_TABLE = {code: _ARMSCII.get(code, chr(code)) for code in range(256)}
# To the next tag or to the page's end: a run that must end in a tag is sought again at each of its ">".
_TEXT = re.compile(r">[^<]*(?:<|\Z)")
# Latin keys of the Georgian fonts of the nineties.
_GEORGIAN = str.maketrans("abgdevzTiklmnopJrstufqRySCcZwWxjh", "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ")
_GEORGIAN_FONT = re.compile(
    r"(?:acad|lit|lort|geo|chveul|mtavr|gor)\w*(?:nusx|nuskh|mtavr|mkh)|acadnusx|litnusx|acad ?mtavr|geo_?times|sp ?grotesk",
    re.IGNORECASE,
)


def decode_armscii(body: bytes) -> str:
    """Return bytes read as ARMSCII-8."""
    return body.decode("latin-1").translate(_TABLE)


def from_armscii_text(text: str) -> str | None:
    """Return Armenian that an outlet stored as Latin-1 letters of its font, None for any other text.

    Armenian in this form is full of superscripts and guillemets inside words ("Ð³Û³ëï³Ý"), which no language is.
    """
    if sum(text.count(char) for char in "³²»Û¨¿Á") < 10:  # noqa: PLR2004
        return None
    runs = _TEXT.findall(text)
    plain = "".join(runs)
    suspects = sum(1 for char in plain if "\xb2" <= char <= "\xfd")
    superscripts = sum(plain.count(char) for char in "³²»Û¨¿Á")
    inside = len(re.findall(r"\w[³»¿¨]\w", plain))
    if suspects < 40 or superscripts < 0.1 * suspects or inside < 0.03 * suspects:  # noqa: PLR2004
        return None
    return _TEXT.sub(
        lambda match: match.group().translate(_TABLE) if _is_font(match.group()) else match.group(),
        text,
    )


def _is_font(run: str) -> bool:
    letters = sum(1 for char in run if char.isascii() and char.isalpha())
    return sum(1 for char in run if "\xa2" <= char <= "\xfe") > letters


def reveal_georgian(root: HtmlElement) -> int:
    """Rewrite text that a Georgian font shows as Georgian letters into them; return how many elements were."""
    changed = 0
    for element in root.iter("font", "span", "p", "div", "td"):
        look = f"{element.get('face') or ''} {element.get('style') or ''}"
        if len(look) > 1 and _GEORGIAN_FONT.search(look):
            _rewrite(element)
            changed += 1
    return changed


def _rewrite(element: HtmlElement) -> None:
    for one in element.iter():
        if isinstance(one.tag, str) and one.tag not in {"script", "style"}:
            one.text = one.text.translate(_GEORGIAN) if one.text else one.text
            if one is not element and one.tail:
                one.tail = one.tail.translate(_GEORGIAN)
