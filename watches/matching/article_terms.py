"""Reading articles for watches: which of the terms that some watch asks for they have, and where.

What an archive has indexed is taken from its index, any other text is analysed as an index would.
Where terms stand is looked up only when somebody asks.
"""

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Protocol

from news.query import Document
from news.query.plan import Terms
from news.text import BODY_START, BODY_TOKENS, OCCURRENCES, TITLE_TOKENS, Lexicon, Memory
from news.text.scripts import TOKEN
from news.text.tokens import BODY_CHARACTERS

_REMEMBERED = 500_000  # terms of which it is known whether a watch asks for them


_Positions = defaultdict[str, list[int]]  # term -> ascending positions


class Indexed(Protocol):
    """An article's terms and positions, exactly as news.text.index_document gives them.

    It may hold further terms that no query asks for.
    """

    @property
    def terms(self) -> Iterable[str]:
        """All terms."""

    @property
    def in_title(self) -> Iterable[str]:
        """The terms of the title."""

    def positions(self, term: str) -> list[int]:
        """Return the ascending positions of a term; none where it does not stand."""


class ReadArticle(ABC):
    """One article: which terms it has, at once; where they stand, when somebody asks."""

    __slots__ = ("_body", "_document", "_known", "_title", "anywhere", "in_title")

    def __init__(
        self,
        document: Document,
        in_title: set[str],
        anywhere: set[str],
    ) -> None:
        self._document = document
        self._known: dict[str, list[int]] = {}
        self._title: list[str] | None = None
        self._body: list[str] | None = None
        self.in_title = in_title
        self.anywhere = anywhere

    def positions(self, term: str) -> list[int]:
        """Return the ascending positions of a term that is asked for, as an index keeps them."""
        places = self._known.get(term)
        if places is None:
            places = self._positions(term) if term in self.anywhere else []
            self._known[term] = places

        return places

    def word(self, position: int) -> str:
        """Return the word that stands at a position."""
        if position < BODY_START:
            if self._title is None:
                self._title = TOKEN.findall(self._document.title[:BODY_CHARACTERS])

            return self._title[position - 1]

        if self._body is None:
            self._body = TOKEN.findall(self._document.text[:BODY_CHARACTERS])

        return self._body[position - BODY_START]

    @abstractmethod
    def _positions(self, term: str) -> list[int]:
        """Return the positions of a term that the article has."""


class StoredArticle(ReadArticle):
    """An article that an archive has indexed."""

    __slots__ = ("_index",)

    def __init__(
        self,
        document: Document,
        index: Indexed,
        vocabulary: "Vocabulary",
    ) -> None:
        in_title = vocabulary.among(index.in_title)
        anywhere = vocabulary.among(index.terms)
        super().__init__(document, in_title, anywhere)
        self._index = index

    def _positions(self, term: str) -> list[int]:
        return self._index.positions(term)


class AnalysedArticle(ReadArticle):
    """An article of which only the text is known."""

    __slots__ = ("_postings", "_zones")

    def __init__(self, document: Document, vocabulary: "Vocabulary") -> None:
        lexicon = vocabulary.lexicon(document.language)
        title_text = document.title[:BODY_CHARACTERS]
        body_text = document.text[:BODY_CHARACTERS]
        title = lexicon.of(title_text)[:TITLE_TOKENS]
        body = lexicon.of(body_text)[:BODY_TOKENS]
        in_title = set(chain.from_iterable(title))
        anywhere = in_title.union(chain.from_iterable(body))

        # Words of which no watch asks a term are read as one empty term.
        in_title.discard("")
        anywhere.discard("")
        super().__init__(document, in_title, anywhere)
        self._zones = (1, title), (BODY_START, body)
        self._postings: _Positions | None = None

    def _positions(self, term: str) -> list[int]:
        if self._postings is None:
            self._postings = self._read_postings()

        return self._postings[term][:OCCURRENCES]

    def _read_postings(self) -> _Positions:
        """Return term -> ascending positions, title and body."""
        postings: _Positions = defaultdict(list)
        for first, tokens in self._zones:
            for place, terms in enumerate(tokens, first):
                for term in terms:
                    if term:
                        postings[term].append(place)

        return postings


class Vocabulary:
    """What watches ask for."""

    def __init__(self, asked: Iterable[Terms]) -> None:
        # Terms to themselves: one that is met becomes the one that is kept.
        self._whole: dict[str, str] = {}
        self._beginnings: dict[str, dict[str, None]] = {}
        for terms in asked:
            for term in terms.whole:
                self._whole[term] = term

            for start in terms.beginnings:
                self._beginnings[start] = {}

        self._asked = set(self._whole)
        self._met = _MetTerms(self._whole, self._beginnings)
        self._memory = Memory(form=self._met.__getitem__)
        self._head = min(map(len, self._beginnings), default=0)
        self._heads = {start[: self._head] for start in self._beginnings}

    def terms_starting(self, start: str) -> Mapping[str, None]:
        """Return the terms met so far that begin so."""
        return self._beginnings[start]

    def among(self, terms: Iterable[str]) -> set[str]:
        """Return those of some terms that a watch asks for."""
        # One loop in native code: most terms are nobody's.
        wanted = self._asked.intersection(terms)
        if not self._heads:
            return wanted

        heads, head = self._heads, self._head
        begun = [term for term in terms if term[:head] in heads]
        wanted.update(map(self._met.__getitem__, begun))
        wanted.discard("")

        return wanted

    def kept(self, term: str) -> str:
        """Return the one copy of a term that plans have.

        A look-up by it needs no comparison of letters.
        """
        return self._whole.get(term, term)

    def lexicon(self, language: str) -> Lexicon:
        """Return what reads texts of a language; a term that no watch asks for is empty in it."""
        return self._memory.lexicon(language)

    def forget(self) -> None:
        """Bound what is remembered.

        Between two batches only: articles that are in use lean on it.
        """
        if len(self._met) < _REMEMBERED:
            return

        self._met.clear()
        # Its words hold terms that the beginnings no longer know.
        self._memory = Memory(form=self._met.__getitem__)
        for terms in self._beginnings.values():
            terms.clear()

    def read(self, document: Document, index: Indexed | None = None) -> ReadArticle:
        """Return an article as watches see it, by its index where there is one."""
        if index is None:
            return AnalysedArticle(document, self)

        return StoredArticle(document, index, self)


class _MetTerms(dict[str, str]):
    """Term -> itself if a watch asks for it, else nothing.

    What is met is noted under the beginnings that it has.
    """

    def __init__(self, whole: Mapping[str, str], beginnings: Mapping[str, dict[str, None]]) -> None:
        super().__init__()
        self._whole = whole
        self._beginnings = beginnings
        self._lengths = sorted({len(start) for start in beginnings})

    def __missing__(self, term: str) -> str:
        """Return a term, or nothing if no watch asks for it; and remember which."""
        kept = self._whole.get(term, "")
        for length in self._lengths:
            if length > len(term):
                break

            begun = self._beginnings.get(term[:length])
            if begun is not None:
                begun[term] = None
                kept = kept or term

        self[term] = kept

        return kept
