"""Why an article is in its story: what was kept back as a copy, and on what grounds."""

from collections.abc import Iterable, Mapping, Sequence
from typing import assert_never

from dedupe.graph import Graph, make_graph, same_report
from dedupe.verdicts import joined_pairs
from news.story import Edge, EdgeKind, Verdict


def explain_copies(
    lead: int,
    members: Sequence[int],
    edges: Iterable[Edge],
    verdicts: Iterable[Verdict] = (),
) -> dict[int, str]:
    """Return a sentence for each member of a story but its lead.

    It names what the text shares with the lead, or else with the member that it shares most with.
    """
    graph = make_graph(members, edges)
    joined = joined_pairs(verdicts)
    reasons: dict[int, str] = {}

    for member in members:
        if member != lead:
            reasons[member] = _reason(member, lead, graph, joined)

    return reasons


def _reason(
    member: int,
    lead: int,
    graph: Graph,
    joined: set[frozenset[int]],
) -> str:
    """Return why an article is in the story of another one."""
    said = [other for other in graph if frozenset((member, other)) in joined]
    if said:
        return "somebody said that it is the same story"

    edges = {other: edge for other, edge in graph[member].items() if same_report(edge)}
    if not edges:
        return "copies of it are copies of the lead"

    best = lead if lead in edges else _strongest(edges)
    whose = "the lead's" if best == lead else f"those of article {best}"

    return _sentence(member, edges[best], whose)


def _strongest(edges: Mapping[int, Edge]) -> int:
    """Return the article with the edge of the highest score, the smallest id of several."""
    return min(
        edges,
        key=lambda other: (-edges[other].score, other),
    )


def _sentence(
    member: int,
    edge: Edge,
    whose: str,
) -> str:
    """Return what an edge says of the article at one end; `whose` names the other end's words."""
    percent = round(100 * edge.score)
    match edge.kind:
        case EdgeKind.COPY_OF if edge.score == edge.share == 1:
            return f"its words are {whose}"
        case EdgeKind.COPY_OF:
            return f"{percent} % of its words, or of the longer text's, are {whose}"
        case EdgeKind.CONTAINS if edge.left == member:
            return f"it carries {percent} % of the words that are {whose}"
        case EdgeKind.CONTAINS:
            return f"{percent} % of its words are {whose}"
        case EdgeKind.UPDATES | EdgeKind.SAME_EVENT:
            raise AssertionError(edge)
        case _:
            assert_never(edge.kind)
