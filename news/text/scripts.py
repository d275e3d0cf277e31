"""Tokens, scripts, and the fold of each language group.

What makes two spellings of one word the same letters.

A *group* is a set of languages that share one stemmer; its mark, one capital letter, opens every
stem term, so that a stem of one
group can never be taken for a stem of another.
"""

import re
import unicodedata
from functools import cache
from itertools import chain

from news.text import lookalikes

MAX_LETTERS = 64  # of one token; what is longer is cut

# Marks that stand inside a word but are no letters: combining accents, Arabic vowel signs, soft
# hyphen, (non-)joiners, the Armenian signs of emphasis, exclamation and question (over a vowel).
_INSIDE = "\u0300-\u036f\u055b\u055c\u055e\u064b-\u065f\u0670\u00ad\u200c\u200d"
_APOSTROPHES = "'’‘ʼʻ`´ʹ＇"
TOKEN = re.compile(rf"[^\W_]+(?:[{_INSIDE}{_APOSTROPHES}]+[^\W_]+)*[\u0300-\u036f\u064b-\u065f]*")
# What French and Italian write before a vowel in one word with it.
_ARTICLES = "c d j l m n s t qu lorsqu puisqu jusqu dell all nell sull dall un"
_ELISIONS = frozenset(_ARTICLES.split())
_OPEN = frozenset("aeiouyhàâäéèêëîïôöûüœæ")
_MARKS = re.compile(rf"[{_INSIDE}ـ]")
_ANY_APOSTROPHE = re.compile(rf"[{_APOSTROPHES}]")
_TO_ASCII = str.maketrans(
    {
        "ə": "a",
        "ı": "i",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "æ": "ae",
        "œ": "oe",
        "ß": "ss",
        "þ": "th",
        "ʻ": "",
        "ʼ": "",
    }
)
# Turkish dotless and dotted i become one letter: headlines in capitals and ASCII keyboards lose the
# difference anyway.
_TURKIC = str.maketrans(
    {"İ": "i", "I": "i", "ı": "i", "â": "a", "î": "i", "û": "u", "Â": "a", "Î": "i", "Û": "u"}
)
# Arabic and Persian keyboards differ in yeh, kaf, heh and hamza carriers.
_PERSIAN = str.maketrans(
    {
        "ي": "ی",
        "ى": "ی",
        "ې": "ی",
        "ئ": "ی",
        "ك": "ک",
        "ة": "ه",
        "ۀ": "ه",
        "ە": "ه",
        "أ": "ا",
        "إ": "ا",
        "ٱ": "ا",
        "ؤ": "و",
        "آ": "ا",
    }
)
_PERSIAN_ODD = re.compile(f"[{''.join(map(chr, _PERSIAN))}]")
_ACCENT = re.compile("[\u0300-\u036f]")
_ASOMTAVRULI = re.compile("[\u2d00-\u2d25]")

LATIN, CYRILLIC, ARMENIAN, GEORGIAN, ARABIC, NUMBER, OTHER = (
    "latin",
    "cyrillic",
    "armenian",
    "georgian",
    "arabic",
    "number",
    "other",
)
# The groups of each script, the default one first; a query word is looked up under all groups of
# its script.
GROUPS = {
    LATIN: "ETZ",
    CYRILLIC: "RKJ",
    ARMENIAN: "H",
    GEORGIAN: "G",
    ARABIC: "F",
    NUMBER: "N",
    OTHER: "X",
}
_LANGUAGE_GROUPS = {
    LATIN: {
        "tr": "T",
        "az": "T",
        "tk": "T",
        "gag": "T",
        "crh": "T",
        "kk": "T",
        "tt": "T",
        "uz": "Z",
    },
    CYRILLIC: {"kk": "K", "ky": "K", "uz": "Z", "tt": "K", "ba": "K", "kaa": "K", "tg": "J"},
}
# Languages whose words are read alike, in every script, have one manner; all others have that of
# "und".
_MANNERS = {
    "tr": "tr",
    "az": "tr",
    "tk": "tr",
    "gag": "tr",
    "crh": "tr",
    "kk": "kk",
    "tt": "kk",
    "uz": "uz",
    "ky": "ky",
    "ba": "ky",
    "kaa": "ky",
    "tg": "tg",
}
_RANGES = (
    (0x0000, 0x024F, LATIN),
    (0x0250, 0x02FF, LATIN),
    (0x0400, 0x052F, CYRILLIC),
    (0x0530, 0x058F, ARMENIAN),
    (0x0600, 0x06FF, ARABIC),
    (0x0750, 0x077F, ARABIC),
    (0x10A0, 0x10FF, GEORGIAN),
    (0x1C80, 0x1C8F, CYRILLIC),
    (0x1C90, 0x1CBF, GEORGIAN),
    (0x1E00, 0x1EFF, LATIN),
    (0x2D00, 0x2D2F, GEORGIAN),
    (0xA640, 0xA69F, CYRILLIC),
)


@cache
def _steady() -> tuple[re.Pattern[str], dict[str, str]]:
    """Return what matches whole words that `clean` leaves as they are.

    And the script of each letter in them.

    They are letters of one code that no compatibility form, composition or keyboard changes: nearly
    all words are made of nothing else.
    """
    blocks = (
        range(0x41, 0x2B0),
        range(0x400, 0x590),
        range(0x620, 0x6D4),
        range(0x10D0, 0x10FB),
        range(0x1E00, 0x1F00),
    )

    signs = map(chr, chain.from_iterable(blocks))
    letters = [sign for sign in signs if sign.isalpha() and _cleaned(sign) == sign]
    scripts = {letter: script_of(letter) for letter in letters}
    of_script: dict[str, str] = {}

    for letter, script in scripts.items():
        of_script[script] = of_script.get(script, "") + letter

    # Each script by itself: a word of two is looked at closely (lookalikes).
    classes = [f"[{known}]{{1,{MAX_LETTERS}}}" for known in of_script.values()]

    return re.compile("|".join(classes)), scripts


def read(raw: str) -> tuple[str, str]:
    """Return a raw token cleaned, and its script: the two that everything else is made of."""
    pattern, known = _steady()
    if pattern.fullmatch(raw):
        return raw, known[raw[0]]

    word = clean(raw)

    return word, script_of(word)


def script_of(word: str) -> str:
    """Return the script of a folded word's first letter; all digits are a number."""
    for character in word:
        if character.isalpha():
            code = ord(character)
            return next((script for low, high, script in _RANGES if low <= code <= high), OTHER)

    return NUMBER


def group_of(script: str, language: str) -> str:
    """Return the mark of the group that a word of a script belongs to in a text of a language.

    `language` is ISO 639-1, or "und".
    """
    return _LANGUAGE_GROUPS.get(script, {}).get(language, GROUPS[script][0])


def manner(language: str) -> str:
    """Return the language that stands for all those whose texts are read as this one's.

    There are six.
    """
    return _MANNERS.get(language, "und")


def clean(raw: str) -> str:
    """Return a raw token in compatibility form without joiners and accents that stand alone.

    Cut to MAX_LETTERS; case is kept.
    """
    word = raw[:MAX_LETTERS]
    if not raw.isascii():
        word = _cleaned(raw)

    if "'" in word:
        return _without_elision(word)

    return word


def _without_elision(word: str) -> str:
    """Return a word without a French or Italian article or pronoun before it: l'Azerbaïdjan.

    A capital is one only before a small letter (D'après), unless it is an L: D'Angelo is a name.
    """
    head, _, tail = word.partition("'")
    if head.lower() not in _ELISIONS or tail[:1].lower() not in _OPEN:
        return word
    if head != head.lower() and head not in {"L", "Qu"} and tail[0] != tail[0].lower():
        return word

    return tail


def _cleaned(raw: str) -> str:
    composed = unicodedata.normalize("NFKC", raw[:MAX_LETTERS])
    text = _MARKS.sub("", composed)[:MAX_LETTERS]
    text = _ANY_APOSTROPHE.sub("'", text)
    text = lookalikes.in_one_script(text)

    kept: list[str] = []
    for character in text:
        if character.isdecimal():
            digit = unicodedata.decimal(character)
            kept.append(str(digit))
        elif character.isalnum() or character == "'":
            kept.append(character)

    return "".join(kept)


def fold(word: str, group: str) -> str:
    """Return a cleaned word in the one spelling under which its group looks it up."""
    return _FOLDS.get(group, _plain)(word)


def _plain(word: str) -> str:
    return word.casefold().replace("'", "")


def _latin(word: str) -> str:
    head, mark, tail = word.partition("'")
    if mark and tail.lower() in {"s", ""}:
        word = head

    word = word.replace("'", "")
    if word.isascii():
        return word.lower()

    decomposed = unicodedata.normalize("NFKD", word.casefold())
    letters = _ACCENT.sub("", decomposed.translate(_TO_ASCII))
    if letters.isascii():
        return letters

    return "".join([letter for letter in letters if not unicodedata.combining(letter)])


def _turkic(word: str) -> str:
    """Fold; a Turkish apostrophe ends a name, what follows is a case ending."""
    head, mark, tail = word.partition("'")
    word = head
    if mark and len(head) <= 1:
        word = head + tail.replace("'", "")

    word = word.replace("İ", "i").lower().replace("ı", "i")
    if "â" in word or "î" in word or "û" in word:
        return word.translate(_TURKIC)

    return word


def _uzbek(word: str) -> str:
    """Fold; only oʻ and gʻ keep their sign, it makes another letter of them."""
    lower = word.lower().translate(_TURKIC)
    return (
        lower
        if "'" not in lower
        else "".join(c for i, c in enumerate(lower) if c != "'" or (i and lower[i - 1] in "og"))
    )


def _cyrillic(word: str) -> str:
    return word.lower().replace("ё", "е").replace("ӣ", "и").replace("ӯ", "у").replace("'", "")


def _armenian(word: str) -> str:
    """Fold; what is cleaned has no ligatures any more."""
    return word.lower().replace("և", "եվ").replace("եւ", "եվ").replace("'", "")


def _georgian(word: str) -> str:
    """Fold Mtavruli capitals and the old Asomtavruli to the everyday letters."""
    return _ASOMTAVRULI.sub(
        lambda found: chr(ord(found[0]) - 0x2D00 + 0x10D0), word.lower().replace("'", "")
    )


def _persian(word: str) -> str:
    return (
        (word.translate(_PERSIAN) if _PERSIAN_ODD.search(word) else word)
        .casefold()
        .replace("'", "")
    )


_FOLDS = {
    "E": _latin,
    "T": _turkic,
    "Z": _uzbek,
    "R": _cyrillic,
    "K": _cyrillic,
    "J": _cyrillic,
    "H": _armenian,
    "G": _georgian,
    "F": _persian,
}
