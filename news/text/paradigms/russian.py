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


# Marks of OpenCorpora.
_PERSONS = ("Name", "Surn", "Patr")
_PLACE = "Geox"


def forms(word: str) -> Iterator[str]:
    """Give the forms of a folded word: of every word of which it is the dictionary form.

    Where it is none, of the likeliest word that it is a form of.
    """
    yield word
    own: list[Parse] = []
    likeliest: list[Parse] = []

    for reading in _analyzer().parse(word):
        if _is_name(reading):
            continue
        if not likeliest:
            likeliest.append(reading)
        if _folded(reading.normal_form) == word:
            own.append(reading)

    for reading in own or likeliest:
        for form in reading.lexeme:
            spelled = _folded(form.word)
            if not _is_other_word(spelled, word):
                yield spelled


def _folded(form: str) -> str:
    """Return a form as texts mostly have it, with е for ё."""
    return form.replace("ё", "е")


def _is_other_word(form: str, word: str) -> bool:
    """Return whether the stem of a form is another, shorter word: судов, of судно, has суд."""
    own = russian.stem(word)
    stem = russian.stem(form)
    if len(stem) >= len(own) or not own.startswith(stem):
        return False

    for reading in _analyzer().parse(stem):
        is_word = reading.normal_form == stem
        if is_word and reading.is_known:
            return True

    return False


def is_name(word: str) -> bool:
    """Return whether a word in small letters is first of all a person's name or a place's."""
    readings = _analyzer().parse(word)
    if not readings:
        return False

    likeliest = readings[0]
    if not likeliest.is_known:
        return False

    return _is_name(likeliest) or _PLACE in likeliest.tag


def _is_name(reading: "Parse") -> bool:
    """Return whether a reading is a person's name: name keys know its forms, and what is none."""
    return any(mark in reading.tag for mark in _PERSONS)


@cache
def _analyzer() -> "MorphAnalyzer":
    import pymorphy3

    return pymorphy3.MorphAnalyzer(lang="ru")
