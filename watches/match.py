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
from watches.reading import Reading, Vocabulary, Wanted

_BATCH = 2_000     # documents at once: integers of 250 bytes, postings that fit the processor's cache
_CHARACTERS = 16_000_000   # of a batch: its words are remembered while it lasts


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


class _Asked:
    """A query, compiled."""

    __slots__ = ("_wanted", "ask", "plan")

    def __init__(self, query: str) -> None:
        self.plan: Plan = plan(parsed(query))
        self.ask = compiled.compiled(self.plan)
        self._wanted: Wanted | None = None

    @property
    def wanted(self) -> Wanted:
        """All its terms; made at its first match, for most watches rarely match."""
        if self._wanted is None:
            self._wanted = compiled.wanted(self.plan)
        return self._wanted


@lru_cache(maxsize=200_000)
def _asked(query: str) -> _Asked:
    """Return a query compiled, once."""
    return _Asked(query)


class Matcher:
    """Watches, compiled. Making one takes a while for many watches; it may be used again and again."""

    def __init__(self, watches: Sequence[Watch]) -> None:
        self._watches = tuple(watches)
        self._asked = [_asked(watch.query) for watch in watches]
        self._vocabulary = Vocabulary(item for asked in set(self._asked) for item in compiled.terms_of(asked.plan))
        same: defaultdict[_Asked, list[int]] = defaultdict(list)
        for number, asked in enumerate(self._asked):
            same[asked].append(number)
        self._groups = [(asked.ask, numbers) for asked, numbers in same.items()]

    def run(self, subjects: Sequence[Subject]) -> list[Fit]:
        """Return all fits, ordered by subject, then watch."""
        return [fit for start, part in _parts(subjects) for fit in self._fits(part, start)]

    def pairs(self, subjects: Sequence[Subject]) -> list[tuple[int, int]]:
        """Return (subject, watch) of all fits, without the words, ordered."""
        return [
            (start + subject, watch) for start, part in _parts(subjects) for subject, watch in self._pairs(_Batch(part, self._vocabulary))
        ]

    def _fits(self, subjects: Sequence[Subject], start: int) -> Iterator[Fit]:
        batch = _Batch(subjects, self._vocabulary)
        words: dict[tuple[int, _Asked], tuple[str, ...]] = {}
        for subject, watch in self._pairs(batch):
            key = subject, self._asked[watch]
            found = words.get(key)
            if found is None:
                found = words[key] = batch.words(*key)
            yield Fit(subject=start + subject, watch=watch, terms=found)

    def _pairs(self, batch: "_Batch") -> list[tuple[int, int]]:
        found: list[tuple[int, int]] = []
        for ask, numbers in self._groups:
            if bits := ask(batch):
                for number in numbers:
                    found += [(subject, number) for subject in compiled.members(bits & batch.allowed(self._watches[number]))]
        found.sort()
        return found


def _parts(subjects: Sequence[Subject]) -> Iterator[tuple[int, Sequence[Subject]]]:
    """Yield (place of the first, subjects): batches of bounded number and, one article aside, bounded length."""
    start = length = 0
    for end, subject in enumerate(subjects):
        size = len(subject.document.title) + len(subject.document.text)
        if end > start and (end - start >= _BATCH or length + size > _CHARACTERS):
            yield start, subjects[start:end]
            start, length = end, 0
        length += size
    if start < len(subjects):
        yield start, subjects[start:]


class _Batch:
    """Articles indexed together: term -> set of documents."""

    def __init__(self, subjects: Sequence[Subject], vocabulary: Vocabulary) -> None:
        self._subjects = subjects
        self._vocabulary = vocabulary
        self.documents: Sequence[Document] = [subject.document for subject in subjects]
        self.readings: Sequence[Reading] = [vocabulary.read(item) for item in self.documents]
        self.everything = (1 << len(subjects)) - 1
        self.known: dict[object, int] = {}
        anywhere: defaultdict[str, list[int]] = defaultdict(list)
        in_title: defaultdict[str, list[int]] = defaultdict(list)
        for number, reading in enumerate(self.readings):
            for term in reading.anywhere:
                anywhere[term].append(number)
            for term in reading.in_title:
                in_title[term].append(number)
        size = (len(subjects) + 7) // 8
        self.anywhere = {term: _bits(numbers, size) for term, numbers in anywhere.items()}
        self.in_title = {term: _bits(numbers, size) for term, numbers in in_title.items()}

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

    def words(self, number: int, asked: _Asked) -> tuple[str, ...]:
        """Return the words that make a query hold, as they stand in the text, once each, in order."""
        document, reading = self.documents[number], self.readings[number]
        postings = reading.postings(asked.wanted)

        def has(field: Field) -> bool:
            return compiled.has(document, field)

        return tuple(dict.fromkeys(map(reading.word, sorted(evidence.positions(asked.plan, postings, has)))))


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
