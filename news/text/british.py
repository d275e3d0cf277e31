"""English words that are spelled two ways: organise and organize, labour and labor.

Only a query asks for the other spelling; what is in the texts stays as it is written.
"""

import re
from collections.abc import Iterator

_ISE = re.compile(r"(?<=[a-z]{3})([iy])([sz])(e[drs]?|ers|ing|ations?|able)$")
# Words in -ise that no one writes with z, by what stands before it.
_ONLY_S = re.compile(
    r"(?:prom|prec|conc|adv|dev|rev|superv|improv|exerc|surpr|enterpr|compr|franch|merchand"
    r"|adver?t|televi|disgu|exc|dem|desp|ra|pra|appra|no|po|pa|ph|cru|bru|brui|adv|expert|parad"
    r"|prem|tortoi|cho|chor|nurs|wi|ar|r)$"
)
_OUR = re.compile(
    r"(arm|behavi|cand|clam|col|endeav|fav|fl|flav|harb|hon|hum|lab|neighb|od|parl|rig|rum|sav|savi"
    r"|splend|succ|tum|val|vap|vig)(ou?r)(?=$|s$|e|i|a|f|l|h|m|y)"
)
_RE = re.compile(r"^(cent|theat|lit|met|kilomet|centimet|millimet|fib|lust|meag|sab|spect)(re|er)")
_DOUBLED = re.compile(r"(travel|cancel|label|fuel|model|signal|level|total|dial)l?(ed|ing|ers?)$")
_PAIRS = (
    ("defence", "defense"),
    ("offence", "offense"),
    ("licence", "license"),
    ("practice", "practise"),
    ("programme", "program"),
    ("catalogue", "catalog"),
    ("dialogue", "dialog"),
    ("aluminium", "aluminum"),
    ("jewellery", "jewelry"),
    ("sceptic", "skeptic"),
    ("plough", "plow"),
    ("grey", "gray"),
    ("enrol", "enroll"),
    ("fulfil", "fulfill"),
    ("manoeuvre", "maneuver"),
    ("paediatric", "pediatric"),
    ("oestrogen", "estrogen"),
    ("anaemia", "anemia"),
    ("judgement", "judgment"),
)


def other_spellings(word: str) -> Iterator[str]:
    """Give the other spellings of an English word in lower case; mostly none."""
    for rule in (_ise, _our, _re, _doubled):
        other = rule(word)
        if other:
            yield other

    yield from _paired(word)


def _ise(word: str) -> str:
    """Return organize for organise and the other way round, empty for most words."""
    found = _ISE.search(word)
    if found is None:
        return ""

    head = word[: found.start()]
    vowel, sound, ending = found.groups()
    if _ONLY_S.search(head):
        return ""

    other = "z" if sound == "s" else "s"

    return head + vowel + other + ending


def _our(word: str) -> str:
    """Return labor for labour and the other way round, empty for most words."""
    found = _OUR.match(word)
    if found is None:
        return ""

    other = "or" if found[2] == "our" else "our"
    tail = word[found.end() :]

    return found[1] + other + tail


def _re(word: str) -> str:
    """Return center for centre and the other way round, empty for most words."""
    found = _RE.match(word)
    if found is None:
        return ""

    other = "er" if found[2] == "re" else "re"
    tail = word[found.end() :]

    return found[1] + other + tail


def _doubled(word: str) -> str:
    """Return traveled for travelled and the other way round, empty for most words."""
    found = _DOUBLED.fullmatch(word)
    if found is None:
        return ""

    root, ending = found.groups()
    american = root + ending
    british = f"{root}l{ending}"

    return british if word == american else american


def _paired(word: str) -> Iterator[str]:
    """Give the other of two spellings that no rule joins, in the same number."""
    singular = word.removesuffix("s")
    plural = word[len(singular) :]

    for british, american in _PAIRS:
        if singular == british:
            yield american + plural
        elif singular == american:
            yield british + plural
