"""Why the judge thinks so: the strongest pieces of evidence for and against one segment, in words.

A tree's answer changes at each split on a segment's way down; the change is laid to the
column that the split asks for (Saabas' way of reading a forest). Columns that say the
same thing are one piece.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

from extract.blocks import columns
from extract.blocks.model import Stored

STRONGEST = 3  # pieces that are told for a segment, and against it
LEAST = 0.05  # weight below which a piece is not worth telling, in units of log odds

# What columns are about, by the beginnings of their names; the first that fits counts.
_ABOUT: tuple[tuple[str, str], ...] = (
    ("log_length", "its length"),
    ("link_share", "its links"),
    ("links_away", "where its links lead"),
    ("card_away", "where its links lead"),
    ("links_", "links around it"),
    ("links", "its links"),
    ("ends", "how it ends"),
    ("stops", "its sentences"),
    ("digits", "its digits"),
    ("strong", "bold or italics"),
    ("hidden", "being hidden"),
    ("upper", "its first letter"),
    ("caps", "its capitals"),
    ("email", "an address in it"),
    ("broken", "line breaks"),
    ("is_title", "being the headline"),
    ("title_like", "likeness to the headline"),
    ("is_", "what kind of block it is"),
    ("level", "what kind of block it is"),
    ("description_like", "likeness to the description"),
    ("has_body", "the body that the page states"),
    ("in_body", "the body that the page states"),
    ("repeats", "standing twice on the page"),
    ("card", "teaser cards"),
    ("in_card", "teaser cards"),
    ("long_in_card", "teaser cards"),
    ("positive", "names of its boxes"),
    ("negative", "names of its boxes"),
    ("depth", "how deep it stands"),
    ("voted", "the base's vote"),
    ("page_voted", "the base's vote"),
    ("before_first", "the base's vote"),
    ("after_last", "the base's vote"),
    ("from_first", "the base's vote"),
    ("from_last", "the base's vote"),
    ("parent_voted", "the base's vote"),
    ("grand_voted", "the base's vote"),
    ("parent_", "what its box holds"),
    ("grand_", "what the box around holds"),
    ("best_share", "the densest box"),
    ("under_best", "the densest box"),
    ("after_title", "its distance from the headline"),
    ("from_title", "its distance from the headline"),
    ("long_", "prose around it"),
    ("heading_", "the heading before it"),
    ("position", "its place on the page"),
    ("length", "its neighbours' length"),
    ("link", "its neighbours' links"),
    ("same", "neighbours made alike"),
    ("make_", "how much is made like it"),
    ("apart", "where it joins the headline"),
    ("joins", "where it joins the headline"),
    ("branch_share", "where it joins the headline"),
    ("other_h1", "another headline before it"),
    ("cue_", "a cue in its words"),
    ("in_", "its mark-up"),
    ("near_", "names of its boxes"),
    ("far_", "names of its boxes"),
)


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of evidence.

    What it is about, and its weight in log odds, positive for the article.
    """

    about: str
    weight: float


def weigh(row: Any, trees: Stored) -> tuple[Piece, ...]:
    """Return the strongest pieces of evidence for a segment, then those against it.

    `row` is the segment's row of evidence in the order of `columns.SECOND`, `trees` are
    the judge's.
    """
    order = [columns.SECOND.index(name) for name in trees["names"]]
    weights: dict[str, float] = {}

    for tree in trees["trees"]:
        _walk(tree, row, order, weights)

    favour: list[Piece] = []
    against: list[Piece] = []

    for about, weight in weights.items():
        piece = Piece(about, weight)
        if weight >= LEAST:
            favour.append(piece)
        elif weight <= -LEAST:
            against.append(piece)

    favour.sort(key=lambda piece: -piece.weight)
    against.sort(key=lambda piece: piece.weight)

    return (
        *favour[:STRONGEST],
        *against[:STRONGEST],
    )


def _walk(
    tree: list[list[float]],
    row: Any,
    order: list[int],
    weights: dict[str, float],
) -> None:
    """Follow a row down one tree.

    What each split changes is added to the weight of what it asks for.
    """
    node = 0

    while True:
        feature, threshold, left, right, _ = tree[node]
        if feature < 0:
            return

        column = order[int(feature)]
        following = int(right)
        if row[column] <= threshold:
            following = int(left)

        about = _about(columns.SECOND[column])
        change = _mean(tree, following) - _mean(tree, node)
        weights[about] = weights.get(about, 0.0) + change
        node = following


def _mean(tree: list[list[float]], node: int) -> float:
    """Return the mean of the leaves below a node."""
    values = _leaves(tree, node)
    return sum(values) / len(values)


def _leaves(tree: list[list[float]], node: int) -> list[float]:
    """Return the values of the leaves below a node."""
    feature, _, left, right, value = tree[node]
    if feature < 0:
        return [value]

    before = _leaves(tree, int(left))
    behind = _leaves(tree, int(right))

    return before + behind


@cache
def _about(name: str) -> str:
    """Return what a column is about, in words."""
    for prefix, words in _ABOUT:
        if name.startswith(prefix):
            return words

    return name
