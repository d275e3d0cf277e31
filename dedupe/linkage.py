"""Average linkage: groups become one while their members are related on the average.

One strong pair between two groups counts for little.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
Pairs = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class _State:
    """Rows on the way to groups: sums and masses of their relations, who is a group, who barred."""

    sums: Matrix
    masses: Matrix
    alive: Pairs
    barred: Pairs

    def closest(self, least: float) -> tuple[int, int] | None:
        """Return the two groups that are related most, if they are enough."""
        rows = np.flatnonzero(self.alive)
        if len(rows) <= 1:
            return None

        inside = np.ix_(rows, rows)
        table = self.sums[inside] / self.masses[inside]
        table[self.barred[inside]] = -1
        np.fill_diagonal(table, -1)
        # Rounded, because sums of floats depend on their order in the last digits.
        best = int(np.argmax(np.round(table, 9)))
        row, column = divmod(best, len(rows))
        if table[row, column] < least:
            return None

        return int(rows[row]), int(rows[column])

    def join(
        self,
        kept: int,
        gone: int,
    ) -> None:
        """Make one group of two."""
        for matrix in (self.sums, self.masses):
            matrix[kept] += matrix[gone]
            matrix[:, kept] += matrix[:, gone]

        self.barred[kept] |= self.barred[gone]
        self.barred[:, kept] |= self.barred[:, gone]
        self.alive[gone] = False


def link(
    related: Matrix,
    weights: Matrix,
    least: float,
    apart: Pairs | None = None,
) -> list[list[int]]:
    """Return groups of row numbers: the most related two are joined until none reach `least`.

    `related` (0 to 1) and `weights` are symmetric; ties go to the first rows, so an order of rows
    that does not depend on chance gives groups that do not either. Rows that are `apart`
    (symmetric) are never in one group, whoever is related to both.
    """
    count = len(related)
    barred = np.zeros((count, count), np.bool_) if apart is None else apart.copy()
    alive = np.ones(count, np.bool_)
    state = _State(
        related * weights,
        weights.copy(),
        alive,
        barred,
    )

    groups = [[number] for number in range(count)]

    while (pair := state.closest(least)) is not None:
        kept, gone = pair
        state.join(kept, gone)
        groups[kept] += groups[gone]

    return [groups[number] for number in np.flatnonzero(alive)]
