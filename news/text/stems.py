"""One light stemmer per language group: cut the inflection, keep the word. A stem is a class of forms, not a dictionary entry."""

from collections.abc import Callable, Iterable
from functools import cache

LEAST = 3                      # letters that always stay


def stem(word: str, group: str) -> str:
    """Return the stem of a folded word in a group."""
    stemmer = _STEMMERS.get(group)
    return stemmer(word) if stemmer is not None else word


def _strip(word: str, suffixes: frozenset[str], longest: int, least: int = LEAST) -> str:
    for length in range(min(longest, len(word) - least), 0, -1):
        if word[-length:] in suffixes:
            return word[:-length]
    return word


@cache
def _russian() -> Callable[[str], str]:
    import snowballstemmer

    return snowballstemmer.stemmer("russian").stemWord  # type: ignore[no-any-return]


def _stem_russian(word: str) -> str:
    return _russian()(word)


def _table(words: Iterable[str]) -> tuple[frozenset[str], int]:
    known = frozenset(words)
    return known, max(map(len, known))


_STEMMERS: dict[str, Callable[[str], str]] = {"R": _stem_russian}
