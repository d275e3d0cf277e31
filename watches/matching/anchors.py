"""Anchors: terms of which an article must have one for a plan to hold.

Only plans with an anchor in a batch are asked. Which of a plan's parts is its anchor is chosen by
how often its terms were seen; any choice is right, a rare one is fast.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from news.query.nodes import Field
from news.query.plan import AllOf, AnyOf, Chain, Close, NoneOf, Plan, Terms

_SEEN_START = 50  # how often something that begins so is seen, where nothing is known


_PlansByTerm = defaultdict[str, list[int]]  # term, or how one begins -> numbers of plans


class Batch(Protocol):
    """What is asked of a batch."""

    anywhere: dict[str, int]

    def terms_starting(self, start: str) -> Mapping[str, None]:
        """Return the terms met so far that begin so."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """An article for which the plan holds has one of these terms, or a term that begins so."""

    whole: tuple[str, ...]
    beginnings: tuple[str, ...]
    weight: float  # how many articles have one


def anchor(plan: Plan, seen: Mapping[str, int]) -> Anchor | None:
    """Return the rarest anchor; None when a plan may hold for an article with none of its terms.

    `seen`: term -> how many articles of a sample have it.
    """
    match plan:
        case Terms():
            return _of_terms(plan, seen)
        case AllOf(parts=parts) | Chain(links=parts):
            return _rarest(parts, seen)
        case Close(left=left, right=right):
            sides = (AnyOf(parts=left), AnyOf(parts=right))
            return _rarest(sides, seen)
        case AnyOf(parts=parts):
            return _of_alternatives(parts, seen)
        case NoneOf() | Field():
            return None


def _of_terms(terms: Terms, seen: Mapping[str, int]) -> Anchor:
    """Return the anchor of one position: all that may stand there."""
    weight = _SEEN_START * len(terms.beginnings)
    for term in terms.whole:
        weight += seen.get(term, 0) + 1

    return Anchor(terms.whole, terms.beginnings, weight)


def _rarest(parts: Iterable[Plan], seen: Mapping[str, int]) -> Anchor | None:
    """Return the lightest anchor of parts that must all hold."""
    lightest: Anchor | None = None
    for part in parts:
        found = anchor(part, seen)
        if found is None:
            continue
        if lightest is None or found.weight < lightest.weight:
            lightest = found

    return lightest


def _of_alternatives(parts: Sequence[Plan], seen: Mapping[str, int]) -> Anchor | None:
    """Return the anchor of alternatives: each needs its own."""
    whole: set[str] = set()
    beginnings: set[str] = set()
    weight = 0.0
    for part in parts:
        found = anchor(part, seen)
        if found is None:
            return None

        whole.update(found.whole)
        beginnings.update(found.beginnings)
        weight += found.weight

    return Anchor(tuple(whole), tuple(beginnings), weight)


class Anchors:
    """Plans by their anchors."""

    def __init__(self, plans: Sequence[Plan], seen: Mapping[str, int]) -> None:
        self._always: list[int] = []
        self._whole: _PlansByTerm = defaultdict(list)
        self._beginnings: _PlansByTerm = defaultdict(list)
        for number, plan in enumerate(plans):
            terms = anchor(plan, seen)
            self._add(number, terms)

    def candidates(self, batch: Batch) -> set[int]:
        """Return the plans that may hold for a document of the batch: others hold for none."""
        met = batch.anywhere.keys()
        numbers = set(self._always)
        for term in met & self._whole.keys():
            numbers.update(self._whole[term])

        for start, begun in self._beginnings.items():
            if not batch.terms_starting(start).keys().isdisjoint(met):
                numbers.update(begun)

        return numbers

    def _add(self, number: int, found: Anchor | None) -> None:
        """File a plan under its anchor's terms; without an anchor it is always asked."""
        if found is None:
            self._always.append(number)
            return

        for term in found.whole:
            self._whole[term].append(number)

        for start in found.beginnings:
            self._beginnings[start].append(number)
