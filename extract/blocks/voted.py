"""How trafilatura voted on a segment and round it: what the second judge knows beside.

It is asked where the first judge, who sees the page's own evidence alone, is unsure.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from lxml.html import HtmlElement

from extract.page.segments import Segment

VOTERS = 3  # segments before and after whose votes are counted


def matrix(segments: Sequence[Segment], judged: Sequence[Segment], kept: frozenset[int]) -> Any:
    """Return how the base voted on and round each judged segment, a row per segment.

    In the order of `columns.VOTES`; `segments` are all of the page, `kept` are the
    numbers of those it voted for.
    """
    voted = np.zeros(len(segments))
    voted[list(kept)] = 1.0
    indexes = np.array([segment.index for segment in judged], dtype=np.intp)

    parts = [
        *_beside(voted, indexes),
        _of_page(segments, voted, indexes),
        *_in_span(kept, len(segments), indexes),
        *_in_boxes(segments, judged, voted),
    ]

    return np.stack(parts, axis=1).astype(np.float32)


def _beside(voted: Any, indexes: Any) -> list[Any]:
    """Return the votes on each segment, before it, after it, and their share round it."""
    none = np.zeros(1)
    padded = np.concatenate([none, voted, none])
    before = padded[indexes]
    after = padded[indexes + 2]

    sums = np.concatenate([none, np.cumsum(voted)])
    low = np.maximum(0, indexes - VOTERS)
    high = np.minimum(len(voted), indexes + VOTERS + 1)
    near = (sums[high] - sums[low]) / (high - low)

    return [voted[indexes], before, after, near]


def _of_page(segments: Sequence[Segment], voted: Any, indexes: Any) -> Any:
    """Return which share of the page's characters was voted for, 0 to 1, for each segment."""
    lengths = np.array([len(segment.text) for segment in segments], dtype=np.float64)
    taken = (voted * lengths).sum()
    share = taken / max(1.0, lengths.sum())

    return np.full(len(indexes), share)


def _in_span(kept: frozenset[int], count: int, indexes: Any) -> list[Any]:
    """Return where each segment stands to the first and the last that was voted for.

    Before the first, after the last, and how far from both.
    """
    first = min(kept, default=count)
    last = max(kept, default=-1)
    from_first = indexes - first
    from_last = indexes - last

    return [
        from_first < 0,
        from_last > 0,
        _signed(from_first),
        _signed(from_last),
    ]


def _in_boxes(segments: Sequence[Segment], judged: Sequence[Segment], voted: Any) -> list[Any]:
    """Return which share of each segment's box, and of the box around, was voted for."""
    shares = _voted_shares(segments, voted)
    inner = []
    outer = []

    for segment in judged:
        box = _up(segment.node)
        around = _up(box)
        inner.append(shares.get(box, 0.0))
        outer.append(shares.get(around, 0.0))

    return [np.array(inner), np.array(outer)]


def _signed(steps: Any) -> Any:
    """Return numbers of segments on a logarithmic scale, with their signs."""
    return np.sign(steps) * np.log1p(np.abs(steps))


def _up(node: HtmlElement) -> HtmlElement:
    """Return an element's parent, or the element itself at the root."""
    parent = node.getparent()
    if parent is None:
        return node

    return parent


def _voted_shares(segments: Sequence[Segment], voted: Any) -> dict[HtmlElement, float]:
    """Return which share of each element's characters was voted for, 0 to 1."""
    taken: dict[HtmlElement, int] = {}
    total: dict[HtmlElement, int] = {}

    for segment in segments:
        length = len(segment.text)
        own = length if voted[segment.index] else 0
        element: HtmlElement | None = segment.node

        while element is not None:
            total[element] = total.get(element, 0) + length
            taken[element] = taken.get(element, 0) + own
            element = element.getparent()

    shares: dict[HtmlElement, float] = {}

    for element, length in total.items():
        shares[element] = taken[element] / max(1, length)

    return shares
