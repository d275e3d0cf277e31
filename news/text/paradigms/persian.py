"""Persian nouns: plurals, clitics, ezafe; Arabic plurals by simplemma's dictionary."""

from collections.abc import Iterator
from functools import cache

from news.text import scripts

_ENDINGS = [
    "ها",
    "های",
    "هایی",
    "هایش",
    "هایم",
    "هایت",
    "هایمان",
    "هایتان",
    "هایشان",
    "ی",
    "یی",
    "ای",
    "مان",
    "تان",
    "شان",
    "ات",
    "ان",
    "ین",
    "ام",
    "اش",
    "اند",
    "ترین",
    "تر",
    "م",
    "ت",
    "ش",
]
_SHORT = 3  # letters of a word that could be another one with a letter more: کار, کارت
_CLITICS = frozenset("متش")
_AFTER_HEH = ["گان", "گانی", "گی", "جات", "ات"]  # نماینده, نمایندگان
_AFTER_VOWEL = ["یان", "یی", "یم", "یش", "یت", "یمان", "یتان", "یشان"]
_OF_OTHER_ROOT = ("", "ی", "ها", "های", "ش", "م", "مان", "شان")


def forms(word: str) -> Iterator[str]:
    """Give the forms of a folded Persian word."""
    yield word

    for ending in _ENDINGS:
        if not _makes_another_word(word, ending):
            yield word + ending

    last = word[-1]
    if last == "ه":
        without_heh = word[:-1]
        yield from [without_heh + ending for ending in _AFTER_HEH]

    if last in "اوی":
        yield from [word + ending for ending in _AFTER_VOWEL]

    for other in _others().get(word, ()):
        if other.startswith(word):
            continue  # the endings above have made it, or it is another word

        yield from [other + ending for ending in _OF_OTHER_ROOT]


def _makes_another_word(word: str, ending: str) -> bool:
    """Return whether a word is so short that with this ending it is mostly another one."""
    if len(word) < _SHORT and ending == "ان":
        return True

    return len(word) <= _SHORT and ending[0] in _CLITICS


@cache
def _others() -> dict[str, tuple[str, ...]]:
    """Return word -> its forms by the dictionary, all folded. 47,000 entries, 3 MB, 0.1 s once."""
    from simplemma.strategies.dictionaries.dictionary_factory import (
        DefaultDictionaryFactory,
    )

    dictionary = DefaultDictionaryFactory().get_dictionary("fa")
    found: dict[str, list[str]] = {}

    for form, lemma in dictionary.items():
        if form == lemma:
            continue

        known = found.setdefault(_folded(lemma), [])
        known.append(_folded(form))

    return {lemma: tuple(known) for lemma, known in found.items()}


def _folded(word: str) -> str:
    cleaned = scripts.clean(word)

    return scripts.fold(cleaned, "F")
