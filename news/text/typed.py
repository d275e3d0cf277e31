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

    return bare if bare != stem and len(bare) >= _LEAST_STEM else ""


@lru_cache(maxsize=100_000)
def guesses(word: str, script: str) -> tuple[str, ...]:
    """Return the terms that a cleaned word of a query may mean beside its own."""
    if script == scripts.LATIN and word in _given_names():
        return _as_name(word, script)
    if len(word) < _LEAST or (script == scripts.LATIN and _is_english(word.lower())):
        return ()
    if script == scripts.LATIN:
        return (*_bare_terms(word), *_as_name(word, script))
    if script in {scripts.CYRILLIC, scripts.ARMENIAN}:
        return _as_name(word, script)

    return ()


def _bare_terms(word: str) -> tuple[str, ...]:
    """Return the bare terms of a word typed without marks, none of any other."""
    found: dict[str, None] = {}
    capital = word[0] != word[0].lower()

    for group in "TZ":
        folded = scripts.fold(word, group)
        if _bared(folded) != folded or folded in _TWO_WORDS:
            continue

        # A name's own keys find its forms.
        all_stems = paradigms.stems_of(folded, group)
        for stem in all_stems[:1] if capital else all_stems:
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
    too_short = len(folded) <= _LEAST
    return "" if too_short or not folded.isascii() else BARE + folded


def _as_name(word: str, script: str) -> tuple[str, ...]:
    """Return the name keys of a word in small letters that looks like a name."""
    if word[0] != word[0].lower():
        return ()

    named = _is_named(word, script)
    unmarked = script == scripts.LATIN and word.isascii()
    if not named and not (unmarked and len(word) > _LEAST):
        return ()

    name = word[0].upper() + word[1:]
    found: dict[str, None] = {}

    for group in scripts.GROUPS[script]:
        folded = scripts.fold(name, group)
        if named:
            found.update(dict.fromkeys(names.query_keys(name, folded, script, group)[0]))
        else:
            name_keys = names.keys(name, folded, script, group)
            found.update(dict.fromkeys(filter(_is_telling, name_keys)))

    return tuple(found)


def _is_named(word: str, script: str) -> bool:
    """Return whether a word in small letters ends like a surname, or is known as a name."""
    if script == scripts.CYRILLIC:
        return _SURNAME.search(word) is not None or russian.is_name(word)

    return word in _given_names() or _SURNAME.search(word) is not None


def _is_telling(key: str) -> bool:
    """Return whether a name key has so many consonants that few words share it."""
    skeleton = key.partition("/")[0]
    return len(skeleton) > _TELLING


@cache
def _given_names() -> frozenset[str]:
    """Return the names that are known in small letters."""
    text = resources.files("news.text").joinpath("given_names.txt").read_text(encoding="utf-8")
    found: set[str] = set()
    for line in text.splitlines():
        found.update(line.partition("#")[0].split())

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
