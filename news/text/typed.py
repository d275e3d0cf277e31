"""Words as people type them into a box for queries: without their marks, without their capital.

A text in Turkish or Azerbaijani has a bare term ("B" and the stem without marks) for each stem with
marks; a word that is typed without any asks for it. A word in small letters that ends like a
surname of the region, or is a known given name, asks for the name too. Both are guesses: they find,
but an article that has the word as it is typed ranks first (`guesses` tells which terms they are).
"""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib import resources

from news.text import names, paradigms, scripts
from news.text.paradigms import russian

BARE = "B"
_BARED = str.maketrans("əöüçşğäňýžâîû", "eoucsganyzaiu")
_LEAST = 4  # letters of a word that is guessed at
_LEAST_STEM = 3  # letters of a bare stem
_TELLING = 4  # classes of consonants by which an unknown word is known from others
_SURNAME = re.compile(
    r"(?:(?:[oe]v|[iy][yi]?ev)a?|(?:y|i)ani?|dze|shvili|zad[ea]h?|zadə|o[gğ]lu|q[iı]z[iı]"
    r"|sk(?:i|iy|y|aya|ii)|enko|uly|yev|[oe]w"
    r"|ова?|ева?|ёва?|ский|ская|енко|ян|дзе|швили|заде|оглы|улы|кызы|јан|յան|եան)$"
)
# Stems of Turkish and Azerbaijani words that stand without marks as often as with them, each as
# another word: oldu, öldü; bas, baş.
_EITHER_WAY = """
ac aci acik ad al an ana ari as asi at ates bas bas basi bes boy bos bul cam can cok cop dal
dis dol don dus gec gel gen gol gor gun hal hala han hos ic icin is kac kal kan kar kas kayma
kis kol kon kor koru kul kur kus ok ol oldu oldur olum on ona onc onu onun op or ora orta os
oz sac san sar sari sat sec ses sik sok son sor soz su suc suru sus tas ton tor toz tuz uc un
us ust uz yas yol yon yuk yuz
"""
_TWO_WORDS = frozenset(_EITHER_WAY.split())


def bare_stem(stem: str, group: str) -> str:
    """Return a stem without its marks in a group whose marks people leave out, else empty.

    Empty as well when it has none.
    """
    if group == "T":
        bare = stem.translate(_BARED)
    elif group == "Z":
        bare = stem.replace("'", "")
    else:
        return ""

    if bare == stem or len(bare) < _LEAST_STEM:
        return ""

    return bare


@lru_cache(maxsize=100_000)
def guesses(word: str, script: str) -> tuple[str, ...]:
    """Return the terms that a cleaned word of a query may mean beside its own."""
    if script == scripts.LATIN:
        return _latin_guesses(word)

    has_capitals = script in {scripts.CYRILLIC, scripts.ARMENIAN}
    if has_capitals and len(word) >= _LEAST:
        return _as_name(word, script)

    return ()


def _latin_guesses(word: str) -> tuple[str, ...]:
    """Return the terms that a word of Latin letters may mean: a name, a word without its marks."""
    if word in _given_names():
        return _as_name(word, scripts.LATIN)

    if len(word) < _LEAST:
        return ()

    lower = word.lower()
    if _is_english(lower):
        return ()

    bare_terms = _bare_terms(word)
    name_terms = _as_name(word, scripts.LATIN)

    return bare_terms + name_terms


def _bare_terms(word: str) -> tuple[str, ...]:
    """Return the bare terms of a word typed without marks, none of any other."""
    found: dict[str, None] = {}
    capital = word[0] != word[0].lower()

    for group in "TZ":
        folded = scripts.fold(word, group)
        if _bared(folded) != folded or folded in _TWO_WORDS:
            continue

        stems = paradigms.stems_of(folded, group)
        if capital:
            stems = stems[:1]  # a name's own keys find its forms

        for stem in stems:
            bare = _bared(stem)
            if len(bare) >= _LEAST_STEM and bare not in _TWO_WORDS:
                found[BARE + bare] = None

    return tuple(found)


def _bared(folded: str) -> str:
    """Return a folded Latin word without any marks."""
    return folded.translate(_BARED).replace("'", "")


def bare_prefix(word: str) -> str:
    """Return how bare terms begin for `word*`, empty for a word with marks or a short one."""
    folded = scripts.fold(word, "T")
    if len(folded) <= _LEAST or not folded.isascii():
        return ""

    return BARE + folded


def _as_name(word: str, script: str) -> tuple[str, ...]:
    """Return the name keys of a word in small letters that looks like a name."""
    first = word[0]
    if first != first.lower():
        return ()

    name = first.upper() + word[1:]
    if _is_named(word, script):
        return _known_name(name, script)

    if script == scripts.LATIN and word.isascii() and len(word) > _LEAST:
        return _possible_name(name)

    return ()


def _known_name(name: str, script: str) -> tuple[str, ...]:
    """Return all keys of a name."""
    found: dict[str, None] = {}
    for group in scripts.GROUPS[script]:
        folded = scripts.fold(name, group)
        name_keys, _ = names.query_keys(name, folded, script, group)
        found.update(dict.fromkeys(name_keys))

    return tuple(found)


def _possible_name(name: str) -> tuple[str, ...]:
    """Return the keys of a Latin word that nothing shows to be a name, those that say enough."""
    found: dict[str, None] = {}
    for group in scripts.GROUPS[scripts.LATIN]:
        folded = scripts.fold(name, group)
        name_keys = names.keys(name, folded, scripts.LATIN, group)
        telling = filter(_is_telling, name_keys)
        found.update(dict.fromkeys(telling))

    return tuple(found)


def _is_named(word: str, script: str) -> bool:
    """Return whether a word in small letters ends like a surname, or is known as a name."""
    if _SURNAME.search(word) is not None:
        return True
    if script == scripts.CYRILLIC:
        return russian.is_name(word)

    return word in _given_names()


def _is_telling(key: str) -> bool:
    """Return whether a name key has so many consonants that few words share it."""
    skeleton, _, _ = key.partition("/")

    return len(skeleton) > _TELLING


@cache
def _given_names() -> frozenset[str]:
    """Return the names that are known in small letters."""
    file = resources.files("news.text") / "given_names.txt"
    text = file.read_text(encoding="utf-8")
    found: set[str] = set()

    for line in text.splitlines():
        listed, _, _ = line.partition("#")
        found.update(listed.split())

    return frozenset(found)


@cache
def _english() -> Mapping[str, str]:
    """Return the dictionary of English words. 180,000 entries, 16 MB, 0.25 s once."""
    from simplemma.strategies.dictionaries.dictionary_factory import (
        DefaultDictionaryFactory,
    )

    return DefaultDictionaryFactory().get_dictionary("en")


def _is_english(word: str) -> bool:
    """Return whether a word in small letters is a common word of English."""
    return word.isascii() and word in _english()
