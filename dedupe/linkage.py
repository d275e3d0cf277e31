"""Average linkage: groups become one while their members are related on the average. One strong pair between two groups counts for little."""

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
Pairs = NDArray[np.bool_]


def link(
    related: Matrix,
    weights: Matrix,
    least: float,
    apart: Pairs | None = None,
) -> list[list[int]]:
    """Return groups of row numbers: the two most related groups are joined until none are related by `least`.

    `related` (0 to 1) and `weights` are symmetric; ties go to the first rows, so an order of rows that does not depend on chance
    gives groups that do not either. Rows that are `apart` (symmetric) are never in one group,
    whoever is related to both.
    """
    count = len(related)
    barred = np.zeros((count, count), np.bool_) if apart is None else apart.copy()
    sums, masses = related * weights, weights.copy()
    groups = [[number] for number in range(count)]
    alive = np.ones(count, np.bool_)
    while (pair := _closest(sums, masses, (alive, barred), least)) is not None:
        keep, gone = pair
        for matrix in (sums, masses):
            matrix[keep] += matrix[gone]
            matrix[:, keep] += matrix[:, gone]
        barred[keep] |= barred[gone]
        barred[:, keep] |= barred[:, gone]
        groups[keep] += groups[gone]
        alive[gone] = False
    return [groups[number] for number in np.flatnonzero(alive)]


def _closest(
    sums: Matrix,
    masses: Matrix,
    state: tuple[Pairs, Pairs],
    least: float,
) -> tuple[int, int] | None:
    """Return the two groups that are related most, if they are enough.

    `state` says which rows are groups, and which pairs of them are never joined.
    """
    alive, barred = state
    rows = np.flatnonzero(alive)
    if len(rows) < 2:  # noqa: PLR2004
        return None
    table = sums[np.ix_(rows, rows)] / masses[np.ix_(rows, rows)]
    table[barred[np.ix_(rows, rows)]] = -1
    np.fill_diagonal(table, -1)
    # Rounded, because sums of floats depend on their order in the last digits.
    best = int(np.argmax(np.round(table, 9)))
    row, column = divmod(best, len(rows))
    return (int(rows[row]), int(rows[column])) if table[row, column] >= least else None
