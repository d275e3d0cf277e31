"""Anchors: terms of which an article must have one for a plan to hold. Only plans with an anchor in a batch are asked.

Which of a plan's parts is its anchor is chosen by how often its terms were seen; any choice is right, a rare one is fast.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from news.query.plan import All, Any, Chain, Close, Plan, Terms

_BEGINNING = 50  # how often something that begins so is seen, where nothing is known


class Batch(Protocol):
    """What is asked of a batch."""

    anywhere: dict[str, int]

    def beginning(self, start: str) -> Mapping[str, None]:
        """Return the terms met so far that begin so."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """An article for which the plan holds has one of these terms, or a term that begins so. `weight`: how many articles have one."""

    whole: tuple[str, ...]
    beginnings: tuple[str, ...]
    weight: float


def anchor(plan: Plan, seen: Mapping[str, int]) -> Anchor | None:
    """Return the rarest anchor; None when a plan may hold for an article with none of its terms. `seen`: term -> articles of a sample."""
    match plan:
        case Terms(whole=whole, beginnings=beginnings):
            return Anchor(
                whole,
                beginnings,
                sum(seen.get(term, 0) + 1 for term in whole) + _BEGINNING * len(beginnings),
            )
        case All(parts=parts) | Chain(links=parts):
            return _rarest(parts, seen)
        case Close(left=left, right=right):
            return _rarest((Any(parts=left), Any(parts=right)), seen)
        case Any(parts=parts):
            return _together([anchor(part, seen) for part in parts])
        case _:
            return None


def _rarest(parts: Iterable[Plan], seen: Mapping[str, int]) -> Anchor | None:
    found = [item for part in parts if (item := anchor(part, seen)) is not None]
    return min(found, key=lambda item: item.weight, default=None)


def _together(found: Sequence[Anchor | None]) -> Anchor | None:
    """Return the anchor of alternatives: each needs its own."""
    known = [item for item in found if item is not None]
    if len(known) < len(found):
        return None
    return Anchor(
        tuple({term for item in known for term in item.whole}),
        tuple({start for item in known for start in item.beginnings}),
        sum(item.weight for item in known),
    )


class Anchors:
    """Plans by their anchors."""

    def __init__(self, plans: Sequence[Plan], seen: Mapping[str, int]) -> None:
        self._always: list[int] = []
        self._whole: defaultdict[str, list[int]] = defaultdict(list)
        self._beginnings: defaultdict[str, list[int]] = defaultdict(list)
        for number, plan in enumerate(plans):
            found = anchor(plan, seen)
            if found is None:
                self._always.append(number)
                continue
            for term in found.whole:
                self._whole[term].append(number)
            for start in found.beginnings:
                self._beginnings[start].append(number)

    def candidates(self, batch: Batch) -> set[int]:
        """Return the plans that may hold for a document of the batch: all others hold for none."""
        there = batch.anywhere.keys()
        return set(self._always).union(
            *[self._whole[term] for term in there & self._whole.keys()],
            *[
                numbers
                for start, numbers in self._beginnings.items()
                if not batch.beginning(start).keys().isdisjoint(there)
            ],
        )
