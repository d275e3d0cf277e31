"""What a line of names looks like: capitals, endings of families, agencies, a signature."""

import re
from itertools import islice

from extract.metadata.creators import AGENCIES
from extract.page.segments import Segment
from extract.page.title import key

LINE = 120  # characters of a line that can be a byline
CAPITAL = r"[^\W\d_a-zа-яёəığüşöçäßéèà]"
WORD = CAPITAL + r"[^\W\d_]*(?:['’-][^\W\d_]+)*\.?"
NAME = rf"{WORD}(?:\s+(?:de|da|von|van|der|den|al|el|bin|oğlu|qızı)\b)?(?:\s+{WORD}){{1,3}}"
_NAMES_APART = re.compile(r"\s*[,;/&]\s*|\s+(?:and|und|et|и|və|ve|և|და|va|жана|және)\s+")
_SMALL = frozenset(
    (
        "and",
        "und",
        "et",
        "и",
        "və",
        "ve",
        "va",
        "և",
        "de",
        "da",
        "di",
        "do",
        "du",
        "del",
        "la",
        "le",
        "von",
        "van",
        "der",
        "den",
        "zu",
        "al",
        "el",
        "bin",
        "ibn",
        "abu",
        "oğlu",
        "qızı",
        "kızı",
        "oglu",
        "ogly",
        "оглы",
        "кызы",
        "қызы",
        "улы",
        "ұлы",
        "уулу",
    )
)
_GEORGIAN = frozenset(
    map(chr, range(0x10D0, 0x1100))
)  # small letters to Unicode, but nobody writes their capitals
CREDIT_PARTS = re.compile(r"\s*[,;/|•·()]\s*|\s+[-–—]\s+")
MOST_NAMES = 4  # names on one line
# How families are called in the region, in its alphabets: what tells a name from two
# words with capitals.
_FAMILY = re.compile(
    r"(?:[eoё]va?|yeva?|iyev|skaya|zad[eəa]h?|o[gğ]lu|ogly|yan|ian|shvili|dze|bekov|nejad|enko|"
    r"[оеё]ва?|ина?|ск(?:ий|ая)|цк(?:ий|ая)|[еньчт]ько|енко|нко|ян|дзе|швили|заде|оглы|бек|улы|"
    r"ұлы|кызы|қызы|"
    r"[яа]ль?ян|յան|եան|յանց|ունց|ძე|შვილი|იანი)$",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"author|autor|byline|writer|yazar|muellif|avtor|reporter|vcard|signature|imza|podpis|"
    r"\baut\b|журналист",
    re.IGNORECASE,
)
WORDS = re.compile(r"[^\W\d_]+")


def is_capital(names: str) -> bool:
    """Tell whether all words but particles begin with capitals.

    Only scripts that have capitals can show it.
    """
    found = False

    for word in names.replace("/", " ").split():
        if not word[0].isalpha() or len(word) == 1 or word.lower() in _SMALL:
            continue

        if not word[0].isupper():
            return False

        found = True

    return found


def is_caseless(text: str) -> bool:
    """Tell whether a text is in a script without capitals."""
    cased = (char for char in text if char.isupper() or char.islower())
    return all(char in _GEORGIAN for char in cased)


def agencies(line: str) -> list[str]:
    """Return the agencies on a line that names nothing else but a place or two.

    "AFP, MANILA", "(Reuters)".
    """
    if len(line) >= LINE / 2:
        return []

    parts = [part for part in CREDIT_PARTS.split(line.strip(" .()[]—–-")) if part]
    known = [part for part in parts if key(part) in AGENCIES]
    if not known or len(parts) - len(known) > 1:
        return []

    for part in parts:
        if not part[0].isupper() or len(part.split()) > 2:  # noqa: PLR2004
            return []

    return known


def is_names(text: str) -> bool:
    """Tell whether a line can be nothing but one to four names.

    A script without capitals does not tell.
    """
    if len(text) >= LINE:
        return False

    parts = [part for part in _NAMES_APART.split(text.strip(" .—–-()[]")) if part]
    if not 0 < len(parts) <= MOST_NAMES:
        return False

    for part in parts:
        if len(part) >= LINE / 2 or not re.fullmatch(NAME, part):
            return False

        if not is_capital(part) and not is_caseless(part):
            return False

    return True


def is_family(names: str) -> bool:
    """Tell whether a line's last word ends as families of the region are called.

    In the region's alphabets: -ov, -yan, -shvili, -zadə and their like.
    """
    words = WORDS.findall(names)
    if len(words) < 2 or len(words[-1]) <= 4:  # noqa: PLR2004
        return False

    return _FAMILY.search(words[-1]) is not None


def set_apart(segment: Segment) -> bool:
    """Tell whether a line is set apart as a signature is.

    That is: bold, in italics, set to the line's end, or in a box that is called an
    author's.
    """
    if segment.strong >= 0.9 * len(segment.text):
        return True

    boxes = [segment.node, *islice(segment.node.iterancestors(), 2)]
    look = ""

    for box in boxes[:2]:
        look += f" {box.get('style') or ''} {box.get('align') or ''}".lower()

    if look.strip() == "right" or "text-align:right" in look.replace(" ", ""):
        return True

    names = [f"{box.get('class') or ''} {box.get('id') or ''}" for box in boxes]

    return any(_SIGNED.search(name) for name in names)
