"""Which letters count as the same: what typing changes and reading does not.

Case, all four of i I ı İ, diacritics (so NFC and NFD are one), Arabic and Persian forms of yeh
and kaf, digits of every script, the Armenian ligature, soft hyphens, joiners, direction marks.
"""

import unicodedata

SEPARATOR = 0
INVISIBLE = 1
BMP = 1 << 16  # code points that UTF-16 writes as one unit

# One letter that stands for two or more; each is looked for once a text, and rarely there.
_EXPANDED = {"և": "եւ", "ß": "ss", "ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff"}
# Letters of one sound that keyboards of the region mix.
_SAME = {"ı": "i", "ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "ۀ": "ه", "ە": "ه"}
_TATWEEL = "ـ"
_MARKS = {"Mn", "Me", "Cf"}
# Armenian marks of stress, question and exclamation stand inside the word.
_INSIDE = {_TATWEEL, "՛", "՜", "՞"}


def expand(text: str) -> str:
    """Return the text with letters that stand for several written out."""
    if text.isascii():
        return text

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

    bare = _without_marks(_without_marks(letter).casefold())
    plain = "".join(_SAME.get(part, part) for part in bare)
    number = 0

    for part in plain or letter:
        number = (number << 21) + ord(part)

    return number % (1 << 63)


def _without_marks(letters: str) -> str:
    parts = unicodedata.normalize("NFKD", letters)
    return "".join(part for part in parts if unicodedata.category(part) not in _MARKS)
