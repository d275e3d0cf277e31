"""Turkish, Azerbaijani, Uzbek, Kazakh and Kyrgyz: how a word goes on.

An ending is written once, with capitals for what the word before it decides: A is a low vowel, I a
high one, D L N M G C are consonants that take the voice of what they follow. What stands in round
brackets is there after a vowel only, what stands in angle brackets after a consonant only.
"""

from collections.abc import Iterator
from itertools import product

from news.text import stems
from news.text.paradigms.turkic_grammars import GRAMMARS, Grammar

__all__ = ["GRAMMARS", "stems_of"]

_DOUBLING = 4  # letters of a word that may double its last consonant: hak, hakkı
_GLIDING = 5  # letters of a word in -k that is told from another by what is before it
_LONG = 7  # letters from which a stem may be this much shorter than its word
_SHORTER = 3
_TWO_SYLLABLES = 4  # letters of a word that may have them
_ROOT = 3  # letters that a word has from which a further word is made
_ROUND = {"ы": "у", "и": "ү"}  # Kyrgyz -луу, -дүү: a high vowel that is always round
_INFINITIVES = ("mak", "mek", "maq", "mək")


def stems_of(word: str, group: str) -> dict[str, None]:
    """Return the stems of a folded word's forms, in a group of Turkic languages."""
    found: dict[str, None] = {}
    if stems.is_whole(word):
        return found

    for grammar in GRAMMARS[group]:
        of_forms = _inflected(word, group, grammar)
        found.update(dict.fromkeys(of_forms))

        of_further = _further(word, group, grammar)
        found.update(dict.fromkeys(of_further))

    return found


def _inflected(word: str, group: str, grammar: Grammar) -> Iterator[str]:
    """Give the stems of a noun's forms, without those that are another word's."""
    least = _least(word, grammar)
    most = len(word)
    if most > _DOUBLING:
        most += 1

    shortened = _shortened(word, grammar)
    glided = _glided(word)
    altered = _altered(word, grammar)

    for form in _forms(
        word,
        grammar,
        grammar.endings,
        altered,
    ):
        stem = stems.stem(form, group)
        gliding = glided and form.startswith(glided) and glided.startswith(stem)

        if least <= len(stem) <= most or stem in shortened or gliding:
            yield stem


def _glided(word: str) -> str:
    """Return a word whose Azerbaijani k is y between vowels (köpük, köpüyü), empty for any other.

    The y goes with the ending, so that such a stem is shorter than others may be.
    """
    if len(word) < _GLIDING:
        return ""

    vowel = word[-2]
    last = word[-1]
    if last != "k" or vowel not in "əöü":
        return ""

    return word[:-1] + "y"


def _further(word: str, group: str, grammar: Grammar) -> Iterator[str]:
    """Give the stems of verbs and adjectives made of a word, or of an infinitive's root."""
    root = word
    if word.endswith(_INFINITIVES):
        root = word[:-3]

    shortest = _ROOT
    if root[-1:] in grammar.low:
        shortest += 1

    if len(root) < shortest:
        return

    for form in _forms(
        root,
        grammar,
        grammar.longer,
        [],
    ):
        stem = stems.stem(form, group)
        if len(stem) >= len(root):
            yield stem


def _least(word: str, grammar: Grammar) -> int:
    """Return how short a stem may be: what is shorter is another word's (göz, gözəl).

    A long word may lose an end that looks like an ending, and one in -n that letter.
    """
    length = len(word)
    vowels = "".join(grammar.low)
    without_vowels = word.rstrip(vowels)
    least = len(without_vowels)

    if length >= _LONG:
        least = min(least, length - _SHORTER)
    elif length == _LONG - 1:
        least = min(least, length - _SHORTER + 1)

    if word[-1] in "nн":
        least = min(least, length - 1)

    shortest = min(stems.LEAST, length)

    return max(least, shortest)


def _forms(
    word: str,
    grammar: Grammar,
    endings: tuple[str, ...],
    altered: list[str],
) -> Iterator[str]:
    """Give a word with each ending; `altered` is what it becomes before a vowel."""
    vowels = [letter for letter in word if letter in grammar.low]
    if not vowels:
        return

    last = word[-1]
    last_vowel = vowels[-1]
    low_vowels = grammar.low[last_vowel]
    high_vowels = grammar.high[last_vowel]
    harmony = list(product(low_vowels, high_vowels))

    for ending in endings:
        for low, high in harmony:
            for spelled in _spelled(
                ending,
                last,
                low,
                high,
                grammar,
            ):
                yield word + spelled
                if spelled[0] in grammar.low:
                    yield from [root + spelled for root in altered]


def _spelled(
    ending: str,
    before: str,
    low: str,
    high: str,
    grammar: Grammar,
) -> list[str]:
    """Return how an ending may be spelled after a letter, for one pair of vowels."""
    made = [""]
    at = 0

    while at < len(ending):
        sign = ending[at]
        at += 1
        last = made[0][-1:] or before

        if sign in "(<":
            close = ending.index(")" if sign == "(" else ">", at)
            inside = ending[at:close]
            at = close + 1

            if (last in grammar.low) is (sign == "("):
                made = [one + _voiced(inside, low, high) for one in made]

            continue

        if sign == "A":
            made = [one + low for one in made]
            high = grammar.high[low][0]
        elif sign in "IU":
            made = [one + (high if sign == "I" else _ROUND.get(high, high)) for one in made]
        else:
            choice = _choice(sign, last, grammar)
            made = [*map("".join, product(made, choice))]

    return made


def _voiced(inside: str, low: str, high: str) -> str:
    return inside.replace("A", low).replace("I", high)


def _choice(sign: str, last: str, grammar: Grammar) -> str:
    choices = grammar.after_voiced
    if last in grammar.low:
        choices = grammar.after_vowel
    elif last in grammar.voiceless:
        choices = grammar.after_voiceless

    return choices.get(sign, sign)


def _altered(word: str, grammar: Grammar) -> list[str]:
    """Return what a word may become before a vowel: softened, shortened, doubled at its end."""
    last = word[-1]
    if last in grammar.low:
        return []

    before = word[:-1]
    soft_letters = grammar.softened.get(last, "")
    found = [before + letter for letter in soft_letters]
    found += _shortened(word, grammar)

    if len(word) <= _DOUBLING:
        found.append(word + last)

    return found


def _shortened(word: str, grammar: Grammar) -> list[str]:
    """Return a word without its last syllable's vowel, which some lose: isim, ismi."""
    if len(word) < _TWO_SYLLABLES:
        return []

    before = word[-3]
    vowel = word[-2]
    last = word[-1]

    if vowel not in grammar.dropped:
        return []
    if before in grammar.low or last in grammar.low:
        return []

    start = word[:-2]

    return [start + last]
