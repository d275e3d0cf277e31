"""Russian words by pymorphy3: the OpenCorpora dictionary, and guesses by analogy for the rest.

Loading costs 0.1 s and 27 MB, once, when a query's first word in Cyrillic is met.
"""

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from news.text import russian

if TYPE_CHECKING:
    from pymorphy3 import MorphAnalyzer
    from pymorphy3.analyzer import Parse


def forms(word: str) -> Iterator[str]:
    """Give the forms of a folded word: of every word of which it is the dictionary form.

    Where it is none, of the likeliest word that it is a form of.
    """
    yield word
    readings = [reading for reading in _analyzer().parse(word) if not _is_name(reading)]
    own = [reading for reading in readings if reading.normal_form.replace("ё", "е") == word]

    for reading in own or readings[:1]:
        for form in reading.lexeme:
            spelled = form.word.replace("ё", "е")
            if not _is_other_word(spelled, word):
                yield spelled


def _is_other_word(form: str, word: str) -> bool:
    """Return whether the stem of a form is another, shorter word: судов, of судно, has суд."""
    own, stem = russian.stem(word), russian.stem(form)
    if len(stem) >= len(own) or not own.startswith(stem):
        return False

    readings = _analyzer().parse(stem)

    return any(reading.is_known and reading.normal_form == stem for reading in readings)


def is_name(word: str) -> bool:
    """Return whether a word in small letters is first of all a person's name or a place's."""
    readings = _analyzer().parse(word)
    known = readings and readings[0].is_known
    marks = ("Name", "Surn", "Patr", "Geox")

    return bool(known) and any(mark in readings[0].tag for mark in marks)


def _is_name(reading: "Parse") -> bool:
    """Return whether a reading is a person's name: name keys know its forms, and what is none."""
    return any(mark in reading.tag for mark in ("Name", "Surn", "Patr"))


@cache
def _analyzer() -> "MorphAnalyzer":
    import pymorphy3

    return pymorphy3.MorphAnalyzer(lang="ru")
