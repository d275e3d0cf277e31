"""An article's index terms as a tsvector, in text or in the server's binary form.

The analysis is news.text's: index and query cannot disagree.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import chain
from struct import pack
from typing import AnyStr

from news.article import Article
from news.query import addresses
from news.text import BODY_START, Memory, words
from news.text.tokens import BODY_CHARACTERS, BODY_TOKENS, OCCURRENCES, TITLE_TOKENS
from storage.archive.rows import body_of
from storage.sql.values import clean

VERSION = 6  # of what is stored; raise it when news.text or this module change what they yield
_MOST_BYTES = 1_000_000  # a tsvector holds 1,048,575 bytes of terms (PostgreSQL manual, 12.11)
# Words of all languages since the last turn: some 300 MB, if a load ever meets so many.
_REMEMBERED = 400_000
_LONGEST = 500  # characters of a section; a term holds 2,046 bytes
# Positions of bylines, between title and body; their terms are marked, so nothing meets them.
_AFTER_TITLE = 193
_LAST = 16_384  # one more than the last position of a tsvector

# Positions as they are written, by their number: in text, and in the binary form (weight in the
# two upper bits, A is 3; PostgreSQL's tsvectorrecv).
_IN_TITLE = tuple(f",{number}A" for number in range(1, BODY_START))
_IN_BODY = tuple(f",{number}" for number in range(BODY_START, _LAST))
_BINARY_TITLE = tuple(pack("!H", 3 << 14 | number) for number in range(1, BODY_START))
_BINARY_BODY = tuple(pack("!H", number) for number in range(BODY_START, _LAST))
_BYTES = 2  # of one position in the binary form
# By the bytes of the positions: the term's end, how many positions.
_COUNTS = tuple(b"\0" + pack("!H", size // _BYTES) for size in range(_BYTES * OCCURRENCES + 1))
_SHORTEST = 2 * OCCURRENCES  # more positions than are kept cannot be written in fewer characters

Tokens = list[tuple[str, ...]]  # the terms of each token, in order


def mark(kind: str, value: str) -> str:
    """Return the term that marks an article's outlet, language, country or state.

    No term of a text begins with @.
    """
    return f"@{kind}:{value.lower()}"


def text_of(article: Article, body: str | None = None) -> str:
    """Return the text that is searched beside the title: standfirst and body.

    `body` may be given where it is known already.
    """
    if body is None:
        body = body_of(article)

    if not article.standfirst:
        return body

    return f"{clean(article.standfirst)}\n{body}"


def literal(
    article: Article,
    marks: Iterable[str] = (),
    body: str | None = None,
    vocabulary: set[str] | None = None,
) -> str:
    """Return the tsvector of an article in text; `vocabulary` gains the terms of its words.

    The title's positions have weight A; bylines and section have marked terms; `marks` have no
    positions.
    """
    title, text = _read(article, body)
    terms = _positions(title, text, (_IN_TITLE, _IN_BODY))
    if vocabulary is not None:
        vocabulary.update(terms)

    parts = _print(terms)
    if len(title) + len(text) > OCCURRENCES:
        parts = [_first(part) if len(part) > _SHORTEST else part for part in parts]

    for term, positions in _bylines(article.authors).items():
        parts.append(f"{quote(term)}:{','.join(map(str, positions))}")

    parts.extend(map(quote, _marks(article, title, marks)))
    if sum(map(len, parts)) >= _MOST_BYTES // 4:
        parts = _cut(parts)

    return " ".join(parts)


def vector(
    article: Article,
    marks: Iterable[str] = (),
    body: str | None = None,
    vocabulary: set[str] | None = None,
) -> bytes:
    """Return the same in the binary form that COPY takes.

    The server need neither parse it nor look for quotes.
    """
    title, text = _read(article, body)
    terms = _positions(title, text, (_BINARY_TITLE, _BINARY_BODY))
    if vocabulary is not None:
        vocabulary.update(terms)

    most = _BYTES * OCCURRENCES

    if len(title) + len(text) > OCCURRENCES:
        for term, positions in terms.items():
            if len(positions) > most:
                terms[term] = positions[:most]

    for term, numbers in _bylines(article.authors).items():
        terms[term] = pack(f"!{len(numbers)}H", *numbers)

    terms.update(dict.fromkeys(_marks(article, title, marks), b""))
    # One list over all terms: this is the inner loop of a load.
    parts = [
        term.encode() + _COUNTS[len(positions)] + positions for term, positions in terms.items()
    ]
    if sum(map(len, parts)) > _MOST_BYTES:
        parts = _cut(parts)

    return pack("!i", len(parts)) + b"".join(parts)


def _read(article: Article, body: str | None) -> tuple[Tokens, Tokens]:
    """Return the terms of each token of title and text."""
    words_of = _memory().lexicon(article.language).of
    title = words_of(clean(article.title)[:BODY_CHARACTERS])
    text = words_of(text_of(article, body)[:BODY_CHARACTERS])

    return title[:TITLE_TOKENS], text[:BODY_TOKENS]


@cache
def _memory() -> Memory:
    """Return what a loader remembers of words.

    The rare words of seven languages are many, and reading one anew costs as much as finding
    fifty.
    """
    return Memory(_REMEMBERED)


def _marks(
    article: Article,
    title: Iterable[Iterable[str]],
    marks: Iterable[str],
) -> dict[str, None]:
    """Return the terms that have no position: the title's, the section, and the caller's."""
    unplaced = dict.fromkeys(map(title_term, chain.from_iterable(title)))
    section = section_term(article.section) if article.section else None
    if section:
        unplaced[section] = None

    unplaced.update(dict.fromkeys(marks))

    return unplaced


def title_term(term: str) -> str:
    """Return the mark of a term in the title.

    So the index itself answers title:, without a look at positions.
    """
    return f"@t:{term}"


def address_marks(url: str) -> list[str]:
    """Return the marks under which an article is found by its host and the words of its address."""
    of_hosts = [mark("h", host) for host in addresses.hosts(url)]
    return of_hosts + [mark("u", word) for word in addresses.words(url)]


def author_terms(name: str) -> list[str]:
    """Return the terms of a name in a byline, in order.

    What author: looks for is a part of them.
    """
    return [f"@a:{word}" for word in words(clean(name))]


def section_term(name: str) -> str | None:
    """Return the one term of a section: section: asks for the whole of it.

    None when it has no word.
    """
    text = " ".join(words(clean(name)))
    return f"@s:{text[:_LONGEST]}" if text else None


def _bylines(authors: Iterable[str]) -> dict[str, list[int]]:
    """Return the bylines' terms and positions.

    A free position stands between two names, so that no phrase reaches over it.
    """
    terms: dict[str, list[int]] = {}
    position = _AFTER_TITLE

    for name in authors:
        for term in author_terms(name):
            if position >= BODY_START:
                return terms

            terms.setdefault(term, []).append(position)
            position += 1

        position += 1

    return terms


def _positions(
    title: Sequence[tuple[str, ...]],
    body: Sequence[tuple[str, ...]],
    written: tuple[Sequence[AnyStr], Sequence[AnyStr]],
) -> dict[str, AnyStr]:
    """Return term -> its positions as they are written.

    It is what news.text.index_document says, without a list for each term: strings that grow are
    the fastest here, and this is the inner loop of a load.
    """
    terms: dict[str, AnyStr] = {}
    for tokens, positions in ((title, written[0]), (body, written[1])):
        for position, token in zip(positions, tokens, strict=False):
            for term in token:
                if term in terms:
                    terms[term] += position
                else:
                    terms[term] = position

    return terms


def _first(part: str) -> str:
    """Return a term with no more positions than are kept."""
    term, _, written = part.rpartition(":")
    positions = written.split(",", OCCURRENCES)

    return f"{term}:{','.join(positions[:OCCURRENCES])}"


def _print(terms: Mapping[str, str]) -> list[str]:
    """Return terms and positions in the input syntax of tsvector."""
    parts = []
    for term, positions in terms.items():
        # Nearly no term has a sign to escape: `quote` is asked only where one has.
        if "'" in term or "\\" in term:
            parts.append(f"{quote(term)}:{positions[1:]}")
        else:
            parts.append(f"'{term}':{positions[1:]}")

    return parts


def _cut(parts: list[AnyStr]) -> list[AnyStr]:
    """Return as many terms as a tsvector surely holds."""
    size = 0
    for index, part in enumerate(parts):
        octets = part.encode() if isinstance(part, str) else part
        size += len(octets) + 16
        if size > _MOST_BYTES:
            return parts[:index]

    return parts


def quote(term: str) -> str:
    """Return a term in quotes, as tsvector and tsquery read it."""
    if "'" in term or "\\" in term:
        term = term.replace("\\", "\\\\").replace("'", "''")

    return f"'{term}'"
