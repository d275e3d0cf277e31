"""An article's index terms as the text of a tsvector. The analysis is news.text's: index and query cannot disagree."""

from collections.abc import Iterable, Mapping, Sequence

from news.article import Article
from news.text import BODY_START, words
from news.text.tokens import BODY_CHARACTERS, BODY_TOKENS, OCCURRENCES, TITLE_TOKENS, index_terms
from storage.rows import body_of, clean

VERSION = 2                    # of what is stored; raise it when news.text or this module change what they yield
_MOST_BYTES = 1_000_000        # a tsvector holds 1,048,575 bytes of terms (PostgreSQL manual, 12.11)
_LONGEST = 500                 # characters of a section; a term holds 2,046 bytes
_AFTER_TITLE = 193             # positions of bylines, between title and body; their terms are marked, so nothing meets them

_IN_TITLE = tuple(f"{place}A" for place in range(1, BODY_START))      # positions as they are written
_IN_BODY = tuple(str(place) for place in range(BODY_START, 16_384))


def mark(kind: str, value: str) -> str:
    """Return the term that marks an article's outlet, language, country, state. No term of a text begins with @."""
    return f"@{kind}:{value.lower()}"


def text_of(article: Article, body: str | None = None) -> str:
    """Return the text that is searched beside the title: standfirst and body (given where it is known already)."""
    body = body_of(article) if body is None else body
    return f"{clean(article.standfirst)}\n{body}" if article.standfirst else body


def literal(article: Article, marks: Iterable[str] = (), body: str | None = None) -> str:
    """Return the tsvector of an article: the title's positions have weight A; bylines and section have marked terms; `marks` none."""
    title = index_terms(clean(article.title)[:BODY_CHARACTERS], article.language)[:TITLE_TOKENS]
    parts = _print(_places(title, index_terms(text_of(article, body)[:BODY_CHARACTERS], article.language)[:BODY_TOKENS]))
    parts.extend([quote(title_term(term)) for term in dict.fromkeys(term for terms in title for term in terms)])
    if article.authors:
        parts.extend(_bylines(article.authors))
    if article.section and (section := section_term(article.section)):
        parts.append(quote(section))
    parts.extend(map(quote, marks))
    return " ".join(parts)


def title_term(term: str) -> str:
    """Return the mark of a term that stands in the title: so the index itself answers title:, without a look at positions."""
    return f"@t:{term}"


def author_terms(name: str) -> list[str]:
    """Return the terms of a name in a byline, in order: what author: looks for is a part of them."""
    return [f"@a:{word}" for word in words(clean(name))]


def section_term(name: str) -> str | None:
    """Return the one term of a section: section: asks for the whole of it. None when it has no word."""
    found = " ".join(words(clean(name)))
    return f"@s:{found[:_LONGEST]}" if found else None


def _bylines(authors: Iterable[str]) -> list[str]:
    """Return the bylines' terms; a free position stands between two names, so that no phrase reaches over it."""
    parts: list[str] = []
    position = _AFTER_TITLE
    for name in authors:
        for term in author_terms(name):
            if position >= BODY_START:
                return parts
            parts.append(f"{quote(term)}:{position}")
            position += 1
        position += 1
    return parts


def _places(title: Sequence[tuple[str, ...]], body: Sequence[tuple[str, ...]]) -> dict[str, str]:
    """Return term -> its positions as a tsvector is written: what news.text.index_document says, without a list for each term."""
    found: dict[str, str] = {}
    for tokens, places in ((title, _IN_TITLE), (body, _IN_BODY)):
        for place, terms in zip(places, tokens, strict=False):
            for term in terms:
                if term in found:
                    found[term] += "," + place
                else:
                    found[term] = place
    if len(title) + len(body) > OCCURRENCES:
        found.update([(term, _first(places)) for term, places in found.items() if len(places) > _SHORTEST])
    return found


_SHORTEST = 2 * OCCURRENCES    # more positions than are kept cannot be written in fewer characters


def _first(places: str) -> str:
    return ",".join(places.split(",", OCCURRENCES)[:OCCURRENCES])


def _print(found: Mapping[str, str]) -> list[str]:
    """Return terms and positions in the input syntax of tsvector."""
    parts = [f"'{term}':{places}" if "'" not in term and "\\" not in term else f"{quote(term)}:{places}" for term, places in found.items()]
    return parts if sum(map(len, parts)) < _MOST_BYTES // 4 else _cut(parts)


def _cut(parts: list[str]) -> list[str]:
    """Return as many terms as a tsvector surely holds: in UTF-8 none is longer than four bytes a character."""
    size = 0
    for index, part in enumerate(parts):
        size += len(part.encode()) + 16
        if size > _MOST_BYTES:
            return parts[:index]
    return parts


def quote(term: str) -> str:
    """Return a term in quotes, as tsvector and tsquery read it."""
    if "'" in term or "\\" in term:
        term = term.replace("\\", "\\\\").replace("'", "''")
    return f"'{term}'"
