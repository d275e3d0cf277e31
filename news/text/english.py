"""English: inflection alone.

Porter2's steps 1a, 1b and the final e (snowballstem.org/algorithms/english), without its
derivational steps.

Porter2 makes one stem of organ and organization, universe and university; for finding news that is
too much, and a prefix such
as organiz* would miss what it names.
"""

import re

_IRREGULAR_WORDS = """
say said; tell told; take took taken; go went gone goes; hold held; meet met; win won; man men;
woman women; child children; lead led; make made;
give gave given; see saw seen; come came; become became; begin began begun; bring brought; buy
bought; seek sought; fight fought;
build built; send sent; spend spent; lose lost; keep kept; pay paid; sell sold; stand stood;
understand understood; break broke broken;
speak spoke spoken; choose chose chosen; rise rose risen; fall fell fallen; grow grew grown; know
knew known; throw threw thrown;
draw drew drawn; fly flew flown; write wrote written; shoot shot; withdraw withdrew withdrawn;
strike struck; teach taught; think thought;
catch caught; deal dealt; feed fed; flee fled; freeze froze frozen; hide hidden; shake shook shaken;
steal stole stolen; swear swore sworn;
arise arose arisen; overthrow overthrew overthrown; undertake undertook undertaken; die dying; lie
lying; wife wives; knife knives; crisis crises
"""
_IRREGULAR: dict[str, str] = {}
for _forms in map(str.split, _IRREGULAR_WORDS.split(";")):
    _IRREGULAR.update(dict.fromkeys(_forms, _forms[0]))

_REGION = re.compile(r".*?[aeiouy][^aeiouy]")
_VOWEL = re.compile(r"[aeiouy]")
_SHORT_SYLLABLE = re.compile(r"(?:.*[^aeiouy])?[aeiouy][^aeiouywx]|[aeiouy][^aeiouy]")
_DOUBLE = re.compile(r"(bb|dd|ff|gg|mm|nn|pp|rr|tt)")
_KEPT_S = ("ss", "us", "is")


def stem(word: str) -> str:
    """Return the stem of a word in lower case."""
    if len(word) <= 3 or not word.isascii():  # noqa: PLR2004
        return _IRREGULAR.get(word, word)
    if word in _IRREGULAR:
        return _without_e(_IRREGULAR[word])

    return _without_e(_without_ending(_singular(word)))


def _regions(word: str) -> tuple[int, int]:
    """Return where Porter's R1 and R2 begin.

    After the first consonant that follows a vowel, and the same again.
    """
    first = _REGION.match(word)
    if first is None:
        return len(word), len(word)

    second = _REGION.match(word, first.end())

    return first.end(), second.end() if second else len(word)


def _singular(word: str) -> str:
    if word.endswith(("ies", "ied")):
        return word[:-3] + ("y" if len(word) > 4 else "ie")  # noqa: PLR2004
    if word.endswith(("sses", "xes", "ches", "shes", "zzes")):
        return word[:-2]
    if word.endswith("oes"):
        return word[:-2]
    if word.endswith("s") and not word.endswith(_KEPT_S) and _VOWEL.search(word[:-2]):
        return word[:-1]

    return word


def _without_ending(word: str) -> str:
    if word.endswith(("eed", "eedly")):
        return word.removesuffix("ly")[:-1] if _regions(word)[0] <= len(word) - 3 else word

    for ending in ("ingly", "edly", "ing", "ed"):
        left = word.removesuffix(ending)
        if left != word:
            return _restored(left) if len(left) > 1 and _VOWEL.search(left) else word

    return word


def _restored(word: str) -> str:
    """Give back the e, or take the doubled consonant, that the ending cost or brought."""
    if word.endswith(("at", "bl", "iz")):
        return word + "e"
    if _DOUBLE.fullmatch(word[-2:]):
        return word[:-1]
    if _regions(word)[0] >= len(word) and _SHORT_SYLLABLE.fullmatch(word):
        return word + "e"

    return word


def _without_e(word: str) -> str:
    first, second = _regions(word)
    last = len(word) - 1
    if word.endswith("e") and (
        last >= second or (last >= first and not _SHORT_SYLLABLE.fullmatch(word[:-1]))
    ):
        return word[:-1]
    if word.endswith("ll") and last >= second:
        return word[:-1]

    return word
