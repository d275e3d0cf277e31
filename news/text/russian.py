"""Russian: the Snowball stemmer (snowballstem.org/algorithms/russian), as sets of endings.

Ours because the library in pure Python takes seven times as long for a word, and indexing reads
every word. A test holds it to the original, word for word.
"""

import re

_VOWELS = "аеиоуыэюя"
_FIRST_VOWEL = re.compile(f"[{_VOWELS}]")
_R2 = re.compile(f"[^{_VOWELS}]*[{_VOWELS}]+[^{_VOWELS}]+[{_VOWELS}]+[^{_VOWELS}]")
_GERUNDS = ("в", "вши", "вшись")
_ADJECTIVE = "ее ие ое ые ими ыми ей ий ой ый ем им ом ым его ого ему ому их ых ею ою ую юю ая яя"
_NOUN = (
    "а ев ов е ие ье и еи ии ами ями иями й ей ией ий ой ам "
    "ем ием ом ям иям о у ах ях иях ы ь ю ию ью я ия ья"
)
# Some endings stand by themselves, others want а or я before them.
_PARTICIPLE, _PARTICIPLE_AFTER_A = "ивш ывш ующ", "ем нн вш щ ющ"
_VERB = (
    "ила ыла ена ите ейте уйте или ыли ей уй ил ыл им ым "
    "ен ило ыло ено ует ит ыт уют ят ены ить ыть ишь ю ую"
)
_VERB_AFTER_A = "ла на ете йте ли й л ем н ло но нно ет ют ны ть ешь"
_ADJECTIVES = frozenset(_ADJECTIVE.split())
_NOUNS = frozenset(_NOUN.split())
_PARTICIPLES = dict.fromkeys(_PARTICIPLE_AFTER_A.split(), False) | dict.fromkeys(
    _PARTICIPLE.split(), True
)
_VERBS = dict.fromkeys(_VERB_AFTER_A.split(), False) | dict.fromkeys(_VERB.split(), True)
_A = frozenset("ая")  # the empty string is not in it
_Y = frozenset("иы")


def stem(word: str) -> str:
    """Return the stem of a word in lower case."""
    if "ё" in word:
        word = word.replace("ё", "е")

    vowel = _FIRST_VOWEL.search(word)
    if vowel is None:
        return word

    start = vowel.end()
    left = _inflected(word[start:])

    if left[-1:] == "и":
        left = left[:-1]

    if left[-3:] == "ост" or left[-4:] == "ость":
        left = _derived(word, start, left)

    return word[:start] + _tidy(left)


def _derived(word: str, start: int, left: str) -> str:
    """Cut -ост, -ость where it lies in the second region (R2) of the word."""
    end = start + len(left)
    second = _R2.match(word, 0, end)
    if second is None:
        return left

    cut = left[:-4]
    if left[-1] == "т":
        cut = left[:-3]

    cut_end = start + len(cut)
    if cut_end < second.end():
        return left

    return cut


def _inflected(left: str) -> str:
    """Cut what is after the first vowel by the first ending that fits.

    A gerund; else a reflexive and then an adjective, a verb or a noun.
    """
    if left.endswith(_GERUNDS):
        cut = _without_gerund(left)
        if cut is not None:
            return cut

    if left[-2:] in {"ся", "сь"}:
        left = left[:-2]

    for length in (3, 2):
        if left[-length:] in _ADJECTIVES:
            cut = left[:-length]
            return _without_participle(cut)

    verb = _without_verb(left)
    if verb is not None:
        return verb

    for length in (4, 3, 2, 1):
        ending = left[-length:]
        if ending in _NOUNS:
            return left[: len(left) - len(ending)]

    return left


def _without_verb(left: str) -> str | None:
    """Cut the longest ending of a verb; None where none fits, or it would want а or я before it."""
    for length in (4, 3, 2, 1):
        ending = left[-length:]
        if ending not in _VERBS:
            continue

        cut = left[: len(left) - len(ending)]
        stands_alone = _VERBS[ending]
        if stands_alone or cut[-1:] in _A:
            return cut

        return None

    return None


def _without_gerund(left: str) -> str | None:
    """Cut the ending of a gerund; None where what is before it is none of и ы а я."""
    start = left.rindex("в")
    cut = left[:start]
    before = left[start - 1 : start]

    if before in _Y:
        return cut[:-1]
    if before in _A:
        return cut

    return None


def _without_participle(left: str) -> str:
    """Cut the longest ending of a participle from what an adjective's ending left."""
    for length in (3, 2, 1):
        ending = left[-length:]
        if ending not in _PARTICIPLES:
            continue

        cut = left[: len(left) - len(ending)]
        stands_alone = _PARTICIPLES[ending]
        if stands_alone or cut[-1:] in _A:
            return cut

        return left

    return left


def _tidy(left: str) -> str:
    """Cut the superlative, one of two н, and the soft sign."""
    plain = left
    if left[-3:] == "ейш":
        plain = left[:-3]
    elif left[-4:] == "ейше":
        plain = left[:-4]

    if plain[-2:] == "нн":
        return plain[:-1]

    is_superlative = plain != left
    if plain[-1:] == "ь" and not is_superlative:
        return plain[:-1]

    return plain
