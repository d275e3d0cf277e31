"""Follow-ups: a later article that carries passages of an earlier one without being the same report."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from dedupe.decide import form_alone
from news.story import Doc, Edge, EdgeKind

SOONEST = timedelta(minutes=30)  # what appears within it is another account of the same moment
LATEST = timedelta(days=14)
MOST = 0.6  # of the later text: one that consists of older passages is a summary


def find_follow_ups(docs: Sequence[Doc], edges: Iterable[Edge]) -> list[Edge]:
    """Return edges `updates` from the later article (left) to the earlier one, for articles of known and different times."""
    known = {doc.id: doc for doc in docs}
    found = []
    for edge in edges:
        passages = edge.kind is EdgeKind.UPDATES and not form_alone(edge)
        if passages and edge.left in known and edge.right in known:
            link = _link(known[edge.left], known[edge.right], edge)
            if link is not None:
                found.append(link)
    return sorted(found)


def _link(left: Doc, right: Doc, edge: Edge) -> Edge | None:
    """Return the link of one pair, its cover turned with it."""
    if left.published is None or right.published is None:
        return None
    gap = left.published - right.published
    later, cover = (left, edge.left_cover) if gap > timedelta(0) else (right, edge.right_cover)
    if not SOONEST <= abs(gap) <= LATEST or cover.bit_count() > MOST * 64:
        return None
    earlier = right if later is left else left
    other = edge.right_cover if later is left else edge.left_cover
    return Edge(
        left=later.id,
        right=earlier.id,
        kind=EdgeKind.UPDATES,
        score=edge.score,
        share=edge.share,
        left_cover=cover,
        right_cover=other,
    )
