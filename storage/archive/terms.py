"""An article's index terms as a tsvector, in text or in the server's binary form. The analysis is news.text's: index and query cannot disagree."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from struct import pack
from typing import AnyStr

from news.article import Article
from news.text import BODY_START, Memory, words
from news.text.tokens import BODY_CHARACTERS, BODY_TOKENS, OCCURRENCES, TITLE_TOKENS
from storage.archive.rows import body_of, clean

VERSION = 4  # of what is stored; raise it when news.text or this module change what they yield
_MOST_BYTES = 1_000_000  # a tsvector holds 1,048,575 bytes of terms (PostgreSQL manual, 12.11)
_REMEMBERED = (
    400_000  # words of all languages since the last turn: some 300 MB, if a load ever meets so many
)
_LONGEST = 500  # characters of a section; a term holds 2,046 bytes
_AFTER_TITLE = 193  # positions of bylines, between title and body; their terms are marked, so nothing meets them

# Positions as they are written: in text, and in the binary form (weight in the two upper bits, A is 3; PostgreSQL's tsvectorrecv).
_IN_TITLE = tuple(f",{place}A" for place in range(1, BODY_START))
_IN_BODY = tuple(f",{place}" for place in range(BODY_START, 16_384))
_BINARY_TITLE = tuple(pack("!H", 3 << 14 | place) for place in range(1, BODY_START))
_BINARY_BODY = tuple(pack("!H", place) for place in range(BODY_START, 16_384))
_COUNTS = tuple(
    b"\0" + pack("!H", length // 2) for length in range(2 * OCCURRENCES + 1)
)  # by the length of the positions: the term's end, how many


def mark(kind: str, value: str) -> str:
    """Return the term that marks an article's outlet, language, country, state. No term of a text begins with @."""
    return f"@{kind}:{value.lower()}"


def text_of(article: Article, body: str | None = None) -> str:
    """Return the text that is searched beside the title: standfirst and body (given where it is known already)."""
    body = body_of(article) if body is None else body
    return f"{clean(article.standfirst)}\n{body}" if article.standfirst else body


def literal(article: Article, marks: Iterable[str] = (), body: str | None = None) -> str:
    """Return the tsvector of an article in text: the title's positions have weight A; bylines and section have marked terms; `marks` none."""
    title, text = _read(article, body)
    parts = _print(_places(title, text, (_IN_TITLE, _IN_BODY)))
    if len(title) + len(text) > OCCURRENCES:
        parts = [_first(part) if len(part) > _SHORTEST else part for part in parts]
    parts.extend(
        [
            f"{quote(term)}:{','.join(map(str, places))}"
            for term, places in _bylines(article.authors).items()
        ]
    )
    parts.extend(map(quote, _marks(article, title, marks)))
    return " ".join(parts if sum(map(len, parts)) < _MOST_BYTES // 4 else _cut(parts))


def vector(article: Article, marks: Iterable[str] = (), body: str | None = None) -> bytes:
    """Return the same in the binary form that COPY takes: the server need neither parse it nor look for quotes."""
    title, text = _read(article, body)
    found = _places(title, text, (_BINARY_TITLE, _BINARY_BODY))
    if len(title) + len(text) > OCCURRENCES:
        found.update(
            [
                (term, places[: 2 * OCCURRENCES])
                for term, places in found.items()
                if len(places) > 2 * OCCURRENCES
            ]
        )
    found.update(
        [
            (term, pack(f"!{len(places)}H", *places))
            for term, places in _bylines(article.authors).items()
        ]
    )
    found.update(dict.fromkeys(_marks(article, title, marks), b""))
    parts = [term.encode() + _COUNTS[len(places)] + places for term, places in found.items()]
    if sum(map(len, parts)) > _MOST_BYTES:
        parts = _cut(parts)
    return pack("!i", len(parts)) + b"".join(parts)


def _read(
    article: Article, body: str | None
) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    """Return the terms of each token of title and text."""
    words_of = _memory().lexicon(article.language).of
    return words_of(clean(article.title)[:BODY_CHARACTERS])[:TITLE_TOKENS], words_of(
        text_of(article, body)[:BODY_CHARACTERS]
    )[:BODY_TOKENS]


@cache
def _memory() -> Memory:
    """Return what a loader remembers of words: the rare words of seven languages are many, and reading one anew costs as much as finding fifty."""
    return Memory(_REMEMBERED)


def _marks(
    article: Article, title: Iterable[Iterable[str]], marks: Iterable[str]
) -> dict[str, None]:
    """Return the terms that have no position: those of the title, the section, and what the caller gives."""
    found = dict.fromkeys([title_term(term) for terms in title for term in terms])
    if article.section and (section := section_term(article.section)):
        found[section] = None
    found.update(dict.fromkeys(marks))
    return found


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


def _bylines(authors: Iterable[str]) -> dict[str, list[int]]:
    """Return the bylines' terms and positions; a free position stands between two names, so that no phrase reaches over it."""
    found: dict[str, list[int]] = {}
    position = _AFTER_TITLE
    for name in authors:
        for term in author_terms(name):
            if position >= BODY_START:
                return found
            found.setdefault(term, []).append(position)
            position += 1
        position += 1
    return found


def _places(
    title: Sequence[tuple[str, ...]],
    body: Sequence[tuple[str, ...]],
    written: tuple[Sequence[AnyStr], Sequence[AnyStr]],
) -> dict[str, AnyStr]:
    """Return term -> its positions as they are written: what news.text.index_document says, without a list for each term."""
    found: dict[str, AnyStr] = {}
    for tokens, places in ((title, written[0]), (body, written[1])):
        for place, terms in zip(places, tokens, strict=False):
            for term in terms:
                if term in found:
                    found[term] += place
                else:
                    found[term] = place
    return found


_SHORTEST = 2 * OCCURRENCES  # more positions than are kept cannot be written in fewer characters


def _first(part: str) -> str:
    """Return a term with no more positions than are kept."""
    term, _, places = part.rpartition(":")
    return f"{term}:{','.join(places.split(',', OCCURRENCES)[:OCCURRENCES])}"


def _print(found: Mapping[str, str]) -> list[str]:
    """Return terms and positions in the input syntax of tsvector."""
    return [
        f"'{term}':{places[1:]}"
        if "'" not in term and "\\" not in term
        else f"{quote(term)}:{places[1:]}"
        for term, places in found.items()
    ]


def _cut(parts: list[AnyStr]) -> list[AnyStr]:
    """Return as many terms as a tsvector surely holds."""
    size = 0
    for index, part in enumerate(parts):
        size += len(part.encode() if isinstance(part, str) else part) + 16
        if size > _MOST_BYTES:
            return parts[:index]
    return parts


def quote(term: str) -> str:
    """Return a term in quotes, as tsvector and tsquery read it."""
    if "'" in term or "\\" in term:
        term = term.replace("\\", "\\\\").replace("'", "''")
    return f"'{term}'"
