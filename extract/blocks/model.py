"""The judges of segments: boosted trees over the evidence.

They are made by tests/bench/extraction_weights.py and kept as weights.json.

Evaluated as in QuickScorer (Lucchese et al., SIGIR 2015): every split that fails clears
the leaves it rules out, and the lowest leaf left is where the segment falls. All
segments and trees at once, a few milliseconds a page.
"""

import json
import math
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np

from extract.blocks import columns

LEAVES = 8  # per tree at most, so that a tree's leaves are the bits of one byte
AT_ONCE = 1000  # segments judged in one step, so that the arrays of a long page stay small
_ALL_LEAVES = (1 << LEAVES) - 1
_LOWEST = np.array(
    [0] + [(mask & -mask).bit_length() - 1 for mask in range(1, 1 << LEAVES)], dtype=np.intp
)
Stored = dict[str, Any]
Split = tuple[int, float, int]  # feature, threshold, leaves that remain when the condition fails


@dataclass(frozen=True, slots=True)
class Model:
    """Trees as arrays. Splits are grouped by tree, `LEAVES` - 1 each."""

    base: float
    columns: Any  # of the split's feature, one per split
    thresholds: Any
    masks: Any  # leaves that remain when the split's condition fails
    values: Any  # one row per tree, one column per leaf
    stored: Stored  # as it is kept: names, base, trees


@dataclass(frozen=True, slots=True)
class Judges:
    """The judge of every page, and the one who is asked where it is unsure."""

    first: Model
    second: Model


@cache
def load() -> Judges:
    """Return the judges that ship with the code.

    Raises ValueError when they speak of evidence that is not gathered.
    """
    file = resources.files("extract.blocks").joinpath("weights.json")
    kept: dict[str, Stored] = json.loads(file.read_text(encoding="utf-8"))

    return Judges(first=build(kept["first"]), second=build(kept["second"]))


def build(kept: Stored) -> Model:
    """Return the arrays of a stored model.

    Trees are lists of nodes, a node is [feature or -1, threshold, left, right, value];
    features are numbered by the model's own list of names. Raises ValueError for a name
    that no column has.
    """
    own_columns = [columns.SECOND.index(name) for name in kept["names"]]
    features: list[int] = []
    thresholds: list[float] = []
    masks: list[int] = []
    values: list[list[float]] = []

    for tree in kept["trees"]:
        leaves: list[float] = []
        splits: list[Split] = []
        _descend(tree, 0, leaves, splits)
        # A smaller tree is filled up with splits that never fail and leaves that
        # nothing falls into.
        splits += [(0, math.inf, _ALL_LEAVES)] * (LEAVES - 1 - len(splits))
        leaves += [0.0] * (LEAVES - len(leaves))

        for feature, threshold, mask in splits:
            features.append(own_columns[feature])
            thresholds.append(threshold)
            masks.append(mask)

        values.append(leaves)

    return Model(
        base=kept["base"],
        columns=np.array(features, dtype=np.intp),
        thresholds=np.array(thresholds, dtype=np.float32)[:, None],
        masks=np.array(masks, dtype=np.uint8)[:, None],
        values=np.array(values, dtype=np.float32),
        stored=kept,
    )


def _descend(
    tree: list[list[float]],
    node: int,
    leaves: list[float],
    splits: list[Split],
) -> None:
    """Add the leaves below a node from left to right, and its splits.

    A split knows the leaves that are left when its condition fails.

    `leaves` and `splits` are filled from left to right, as the tree is walked.
    """
    feature, threshold, left, right, value = tree[node]
    if feature < 0:
        leaves.append(value)
        return

    first = len(leaves)
    _descend(tree, int(left), leaves, splits)
    cleared = 0

    for leaf in range(first, len(leaves)):
        cleared |= 1 << leaf

    splits.append((int(feature), threshold, _ALL_LEAVES & ~cleared))
    _descend(tree, int(right), leaves, splits)


def judge(matrix: Any, model: Model) -> Any:
    """Return, for each row of evidence, how probably its segment is the article's, 0 to 1.

    `matrix` has a row per segment and the columns `columns.SECOND`, or their beginning
    `columns.NAMES` where the trees ask for no other.
    """
    if not len(matrix):
        return np.zeros(0, dtype=np.float32)

    evidence = np.ascontiguousarray(matrix.T)
    score = np.full(len(matrix), model.base, dtype=np.float32)

    for start in range(0, len(matrix), AT_ONCE):
        part = evidence[:, start : start + AT_ONCE]
        fallen = _leaves(part, model)
        reached = np.take_along_axis(model.values, fallen, axis=1)
        score[start : start + AT_ONCE] += reached.sum(axis=0)

    return 1.0 / (1.0 + np.exp(-score))


def _leaves(evidence: Any, model: Model) -> Any:
    """Return the leaf that each segment (a column) falls into, in each tree (a row).

    A split that fails clears the leaves on its side; the lowest that is left is the
    one.
    """
    failed = evidence[model.columns] > model.thresholds
    remaining = np.where(failed, model.masks, np.uint8(_ALL_LEAVES))
    by_tree = remaining.reshape(len(model.values), LEAVES - 1, -1)

    return _LOWEST[np.bitwise_and.reduce(by_tree, axis=1)]
