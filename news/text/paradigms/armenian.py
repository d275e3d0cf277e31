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
_CONSONANTS = "[^աեէըիոօու]{1,2}$"
# A last syllable's vowel that is lost or changed before an ending: սիրտ, սրտի; լույս, լուսի;
# մատյան, մատենի; սեր, սիրո.
_CHANGES = (
    (re.compile(f"(?:ու|ի)(?={_CONSONANTS})"), ""),
    (re.compile(f"ույ(?={_CONSONANTS})"), "ու"),
    (re.compile(f"յա(?={_CONSONANTS})"), "ե"),
    (re.compile(f"[եէ](?={_CONSONANTS})"), "ի"),
)
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

    if word.endswith("ում"):
        yield from [word[:-3] + ending for ending in _OF_UM]

    if word.endswith("ի"):
        yield from [word[:-1] + ending for ending in _OF_I]

    if word.endswith("ու"):
        yield from [word[:-2] + ending for ending in _OF_U]

    if word.endswith("ուն"):
        yield from [word[:-3] + ending for ending in ("ան", "անը", "վան", "վանը")]

    if word[-1] in "աոօեէու":
        yield from [f"{word}յ{ending}" for ending in _AFTER_GLIDE]

    for base in (word, *_changed(word)):
        yield from [base + ending for ending in _endings()]


def _irregular(word: str) -> Iterator[str]:
    """Give the forms of a word, or of the last part of a compound, that no rule makes."""
    for end, known in _IRREGULAR.items():
        if word == end or (word.endswith(end) and len(end) > 3):  # noqa: PLR2004
            head = word.removesuffix(end)
            yield from [head + form for form in known.split()]


@cache
def _endings() -> tuple[str, ...]:
    """Return every ending of a noun: the singular's, then each plural's."""
    plural = map("".join, product(_PLURALS, _AFTER_PLURAL))
    return (*_ENDINGS, *plural)


def _changed(word: str) -> Iterator[str]:
    """Give what a word's last syllable may become before an ending."""
    for pattern, instead in _CHANGES:
        changed = pattern.sub(instead, word)
        if changed not in {word, ""} and len(changed) > 1:
            yield changed
