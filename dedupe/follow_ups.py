"""Follow-ups: a later article that carries passages of an earlier one, and is another report."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from dedupe.decide import form_alone
from dedupe.parts import PARTS
from news.story import Doc, Edge, EdgeKind

SOONEST = timedelta(minutes=30)  # what appears within it is another account of the same moment
LATEST = timedelta(days=14)
MOST = 0.6  # of the later text: one that consists of older passages is a summary


def find_follow_ups(
    docs: Sequence[Doc],
    edges: Iterable[Edge],
) -> list[Edge]:
    """Return edges `updates` from the later article (left) to the earlier one, sorted.

    Articles of unknown times are not linked.
    """
    known = {doc.id: doc for doc in docs}
    links = []

    for edge in edges:
        if edge.kind is not EdgeKind.UPDATES or form_alone(edge):
            continue

        left, right = known.get(edge.left), known.get(edge.right)
        link = _link(left, right, edge) if left and right else None
        if link is not None:
            links.append(link)

    return sorted(links)


def _link(
    left: Doc,
    right: Doc,
    edge: Edge,
) -> Edge | None:
    """Return the link of one pair, its covers turned with it; None when neither follows."""
    if left.published is None or right.published is None:
        return None

    gap = left.published - right.published
    if not SOONEST <= abs(gap) <= LATEST:
        return None

    later, earlier = left.id, right.id
    later_cover, earlier_cover = edge.left_cover, edge.right_cover
    if gap < timedelta(0):
        later, earlier = earlier, later
        later_cover, earlier_cover = earlier_cover, later_cover

    if later_cover.bit_count() > MOST * PARTS:
        return None

    return Edge(
        left=later,
        right=earlier,
        kind=EdgeKind.UPDATES,
        score=edge.score,
        share=edge.share,
        left_cover=later_cover,
        right_cover=earlier_cover,
    )
