"""Matching: which watches fit which articles, exactly as news.query.evaluate would say, for a hundred thousand watches at once."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from operator import itemgetter

from news.query import Document, Query, parse, plan
from news.query.plan import Plan
from news.text.aliases import Aliases
from news.watch import Watch
from watches.matching import compiled, evidence
from watches.matching.anchors import Anchors
from watches.matching.article_terms import Indexed, Read, Vocabulary

_BATCH = 2_000  # documents at once: integers of 250 bytes, postings that fit the processor's cache
_CHARACTERS = 16_000_000  # of a batch: its words are remembered while it lasts
_SAMPLES = (0, 200, 2_000, 20_000)  # articles read, at which anchors are chosen anew


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What is matched: an article as queries see it, and the region of its outlet."""

    document: Document
    region: str = ""
    indexed: Indexed | None = (
        None  # its terms, where an archive has them: then the text is not analysed again
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """A watch that fits an article: both by their place in what was given."""

    subject: int
    watch: int
    _place: int = field(repr=False, compare=False)
    _asked: "_Asked" = field(repr=False, compare=False)
    _batch: "_Batch" = field(repr=False, compare=False)

    @property
    def terms(self) -> tuple[str, ...]:
        """The words that made it fit, as they stand in the text, once each, in order. Looked up when somebody asks: most fits are copies."""
        return self._batch.words(self._place, self._asked)


def match(watches: Sequence[Watch], subjects: Sequence[Subject]) -> list[Fit]:
    """Return all fits, ordered by subject, then watch. Raises news.query.QueryError on a query that cannot be read."""
    return Matcher(watches).run(subjects)


@lru_cache(maxsize=200_000)
def parsed(query: str, aliases: Aliases | None = None) -> Query:
    """Return a query, parsed once; `aliases` are the names it may use, None: the package's."""
    return parse(query, aliases)


class _Asked:
    """A query, compiled."""

    __slots__ = ("_why", "ask", "plan")

    def __init__(self, query: str, aliases: Aliases | None) -> None:
        self.plan: Plan = plan(parsed(query, aliases))
        self.ask = compiled.compiled(self.plan)
        self._why: evidence.Why | None = None

    @property
    def why(self) -> evidence.Why:
        """What finds the words that made it fit; made at its first match, for most watches rarely match."""
        if self._why is None:
            self._why = evidence.why(self.plan, compiled.has)
        return self._why


@lru_cache(maxsize=200_000)
def _asked(query: str, aliases: Aliases | None) -> _Asked:
    """Return a query compiled, once."""
    return _Asked(query, aliases)


_Limits = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]  # outlets, regions, languages


class Matcher:
    """Watches, compiled. Making one takes a while for many watches; it may be used again and again. `aliases`: the names that queries know."""

    def __init__(self, watches: Sequence[Watch], aliases: Aliases | None = None) -> None:
        same: defaultdict[_Asked, list[tuple[int, _Limits | None]]] = defaultdict(list)
        for number, watch in enumerate(watches):
            same[_asked(watch.query, aliases)].append((number, _limits(watch)))
        self._groups = list(same.items())
        self._vocabulary = Vocabulary(
            item for asked in same for item in compiled.terms_of(asked.plan)
        )
        self._samples = list(_SAMPLES)
        self._read = 0
        self._seen: defaultdict[str, int] = defaultdict(int)  # term -> articles that have it
        self._anchors = Anchors((), {})

    def run(self, subjects: Sequence[Subject]) -> list[Fit]:
        """Return all fits, ordered by subject, then watch."""
        return [fit for start, part in _parts(subjects) for fit in self._fits(part, start)]

    def pairs(self, subjects: Sequence[Subject]) -> list[tuple[int, int]]:
        """Return (subject, watch) of all fits, ordered."""
        return [
            (start + place, number)
            for start, part in _parts(subjects)
            for place, found in enumerate(self._found(self._indexed(part)))
            for number, _ in found
        ]

    def _fits(self, subjects: Sequence[Subject], start: int) -> Iterator[Fit]:
        batch = self._indexed(subjects)
        for place, found in enumerate(self._found(batch)):
            for number, asked in found:
                yield Fit(
                    subject=start + place, watch=number, _place=place, _asked=asked, _batch=batch
                )

    def _indexed(self, subjects: Sequence[Subject]) -> "_Batch":
        self._vocabulary.forget()
        batch = _Batch(subjects, self._vocabulary)
        self._learn(batch)
        return batch

    def _found(self, batch: "_Batch") -> "list[list[tuple[int, _Asked]]]":
        """Return (watch, its query) of all that fit, by document, ordered."""
        found: list[list[tuple[int, _Asked]]] = [[] for _ in batch.documents]
        for place in self._anchors.candidates(batch):
            asked, members = self._groups[place]
            if bits := asked.ask(batch):
                for number, limits in members:
                    held = number, asked
                    for subject in compiled.members(
                        bits if limits is None else bits & batch.allowed(limits)
                    ):
                        found[subject].append(held)
        for held_by_one in found:
            held_by_one.sort(key=_number)
        return found

    def _learn(self, batch: "_Batch") -> None:
        """Count the batch's terms while anchors still change."""
        if not self._samples:
            return
        for term, held in batch.anywhere.items():
            self._seen[term] += held.bit_count()
        self._read += len(batch.documents)
        if self._read >= self._samples[0]:
            self._samples = [size for size in self._samples if size > self._read]
            self._anchors = Anchors([asked.plan for asked, _ in self._groups], self._seen)


_number = itemgetter(0)


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
        self._words: dict[tuple[int, _Asked], tuple[str, ...]] = {}
        self.documents: Sequence[Document] = [subject.document for subject in subjects]
        self.readings: Sequence[Read] = [
            vocabulary.read(subject.document, subject.indexed) for subject in subjects
        ]
        self.everything = (1 << len(subjects)) - 1
        self.known: dict[object, int] = {}
        anywhere: defaultdict[str, list[int]] = defaultdict(list)
        in_title: defaultdict[str, list[int]] = defaultdict(list)
        for number, reading in enumerate(self.readings):
            for term in reading.anywhere:
                anywhere[term].append(number)
            for term in reading.in_title:
                in_title[term].append(number)
        size, kept = (len(subjects) + 7) // 8, vocabulary.kept
        self.anywhere = {kept(term): _bits(numbers, size) for term, numbers in anywhere.items()}
        self.in_title = {kept(term): _bits(numbers, size) for term, numbers in in_title.items()}

    def beginning(self, start: str) -> Mapping[str, None]:
        """Return the terms met so far that begin so."""
        return self._vocabulary.beginning(start)

    def allowed(self, limits: _Limits) -> int:
        """Return the documents that a watch's outlets, regions and languages allow."""
        key = ("allowed", limits)
        if key not in self.known:
            self.known[key] = sum(
                1 << number
                for number, subject in enumerate(self._subjects)
                if _allows(limits, subject)
            )
        return self.known[key]

    def words(self, number: int, asked: _Asked) -> tuple[str, ...]:
        """Return the words that make a query hold, as they stand in the text, once each, in order."""
        key = number, asked
        if key not in self._words:
            reading = self.readings[number]
            places = asked.why(reading, self.documents[number]) or ()
            self._words[key] = tuple(
                dict.fromkeys([reading.word(place) for place in sorted({*places})])
            )
        return self._words[key]


def _limits(watch: Watch) -> _Limits | None:
    """Return what a watch is limited to; None: to nothing."""
    return (
        (watch.outlets, watch.regions, watch.languages)
        if watch.outlets or watch.regions or watch.languages
        else None
    )


def _allows(limits: _Limits, subject: Subject) -> bool:
    """Return whether a watch's outlets, regions and languages allow an article."""
    outlets, regions, languages = limits
    document = subject.document
    return (
        (not outlets or document.outlet in outlets)
        and (not regions or subject.region in regions)
        and (not languages or document.language in languages)
    )


def _bits(numbers: list[int], size: int) -> int:
    """Return a set of documents as an integer."""
    if len(numbers) == 1:
        return 1 << numbers[0]
    held = bytearray(size)
    for number in numbers:
        held[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(held, "little")
