"""Reading articles for watches: only the words that some watch asks for get positions. The rest is only counted.

A text is cut at white space first, and what a piece holds is remembered: no token of news.text reaches over white space, so that
the tokens of the pieces are the tokens of the text. An agreement test over random texts holds this room to it.
"""

from collections import defaultdict
from collections.abc import Iterable

from news.query import Document
from news.query.plan import Terms
from news.text import BODY_START, BODY_TOKENS, OCCURRENCES, TITLE_TOKENS
from news.text.scripts import TOKEN
from news.text.terms import document_terms
from news.text.tokens import BODY_CHARACTERS

_REMEMBERED = 400_000          # pieces a language
_LANGUAGES = 64                # languages come from pages: no page may fill the memory with made-up ones

Token = tuple[str, tuple[str, ...]]    # as it stands in the text, and those of its terms that are asked for


class Reading:
    """One article: which terms it has, at once; where they stand, when somebody asks."""

    __slots__ = ("_document", "_pieces", "_placed", "anywhere", "in_title")

    def __init__(self, document: Document, pieces: "_Pieces") -> None:
        self._document = document
        self._pieces = pieces
        self._placed: tuple[dict[str, list[int]], dict[int, str]] | None = None
        self.in_title = pieces.terms(document.title, TITLE_TOKENS)
        self.anywhere = self.in_title | pieces.terms(document.text, BODY_TOKENS)

    @property
    def postings(self) -> dict[str, list[int]]:
        """Term -> ascending positions."""
        return self._places()[0]

    @property
    def words(self) -> dict[int, str]:
        """Position -> word as it stands in the text."""
        return self._places()[1]

    def _places(self) -> tuple[dict[str, list[int]], dict[int, str]]:
        if self._placed is None:
            postings: defaultdict[str, list[int]] = defaultdict(list)
            words: dict[int, str] = {}
            self._pieces.place(self._document.title, 1, TITLE_TOKENS, postings, words)
            if self._pieces.place(self._document.text, BODY_START, BODY_TOKENS, postings, words) + TITLE_TOKENS > OCCURRENCES:
                for term, positions in postings.items():
                    if len(positions) > OCCURRENCES:
                        postings[term] = positions[:OCCURRENCES]
            self._placed = dict(postings), words
        return self._placed


class Vocabulary:
    """What watches ask for."""

    def __init__(self, asked: Iterable[Terms]) -> None:
        self._whole: set[str] = set()
        self._beginnings: dict[str, dict[str, None]] = {}
        for terms in asked:
            self._whole.update(terms.whole)
            self._beginnings.update({start: {} for start in terms.beginnings})
        self._lengths = sorted({len(start) for start in self._beginnings})
        self._pieces: dict[str, _Pieces] = {}

    def beginning(self, start: str) -> Iterable[str]:
        """Return the terms met so far that begin so."""
        return self._beginnings[start]

    def asked(self, term: str) -> bool:
        """Return whether a watch asks for a term; notes it under the beginnings that it has."""
        wanted = term in self._whole
        for length in self._lengths:
            if length > len(term):
                break
            known = self._beginnings.get(term[:length])
            if known is not None:
                known[term] = None
                wanted = True
        return wanted

    def read(self, document: Document) -> Reading:
        """Return an article's postings."""
        pieces = self._pieces.get(document.language)
        if pieces is None:
            if len(self._pieces) >= _LANGUAGES:
                self._pieces.clear()
            pieces = self._pieces[document.language] = _Pieces(self, document.language)
        return Reading(document, pieces)


class _Pieces(dict[str, tuple[Token, ...] | None]):
    """Text between two spaces -> its tokens; None for one token that nobody asks for, the usual case."""

    def __init__(self, vocabulary: Vocabulary, language: str) -> None:
        super().__init__()
        self._vocabulary = vocabulary
        self._language = language
        self._flat = _Flat(self)

    def terms(self, text: str, most: int) -> set[str]:
        """Return the asked terms among at most `most` tokens of a text. All in native code: this is what every article costs."""
        if len(text) < 2 * most:  # two tokens never touch: there are not too many of them
            return set().union(*map(self._flat.__getitem__, set(text.split())))
        postings: defaultdict[str, list[int]] = defaultdict(list)
        self.place(text, 1, most, postings, {})
        return set(postings)

    def __missing__(self, piece: str) -> tuple[Token, ...] | None:
        if len(self) >= _REMEMBERED:
            self.clear()
        asked = self._vocabulary.asked
        tokens = tuple(
            (word, tuple(term for term in dict.fromkeys(document_terms(word, self._language)) if asked(term))) for word in TOKEN.findall(piece)
        )
        found = self[piece] = None if len(tokens) == 1 and not tokens[0][1] else tokens
        return found

    def place(self, text: str, first: int, most: int, postings: dict[str, list[int]], words: dict[int, str]) -> int:
        """Note at most `most` tokens of a text, the first at position `first`; return how many it has."""
        place = first
        for tokens in map(self.__getitem__, text[:BODY_CHARACTERS].split()):
            if tokens is None:
                place += 1
                continue
            for word, terms in tokens:
                if terms and place < first + most:
                    words[place] = word
                    for term in terms:
                        postings[term].append(place)
                place += 1
        return place - first


class _Flat(dict[str, tuple[str, ...]]):
    """Text between two spaces -> the asked terms in it."""

    def __init__(self, pieces: _Pieces) -> None:
        super().__init__()
        self._pieces = pieces

    def __missing__(self, piece: str) -> tuple[str, ...]:
        if len(self) >= _REMEMBERED:
            self.clear()
        found = self[piece] = tuple(dict.fromkeys(term for _, terms in self._pieces[piece] or () for term in terms))
        return found
