"""Stories out of edges, such that one false edge cannot chain two stories.

Average linkage: two groups become one only when their members are related on the average, each
pair weighing as much as its larger text, so that a single edge between two groups counts for
little. Before that, articles that are put together from several unrelated ones (digests, merged
wires) are set aside: they may join a story, but never join two. Nothing here depends on the order
of articles or edges: ties are broken by the texts themselves.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from hashlib import blake2b
from statistics import fmean

import numpy as np

from dedupe.decide import form_alone
from dedupe.digests import is_digest
from dedupe.graph import (
    Graph,
    components,
    contract,
    covers,
    crowds,
    find_equals,
    make_graph,
    same_report,
)
from dedupe.lead import make_story
from dedupe.linkage import link
from dedupe.parts import PARTS
from dedupe.verdicts import obey_verdicts
from news.story import Doc, Edge, Story, Verdict

LINKED = 0.4  # average relation from which two groups are one story


def form_stories(
    docs: Sequence[Doc],
    edges: Iterable[Edge],
    verdicts: Sequence[Verdict] = (),
) -> list[Story]:
    """Return the stories of these articles: every article is a member of exactly one.

    What was said of two articles holds, whatever their edge; that they are one before that they
    are not, where several verdicts contradict each other.
    """
    known = {doc.id: doc for doc in docs}
    graph = make_graph(known.keys(), obey_verdicts(edges, verdicts))
    stories = []

    for component in components(graph):
        stories += _form_component([known[article] for article in component], graph, verdicts)

    return sorted(stories, key=lambda story: (story.lead, story.members))


def _form_component(
    docs: list[Doc],
    graph: Graph,
    verdicts: Sequence[Verdict],
) -> list[Story]:
    """Return the stories of articles that edges of the same report join."""
    if len(docs) == 1:
        return [make_story(docs, ())]

    known = {doc.id: doc for doc in docs}
    in_order = sorted(docs, key=_rank)
    order = [doc.id for doc in in_order]
    first_of = find_equals(order, graph, verdicts)
    crowd = crowds(first_of)
    small = contract(graph, first_of)
    firsts = [doc for doc in in_order if doc.id in small]

    digests = {doc.id for doc in firsts if is_digest(doc.id, small)}
    all_digests = frozenset(_expand(digests, crowd))
    stories = []

    for group in _group(firsts, digests, small):
        members = [known[article] for article in _expand(group, crowd)]
        quoting = _quoting(group, digests, small)
        story = make_story(
            members,
            tuple(_expand(quoting, crowd)),
            all_digests,
        )

        stories.append(story)

    return stories


def _rank(doc: Doc) -> tuple[bytes, int]:
    """Return what breaks ties.

    The text comes first, so that ids given by order of arrival have no say unless texts are equal.
    """
    text = doc.text.encode("utf-8", "surrogatepass")

    return blake2b(text, digest_size=8).digest(), doc.id


def _expand(
    firsts: Iterable[int],
    crowd: dict[int, list[int]],
) -> list[int]:
    """Return all articles of the words of these, in order."""
    articles: list[int] = []
    for first in firsts:
        articles += crowd[first]

    return sorted(articles)


def _group(
    docs: Sequence[Doc],
    digests: Collection[int],
    graph: Graph,
) -> list[set[int]]:
    """Return the articles of each story; a digest is in the one whose report it opens with."""
    reports = [doc for doc in docs if doc.id not in digests]
    groups = _link(reports, graph)
    whole = [set(group) for group in groups]
    homeless = []

    for doc in docs:
        if doc.id not in digests:
            continue

        home = _home(doc.id, groups, graph)
        if home is None:
            homeless.append(doc)
        else:
            whole[home].add(doc.id)

    return whole + _link(homeless, graph)


def _link(
    docs: Sequence[Doc],
    graph: Graph,
) -> list[set[int]]:
    """Return groups by average linkage, the most related first."""
    row_of = {doc.id: row for row, doc in enumerate(docs)}
    sizes = np.array(
        [len(doc.text) + 1 for doc in docs],
        np.float64,
    )
    related = np.zeros((len(docs), len(docs)))
    apart = np.zeros(
        (len(docs), len(docs)),
        np.bool_,
    )

    for doc in docs:
        row = row_of[doc.id]
        for other, edge in graph[doc.id].items():
            column = row_of.get(other)
            if column is None:
                continue

            if same_report(edge):
                related[row, column] = edge.score
            elif form_alone(edge):
                apart[row, column] = True

    groups = link(
        related,
        np.maximum.outer(sizes, sizes),
        LINKED,
        apart,
    )

    return [{docs[row].id for row in group} for group in groups]


def _home(
    digest: int,
    groups: Sequence[set[int]],
    graph: Graph,
) -> int | None:
    """Return the group a digest belongs to: the one whose report it opens with."""
    group_of: dict[int, int] = {}
    for number, group in enumerate(groups):
        group_of.update(dict.fromkeys(group, number))

    barred = set()
    places: defaultdict[int, list[float]] = defaultdict(list)

    for other, edge in graph[digest].items():
        home = group_of.get(other)
        if home is None:
            continue

        if form_alone(edge):
            barred.add(home)
        elif same_report(edge):
            own_cover, _ = covers(digest, edge)
            places[home].append(_place(own_cover))

    means = []

    for number in places.keys() - barred:
        mean = fmean(places[number])
        means.append((round(mean, 6), number))

    if not means:
        return None

    _, first = min(means)

    return first


def _place(cover: int) -> float:
    """Return the mean place of the covered parts: 0 at the text's beginning."""
    covered = [part for part in range(PARTS) if cover >> part & 1]

    return sum(covered) / max(1, len(covered))


def _quoting(
    group: set[int],
    digests: set[int],
    graph: Graph,
) -> set[int]:
    """Return the digests outside of a group that hold its report."""
    quoting = set()
    for digest in digests - group:
        reports = (other for other, edge in graph[digest].items() if same_report(edge))
        if not group.isdisjoint(reports):
            quoting.add(digest)

    return quoting
