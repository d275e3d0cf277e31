"""Georgian nouns: cases, plurals, postpositions, and the vowel that a stem loses before some."""

from collections.abc import Iterator
from functools import cache

from news.text import stems

_VOWELS = "აეიოუ"
_ENDINGS = [
    "ი",
    "მა",
    "მ",
    "ს",
    "სა",
    "ის",
    "ისა",
    "ით",
    "ითა",
    "ად",
    "ადა",
    "ო",
    "ში",
    "ზე",
    "თან",
    "იდან",
    "დან",
    "ისთვის",
    "ისგან",
    "ისკენ",
    "ისას",
    "ივით",
    "ამდე",
    "მდე",
    "იანი",
]
_AFTER_VOWEL = [
    "მ",
    "ს",
    "სი",
    "ში",
    "ზე",
    "სთან",
    "დან",
    "სთვის",
    "სგან",
    "სკენ",
    "თი",
    "მდე",
    "ც",
    "ვით",
    "დ",
    "ისა",
]
_VOWEL_LOST = ["ის", "ისა", "ით", "ითა", "ისთვის", "ისგან", "ისკენ", "ისას"]
_PLURAL = "ებ"
_OLD_PLURALS = ("თა", "ნი")
_FLEETING = "აეო"  # vowels that a last syllable may lose
_BEFORE = "ლნრმვ"  # the consonants they are lost before
_LEAST = 3  # letters of a stem that can lose one


def forms(word: str) -> Iterator[str]:
    """Give the forms of a folded noun in the nominative."""
    yield word
    last = word[-1]

    if last in _VOWELS and last != "ი":
        yield from _of_vowel_stem(word)
        return

    stem = word.removesuffix("ი")
    if not stem:
        return

    for base in (stem, *_shortened(stem)):
        yield from [base + ending for ending in _ENDINGS]
        yield from _in_the_plural(base)


def _of_vowel_stem(word: str) -> Iterator[str]:
    """Give the forms of a noun whose stem ends in a vowel; a and e are lost before some endings."""
    yield from [word + ending for ending in _AFTER_VOWEL]

    without_vowel = word[:-1]
    shortened = list(_shortened(without_vowel))

    for base in (word, without_vowel, *shortened):
        yield from _in_the_plural(base)

    for base in (without_vowel, *shortened):
        yield from [base + ending for ending in _VOWEL_LOST]


def _in_the_plural(base: str) -> Iterator[str]:
    """Give the forms of a noun's plural, today's and the old one's."""
    yield from [base + ending for ending in _plurals()]
    yield from [base + ending for ending in _OLD_PLURALS]


@cache
def _plurals() -> tuple[str, ...]:
    inflected = [_PLURAL + ending for ending in _ENDINGS]

    return (_PLURAL, *inflected)


def _shortened(stem: str) -> Iterator[str]:
    """Give a stem without its fleeting vowel: ქვეყან-, ქვეყნ-; o leaves a v: მინდორ-, მინდვრ-."""
    if len(stem) < _LEAST or stem in stems.GEORGIAN_STEADY:
        return

    before = stem[-3]
    vowel = stem[-2]
    last = stem[-1]
    if last not in _BEFORE or vowel not in _FLEETING:
        return
    if before in _VOWELS:
        return

    start = stem[:-2]
    yield start + last
    if vowel == "ო":
        yield f"{start}ვ{last}"
