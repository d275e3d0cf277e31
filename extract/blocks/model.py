"""The judge of segments: boosted trees over the evidence, made by tests/bench/extraction_weights.py, kept as weights.json.

Evaluated as in QuickScorer (Lucchese et al., SIGIR 2015): every split that fails clears the leaves it rules out, and the lowest
leaf left is where the segment falls. All segments and trees at once, a few milliseconds a page.
"""

import json
import math
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np

from extract.blocks import features

LEAVES = 8  # per tree at most, so that a tree's leaves are the bits of one byte
_LOWEST = np.array([0] + [(mask & -mask).bit_length() - 1 for mask in range(1, 256)], dtype=np.intp)


@dataclass(frozen=True, slots=True)
class Model:
    """Trees as arrays. Splits are grouped by tree, `LEAVES` - 1 each."""

    base: float
    columns: Any  # of the split's feature, one per split
    thresholds: Any
    masks: Any  # leaves that remain when the split's condition fails
    values: Any  # one row per tree, one column per leaf


@cache
def load() -> Model:
    """Return the model that ships with the code; raises ValueError when it speaks of evidence that `features` does not gather."""
    return build(
        json.loads(
            resources.files("extract.blocks").joinpath("weights.json").read_text(encoding="utf-8")
        )
    )


def build(stored: dict[str, Any]) -> Model:
    """Return the arrays of a stored model: trees as lists of [feature or -1, threshold, left, right, value]; features by its own names."""
    places = [features.NAMES.index(name) for name in stored["names"]]
    columns, thresholds, masks, values = [], [], [], []
    for tree in stored["trees"]:
        leaves: list[float] = []
        splits: list[tuple[int, float, int]] = []
        _descend(tree, 0, leaves, splits)
        splits += [(0, math.inf, 255)] * (LEAVES - 1 - len(splits))
        for column, threshold, mask in splits:
            columns.append(places[column])
            thresholds.append(threshold)
            masks.append(mask)
        values.append(leaves + [0.0] * (LEAVES - len(leaves)))
    return Model(
        stored["base"],
        np.array(columns, dtype=np.intp),
        np.array(thresholds, dtype=np.float32)[:, None],
        np.array(masks, dtype=np.uint8)[:, None],
        np.array(values, dtype=np.float32),
    )


def _descend(
    tree: list[list[float]], node: int, leaves: list[float], splits: list[tuple[int, float, int]]
) -> None:
    column, threshold, left, right, value = tree[node]
    if column < 0:
        leaves.append(value)
        return
    first = len(leaves)
    _descend(tree, int(left), leaves, splits)
    cleared = sum(1 << leaf for leaf in range(first, len(leaves)))
    splits.append((int(column), threshold, 255 & ~cleared))
    _descend(tree, int(right), leaves, splits)


def judge(matrix: Any, model: Model | None = None) -> Any:
    """Return, for each row of evidence, the probability that its segment belongs to the article."""
    model = model or load()
    if not len(matrix):
        return np.zeros(0, dtype=np.float32)
    columns = np.ascontiguousarray(matrix.T)
    score = np.full(len(matrix), model.base, dtype=np.float32)
    trees = len(model.values)
    for start in range(0, len(matrix), 1000):
        part = columns[:, start : start + 1000]
        left = np.where(part[model.columns] > model.thresholds, model.masks, np.uint8(255)).reshape(
            trees, LEAVES - 1, -1
        )
        leaves = _LOWEST[np.bitwise_and.reduce(left, axis=1)]
        score[start : start + 1000] += np.take_along_axis(model.values, leaves, axis=1).sum(axis=0)
    return 1.0 / (1.0 + np.exp(-score))
