"""Letters of another script that look like a word's own: the Latin C in a Russian word.

Keyboards, optical readers and people who dodge filters mix them. A word that has letters of both
scripts is read in the script that most of them have, where the others have a likeness in it.
"""

import re

_LATIN = "aceopxyijshkəëïABCEHIJKMOPSTXYƏËÏ"
_CYRILLIC = "асеорхуіјѕһкәёїАВСЕНІЈКМОРЅТХУӘЁЇ"
_TO_CYRILLIC = str.maketrans(_LATIN, _CYRILLIC)
_TO_LATIN = str.maketrans(f"{_CYRILLIC}үҮ", f"{_LATIN}yY")
_LATIN_LETTER = re.compile("[A-Za-zÀ-ɏəƏ]")
_CYRILLIC_LETTER = re.compile("[Ѐ-ԯ]")
# Turned e, which many pages have for the schwa, small and large.
_TURNED = str.maketrans("ǝƎ", "əƏ")


def in_one_script(word: str) -> str:
    """Return a word of Latin and Cyrillic letters in the script of most of them, if it can be."""
    word = word.translate(_TURNED)
    if _CYRILLIC_LETTER.search(word) is None or _LATIN_LETTER.search(word) is None:
        return word

    if _is_mostly_cyrillic(word):
        read = word.translate(_TO_CYRILLIC)
        foreign = _LATIN_LETTER.search(read)
    else:
        read = word.translate(_TO_LATIN)
        foreign = _CYRILLIC_LETTER.search(read)

    if foreign is not None:
        return word

    return read


def _is_mostly_cyrillic(word: str) -> bool:
    """Return whether most letters of a word are Cyrillic; of two halves, the first counts."""
    latin_letters = _LATIN_LETTER.findall(word)
    cyrillic_letters = _CYRILLIC_LETTER.findall(word)
    latin = len(latin_letters)
    cyrillic = len(cyrillic_letters)

    if latin == cyrillic:
        return _CYRILLIC_LETTER.match(word) is not None

    return cyrillic > latin
