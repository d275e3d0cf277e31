"""How one word is written with signs inside, and the other way round: F35 and F-35.

What a query reads so, its print must put in quotation marks where one writing alone is meant.
"""

import re

_INITIALS = re.compile(r"(?:[^\W\d_]\.){2,}[^\W\d_]?|(?:[^\W\d_]\.)+[^\W\d_]")
_TYPE = re.compile(r"([^\W\d_]{1,6})-([0-9]{1,4}[^\W\d_]{0,2})")  # F-35, Su-35S, COVID-19
_TYPE_GLUED = re.compile(r"([^\W\d_]{1,6})([0-9]{1,4}[^\W\d_]{0,2})")
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}(?:[,.][0-9]{3})+")
_LETTER_WORD = re.compile(r"(?i:(e))-(mail|commerce|government|book|sport)(s?)")
_LETTER_WORD_GLUED = re.compile(r"(?i:(e))((?:mail|commerce|government|book|sport)s?)")
_ACRONYM = re.compile(r"[A-Z]{2,3}")
_NUMBER = re.compile(r"[1-9][0-9]{3,6}")
_YEARS = range(1800, 2200)  # that nobody writes with a comma


def joined(piece: str) -> str:
    """Return how a piece with signs inside is written as one word, empty for most pieces."""
    if _INITIALS.fullmatch(piece):
        return piece.replace(".", "")
    if _TYPE.fullmatch(piece) or _LETTER_WORD.fullmatch(piece):
        return piece.replace("-", "")
    if _THOUSANDS.fullmatch(piece):
        return re.sub(r"\D", "", piece)

    return ""


def divided(piece: str) -> tuple[str, ...]:
    """Return how one word is written with signs inside, as the words of a phrase; mostly empty."""
    if _ACRONYM.fullmatch(piece):
        return tuple(piece)

    for pattern in (_TYPE_GLUED, _LETTER_WORD_GLUED):
        found = pattern.fullmatch(piece)
        if found is not None:
            return (found[1], found[2])

    if _NUMBER.fullmatch(piece) and int(piece) not in _YEARS:
        return tuple(f"{int(piece):,}".split(","))

    return ()
