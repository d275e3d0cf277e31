"""Eastern Armenian nouns: cases, articles, plurals, and the vowels that endings change."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import product

_ENDINGS = [
    "ը",
    "ն",
    "ի",
    "ին",
    "ից",
    "ով",
    "ում",
    "ումը",
    "ու",
    "ուն",
    "ուց",
    "ս",
    "դ",
    "իս",
    "իդ",
    "երի",
    "վա",
    "վան",
    "վանից",
    "վանը",
    "ոջ",
    "ոջը",
]
_PLURALS = ("եր", "ներ")
_AFTER_PLURAL = ("", *["ը", "ն", "ի", "ին", "ից", "ով", "ում", "ս", "դ", "իս", "իդ"])
_AFTER_GLIDE = ["ի", "ին", "ից", "ով", "ում", "իս"]
_OF_UM = ["ման", "մանը", "մանն", "մամբ", "մից", "մանս", "մանդ"]  # որոշում, որոշման
_OF_I = ["ու", "ուն", "ուց", "ով", "ում", "ուս", "ուդ", "վա", "վան"]  # այգի, այգու; տարի, տարվա
_OF_U = ["վի", "վին", "վից", "վով"]  # լեզու, լեզվի
_OF_UN = ["ան", "անը", "վան", "վանը"]
_CHANGED_ENDS = (
    ("ում", _OF_UM),
    ("ի", _OF_I),
    ("ու", _OF_U),
    ("ուն", _OF_UN),
)
_CONSONANTS = "[^աեէըիոօու]{1,2}$"
# A last syllable's vowel that is lost or changed before an ending: սիրտ, սրտի; լույս, լուսի;
# մատյան, մատենի; սեր, սիրո.
_CHANGES = (
    (re.compile(f"(?:ու|ի)(?={_CONSONANTS})"), ""),
    (re.compile(f"ույ(?={_CONSONANTS})"), "ու"),
    (re.compile(f"յա(?={_CONSONANTS})"), "ե"),
    (re.compile(f"[եէ](?={_CONSONANTS})"), "ի"),
)
_LEAST_LAST_PART = 4  # letters of a word that is known as the last part of a compound
# Nouns of everyday news that no rule makes.
_IRREGULAR = {
    "մարդ": "մարդու մարդուն մարդիկ մարդկանց",
    "հայր": "հոր հորը հորից",
    "մայր": "մոր մորը մորից",
    "եղբայր": "եղբոր եղբորը",
    "քույր": "քրոջ քրոջը",
    "կին": "կնոջ կնոջը կանայք կանանց",
    "տեր": "տիրոջ տիրոջը",
    "արյուն": "արյան",
    "ձյուն": "ձյան",
    "երեխա": "երեխեք երեխեքի",
    "հայ": "հայոց",
}


def forms(word: str) -> Iterator[str]:
    """Give the forms of a folded noun as dictionaries give it."""
    yield word
    yield from _irregular(word)

    for own_end, endings in _CHANGED_ENDS:
        if word.endswith(own_end):
            root = word.removesuffix(own_end)
            yield from [root + ending for ending in endings]

    last = word[-1]
    if last in "աոօեէու":
        yield from [f"{word}յ{ending}" for ending in _AFTER_GLIDE]

    for base in (word, *_changed(word)):
        yield from [base + ending for ending in _endings()]


def _irregular(word: str) -> Iterator[str]:
    """Give the forms of a word, or of the last part of a compound, that no rule makes."""
    for last_part, known in _IRREGULAR.items():
        if not word.endswith(last_part):
            continue

        first_part = word.removesuffix(last_part)
        if first_part and len(last_part) < _LEAST_LAST_PART:
            continue

        for form in known.split():
            yield first_part + form


@cache
def _endings() -> tuple[str, ...]:
    """Return every ending of a noun: the singular's, then each plural's."""
    plural = map("".join, product(_PLURALS, _AFTER_PLURAL))

    return (*_ENDINGS, *plural)


def _changed(word: str) -> Iterator[str]:
    """Give what a word's last syllable may become before an ending."""
    for pattern, instead in _CHANGES:
        changed = pattern.sub(instead, word)
        if len(changed) > 1 and changed != word:
            yield changed
