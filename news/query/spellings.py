"""One thing written two ways: U.S. and US, F-35 and F35, COVID-19 and COVID19, 1,000 and 1000.

A text is cut at hyphens, points and commas, so that the one is a phrase and the other a word. Who
asks for the one means both.
"""

import re

from news.query.nodes import Node, Phrase, Prefix, Word, disjunction

_PUNCTUATION = ".,;:!?…"
_INITIALS = re.compile(r"(?:[^\W\d_]\.){2,}[^\W\d_]?|(?:[^\W\d_]\.)+[^\W\d_]")
_TYPE = re.compile(r"([^\W\d_]{1,6})-([0-9]{1,4}[^\W\d_]{0,2})")  # F-35, Su-35S, COVID-19
_TYPE_GLUED = re.compile(r"([^\W\d_]{1,6})([0-9]{1,4}[^\W\d_]{0,2})")
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}(?:[,.][0-9]{3})+")
_LETTER_WORD = re.compile(r"(?i:(e))-(mail|commerce|government|book|sport)(s?)")
_LETTER_WORD_GLUED = re.compile(r"(?i:(e))((?:mail|commerce|government|book|sport)s?)")
_ACRONYM = re.compile(r"[A-Z]{2,3}")
_NUMBER = re.compile(r"[1-9][0-9]{3,6}")
_YEARS = range(1800, 2200)  # that nobody writes with a comma


def either(text: str, words: Word | Prefix | Phrase) -> Node:
    """Return what a piece of a query was read as, with its other spelling beside it."""
    piece = text.strip(_PUNCTUATION)

    if isinstance(words, Phrase):
        glued = joined(piece) or joined(f"{piece}.")  # the last point of U.S. is its own
        return disjunction([words, Word(text=glued, title=words.title)]) if glued else words

    parts = divided(words.text) if isinstance(words, Word) else ()
    if not parts:
        return words

    phrase = Phrase(
        parts=tuple(Word(text=part, title=words.title) for part in parts),
        title=words.title,
    )
    return disjunction([words, phrase])


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
