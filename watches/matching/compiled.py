"""A plan compiled for a batch: every part answers with a set of documents, the bits of an integer.

Bit i is document i of the batch. AND, OR and NOT of a watch over a thousand articles are then a
handful of operations on integers; only phrases, NEAR and prefixes look at single documents, and
only at those that hold all their words.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Protocol

from news.query import Document, Query, evaluate
from news.query.nodes import Field, Name
from news.query.plan import AllOf, AnyOf, Chain, Close, NoneOf, Plan, Terms
from watches.matching import evidence
from watches.matching.article_terms import ReadArticle

Ask = Callable[["Batch"], int]  # from a batch to the documents for which a plan holds
_ATTRIBUTE = {
    Name.OUTLET: "outlet",
    Name.COUNTRY: "country",
    Name.LANG: "language",
    Name.SECTION: "section",
    Name.SITE: "url",
    Name.URL: "url",
    Name.AUTHOR: "authors",
    Name.IS: "flags",
    Name.AFTER: "published",
    Name.BEFORE: "published",
}


class Batch(Protocol):
    """What compiled plans ask: see watches.matching.batch."""

    everything: int
    anywhere: dict[str, int]  # term -> documents
    in_title: dict[str, int]
    documents: Sequence[Document]
    readings: Sequence[ReadArticle]
    known: dict[object, int]  # answers that several watches share

    def terms_starting(self, start: str) -> Iterable[str]:
        """Return the terms met so far that begin so."""


def compiled(plan: Plan) -> Ask:
    """Return a function from a batch to the set of documents for which the plan holds."""
    match plan:
        case AllOf(parts=parts):
            cheap_first = sorted(parts, key=_cost)
            return _all([compiled(part) for part in cheap_first])
        case AnyOf(parts=parts):
            return _any_of(parts)
        case NoneOf(part=part):
            return _nothing(compiled(part))
        case Terms():
            return _terms(plan)
        case Chain(links=links):
            return _verified(plan, _all([_terms(link) for link in links]))
        case Close(left=left, right=right):
            both = _all([_any_of(left), _any_of(right)])
            return _verified(plan, both)
        case Field():
            return _field(plan)


def terms_of(plan: Plan) -> Iterator[Terms]:
    """Yield all terms that a plan asks for."""
    match plan:
        case AllOf(parts=parts) | AnyOf(parts=parts):
            for part in parts:
                yield from terms_of(part)
        case NoneOf(part=part):
            yield from terms_of(part)
        case Terms():
            yield plan
        case Chain(links=links):
            yield from links
        case Close(left=left, right=right):
            for part in (*left, *right):
                yield from terms_of(part)
        case Field():
            return


def members(bits: int) -> Iterator[int]:
    """Yield the documents of a set, ascending."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest


def holds(document: Document, field: Field) -> bool:
    """Return whether a field holds of a document, as the reference says.

    Remembered by the one value that decides it.
    """
    attribute = _ATTRIBUTE[field.name]

    return _holds(field, attribute, getattr(document, attribute))


@lru_cache(maxsize=100_000)
def _holds(field: Field, attribute: str, value: object) -> bool:
    """Return whether a field holds of the one value that decides it."""
    document = Document(title="", text="", **{attribute: value})  # type: ignore[arg-type]

    return evaluate(Query(root=field), document) is not None


def _cost(plan: Plan) -> int:
    """Return a rank, cheap and selective parts first: an empty set ends an AND."""
    match plan:
        case Terms(beginnings=()):
            return 0
        case Terms() | Field():
            return 1
        case AnyOf():
            return 2
        case AllOf():
            return 3
        case NoneOf():
            return 4
        case Chain() | Close():
            return 5


def _all(parts: list[Ask]) -> Ask:
    """Return what asks parts in turn, until one holds for no document."""
    if len(parts) == 2:  # noqa: PLR2004 - the usual case, without a loop
        one, two = parts

        def ask_both(batch: Batch) -> int:
            documents = one(batch)
            return documents and documents & two(batch)

        return ask_both

    def ask(batch: Batch) -> int:
        documents = batch.everything
        for part in parts:
            documents &= part(batch)
            if not documents:
                break

        return documents

    return ask


def _any_of(parts: Sequence[Plan]) -> Ask:
    """Return what asks for alternatives."""
    asks = [compiled(part) for part in parts]
    if len(asks) == 1:
        return asks[0]

    def ask(batch: Batch) -> int:
        documents = 0
        for part in asks:
            documents |= part(batch)

        return documents

    return ask


def _nothing(part: Ask) -> Ask:
    """Return what asks for the documents of which a part does not hold."""
    return lambda batch: batch.everything & ~part(batch)


def _terms(terms: Terms) -> Ask:
    """Return what asks for one position; the usual cases without a loop."""
    if terms.beginnings:
        return _beginnings(terms)

    if len(terms.whole) == 1:
        term = terms.whole[0]
        if terms.title:
            return lambda batch: batch.in_title.get(term, 0)

        return lambda batch: batch.anywhere.get(term, 0)

    whole = terms.whole
    if terms.title:
        return lambda batch: _union(batch.in_title, whole)

    return lambda batch: _union(batch.anywhere, whole)


def _beginnings(terms: Terms) -> Ask:
    """Return what asks for terms that begin so; watches share the answer."""

    def ask(batch: Batch) -> int:
        documents = batch.known.get(terms)
        if documents is None:
            sets = batch.in_title if terms.title else batch.anywhere
            documents = _union(sets, terms.whole)
            for start in terms.beginnings:
                documents |= _union(sets, batch.terms_starting(start))

            batch.known[terms] = documents

        return documents

    return ask


def _union(sets: dict[str, int], terms: Iterable[str]) -> int:
    """Return the documents that have any of some terms."""
    documents = 0
    # Most spellings of a name stand nowhere: they are passed over in native code.
    for bits in filter(None, map(sets.get, terms)):
        documents |= bits

    return documents


def _verified(plan: Chain | Close, candidates: Ask) -> Ask:
    """Of the documents that hold all words, keep those where they stand as asked."""

    def ask(batch: Batch) -> int:
        documents = 0
        readings = batch.readings
        for index in members(candidates(batch)):
            if _stands(plan, readings[index]):
                documents |= 1 << index

        return documents

    return ask


def _stands(plan: Chain | Close, reading: ReadArticle) -> bool:
    """Return whether a phrase or a pair stands in a document; single words without ceremony."""
    match plan:
        case Chain():
            return bool(evidence.starts(plan, reading))
        case Close(left=(Terms() as one,), right=(Terms() as two,), distance=reach):
            firsts = evidence.starts(one, reading)
            seconds = evidence.starts(two, reading)
            return _are_near(firsts, seconds, reach)
        case Close():
            return bool(evidence.near(plan, reading))


def _are_near(firsts: list[int], seconds: list[int], reach: int) -> bool:
    """Return whether a place of the one and a place of the other lie up to `reach` apart."""
    for first in firsts:
        for second in seconds:
            if 0 < abs(first - second) <= reach:
                return True

    return False


def _field(field: Field) -> Ask:
    """Return what asks for a field; watches share the answer."""

    def ask(batch: Batch) -> int:
        documents = batch.known.get(field)
        if documents is None:
            documents = 0
            for index, document in enumerate(batch.documents):
                if holds(document, field):
                    documents |= 1 << index

            batch.known[field] = documents

        return documents

    return ask
