"""Uzbek in Cyrillic letters, read as the Latin ones write it.

Texts of both alphabets have one stem and one name key, so that a query in either finds both. The
letters are those of the law of 1995 and of school grammars: е is ye at the beginning and after a
vowel; ц is ts after a vowel, s elsewhere.
"""

import re

_LETTERS = {
    "а": "a",
    "б": "b",
    "в": "v",
    "г": "g",
    "д": "d",
    "е": "e",
    "ё": "yo",
    "ж": "j",
    "з": "z",
    "и": "i",
    "й": "y",
    "к": "k",
    "л": "l",
    "м": "m",
    "н": "n",
    "о": "o",
    "п": "p",
    "р": "r",
    "с": "s",
    "т": "t",
    "у": "u",
    "ф": "f",
    "х": "x",
    "ц": "s",
    "ч": "ch",
    "ш": "sh",
    "ъ": "'",
    "ь": "",
    "э": "e",
    "ю": "yu",
    "я": "ya",
    "ў": "o'",
    "қ": "q",
    "ғ": "g'",
    "ҳ": "h",
}
_LATIN = str.maketrans(_LETTERS)
_OPEN_E = re.compile("(?<![бвгджзйклмнпрстфхцчшқғҳ])е")
_TS = re.compile("(?<=[аеёиоуэюяў])ц")
_FOREIGN = re.compile("[ыщәіңөүұһҷӣӯ]")


def may_be(word: str) -> bool:
    """Return whether a word in Cyrillic letters has none that Uzbek does not have."""
    return _FOREIGN.search(word.lower()) is None


def latin(word: str) -> str:
    """Return a word in Latin letters, a sign that has none as it is; a capital stays one."""
    lower = word.lower()
    spelled = _OPEN_E.sub("ye", lower)
    spelled = _TS.sub("ts", spelled)
    read = spelled.translate(_LATIN) or word

    if word[0] == lower[0]:
        return read

    return read[:1].upper() + read[1:]
