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
_ROOT = 3  # letters that a word has from which a further word is made
_ROUND = {"ы": "у", "и": "ү"}  # Kyrgyz -луу, -дүү: a high vowel that is always round
_INFINITIVES = ("mak", "mek", "maq", "mək")


def stems_of(word: str, group: str) -> dict[str, None]:
    """Return the stems of a folded word's forms, in a group of Turkic languages."""
    found: dict[str, None] = {}
    if stems.is_whole(word):
        return found

    for grammar in GRAMMARS[group]:
        least = _least(word, grammar)
        most = len(word) + (len(word) > _DOUBLING)
        shortened = _shortened(word, grammar)
        glided = _glided(word)

        for form in _forms(
            word,
            grammar,
            grammar.endings,
            _altered(word, grammar),
        ):
            stem = stems.stem(form, group)
            gliding = glided and form.startswith(glided) and glided.startswith(stem)

            if least <= len(stem) <= most or stem in shortened or gliding:
                found[stem] = None

        found.update(dict.fromkeys(_further(word, group, grammar)))

    return found


def _glided(word: str) -> str:
    """Return a word whose Azerbaijani k is y between vowels (köpük, köpüyü), empty for any other.

    The y goes with the ending, so that such a stem is shorter than others may be.
    """
    front = word[-2:-1] in tuple("əöü")
    return word[:-1] + "y" if word[-1] == "k" and front and len(word) >= _GLIDING else ""


def _further(word: str, group: str, grammar: Grammar) -> Iterator[str]:
    """Give the stems of verbs and adjectives made of a word, or of an infinitive's root."""
    root = word[:-3] if word.endswith(_INFINITIVES) else word
    open_syllable = root[-1:] in grammar.low
    if len(root) < _ROOT + open_syllable:
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
    least = len(word.rstrip("".join(grammar.low)))
    if len(word) >= _LONG:
        least = min(least, len(word) - _SHORTER)
    elif len(word) == _LONG - 1:
        least = min(least, len(word) - _SHORTER + 1)

    if word[-1] in "nн":
        least = min(least, len(word) - 1)

    return max(least, min(stems.LEAST, len(word)))


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

    harmony = list(product(grammar.low[vowels[-1]], grammar.high[vowels[-1]]))
    for ending in endings:
        for low, high in harmony:
            for spelled in _spelled(
                ending,
                word[-1],
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
    if last in grammar.low:
        return grammar.after_vowel.get(sign, sign)
    if last in grammar.voiceless:
        return grammar.after_voiceless.get(sign, sign)

    return grammar.after_voiced.get(sign, sign)


def _altered(word: str, grammar: Grammar) -> list[str]:
    """Return what a word may become before a vowel: softened, shortened, doubled at its end."""
    last = word[-1]
    if last in grammar.low:
        return []

    found = [word[:-1] + letter for letter in grammar.softened.get(last, "")]
    found += _shortened(word, grammar)

    if len(word) <= _DOUBLING:
        found.append(word + last)

    return found


def _shortened(word: str, grammar: Grammar) -> list[str]:
    """Return a word without its last syllable's vowel, which some lose: isim, ismi."""
    if len(word) < 4 or word[-2] not in grammar.dropped:  # noqa: PLR2004  (two syllables)
        return []

    around = (word[-3], word[-1])
    if any(letter in grammar.low for letter in around):
        return []

    return [word[:-2] + word[-1]]
