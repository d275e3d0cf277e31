"""Articles put together from parts that have nothing to do with one another.

Digests and merged wires carry several reports; each of those is a story of its own.
"""

from collections.abc import Mapping, Sequence

from dedupe.graph import covers
from dedupe.parts import PARTS
from news.story import Edge

PART = 0.04  # of a text: the least that counts as a part of it
QUOTED = 0.25  # of the other article: what of it must stand in a text to be one of its parts
OVERLAP = 0.25  # of the smaller of two parts: what may be in the other one as well
TOGETHER = 0.7  # of a text: what unrelated parts must make up for it to be put together of them

_Part = tuple[int, int]  # which of a text's PARTS, a bit each; the article that holds them too


def is_digest(
    article: int,
    graph: Mapping[int, Mapping[int, Edge]],
) -> bool:
    """Tell whether an article consists of parts of other, mutually unrelated articles."""
    parts: list[_Part] = []
    for other, edge in graph[article].items():
        cover = part_of(article, edge)
        if cover:
            parts.append((cover, other))

    parts.sort(key=_by_size)

    return any(_add_up(first, parts, graph) for first in parts)


def _by_size(part: _Part) -> tuple[int, int, int]:
    """Return what orders parts, the largest first."""
    cover, article = part
    size = cover.bit_count()

    return -size, cover, article


def part_of(
    article: int,
    edge: Edge,
) -> int:
    """Return which parts of an article the other end of an edge holds, a bit each.

    0 if too little of that other end is in the article.
    """
    own, others = covers(article, edge)
    if own.bit_count() < PART * PARTS or others.bit_count() < QUOTED * PARTS:
        return 0

    return own


def _add_up(
    first: _Part,
    parts: Sequence[_Part],
    graph: Mapping[int, Mapping[int, Edge]],
) -> bool:
    """Tell whether a part and further ones make up the whole text.

    They stand apart from the first and from one another, and come from unrelated articles.
    """
    chosen = [first]
    union = first[0]
    largest = union.bit_count()

    for part in parts:
        if all(_unrelated(part, other, graph) for other in chosen):
            chosen.append(part)
            largest = max(largest, part[0].bit_count())
            union |= part[0]

    total = union.bit_count()

    return len(chosen) > 1 and total >= TOGETHER * PARTS and total - largest >= PART * PARTS


def _unrelated(
    one: _Part,
    other: _Part,
    graph: Mapping[int, Mapping[int, Edge]],
) -> bool:
    """Tell whether two parts of a text have little of it in common and their articles nothing."""
    cover, article = one
    other_cover, other_article = other
    if article in graph[other_article]:
        return False

    common = cover & other_cover
    smaller = min(cover.bit_count(), other_cover.bit_count())

    return common.bit_count() <= OVERLAP * smaller
