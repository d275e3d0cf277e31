"""Queries that a page proposes; whoever makes a watch of one sees it and may change it first."""

import re

_WORDS = 3  # more of them find little but this very article
_LEAST = 4  # letters; shorter words are mostly of every text
_WORD = re.compile(r"[^\W\d_]+")
_OPERATOR = "NEAR"  # the query language's only word of so many letters


def of_headline(title: str) -> str:
    """Return a query of a headline's telling words: names (capitals) first, then the longest.

    A headline of short words only is looked for as it stands.
    """
    words: dict[str, str] = {}
    for word in _WORD.findall(title):
        if len(word) >= _LEAST and word != _OPERATOR:
            words.setdefault(word.casefold(), word)

    if not words:
        phrase = title.replace('"', " ")
        return f'title:"{phrase}"'

    # Whatever word opens a sentence has a capital.
    opening, *others = words.values()
    names = [word for word in others if word[0].isupper()]
    plain = [opening, *(word for word in others if word not in names)]
    plain.sort(key=len, reverse=True)
    chosen = (*names, *plain)[:_WORDS]

    return " ".join(word for word in words.values() if word in chosen)
