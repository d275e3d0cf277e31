"""Common words of the two scripts without capitals, where nothing else tells a word from a name.

A Georgian or Persian word has name keys unless its stem is here or it has an ending that names do
not have. The lists hold what news is
full of; what they miss costs an index term, and now and then a false match with a name of the same
sound.
"""

import re
from functools import cache

from news import languages

_VOWELS = "იეაოუ"
# Verbal nouns, adjectives, agents, abstract nouns; verb forms.
_GEORGIAN_ENDINGS = ("ობ", "ებ", "ებულ", "ულ", "ისტ", "მენტ", "იზმ", "ნენ", "ენს", "ავს")
_OF_USE = re.compile("სა.*[ოე]ლ")
_PERSIAN_ENDINGS = ("ها", "های", "هایی", "ترین", "گذاری", "کننده", "شده", "نامه")
_PERSIAN_VERB = re.compile("(?:می|نمی).{2,}[دم]")


@cache
def _georgian_words() -> frozenset[str]:
    words = languages.language("ka").common_words
    return frozenset(word.rstrip(_VOWELS) for word in words)


@cache
def _persian_words() -> frozenset[str]:
    words = languages.language("fa").common_words
    joined = [word.replace("\u200c", "") for word in words]

    return frozenset(word.replace("آ", "ا").replace("ئ", "ی") for word in joined)


def common_georgian(cut: str) -> bool:
    """Return whether a word without its case ending is a common one."""
    base = cut.rstrip(_VOWELS)
    return (
        base in _georgian_words()
        or base.endswith(_GEORGIAN_ENDINGS)
        or _OF_USE.fullmatch(base) is not None
    )


def common_persian(word: str) -> bool:
    """Return whether a folded word is a common one."""
    return (
        word in _persian_words()
        or word.removesuffix("ی") in _persian_words()
        or word.endswith(_PERSIAN_ENDINGS)
        or _PERSIAN_VERB.fullmatch(word) is not None
    )
