"""Reading articles for watches: which of the terms that some watch asks for they have, and, when somebody asks, where.

What an archive has indexed is taken from its index. Any other text is cut at white space first, and what a piece holds is remembered: no
token of news.text reaches over white space, so that the tokens of the pieces are the tokens of the text. An agreement test over random
texts holds this room to it.
"""

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate, repeat
from sys import intern
from typing import Protocol

from news.query import Document
from news.query.plan import Terms
from news.text import BODY_START, BODY_TOKENS, OCCURRENCES, TITLE_TOKENS
from news.text.scripts import TOKEN
from news.text.terms import document_terms
from news.text.tokens import BODY_CHARACTERS

_REMEMBERED = 400_000          # pieces a language
_MET = 2_000_000               # terms that are known to begin as asked, or not
_LANGUAGES = 64                # languages come from pages: no page may fill the memory with made-up ones

_NONE: set[str] = set()

Wanted = tuple[frozenset[str], tuple[str, ...]]     # whole terms, beginnings of terms
Token = tuple[str, tuple[str, ...]]    # as it stands in the text, and those of its terms that are asked for


class Indexed(Protocol):
    """An article's terms and positions, exactly as news.text.index_document gives them; it may hold further terms that no query asks for."""

    @property
    def terms(self) -> Iterable[str]:
        """All terms."""

    @property
    def in_title(self) -> Iterable[str]:
        """The terms of the title."""

    def positions(self, term: str) -> list[int]:
        """Return the ascending positions of a term; none where it does not stand."""


class Read(ABC):
    """One article: which terms it has, at once; where they stand, when somebody asks."""

    __slots__ = ("_document", "_known", "anywhere", "in_title")

    def __init__(self, document: Document, in_title: set[str], anywhere: set[str]) -> None:
        self._document = document
        self._known: dict[str, list[int]] = {}
        self.in_title = in_title
        self.anywhere = anywhere

    def positions(self, term: str) -> list[int]:
        """Return the ascending positions of a term that is asked for, as an index keeps them."""
        found = self._known.get(term)
        if found is None:
            found = self._known[term] = self._positions(term) if term in self.anywhere else []
        return found

    def postings(self, wanted: "Wanted") -> dict[str, list[int]]:
        """Return term -> ascending positions, of the terms that one watch asks for."""
        whole, beginnings = wanted
        found = self.anywhere & whole
        if beginnings:
            found.update(term for term in self.anywhere if term.startswith(beginnings))
        return {term: self.positions(term) for term in found}

    @abstractmethod
    def word(self, position: int) -> str:
        """Return the word that stands at a position."""

    @abstractmethod
    def _positions(self, term: str) -> list[int]: ...


class Stored(Read):
    """An article that an archive has indexed."""

    __slots__ = ("_body", "_index", "_title")

    def __init__(self, document: Document, index: Indexed, vocabulary: "Vocabulary") -> None:
        super().__init__(document, vocabulary.among(index.in_title), vocabulary.among(index.terms))
        self._index = index
        self._title: list[str] | None = None
        self._body: list[str] | None = None

    def word(self, position: int) -> str:
        """Return the word that stands at a position."""
        if position < BODY_START:
            if self._title is None:
                self._title = TOKEN.findall(self._document.title[:BODY_CHARACTERS])
            return self._title[position - 1]
        if self._body is None:
            self._body = TOKEN.findall(self._document.text[:BODY_CHARACTERS])
        return self._body[position - BODY_START]

    def _positions(self, term: str) -> list[int]:
        return self._index.positions(term)


class Reading(Read):
    """An article of which only the text is known."""

    __slots__ = ("_body", "_pieces", "_title")

    def __init__(self, document: Document, pieces: "_Pieces") -> None:
        in_title = pieces.terms(document.title, TITLE_TOKENS)
        super().__init__(document, in_title, in_title | pieces.terms(document.text, BODY_TOKENS))
        self._pieces = pieces
        self._title: _Zone | None = None
        self._body: _Zone | None = None

    def _positions(self, term: str) -> list[int]:
        title, body = self._zones()
        found = title.positions(term) if term in self.in_title else []
        return (found + body.positions(term))[:OCCURRENCES]

    def word(self, position: int) -> str:
        """Return the word that stands at a position."""
        title, body = self._zones()
        return (body if position >= BODY_START else title).word(position)

    def _zones(self) -> "tuple[_Zone, _Zone]":
        if self._title is None or self._body is None:
            self._title = _Zone(self._pieces, self._document.title, 1, TITLE_TOKENS)
            self._body = _Zone(self._pieces, self._document.text, BODY_START, BODY_TOKENS)
        return self._title, self._body


class _Zone:
    """A title or a body: where its pieces stand. Few containers, so that the garbage collector has little to walk."""

    __slots__ = ("_cut", "_end", "_first", "_last", "_pieces", "_starts", "_words")

    def __init__(self, pieces: "_Pieces", text: str, first: int, most: int) -> None:
        self._pieces = pieces
        self._first = first
        self._end = first + most
        self._words: dict[int, str] = {}
        self._cut = text[:BODY_CHARACTERS].split()
        self._last = dict(zip(self._cut, range(len(self._cut)), strict=True))
        self._starts = pieces.starts(self._cut, first) if self._last.keys() & pieces.odd.keys() else None

    def positions(self, term: str) -> list[int]:
        """Return the positions of a term, ascending."""
        found = []
        for piece in self._last.keys() & self._pieces.holding(term):
            tokens = self._pieces.tokens(piece)
            for start in self._standing(piece):
                for place, (word, terms) in enumerate(tokens, start):
                    if term in terms and place < self._end:
                        found.append(place)
                        self._words[place] = word
        found.sort()
        return found

    def _standing(self, piece: str) -> Iterator[int]:
        index, last = -1, self._last[piece]
        while index < last:
            index = self._cut.index(piece, index + 1)
            yield self._first + index if self._starts is None else self._starts[index]

    def word(self, position: int) -> str:
        """Return the word at a position that `positions` gave."""
        return self._words[position]


class Vocabulary:
    """What watches ask for."""

    def __init__(self, asked: Iterable[Terms]) -> None:
        self._whole: dict[str, str] = {}       # to themselves: a term that is met becomes the one that is kept
        self._beginnings: dict[str, dict[str, None]] = {}
        for terms in asked:
            self._whole.update(zip(terms.whole, terms.whole, strict=True))
            self._beginnings.update({start: {} for start in terms.beginnings})
        self._lengths = sorted({len(start) for start in self._beginnings})
        self._met: set[str] = set()            # terms of which it is known how they begin
        self._begun: set[str] = set()          # those that begin as asked
        self._pieces: dict[str, _Pieces] = {}

    def beginning(self, start: str) -> Mapping[str, None]:
        """Return the terms met so far that begin so."""
        return self._beginnings[start]

    def among(self, terms: Iterable[str]) -> set[str]:
        """Return those of some terms that a watch asks for."""
        found = set(filter(None, map(self._whole.get, terms)))
        if self._lengths:
            for term in set(terms) - self._met:
                self.asked(term)
            found |= self._begun.intersection(terms)
        return found

    def asked(self, term: str) -> bool:
        """Return whether a watch asks for a term; notes it under the beginnings that it has."""
        if not self._lengths:
            return term in self._whole
        if term not in self._met:
            self._met.add(term)
            begun = [start for length in self._lengths if length <= len(term) and (start := term[:length]) in self._beginnings]
            for start in begun:
                self._beginnings[start][term] = None
            if begun:
                self._begun.add(term)
        return term in self._whole or term in self._begun

    def forget(self) -> None:
        """Bound what is remembered; between two batches only, for readings that are in use lean on it."""
        if len(self._met) >= _MET:
            self._met.clear()
            self._begun.clear()
            self._pieces.clear()
            for known in self._beginnings.values():
                known.clear()

    def read(self, document: Document, index: Indexed | None = None) -> Read:
        """Return an article as watches see it."""
        return Reading(document, self._pieces_of(document.language)) if index is None else Stored(document, index, self)

    def _pieces_of(self, language: str) -> "_Pieces":
        pieces = self._pieces.get(language)
        if pieces is None or len(pieces) >= _REMEMBERED:
            if len(self._pieces) >= _LANGUAGES:
                self._pieces.clear()
            # A new one, never one emptied: readings that are in use lean on what theirs remembers.
            pieces = self._pieces[language] = _Pieces(self, language)
        return pieces


class _Pieces(dict[str, tuple[str, ...]]):
    """Text between two spaces -> the asked terms in it."""

    def __init__(self, vocabulary: Vocabulary, language: str) -> None:
        super().__init__()
        self._vocabulary = vocabulary
        self._language = language
        self._tokens: dict[str, tuple[Token, ...]] = {}               # of pieces that hold asked terms
        self._holding: defaultdict[str, set[str]] = defaultdict(set)
        self.odd: dict[str, int] = {}          # how many tokens a piece is, where that is not one

    def terms(self, text: str, most: int) -> set[str]:
        """Return the asked terms among at most `most` tokens of a text. All in native code: this is what every article costs."""
        if len(text) < 2 * most:  # two tokens never touch: there are not too many of them
            return set().union(*map(self.__getitem__, set(text.split())))
        cut = text[:BODY_CHARACTERS].split()
        for piece in set(cut):
            self[piece]
        return self._terms_among(cut, most)

    def _terms_among(self, cut: list[str], most: int) -> set[str]:
        found: set[str] = set()
        for piece, start in zip(cut, self.starts(cut, 0), strict=False):
            whole = self[piece]
            found.update(whole if start + self.odd.get(piece, 1) <= most else (
                term for _, terms in self.tokens(piece)[:max(0, most - start)] for term in terms))
        return found

    def starts(self, cut: list[str], first: int) -> list[int]:
        """Return the position of every piece's first token, and the one after the last; all pieces must have been met."""
        return list(accumulate(map(self.odd.get, cut, repeat(1)), initial=first))

    def __missing__(self, piece: str) -> tuple[str, ...]:
        tokens = self._read(piece)
        found = self[piece] = tuple(dict.fromkeys(term for _, terms in tokens for term in terms))
        if len(tokens) != 1:
            self.odd[piece] = len(tokens)
        if found:
            self._tokens[piece] = tokens
            for term in found:
                self._holding[term].add(piece)
        return found

    def _read(self, piece: str) -> tuple[Token, ...]:
        asked = self._vocabulary.asked
        return tuple(
            (word, tuple(intern(term) for term in dict.fromkeys(document_terms(word, self._language)) if asked(term))) for word in TOKEN.findall(piece)
        )

    def tokens(self, piece: str) -> tuple[Token, ...]:
        """Return a piece's tokens."""
        return self._tokens.get(piece) or self._read(piece)

    def holding(self, term: str) -> set[str]:
        """Return the pieces met so far that hold a term."""
        return self._holding.get(term, _NONE)
