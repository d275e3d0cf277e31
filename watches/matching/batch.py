"""Articles indexed together: term -> set of documents, a set being the bits of one integer."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

from news.query import Document
from watches.matching.article_terms import Indexed, ReadArticle, Vocabulary
from watches.matching.evidence import Reason

_Postings = defaultdict[str, list[int]]  # term -> ascending numbers of documents


class Limits(NamedTuple):
    """What a watch is limited to; what is empty does not limit."""

    outlets: tuple[str, ...]
    regions: tuple[str, ...]
    languages: tuple[str, ...]

    def allow(self, document: Document, region: str) -> bool:
        """Return whether an article of an outlet's region lies within."""
        if self.outlets and document.outlet not in self.outlets:
            return False
        if self.regions and region not in self.regions:
            return False

        return not self.languages or document.language in self.languages


class Subject(Protocol):
    """What is matched; see watches.matching.matcher."""

    @property
    def document(self) -> Document:
        """The article as queries see it."""

    @property
    def region(self) -> str:
        """Of its outlet."""

    @property
    def indexed(self) -> Indexed | None:
        """Its terms, where an archive has them."""


class Explained(Protocol):
    """A query that can say why it holds."""

    @property
    def reason(self) -> Reason:
        """What finds the words that made it fit."""


class Batch:
    """Articles indexed together. Bit i of each set is document i."""

    def __init__(self, subjects: Sequence[Subject], vocabulary: Vocabulary) -> None:
        self._subjects = subjects
        self._vocabulary = vocabulary
        self._words: dict[tuple[int, Explained], tuple[str, ...]] = {}
        documents: list[Document] = []
        readings: list[ReadArticle] = []
        for subject in subjects:
            reading = vocabulary.read(subject.document, subject.indexed)
            documents.append(subject.document)
            readings.append(reading)

        self.documents: Sequence[Document] = documents
        self.readings: Sequence[ReadArticle] = readings
        self.everything = (1 << len(subjects)) - 1
        self.known: dict[object, int] = {}  # answers that several watches share

        terms_anywhere = [reading.anywhere for reading in readings]
        terms_in_title = [reading.in_title for reading in readings]
        self.anywhere = self._sets(terms_anywhere)
        self.in_title = self._sets(terms_in_title)

    def terms_starting(self, start: str) -> Mapping[str, None]:
        """Return the terms met so far that begin so."""
        return self._vocabulary.terms_starting(start)

    def allowed(self, limits: Limits) -> int:
        """Return the documents that a watch's outlets, regions and languages allow."""
        known = self.known.get(limits)
        if known is not None:
            return known

        allowed = 0
        for number, subject in enumerate(self._subjects):
            if limits.allow(subject.document, subject.region):
                allowed |= 1 << number

        self.known[limits] = allowed

        return allowed

    def words(self, number: int, query: Explained) -> tuple[str, ...]:
        """Return the words that make a query hold for a document.

        They are as they stand in the text, once each, in order.
        """
        key = number, query
        if key not in self._words:
            reading = self.readings[number]
            places = query.reason(reading, self.documents[number]) or ()
            words = [reading.word(place) for place in sorted({*places})]
            self._words[key] = tuple(dict.fromkeys(words))

        return self._words[key]

    def _sets(self, terms_of_documents: Sequence[set[str]]) -> dict[str, int]:
        """Return term -> documents as a set, under the one copy of each term that plans have.

        `terms_of_documents`: the terms of each document of the batch, in order.
        """
        numbers: _Postings = defaultdict(list)
        for number, terms in enumerate(terms_of_documents):
            for term in terms:
                numbers[term].append(number)

        size = (len(terms_of_documents) + 7) // 8
        kept = self._vocabulary.kept
        sets: dict[str, int] = {}
        for term, documents in numbers.items():
            sets[kept(term)] = _bits(documents, size)

        return sets


def _bits(numbers: list[int], size: int) -> int:
    """Return a set of documents as an integer of `size` bytes."""
    if len(numbers) == 1:
        return 1 << numbers[0]

    # Setting bytes is linear; adding up shifted integers would be quadratic.
    octets = bytearray(size)
    for number in numbers:
        octets[number >> 3] |= 1 << (number & 7)

    return int.from_bytes(octets, "little")
