"""One thing written two ways: U.S. and US, F-35 and F35, COVID-19 and COVID19, 1,000 and 1000.

A text is cut at hyphens, points and commas, so that the one is a phrase and the other a word. Who
asks for the one means both.
"""

from news.query.nodes import Node, Phrase, Prefix, Word, disjunction
from news.query.writings import divided, joined

_PUNCTUATION = ".,;:!?…"


def either(text: str, words: Word | Prefix | Phrase) -> Node:
    """Return what a piece of a query was read as, with its other spelling beside it."""
    piece = text.strip(_PUNCTUATION)

    other: Word | Phrase | None = None

    match words:
        case Phrase():
            other = _as_word(piece, title=words.title)
        case Word():
            other = _as_phrase(words)

    if other is None:
        return words

    return disjunction([words, other])


def _as_word(piece: str, *, title: bool) -> Word | None:
    """Return the word that a piece of several is without its signs, None for most pieces."""
    glued = joined(piece) or joined(f"{piece}.")  # the last point of U.S. is its own
    if not glued:
        return None

    return Word(text=glued, title=title)


def _as_phrase(word: Word) -> Phrase | None:
    """Return the phrase that a word is with signs inside, None for most words."""
    pieces = divided(word.text)
    if not pieces:
        return None

    parts = [Word(text=piece, title=word.title) for piece in pieces]

    return Phrase(
        parts=tuple(parts),
        title=word.title,
    )
