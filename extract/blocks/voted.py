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
    count = len(segments)
    voted = np.zeros(count)
    voted[list(kept)] = 1.0
    length = np.array([len(segment.text) for segment in segments], dtype=np.float64)
    indexes = np.array([segment.index for segment in judged], dtype=np.intp)

    ends = np.zeros(1)
    padded = np.concatenate([ends, voted, ends])
    sums = np.concatenate([[0.0], np.cumsum(voted)])
    low = np.maximum(0, indexes - VOTERS)
    high = np.minimum(count, indexes + VOTERS + 1)
    first = min(kept, default=count)
    last = max(kept, default=-1)

    boxes = _voted_shares(segments, voted)
    inner = [boxes.get(_up(segment.node), 0.0) for segment in judged]
    outer = [boxes.get(_up(_up(segment.node)), 0.0) for segment in judged]

    return np.stack(
        [
            voted[indexes],
            padded[indexes],
            padded[indexes + 2],
            (sums[high] - sums[low]) / (high - low),
            np.full(len(indexes), (voted * length).sum() / max(1.0, length.sum())),
            indexes < first,
            indexes > last,
            _signed(indexes - first),
            _signed(indexes - last),
            np.array(inner),
            np.array(outer),
        ],
        axis=1,
    ).astype(np.float32)


def _signed(steps: Any) -> Any:
    """Return numbers of segments on a logarithmic scale, with their signs."""
    return np.sign(steps) * np.log1p(np.abs(steps))


def _up(node: HtmlElement) -> HtmlElement:
    """Return an element's parent, or the element itself at the root."""
    parent = node.getparent()
    return node if parent is None else parent


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

    return {element: taken[element] / max(1, total[element]) for element in taken}
