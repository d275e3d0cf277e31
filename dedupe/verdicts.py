"""What people have said of pairs of articles, as edges that come before what texts look like."""

from collections.abc import Iterable, Sequence

from dedupe.parts import PARTS
from news.story import Edge, EdgeKind, Verdict

_WHOLE = (1 << PARTS) - 1
_Pair = frozenset[int]


def obey_verdicts(
    edges: Iterable[Edge],
    verdicts: Sequence[Verdict],
) -> list[Edge]:
    """Return the edges with those of verdicts in place of what was found between the same two."""
    said: dict[_Pair, Verdict] = {}
    obeyed: list[Edge] = []

    for verdict in verdicts:
        pair = frozenset((verdict.left, verdict.right))
        said[pair] = verdict

    for edge in edges:
        ends = frozenset((edge.left, edge.right))
        if ends not in said:
            obeyed.append(edge)

    obeyed += map(verdict_edge, said.values())

    return obeyed


def verdict_edge(verdict: Verdict) -> Edge:
    """Return a verdict as an edge: two of the same words, or of one form and nothing else."""
    cover = _WHOLE if verdict.same else 0

    return Edge(
        left=verdict.left,
        right=verdict.right,
        kind=EdgeKind.COPY_OF if verdict.same else EdgeKind.UPDATES,
        score=1.0,
        share=1.0,
        left_cover=cover,
        right_cover=cover,
    )


def joined_pairs(verdicts: Iterable[Verdict]) -> set[_Pair]:
    """Return the pairs that are one report because somebody said so."""
    pairs: set[_Pair] = set()
    for verdict in verdicts:
        if verdict.same:
            pairs.add(frozenset((verdict.left, verdict.right)))

    return pairs


def parted_articles(verdicts: Iterable[Verdict]) -> set[int]:
    """Return the articles of which somebody said that they are no copies of some other one."""
    parted: set[int] = set()
    for verdict in verdicts:
        if not verdict.same:
            parted |= {verdict.left, verdict.right}

    return parted
