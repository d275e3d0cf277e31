"""Articles and the edges between them, from both ends."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import assert_never

from dedupe.decide import form_alone
from dedupe.verdicts import joined_pairs, parted_articles
from news.story import Edge, EdgeKind, Verdict

Graph = dict[int, dict[int, Edge]]  # article -> other article -> their edge


def make_graph(
    articles: Collection[int],
    edges: Iterable[Edge],
) -> Graph:
    """Return the graph of some articles; edges to others and between events are left out."""
    graph: Graph = {article: {} for article in articles}
    for edge in edges:
        inside = edge.left in graph and edge.right in graph
        if inside and edge.kind is not EdgeKind.SAME_EVENT:
            graph[edge.left][edge.right] = edge
            graph[edge.right][edge.left] = edge

    return graph


def ends_of(edges: Iterable[Edge]) -> set[int]:
    """Return the articles that some edges join."""
    ends: set[int] = set()
    for edge in edges:
        ends |= {edge.left, edge.right}

    return ends


def same_report(edge: Edge) -> bool:
    """Tell whether an edge can make two articles one story."""
    match edge.kind:
        case EdgeKind.COPY_OF | EdgeKind.CONTAINS:
            return True
        case EdgeKind.UPDATES | EdgeKind.SAME_EVENT:
            return False
        case _:
            assert_never(edge.kind)


def covers(
    article: int,
    edge: Edge,
) -> tuple[int, int]:
    """Return which parts of one end are common, and which of the other end."""
    if article == edge.left:
        return edge.left_cover, edge.right_cover

    return edge.right_cover, edge.left_cover


def components(graph: Graph) -> list[list[int]]:
    """Return the articles in groups without an edge of the same report between them."""
    remaining = set(graph)

    # What a group reaches leaves `remaining` before the next start is looked at.
    return [_reach(start, graph, remaining) for start in sorted(graph) if start in remaining]


def _reach(
    start: int,
    graph: Graph,
    remaining: set[int],
) -> list[int]:
    """Return who is joined to an article by the same report, and take them out of `remaining`."""
    remaining.discard(start)
    group, queue = [start], [start]

    while queue:
        for other, edge in graph[queue.pop()].items():
            if other in remaining and same_report(edge):
                remaining.discard(other)
                queue.append(other)
                group.append(other)

    return group


def find_equals(
    order: Sequence[int],
    graph: Graph,
    verdicts: Sequence[Verdict] = (),
) -> dict[int, int]:
    """Return article -> the first in order of those with exactly its words, or said to be it.

    That is itself if there is none before it, or if it was said to be another report than some
    other article: it may be another than one of its own words.
    """
    joined = joined_pairs(verdicts)
    parted = parted_articles(verdicts)
    first_of: dict[int, int] = {}

    for first in order:
        if first in first_of:
            continue

        first_of[first] = first
        queue = [first]

        while queue:
            article = queue.pop()
            for other, edge in graph[article].items():
                free = parted.isdisjoint((article, other)) and _same_words(edge)
                said = frozenset((article, other)) in joined
                if other not in first_of and (free or said):
                    first_of[other] = first
                    queue.append(other)

    return first_of


def contract(
    graph: Graph,
    first_of: Mapping[int, int],
) -> Graph:
    """Return the graph with one article for all of the same words.

    Of several edges between two the strongest stands, and one that keeps two apart before all.
    """
    small: Graph = {first: {} for first in set(first_of.values())}
    for article, first in first_of.items():
        for other, edge in graph[article].items():
            second = first_of.get(other)
            if second is None or second == first:
                continue

            moved = replace(
                edge,
                left=first_of[edge.left],
                right=first_of[edge.right],
            )

            present = small[first].get(second)
            if present is None or _strength(moved) > _strength(present):
                small[first][second] = moved
                small[second][first] = moved

    return small


def crowds(first_of: Mapping[int, int]) -> dict[int, list[int]]:
    """Return first -> all articles of exactly its words."""
    groups: dict[int, list[int]] = {}

    for article, first in first_of.items():
        group = groups.setdefault(first, [])
        group.append(article)

    return groups


def _same_words(edge: Edge) -> bool:
    in_both = min(edge.score, edge.share)

    return edge.kind is EdgeKind.COPY_OF and in_both == 1


def _strength(edge: Edge) -> tuple[bool, float, float, int, int, bool, bool]:
    """Return what orders edges between the same two texts; the order of the two comes last."""
    return (
        form_alone(edge),
        edge.score,
        edge.share,
        edge.left_cover,
        edge.right_cover,
        edge.kind is EdgeKind.UPDATES,
        edge.left < edge.right,
    )
