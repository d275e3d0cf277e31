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
