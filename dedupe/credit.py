"""Whom a text names as its source: the words around phrases like "according to", "сообщает", "istinadən", «به نقل از».

News text names its source near its beginning or its end. A phrase is only a cue: what counts is which outlet's name stands beside it,
and names are compared by their keys across scripts, so that an Azerbaijani copy can credit an agency by its Cyrillic name.
"""

import re
from collections.abc import Iterable

from news.credit import zones
from news.text import document_terms

_WORD = re.compile(r"[\w’'-]+")
_GENERIC = frozenset(
    {
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
    }
)


def keys(words: str, language: str) -> list[frozenset[str]]:
    """Return what each word of a name or passage is compared by: its keys across scripts, or the word itself."""
    found: list[frozenset[str]] = []
    for word in _WORD.findall(words):
        terms = document_terms(word, language)
        names = frozenset(term for term in terms if term.startswith("~"))
        if word.casefold() not in _GENERIC or not found:
            found.append(names or frozenset({word.casefold()}))
    return found


def named(text: str, language: str, outlets: Iterable[tuple[str, str]]) -> set[str]:
    """Return which of some outlets, given as (name, title), a text names as its source."""
    wanted = {
        name: [sought for sought in (keys(title, language), keys(name, language)) if sought]
        for name, title in outlets
    }
    found: set[str] = set()
    for zone in zones(text) if wanted else ():
        held = keys(zone, language)
        found |= {
            name for name, forms in wanted.items() if any(_stands(form, held) for form in forms)
        }
    return found


def _stands(name: list[frozenset[str]], passage: list[frozenset[str]]) -> bool:
    """Tell whether a name's words stand in a passage one after the other."""
    return any(
        all(
            part & held for part, held in zip(name, passage[start : start + len(name)], strict=True)
        )
        for start in range(len(passage) - len(name) + 1)
    )
