"""Matching: which watches fit which articles, for a hundred thousand watches at once.

The answer is exactly what news.query.evaluate would say of each pair.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from operator import itemgetter

from news.query import Document, plan
from news.query.plan import Plan, Terms
from news.text.aliases import Aliases
from news.watch import Watch
from watches.matching import compiled, evidence
from watches.matching.anchors import Anchors
from watches.matching.article_terms import Indexed, Vocabulary
from watches.matching.batch import Batch, Limits
from watches.queries import parsed

# Documents at once: integers of 250 bytes, postings that fit the processor's cache.
_BATCH = 2_000
_CHARACTERS = 16_000_000  # of a batch: its words are remembered while it lasts
_SAMPLES = (0, 200, 2_000, 20_000)  # articles read, at which anchors are chosen anew


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What is matched: an article as queries see it, and the region of its outlet.

    `indexed` are its terms, where an archive has them: then the text is not analysed again.
    """

    document: Document
    region: str = ""
    indexed: Indexed | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """A watch that fits an article: both by their place in what was given."""

    subject: int
    watch: int
    _place: int = field(repr=False, compare=False)
    _query: "_CompiledQuery" = field(repr=False, compare=False)
    _batch: Batch = field(repr=False, compare=False)

    @property
    def terms(self) -> tuple[str, ...]:
        """The words that made it fit, as they stand in the text, once each, in order.

        Looked up when somebody asks: most fits are copies.
        """
        return self._batch.words(self._place, self._query)


def match(watches: Sequence[Watch], subjects: Sequence[Subject]) -> list[Fit]:
    """Return all fits, ordered by subject, then watch.

    Raises news.query.QueryError on a query that cannot be read.
    """
    return Matcher(watches).run(subjects)


class _CompiledQuery:
    """A query as it is asked of batches."""

    __slots__ = ("_reason", "ask", "plan")

    def __init__(self, query: str, aliases: Aliases | None) -> None:
        self.plan: Plan = plan(parsed(query, aliases))
        self.ask = compiled.compiled(self.plan)
        self._reason: evidence.Reason | None = None

    @property
    def reason(self) -> evidence.Reason:
        """What finds the words that made it fit.

        Made at its first match, for most watches rarely match.
        """
        if self._reason is None:
            self._reason = evidence.reason_of(self.plan, compiled.holds)

        return self._reason


@lru_cache(maxsize=200_000)
def _compiled_query(query: str, aliases: Aliases | None) -> _CompiledQuery:
    """Return a query compiled, once."""
    return _CompiledQuery(query, aliases)


_Member = tuple[int, Limits | None]  # a watch's number, and what it is limited to
_Match = tuple[int, _CompiledQuery]  # a watch's number, and its query


class Matcher:
    """Watches, compiled: it takes a while to make for many, and may be used again and again.

    `aliases` are the names that queries know. Raises news.query.QueryError.
    """

    def __init__(self, watches: Sequence[Watch], aliases: Aliases | None = None) -> None:
        by_query: defaultdict[_CompiledQuery, list[_Member]] = defaultdict(list)
        for number, watch in enumerate(watches):
            query = _compiled_query(watch.query, aliases)
            member = number, _limits(watch)
            by_query[query].append(member)

        terms: list[Terms] = []
        for query in by_query:
            terms.extend(compiled.terms_of(query.plan))

        self._groups = list(by_query.items())
        self._vocabulary = Vocabulary(terms)
        self._samples = list(_SAMPLES)
        self._articles_read = 0
        self._seen: defaultdict[str, int] = defaultdict(int)  # term -> articles that have it
        self._anchors = Anchors((), {})

    def run(self, subjects: Sequence[Subject]) -> list[Fit]:
        """Return all fits, ordered by subject, then watch."""
        fits: list[Fit] = []
        for start, part in _parts(subjects):
            fits.extend(self._fits(part, start))

        return fits

    def pairs(self, subjects: Sequence[Subject]) -> list[tuple[int, int]]:
        """Return (subject, watch) of all fits, ordered."""
        pairs: list[tuple[int, int]] = []
        for start, part in _parts(subjects):
            batch = self._batch(part)
            matches_by_place = self._matches(batch)
            for place, matches in enumerate(matches_by_place, start):
                for number, _ in matches:
                    pair = (place, number)
                    pairs.append(pair)

        return pairs

    def _fits(self, subjects: Sequence[Subject], start: int) -> Iterator[Fit]:
        """Yield the fits of one batch, whose first subject is number `start`."""
        batch = self._batch(subjects)
        for place, matches in enumerate(self._matches(batch)):
            for number, query in matches:
                yield Fit(
                    subject=start + place,
                    watch=number,
                    _place=place,
                    _query=query,
                    _batch=batch,
                )

    def _batch(self, subjects: Sequence[Subject]) -> Batch:
        """Return articles, indexed."""
        self._vocabulary.forget()
        batch = Batch(subjects, self._vocabulary)
        self._learn(batch)

        return batch

    def _matches(self, batch: Batch) -> list[list[_Match]]:
        """Return by document (watch, its query) of all that fit, ordered by watch."""
        by_document: list[list[_Match]] = [[] for _ in batch.documents]
        for place in self._anchors.candidates(batch):
            query, members = self._groups[place]
            documents = query.ask(batch)
            if not documents:
                continue

            for number, limits in members:
                allowed = documents if limits is None else documents & batch.allowed(limits)
                found = number, query
                for document in compiled.members(allowed):
                    by_document[document].append(found)

        for matches in by_document:
            matches.sort(key=_watch_number)

        return by_document

    def _learn(self, batch: Batch) -> None:
        """Count the batch's terms while anchors still change."""
        if not self._samples:
            return

        for term, documents in batch.anywhere.items():
            self._seen[term] += documents.bit_count()

        self._articles_read += len(batch.documents)
        if self._articles_read < self._samples[0]:
            return

        further = [size for size in _SAMPLES if size > self._articles_read]
        plans = [query.plan for query, _ in self._groups]
        self._samples = further
        self._anchors = Anchors(plans, self._seen)


_watch_number = itemgetter(0)


def _parts(subjects: Sequence[Subject]) -> Iterator[tuple[int, Sequence[Subject]]]:
    """Yield (place of the first, subjects) of batches.

    Their number is bounded, and, one article aside, their length.
    """
    start = length = 0
    for end, subject in enumerate(subjects):
        document = subject.document
        size = len(document.title) + len(document.text)
        gathered = end - start
        is_full = gathered >= _BATCH
        is_long = length + size > _CHARACTERS
        if gathered and (is_full or is_long):
            part = subjects[start:end]
            yield start, part
            start = end
            length = 0

        length += size

    rest = subjects[start:]
    if rest:
        yield start, rest


def _limits(watch: Watch) -> Limits | None:
    """Return what a watch is limited to; None: to nothing."""
    if not (watch.outlets or watch.regions or watch.languages):
        return None

    return Limits(watch.outlets, watch.regions, watch.languages)
