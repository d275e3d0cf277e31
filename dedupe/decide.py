"""Overlap proposes; what is not shared decides: two fillings of one form are no copies.

The outcome depends on the two articles alone.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from dedupe.compare import CONTAINED
from dedupe.difference import all_the_same, other_report
from dedupe.facts import Facts, read
from dedupe.refrain import only_refrain_common
from news.story import Doc, Edge, EdgeKind

# From here on an outlet that publishes much the same at a new address has something new to say.
ANOTHER_DAY = timedelta(hours=16)
SAME_THROUGHOUT = 0.9  # of either text: what a report that only moved keeps


def decide_edges(
    docs: Sequence[Doc],
    edges: Iterable[Edge],
) -> list[Edge]:
    """Return the edges, those between two reports that only look alike turned into `updates`.

    Two fillings of one form get what `form_alone` knows. What an outlet says a day later at a new
    address keeps its covers: it may be a follow-up. An edge of an article that is not among
    `docs` stays as it is.
    """
    decisions = _Decisions({doc.id: doc for doc in docs})

    return [decisions.decide(edge) for edge in edges]


def form_alone(edge: Edge) -> bool:
    """Tell whether two articles have only a form in common.

    No story holds both, neither quotes or follows the other. Such an edge has a copy's score, and
    covers nothing of either text.
    """
    covers = edge.left_cover | edge.right_cover

    return edge.kind is EdgeKind.UPDATES and edge.score >= CONTAINED and not covers


class _Decisions:
    """Decides edge by edge; each text is read once."""

    def __init__(self, docs: Mapping[int, Doc]) -> None:
        self._docs = docs
        self._facts: dict[int, Facts] = {}

    def decide(self, edge: Edge) -> Edge:
        """Return an edge as the texts at its ends leave it."""
        if not _is_doubtful(edge):
            return edge

        left = self._docs.get(edge.left)
        right = self._docs.get(edge.right)
        if left is None or right is None:
            return edge

        if self._have_form_alone(left, right):
            return replace(
                edge,
                kind=EdgeKind.UPDATES,
                left_cover=0,
                right_cover=0,
            )

        if _another_day(left, right) and not self._only_moved(edge, left, right):
            return replace(edge, kind=EdgeKind.UPDATES)

        return edge

    def _have_form_alone(
        self,
        left: Doc,
        right: Doc,
    ) -> bool:
        """Tell whether two articles are other reports of one form, or share a refrain alone."""
        one = self._read(left)
        two = self._read(right)
        one_outlet = _two_addresses(left, right)
        if other_report(one, two, one_outlet=one_outlet):
            return True

        return only_refrain_common(left, right, one, two)

    def _only_moved(
        self,
        edge: Edge,
        left: Doc,
        right: Doc,
    ) -> bool:
        """Tell whether two articles of one outlet say all but the same, with the same facts."""
        if min(edge.score, edge.share) < SAME_THROUGHOUT:
            return False

        return all_the_same(self._read(left), self._read(right))

    def _read(self, doc: Doc) -> Facts:
        facts = self._facts.get(doc.id)
        if facts is None:
            facts = read(doc.text)
            self._facts[doc.id] = facts

        return facts


def _is_doubtful(edge: Edge) -> bool:
    """Tell whether an edge proposes a copy of which not every word is the same."""
    same_words = edge.score == edge.share == 1

    return edge.kind in {EdgeKind.COPY_OF, EdgeKind.CONTAINS} and not same_words


def _two_addresses(
    one: Doc,
    other: Doc,
) -> bool:
    """Tell whether two articles stand at two addresses of one outlet."""
    return bool(one.outlet) and one.outlet == other.outlet and one.url != other.url


def _another_day(
    one: Doc,
    other: Doc,
) -> bool:
    """Tell whether one outlet published two articles at two addresses, a day or more apart."""
    if not _two_addresses(one, other):
        return False
    if one.published is None or other.published is None:
        return False

    return abs(one.published - other.published) >= ANOTHER_DAY
