"""Which letters count as the same: what typing changes and reading does not.

Case, all four of i I ı İ, diacritics (so NFC and NFD are one), Arabic and Persian forms of yeh
and kaf, digits of every script, the Armenian ligature, soft hyphens, joiners, direction marks,
apostrophes. Azerbaijani without its diacritics is Azerbaijani, letters that look the same in two
alphabets are one letter, what a Russian keyboard has no key for is the letter typed in its place,
and Uzbek is read in its Latin alphabet.
"""

import re
import unicodedata
from functools import lru_cache

SEPARATOR = 0
INVISIBLE = 1
BMP = 1 << 16  # code points that UTF-16 writes as one unit

# One letter that stands for two or more; each is looked for once a text, and rarely there.
_EXPANDED = {"և": "եւ", "ß": "ss", "ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff"}
# Letters of one sound that keyboards of the region mix.
_SAME = {"ı": "i", "ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "ۀ": "ه", "ە": "ه"}
# Who has no key for it types e.
_SAME["ə"] = "e"
# Cyrillic letters that look like a Latin one: typed by mistake, or so as not to be found.
_SAME |= dict(zip("аеорсухкмтвіјѕ", "aeopcyxkmtbijs", strict=True))
# Letters that Kazakh, Kyrgyz and Tajik have beyond Russian, and what is typed on a Russian keyboard
# in their place.
_SAME |= dict(zip("әғқңөүұһиҳҷ", "aгkнoyyxixч", strict=True))
_TATWEEL = "ـ"
_MARKS = {"Mn", "Me", "Cf"}
# Armenian marks of stress, question and exclamation stand inside the word, and so do apostrophes,
# which Uzbek writes in six ways.
_INSIDE = {_TATWEEL, "՛", "՜", "՞", "'", "’", "‘", "ʻ", "ʼ", "`", "´", "՚"}
# Uzbek in Cyrillic is told by the letter that no neighbour has, and another of its own.
_UZBEK = re.compile("[ўЎ]")
_UZBEK_TOO = re.compile("[қғҳҚҒҲ]")
_YE = re.compile(r"(?:(?<![^\W\d_])|(?<=[аеёиоуэюяўАЕЁИОУЭЮЯЎ]))[еЕ]")
_TS = re.compile(r"(?<=[аеёиоуэюяўАЕЁИОУЭЮЯЎ])[цЦ]")
_LATIN = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "yo", "ж": "j", "з": "z",
    "и": "i", "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r",
    "с": "s", "т": "t", "у": "u", "ф": "f", "х": "x", "ц": "s", "ч": "ch", "ш": "sh", "ъ": "",
    "ь": "", "э": "e", "ю": "yu", "я": "ya", "ў": "o", "қ": "q", "ғ": "g", "ҳ": "h", "щ": "sh",
    "ы": "i",
}  # fmt: skip
_TO_LATIN = str.maketrans(
    {
        **_LATIN,
        **{letter.upper(): latin.capitalize() for letter, latin in _LATIN.items()},
    }
)


def expand(text: str) -> str:
    """Return the text with letters that stand for several written out, Uzbek in Latin letters."""
    if text.isascii():
        return text
    is_uzbek = _UZBEK.search(text) and _UZBEK_TOO.search(text)
    if is_uzbek:
        text = _YE.sub(_in_the_same_case, text)
        text = _TS.sub("ts", text)
        text = text.translate(_TO_LATIN)

    for letter, letters in _EXPANDED.items():
        if letter in text:
            text = text.replace(letter, letters)

    return text


def is_digit(letter: str) -> bool:
    """Tell whether a letter is a digit of any script."""
    return unicodedata.digit(letter, None) is not None


def fold_letter(letter: str) -> int:
    """Return a number that is equal for letters that count as the same.

    SEPARATOR for what separates words, INVISIBLE for what a word is read without.
    """
    category = unicodedata.category(letter)
    if letter in _INSIDE or category in _MARKS:
        return INVISIBLE
    if category[0] not in "LN":
        return SEPARATOR

    digit = unicodedata.digit(letter, None)
    if digit is not None:
        return ord("0") + int(digit)

    number = 0

    for part in _plain(letter) or letter:
        number = (number << 21) + ord(part)

    return number % (1 << 63)


def fold_word(word: str) -> str:
    """Return a word in letters that are the same for all its spellings."""
    if word.isascii():
        return word.lower().replace("'", "")

    return "".join(map(_fold_part, word)) or word


@lru_cache(maxsize=1 << 12)
def _fold_part(letter: str) -> str:
    return "" if letter in _INSIDE else _plain(letter)


def _plain(letter: str) -> str:
    """Return what a letter counts as, without case and marks."""
    bare = _without_marks(_without_marks(letter).casefold())

    return "".join(_SAME.get(part, part) for part in bare)


def _in_the_same_case(found: re.Match[str]) -> str:
    return "Ye" if found[0].isupper() else "ye"


def _without_marks(letters: str) -> str:
    parts = unicodedata.normalize("NFKD", letters)
    bare = [part for part in parts if unicodedata.category(part) not in _MARKS]

    return "".join(bare)
