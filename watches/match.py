"""Matching: which watches fit which articles, exactly as news.query.evaluate would say, for a hundred thousand watches at once."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from news.query import Document, Query, parse, plan
from news.query.nodes import Field
from news.query.plan import Plan
from news.watch import Watch
from watches import compiled, evidence
from watches.reading import Vocabulary

_BATCH = 2_000     # documents at once: integers of 250 bytes, postings that fit the processor's cache


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What is matched: an article as queries see it, and the region of its outlet."""

    document: Document
    region: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """A watch that fits an article: both by their place in what was given. `terms` as they stand in the text, in order."""

    subject: int
    watch: int
    terms: tuple[str, ...]


def match(watches: Sequence[Watch], subjects: Sequence[Subject]) -> list[Fit]:
    """Return all fits, ordered by subject, then watch. Raises news.query.QueryError on a query that cannot be read."""
    return Matcher(watches).run(subjects)


@lru_cache(maxsize=200_000)
def parsed(query: str) -> Query:
    """Return a query, parsed once."""
    return parse(query)


@lru_cache(maxsize=200_000)
def planned(query: str) -> tuple[Plan, compiled.Ask]:
    """Return a query's plan, and the plan compiled, once."""
    found = plan(parsed(query))
    return found, compiled.compiled(found)


class Matcher:
    """Watches, compiled. Making one takes a while for many watches; it may be used again and again."""

    def __init__(self, watches: Sequence[Watch]) -> None:
        self._watches = tuple(watches)
        self._plans = [planned(watch.query) for watch in watches]
        self._vocabulary = Vocabulary(item for found, _ in self._plans for item in compiled.terms_of(found))
        same: defaultdict[compiled.Ask, list[int]] = defaultdict(list)
        for number, (_, ask) in enumerate(self._plans):
            same[ask].append(number)
        self._groups = list(same.items())

    def run(self, subjects: Sequence[Subject]) -> list[Fit]:
        """Return all fits, ordered by subject, then watch."""
        return [fit for start in range(0, len(subjects), _BATCH) for fit in self._batch(subjects[start:start + _BATCH], start)]

    def pairs(self, subjects: Sequence[Subject]) -> list[tuple[int, int]]:
        """Return (subject, watch) of all fits, without the words, ordered."""
        return [
            (start + subject, watch)
            for start in range(0, len(subjects), _BATCH)
            for subject, watch in self._pairs(_Batch(subjects[start:start + _BATCH], self._vocabulary))
        ]

    def _batch(self, subjects: Sequence[Subject], start: int) -> Iterator[Fit]:
        batch = _Batch(subjects, self._vocabulary)
        words: dict[tuple[int, compiled.Ask], tuple[str, ...]] = {}
        for subject, watch in self._pairs(batch):
            found, ask = self._plans[watch]
            if (subject, ask) not in words:
                words[subject, ask] = batch.words(subject, found)
            yield Fit(subject=start + subject, watch=watch, terms=words[subject, ask])

    def _pairs(self, batch: "_Batch") -> list[tuple[int, int]]:
        found = []
        for ask, numbers in self._groups:
            if bits := ask(batch):
                for number in numbers:
                    allowed = bits & batch.allowed(self._watches[number])
                    found.extend([(subject, number) for subject in compiled.members(allowed)])
        found.sort()
        return found


class _Batch:
    """Articles indexed together: term -> set of documents."""

    def __init__(self, subjects: Sequence[Subject], vocabulary: Vocabulary) -> None:
        self._subjects = subjects
        self._vocabulary = vocabulary
        self.documents: Sequence[Document] = [subject.document for subject in subjects]
        self._readings = [vocabulary.read(item) for item in self.documents]
        self.everything = (1 << len(subjects)) - 1
        self.known: dict[object, int] = {}
        anywhere: defaultdict[str, list[int]] = defaultdict(list)
        in_title: defaultdict[str, list[int]] = defaultdict(list)
        for number, reading in enumerate(self._readings):
            for term in reading.anywhere:
                anywhere[term].append(number)
            for term in reading.in_title:
                in_title[term].append(number)
        size = (len(subjects) + 7) // 8
        self.anywhere = {term: _bits(numbers, size) for term, numbers in anywhere.items()}
        self.in_title = {term: _bits(numbers, size) for term, numbers in in_title.items()}

    def postings(self, number: int) -> dict[str, list[int]]:
        """Return where a document's terms stand."""
        return self._readings[number].postings

    def beginning(self, start: str) -> Iterable[str]:
        """Return the terms that begin so."""
        return self._vocabulary.beginning(start)

    def allowed(self, watch: Watch) -> int:
        """Return the documents that a watch's outlets, regions and languages allow."""
        if not (watch.outlets or watch.regions or watch.languages):
            return self.everything
        key = ("allowed", watch.outlets, watch.regions, watch.languages)
        if key not in self.known:
            self.known[key] = sum(1 << number for number, subject in enumerate(self._subjects) if allows(watch, subject))
        return self.known[key]

    def words(self, number: int, found: Plan) -> tuple[str, ...]:
        """Return the words that make a plan hold, as they stand in the text, once each, in order."""
        document = self.documents[number]

        def has(field: Field) -> bool:
            return compiled.has(document, field)

        words = self._readings[number].words
        return tuple(dict.fromkeys(words[place] for place in sorted(evidence.positions(found, self._readings[number].postings, has))))


def allows(watch: Watch, subject: Subject) -> bool:
    """Return whether a watch's outlets, regions and languages allow an article."""
    document = subject.document
    return (
        (not watch.outlets or document.outlet in watch.outlets)
        and (not watch.regions or subject.region in watch.regions)
        and (not watch.languages or document.language in watch.languages)
    )


def _bits(numbers: list[int], size: int) -> int:
    """Return a set of documents as an integer."""
    if len(numbers) == 1:
        return 1 << numbers[0]
    held = bytearray(size)
    for number in numbers:
        held[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(held, "little")
