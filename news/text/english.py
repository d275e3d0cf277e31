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
_TIES = 4  # letters of words that keep their ie: ties, died
_PLURAL_ES = ("sses", "xes", "ches", "shes", "zzes", "oes")
_KEPT_S = ("ss", "us", "is")


def stem(word: str) -> str:
    """Return the stem of a word in lower case."""
    if len(word) <= 3 or not word.isascii():  # noqa: PLR2004
        return _IRREGULAR.get(word, word)
    if word in _IRREGULAR:
        base = _IRREGULAR[word]
        return _without_e(base)

    singular = _singular(word)
    left = _without_ending(singular)

    return _without_e(left)


def _regions(word: str) -> tuple[int, int]:
    """Return where Porter's R1 and R2 begin.

    After the first consonant that follows a vowel, and the same again.
    """
    first = _REGION.match(word)
    if first is None:
        return len(word), len(word)

    second = _REGION.match(word, first.end())
    if second is None:
        return first.end(), len(word)

    return first.end(), second.end()


def _singular(word: str) -> str:
    if word.endswith(("ies", "ied")):
        if len(word) == _TIES:
            return word[:-1]

        return word[:-3] + "y"

    if word.endswith(_PLURAL_ES):
        return word[:-2]

    if not word.endswith("s") or word.endswith(_KEPT_S):
        return word

    before = word[:-2]
    if _VOWEL.search(before) is None:
        return word

    return word[:-1]


def _without_ending(word: str) -> str:
    if word.endswith(("eed", "eedly")):
        return _without_eed(word)

    for ending in ("ingly", "edly", "ing", "ed"):
        if not word.endswith(ending):
            continue

        left = word.removesuffix(ending)
        if len(left) > 1 and _VOWEL.search(left):
            return _restored(left)

        return word

    return word


def _without_eed(word: str) -> str:
    """Return agree for agreed, agreedly; feed is left as it is."""
    first, _ = _regions(word)
    if first > len(word) - 3:
        return word

    participle = word.removesuffix("ly")

    return participle[:-1]


def _restored(word: str) -> str:
    """Give back the e, or take the doubled consonant, that the ending cost or brought."""
    if word.endswith(("at", "bl", "iz")):
        return word + "e"

    last_two = word[-2:]
    if _DOUBLE.fullmatch(last_two):
        return word[:-1]

    first, _ = _regions(word)
    if first >= len(word) and _SHORT_SYLLABLE.fullmatch(word):
        return word + "e"

    return word


def _without_e(word: str) -> str:
    cut = word[:-1]
    last = len(cut)
    first, second = _regions(word)

    if word.endswith(("e", "ll")) and last >= second:
        return cut
    if not word.endswith("e") or last < first:
        return word
    if _SHORT_SYLLABLE.fullmatch(cut):
        return word

    return cut
