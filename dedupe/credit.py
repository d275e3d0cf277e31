"""Whom a text names as its source, of some outlets.

News text names its source near its beginning or its end, beside phrases like "according to",
"сообщает", "istinadən", «به نقل از». A phrase is only a cue: what counts is which outlet's name
stands beside it, and names are compared by their keys across scripts, so that an Azerbaijani copy
can credit an agency by its Cyrillic name.
"""

import re
from collections.abc import Iterable

from news.credit import zones
from news.text import document_terms

_WORD = re.compile(r"[\w’'-]+")
_GENERIC = frozenset(
    [
        "news",
        "agency",
        "agentliyi",
        "the",
        "info",
        "az",
        "am",
        "ge",
        "com",
        "ru",
        "tr",
        "press",
        "агентство",
        "новости",
        "xəbər",
        "haber",
    ]
)

NameKeys = list[frozenset[str]]


def name_keys(
    words: str,
    language: str,
) -> NameKeys:
    """Return what each word of a name or passage is compared by.

    Its keys across scripts, or the word itself. Words that many outlets have in their name are
    left out, but for the first.
    """
    keys: NameKeys = []
    for word in _WORD.findall(words):
        if keys and word.casefold() in _GENERIC:
            continue

        terms = document_terms(word, language)
        names = frozenset(term for term in terms if term.startswith("~"))
        keys.append(names or frozenset({word.casefold()}))

    return keys


def named_outlets(
    text: str,
    language: str,
    outlets: Iterable[tuple[str, str]],
) -> set[str]:
    """Return which of some outlets, given as (name, title), a text names as its source."""
    forms: dict[str, list[NameKeys]] = {}
    for name, title in outlets:
        keys = (name_keys(title, language), name_keys(name, language))
        forms[name] = [form for form in keys if form]

    if not forms:
        return set()

    named: set[str] = set()

    for zone in zones(text):
        passage = name_keys(zone, language)
        for name, spellings in forms.items():
            if any(_stands_in(passage, spelling) for spelling in spellings):
                named.add(name)

    return named


def _stands_in(
    passage: NameKeys,
    name: NameKeys,
) -> bool:
    """Tell whether a name's words stand in a passage one after the other."""
    starts = range(len(passage) - len(name) + 1)

    return any(
        _agree(
            name,
            passage[start : start + len(name)],
        )
        for start in starts
    )


def _agree(
    name: NameKeys,
    words: NameKeys,
) -> bool:
    return all(part & word for part, word in zip(name, words, strict=True))
