"""A plan compiled for a batch: every part answers with a set of documents, kept as the bits of one integer.

Bit i is document i of the batch. AND, OR and NOT of a watch over a thousand articles are then a handful of operations on
integers; only phrases, NEAR and prefixes look at single documents, and only at those that hold all their words.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Protocol

from news.query import Document, Query, evaluate
from news.query.nodes import Field, Name
from news.query.plan import All, Any, Chain, Close, Nothing, Plan, Terms
from watches.matching import evidence
from watches.matching.article_terms import Read

Ask = Callable[["Batch"], int]
_ATTRIBUTE = {
    Name.OUTLET: "outlet",
    Name.COUNTRY: "country",
    Name.LANG: "language",
    Name.SECTION: "section",
    Name.AUTHOR: "authors",
    Name.IS: "flags",
    Name.AFTER: "published",
    Name.BEFORE: "published",
}


class Batch(Protocol):
    """What compiled plans ask: see watches.matching.matcher."""

    everything: int
    anywhere: dict[str, int]  # term -> documents
    in_title: dict[str, int]
    documents: Sequence[Document]
    readings: Sequence[Read]
    known: dict[object, int]  # answers that several watches share

    def beginning(self, start: str) -> Iterable[str]:
        """Return the terms met so far that begin so."""


def compiled(plan: Plan) -> Ask:
    """Return a function from a batch to the set of documents for which the plan holds."""
    match plan:
        case All(parts=parts):
            return _all([compiled(part) for part in sorted(parts, key=_cost)])
        case Any(parts=parts):
            return _any([compiled(part) for part in parts])
        case Nothing(part=part):
            return _nothing(compiled(part))
        case Terms():
            return _terms(plan)
        case Chain(links=links):
            return _verified(plan, _all([_terms(link) for link in links]))
        case Close(left=left, right=right):
            return _verified(
                plan,
                _all(
                    [
                        _any([compiled(part) for part in left]),
                        _any([compiled(part) for part in right]),
                    ]
                ),
            )
        case Field():
            return _field(plan)


def terms_of(plan: Plan) -> Iterator[Terms]:
    """Return all terms that a plan asks for."""
    match plan:
        case All(parts=parts) | Any(parts=parts):
            for part in parts:
                yield from terms_of(part)
        case Nothing(part=part):
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
    """Return the documents of a set, ascending."""
    while bits:
        low = bits & -bits
        yield low.bit_length() - 1
        bits ^= low


def has(document: Document, field: Field) -> bool:
    """Return whether a field holds of a document, by the reference; remembered by the one value that decides it."""
    return _has(field, _ATTRIBUTE[field.name], getattr(document, _ATTRIBUTE[field.name]))


@lru_cache(maxsize=100_000)
def _has(field: Field, attribute: str, value: object) -> bool:
    document = Document(title="", text="", **{attribute: value})  # type: ignore[arg-type]
    return evaluate(Query(root=field), document) is not None


def _cost(plan: Plan) -> int:
    """Cheap and selective parts first: an empty set ends an AND."""
    match plan:
        case Terms(beginnings=()):
            return 0
        case Terms() | Field():
            return 1
        case Any():
            return 2
        case Nothing():
            return 4
        case All():
            return 3
        case _:
            return 5


def _all(parts: list[Ask]) -> Ask:
    if len(parts) == 2:  # noqa: PLR2004 - the usual case, without a loop
        one, two = parts
        return lambda batch: (found := one(batch)) and found & two(batch)

    def ask(batch: Batch) -> int:
        found = batch.everything
        for part in parts:
            found &= part(batch)
            if not found:
                break
        return found

    return ask


def _any(parts: list[Ask]) -> Ask:
    if len(parts) == 1:
        return parts[0]

    def ask(batch: Batch) -> int:
        found = 0
        for part in parts:
            found |= part(batch)
        return found

    return ask


def _nothing(part: Ask) -> Ask:
    return lambda batch: batch.everything & ~part(batch)


def _terms(terms: Terms) -> Ask:
    if terms.beginnings:
        return _beginnings(terms)
    if len(terms.whole) == 1:
        term = terms.whole[0]
        if terms.title:
            return lambda batch: batch.in_title.get(term, 0)
        return lambda batch: batch.anywhere.get(term, 0)
    whole = terms.whole
    return lambda batch: _union(batch.in_title if terms.title else batch.anywhere, whole)


def _beginnings(terms: Terms) -> Ask:
    def ask(batch: Batch) -> int:
        found = batch.known.get(terms)
        if found is None:
            sets = batch.in_title if terms.title else batch.anywhere
            found = _union(sets, terms.whole)
            for start in terms.beginnings:
                found |= _union(sets, batch.beginning(start))
            batch.known[terms] = found
        return found

    return ask


def _union(sets: dict[str, int], terms: Iterable[str]) -> int:
    found = 0
    for bits in filter(None, map(sets.get, terms)):  # most spellings of a name stand nowhere
        found |= bits
    return found


def _verified(plan: Chain | Close, candidates: Ask) -> Ask:
    """Of the documents that hold all words, keep those where they stand as asked."""

    def ask(batch: Batch) -> int:
        found = 0
        readings = batch.readings
        for index in members(candidates(batch)):
            if _stands(plan, readings[index]):
                found |= 1 << index
        return found

    return ask


def _stands(plan: Chain | Close, reading: Read) -> bool:
    """Return whether a phrase or a pair stands in a document; single words without ceremony."""
    match plan:
        case Chain():
            return bool(evidence.starts(plan, reading))
        case Close(left=(Terms() as one,), right=(Terms() as two,), distance=reach):
            others = evidence.starts(two, reading)
            return any(
                0 < abs(place - other) <= reach
                for place in evidence.starts(one, reading)
                for other in others
            )
    return bool(evidence.near(plan, reading))


def _field(field: Field) -> Ask:
    def ask(batch: Batch) -> int:
        found = batch.known.get(field)
        if found is None:
            found = sum(
                1 << index for index, document in enumerate(batch.documents) if has(document, field)
            )
            batch.known[field] = found
        return found

    return ask
