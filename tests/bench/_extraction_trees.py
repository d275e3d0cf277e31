"""Boosted trees over evidence: `python _extraction_trees.py IN.npz OUT.json TREES`.

IN holds `X` (rows of evidence), `y` (0 or 1) and `w` (weights). OUT is what
`extract.blocks.model.build` reads, without the columns' names. Run by `extraction_weights.py` in
the environment of requirements/bench.txt, which has LightGBM and nothing of the product.
"""

import json
import sys
from pathlib import Path
from typing import Any

SETTINGS: dict[str, Any] = {
    "objective": "binary",
    "num_leaves": 8,  # a tree's leaves are the bits of one byte
    "learning_rate": 0.09,
    "min_data_in_leaf": 40,
    "lambda_l2": 5.0,
    "max_bin": 127,
    "num_threads": 1,
    "deterministic": True,
    "force_col_wise": True,
    "seed": 0,
    "verbose": -1,
}


def main() -> None:
    """Fit and write."""
    import lightgbm
    import numpy as np

    source, target, trees = sys.argv[1:]
    with np.load(source) as kept:
        data = lightgbm.Dataset(kept["X"], kept["y"], weight=kept["w"])
        model = lightgbm.train(SETTINGS, data, num_boost_round=int(trees))
    made = [nodes(one["tree_structure"]) for one in model.dump_model()["tree_info"]]
    Path(target).write_text(json.dumps({"base": 0.0, "trees": made}), encoding="utf-8")


def nodes(structure: dict[str, Any]) -> list[list[float]]:
    """Return a tree as a list of [feature or -1, threshold, left, right, value], its root first.

    The first tree's leaves hold the base rate too.
    """
    made: list[list[float]] = []

    def add(node: dict[str, Any]) -> int:
        place = len(made)
        made.append([])
        if "leaf_value" in node:
            made[place] = [-1, 0, 0, 0, round(node["leaf_value"], 5)]
            return place
        threshold = float(f"{node['threshold']:.9g}")
        left, right = add(node["left_child"]), add(node["right_child"])
        made[place] = [node["split_feature"], threshold, left, right, 0]
        return place

    add(structure)
    return made


if __name__ == "__main__":
    main()
