"""Matching: which watches fit which articles, exactly as news.query.evaluate would say, for a hundred thousand watches at once."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from news.query import Document, Query, parse, plan
from news.query.nodes import Field
from news.query.plan import Plan, Terms
from news.text import BODY_START, TITLE_TOKENS, index_document
from news.text.scripts import TOKEN
from news.watch import Watch
from watches import compiled, evidence

_SEEN = 2_000_000  # terms whose beginnings are remembered
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
        self._vocabulary = _Vocabulary(item for found, _ in self._plans for item in compiled.terms_of(found))
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


class _Vocabulary:
    """The terms that the watches ask for; terms by their beginnings are found out as they come."""

    def __init__(self, asked: Iterable[Terms]) -> None:
        self.anywhere: set[str] = set()
        self.title: set[str] = set()
        self._starts: dict[str, dict[str, None]] = {}
        for terms in asked:
            (self.title if terms.title else self.anywhere).update(terms.whole)
            self._starts.update({start: {} for start in terms.beginnings})
        self._lengths = sorted({len(start) for start in self._starts})
        self._seen: set[str] = set()

    def learn(self, terms: Iterable[str]) -> None:
        """Find out which new terms begin as some watch asks."""
        if not self._starts:
            return
        fresh = set(terms) - self._seen
        for term in fresh:
            for length in self._lengths:
                if length > len(term):
                    break
                if (known := self._starts.get(term[:length])) is not None:
                    known[term] = None
                    self.anywhere.add(term)
                    self.title.add(term)
        if len(self._seen) < _SEEN:
            self._seen |= fresh

    def beginning(self, start: str) -> tuple[str, ...]:
        """Return the known terms that begin so."""
        return tuple(self._starts[start])


class _Batch:
    """Articles indexed together: term -> set of documents."""

    def __init__(self, subjects: Sequence[Subject], vocabulary: _Vocabulary) -> None:
        self._subjects = subjects
        self._vocabulary = vocabulary
        self.documents: Sequence[Document] = [subject.document for subject in subjects]
        self.postings: Sequence[dict[str, list[int]]] = [index_document(item.title, item.text, item.language) for item in self.documents]
        self.everything = (1 << len(subjects)) - 1
        self.known: dict[object, int] = {}
        anywhere: defaultdict[str, list[int]] = defaultdict(list)
        in_title: defaultdict[str, list[int]] = defaultdict(list)
        for number, postings in enumerate(self.postings):
            vocabulary.learn(postings)
            for term in postings.keys() & vocabulary.anywhere:
                anywhere[term].append(number)
            for term in postings.keys() & vocabulary.title:
                if postings[term][0] < BODY_START:
                    in_title[term].append(number)
        size = (len(subjects) + 7) // 8
        self.anywhere = {term: _bits(numbers, size) for term, numbers in anywhere.items()}
        self.in_title = {term: _bits(numbers, size) for term, numbers in in_title.items()}

    def beginning(self, start: str) -> tuple[str, ...]:
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

        places = sorted(evidence.positions(found, self.postings[number], has))
        if not places:
            return ()
        title = TOKEN.findall(document.title)
        body = TOKEN.findall(document.text) if places[-1] >= BODY_START else []
        words = [title[place - 1] if place <= TITLE_TOKENS else body[place - BODY_START] for place in places]
        return tuple(dict.fromkeys(words))


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
