"""Stories out of edges, such that one false edge cannot chain two stories.

Average linkage: two groups become one only when their members are related on the average, each pair weighing as much as its
larger text, so that a single edge between two groups counts for little. Before that, articles that are put together from several
unrelated ones (digests, merged wires) are set aside: they may join a story, but never join two. Nothing here depends on the
order of articles or edges: ties are broken by the texts themselves.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from hashlib import blake2b

import numpy as np

from dedupe.decide import form_alone
from dedupe.lead import head
from dedupe.linkage import link
from dedupe.relate import PARTS
from news.story import Doc, Edge, EdgeKind, Story

LINKED = 0.4  # average relation from which two groups are one story
PART = 0.04  # of a text: the least that counts as a part of it
QUOTED = 0.25  # of the other article: what of it must stand in a text for it to be one of its parts
OVERLAP = 0.25  # of the smaller of two parts: what may be in the other one as well
TOGETHER = 0.7  # of a text: what unrelated parts must make up for it to be put together from them

_Graph = dict[int, dict[int, Edge]]


def form_stories(docs: Sequence[Doc], edges: Iterable[Edge]) -> list[Story]:
    """Return the stories of these articles: every article is a member of exactly one."""
    known = {doc.id: doc for doc in docs}
    graph = _graph(known.keys(), edges)
    ranks = {doc.id: _rank(doc) for doc in docs}
    found = [
        story
        for part in _components(graph)
        for story in _form([known[item] for item in part], graph, ranks)
    ]
    return sorted(found, key=lambda story: (story.lead, story.members))


def same_report(edge: Edge) -> bool:
    """Tell whether an edge can make two articles one story."""
    return edge.kind in {EdgeKind.COPY_OF, EdgeKind.CONTAINS}


def _graph(known: Collection[int], edges: Iterable[Edge]) -> _Graph:
    graph: _Graph = {item: {} for item in known}
    for edge in edges:
        if edge.left in graph and edge.right in graph and edge.kind is not EdgeKind.SAME_EVENT:
            graph[edge.left][edge.right] = edge
            graph[edge.right][edge.left] = edge
    return graph


def _rank(doc: Doc) -> tuple[bytes, int]:
    """Return what breaks ties: the text first, so that ids given by order of arrival have no say unless texts are equal."""
    return blake2b(doc.text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), doc.id


def _components(graph: _Graph) -> list[list[int]]:
    """Return the articles in groups without an edge of the same report between them."""
    left = set(graph)
    found = []
    for start in sorted(graph):
        if start in left:
            left.discard(start)
            queue, part = [start], [start]
            while queue:
                item = queue.pop()
                for other, edge in graph[item].items():
                    if other in left and same_report(edge):
                        left.discard(other)
                        queue.append(other)
                        part.append(other)
            found.append(part)
    return found


def _form(docs: list[Doc], graph: _Graph, ranks: Mapping[int, tuple[bytes, int]]) -> list[Story]:
    """Return the stories of one component."""
    if len(docs) == 1:
        return [head(docs, ())]
    known = {doc.id: doc for doc in docs}
    twins = _twins(sorted(known, key=lambda item: ranks[item]), graph)
    graph = _contract(twins, graph)
    docs = [known[item] for item in sorted(graph, key=lambda item: ranks[item])]
    mixed = {doc.id for doc in docs if put_together(doc.id, graph)}
    groups = [set(group) for group in _link([doc for doc in docs if doc.id not in mixed], graph)]
    homes = {item: _home(item, groups, graph) for item in mixed}
    whole = [
        group | {item for item, home in homes.items() if home == number}
        for number, group in enumerate(groups)
    ]
    whole += [
        set(group) for group in _link([doc for doc in docs if homes.get(doc.id, 0) is None], graph)
    ]
    crowd: defaultdict[int, list[int]] = defaultdict(list)
    for item, twin in twins.items():
        crowd[twin].append(item)

    def expand(group: Iterable[int]) -> list[int]:
        return sorted(item for twin in group for item in crowd[twin])

    every_mixed = frozenset(expand(mixed))
    return [
        head(
            [known[item] for item in expand(group)],
            tuple(expand(_quoting(group, mixed, graph))),
            every_mixed,
        )
        for group in whole
    ]


def _twins(order: Sequence[int], graph: _Graph) -> dict[int, int]:
    """Return article -> the first in order of those with exactly its text, itself if there is none before it."""
    twins: dict[int, int] = {}
    for first in order:
        queue = [] if first in twins else [first]
        twins.setdefault(first, first)
        while queue:
            for other, edge in graph[queue.pop()].items():
                if (
                    other not in twins
                    and edge.kind is EdgeKind.COPY_OF
                    and edge.score == edge.share == 1
                ):
                    twins[other] = first
                    queue.append(other)
    return twins


def _contract(twins: Mapping[int, int], graph: _Graph) -> _Graph:
    """Return the graph with one article for all of the same text; of several edges between two the strongest stands."""
    small: _Graph = {item: {} for item in set(twins.values())}
    for item in twins:
        for other, edge in graph[item].items():
            if other not in twins or twins[item] == twins[other]:
                continue
            a, b = twins[item], twins[other]
            new = replace(edge, left=twins[edge.left], right=twins[edge.right])
            held = small[a].get(b)
            if held is None or _strength(new) > _strength(held):
                small[a][b] = small[b][a] = new
    return small


def _strength(edge: Edge) -> tuple[float, float, int, int, bool]:
    """Return what orders edges between the same two texts; the order of the two comes last."""
    return edge.score, edge.share, edge.left_cover, edge.right_cover, edge.left < edge.right


def put_together(item: int, graph: Mapping[int, Mapping[int, Edge]]) -> bool:
    """Tell whether an article consists of parts that stand in other articles which have nothing to do with one another."""
    parts = sorted(
        ((cover, other) for other, edge in graph[item].items() if (cover := part_of(item, edge))),
        key=lambda pair: (-pair[0].bit_count(), pair[0], pair[1]),
    )
    return any(_adds_up(first, parts, graph) for first in range(len(parts)))


def _adds_up(
    first: int, parts: Sequence[tuple[int, int]], graph: Mapping[int, Mapping[int, Edge]]
) -> bool:
    """Tell whether a part and further ones, apart from it and unrelated to it and to one another, make up the whole text."""
    union, chosen = parts[first][0], [parts[first]]
    largest = union.bit_count()
    for cover, other in parts:
        if all(_apart(cover, held) and other not in graph[holder] for held, holder in chosen):
            chosen.append((cover, other))
            largest = max(largest, cover.bit_count())
            union |= cover
    return (
        len(chosen) > 1
        and union.bit_count() >= TOGETHER * PARTS
        and union.bit_count() - largest >= PART * PARTS
    )


def _apart(one: int, other: int) -> bool:
    """Tell whether two parts of a text have little of it in common."""
    return (one & other).bit_count() <= OVERLAP * min(one.bit_count(), other.bit_count())


def part_of(item: int, edge: Edge) -> int:
    """Return which parts of an article the other end of an edge holds, if enough of that other end is in the article; else 0."""
    own, others = (
        (edge.left_cover, edge.right_cover)
        if item == edge.left
        else (edge.right_cover, edge.left_cover)
    )
    return own if own.bit_count() >= PART * PARTS and others.bit_count() >= QUOTED * PARTS else 0


def _link(docs: Sequence[Doc], graph: _Graph) -> list[list[int]]:
    """Return groups by average linkage, the most related first."""
    index = {doc.id: number for number, doc in enumerate(docs)}
    sizes = np.array([len(doc.text) + 1 for doc in docs], np.float64)
    related = np.zeros((len(docs), len(docs)))
    apart = np.zeros((len(docs), len(docs)), np.bool_)
    for doc in docs:
        for other, edge in graph[doc.id].items():
            if other in index and same_report(edge):
                related[index[doc.id], index[other]] = edge.score
            if other in index and form_alone(edge):
                apart[index[doc.id], index[other]] = True
    found = link(related, np.maximum.outer(sizes, sizes), LINKED, apart)
    return [[docs[number].id for number in group] for group in found]


def _home(item: int, groups: Sequence[set[int]], graph: _Graph) -> int | None:
    """Return the group a digest belongs to: the one whose report it opens with."""
    places: defaultdict[int, list[float]] = defaultdict(list)
    for other, edge in graph[item].items():
        if same_report(edge):
            for number, group in enumerate(groups):
                if other in group:
                    places[number].append(
                        _place(edge.left_cover if edge.left == item else edge.right_cover)
                    )
    if not places:
        return None
    return min(
        places, key=lambda number: (round(sum(places[number]) / len(places[number]), 6), number)
    )


def _place(cover: int) -> float:
    """Return the mean place of the covered parts: 0 at the text's beginning."""
    return sum(bit for bit in range(PARTS) if cover >> bit & 1) / max(1, cover.bit_count())


def _quoting(group: set[int], mixed: set[int], graph: _Graph) -> set[int]:
    """Return the digests outside of a group that hold its report."""
    return {
        item
        for item in mixed - group
        if any(other in group and same_report(edge) for other, edge in graph[item].items())
    }
