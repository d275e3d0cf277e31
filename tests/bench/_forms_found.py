"""How many forms of a word a query for its dictionary form finds, on the shared lists of nouns.

The half of each list by which no rule was written is told by a hash of the word: see `kept_back`.
"""

import hashlib
import time
from collections import defaultdict
from pathlib import Path

from _table import markdown

from news.text import document_terms, query_terms

_ROOT = Path(__file__).resolve().parents[2]
_PLACES = (_ROOT.parent / "shared", _ROOT.parent.parent / "shared")
LANGUAGES = ("az", "fa", "hy", "ka", "kk", "ky", "ru", "tr", "uz")


def folder() -> Path | None:
    """Return the folder of shared material, None where it is not."""
    return next((place for place in _PLACES if (place / "words").is_dir()), None)


def kept_back(word: str) -> bool:
    """Return whether a word belongs to the half that was not looked at."""
    return bool(hashlib.sha256(f"seed7{word}".encode()).digest()[0] & 1)


def finds(asked: str, form: str, language: str) -> bool:
    """Return whether a query for a word finds a form of it in a text."""
    whole, beginnings = query_terms(asked)
    terms = document_terms(form, language)
    return any(term in whole or (beginnings and term.startswith(beginnings)) for term in terms)


def joined(words: list[str], language: str) -> int:
    """Return how many pairs of different words a query for the one takes for the other."""
    documents: dict[str, set[str]] = defaultdict(set)
    for word in words:
        for term in document_terms(word, language):
            documents[term].add(word)
    pairs: set[frozenset[str]] = set()
    for word in words:
        for term in query_terms(word)[0]:
            for other in documents.get(term, ()):
                if other != word:
                    pairs.add(frozenset((word, other)))
    return len(pairs)


def table() -> str:
    """Return the table, or a line that says why there is none."""
    shared = folder()
    if shared is None:
        return "(the shared word lists are not here: not measured)"
    rows = []
    for language in LANGUAGES:
        text = (shared / "words" / f"{language}.txt").read_text(encoding="utf-8")
        paradigms = [line.split() for line in text.splitlines() if line.strip()]
        rows.append(_row(language, paradigms))
    heads = (
        "language",
        "words",
        "forms found, half kept back",
        "all",
        "pairs of different nouns joined",
        "terms a query's word",
        "ms a new one",
    )
    return markdown(heads, rows)


def _row(language: str, paradigms: list[list[str]]) -> tuple[object, ...]:
    words = list(dict.fromkeys(paradigm[0] for paradigm in paradigms))
    start = time.process_time()
    asked = [len(query_terms(word)[0]) for word in words]
    spent = time.process_time() - start
    held = [paradigm for paradigm in paradigms if kept_back(paradigm[0])]
    pairs = len(words) * (len(words) - 1) // 2
    wrong = joined(words, language)
    return (
        language,
        len(words),
        _share(held, language),
        _share(paradigms, language),
        f"{wrong} of {pairs} ({wrong / pairs:.3%})",
        f"{sum(asked) / len(asked):.0f}",
        f"{1000 * spent / len(words):.1f}",
    )


def _share(paradigms: list[list[str]], language: str) -> str:
    total = found = 0
    for asked, *forms in paradigms:
        total += len(forms)
        found += sum(finds(asked, form, language) for form in forms)
    return f"{found / total:.3f} of {total}" if total else "-"
