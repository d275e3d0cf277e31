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
    found = _ISE.search(word)
    if found is not None and not _ONLY_S.search(word[: found.start()]):
        other = "z" if found[2] == "s" else "s"
        yield f"{word[: found.start()]}{found[1]}{other}{found[3]}"

    our = _OUR.match(word)
    if our is not None:
        other = "or" if our[2] == "our" else "our"
        yield f"{our[1]}{other}{word[our.end() :]}"

    ends = _RE.match(word)
    if ends is not None:
        other = "er" if ends[2] == "re" else "re"
        yield f"{ends[1]}{other}{word[ends.end() :]}"

    doubled = _DOUBLED.fullmatch(word)
    if doubled is not None:
        plain = doubled[1] + doubled[2]
        yield f"{doubled[1]}l{doubled[2]}" if plain == word else plain

    for british, american in _PAIRS:
        if word.removesuffix("s") == british:
            yield american + word[len(british) :]
        elif word.removesuffix("s") == american:
            yield british + word[len(american) :]
