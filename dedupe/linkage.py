"""Average linkage: groups become one while their members are related on the average.

One strong pair between two groups counts for little. Each row remembers its nearest other, so that
a join costs little more than one row (Müllner 2011, the generic algorithm).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
Pairs = NDArray[np.bool_]
_Rows = NDArray[np.int64]
_NOBODY = -1.0  # how much rows are related that may not be joined


@dataclass(frozen=True, slots=True, eq=False)
class _State:
    """Rows on the way to groups: sums and masses of their relations, who is barred from whom.

    `nearest` is the first of the rows that a row is related to most, `strength` how much. A row
    that went into another is barred from all.
    """

    sums: Matrix
    masses: Matrix
    barred: Pairs
    nearest: _Rows
    strength: Matrix

    def closest(self, least: float) -> tuple[int, int] | None:
        """Return the two groups that are related most, if they are enough."""
        if not len(self.strength):
            return None

        row = int(np.argmax(self.strength))
        if self.strength[row] < least:
            return None

        return row, int(self.nearest[row])

    def join(
        self,
        kept: int,
        gone: int,
    ) -> None:
        """Make one group of two."""
        for matrix in (self.sums, self.masses):
            matrix[kept] += matrix[gone]
            matrix[:, kept] = matrix[kept]

        self.barred[kept] |= self.barred[gone]
        self.barred[kept, kept] = True
        self.barred[:, kept] = self.barred[kept]
        self.barred[gone] = True
        self.barred[:, gone] = True
        self._renew(kept, gone)

    def look(self, row: int) -> None:
        """Find the nearest other of a row."""
        related = self._related(row)
        best = int(np.argmax(related))
        self.nearest[row] = best
        self.strength[row] = related[best]

    def _related(self, row: int) -> Matrix:
        """Return how much a row is related to each on the average."""
        related = self.sums[row] / self.masses[row]
        related[self.barred[row]] = _NOBODY

        # Rounded, because sums of floats depend on their order in the last digits.
        rounded: Matrix = np.round(related, 9)

        return rounded

    def _renew(
        self,
        kept: int,
        gone: int,
    ) -> None:
        """Find the nearest anew of those whose nearest has changed."""
        related = self._related(kept)
        near_kept = self.nearest == kept
        near_gone = self.nearest == gone
        lost = near_kept | near_gone
        lost[[kept, gone]] = True

        tied = related == self.strength
        earlier = tied & (self.nearest > kept)
        better = related > self.strength
        closer = (better | earlier) & ~lost
        self.nearest[closer] = kept
        self.strength[closer] = related[closer]

        is_free = self.strength > _NOBODY

        for row in np.flatnonzero(lost & is_free).tolist():
            self.look(row)


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
    barred = np.eye(count, dtype=np.bool_) if apart is None else apart.copy()
    np.fill_diagonal(barred, val=True)
    state = _State(
        related * weights,
        weights.copy(),
        barred,
        np.zeros(count, np.int64),
        np.zeros(count),
    )

    for row in range(count):
        state.look(row)

    groups = {row: [row] for row in range(count)}

    while (pair := state.closest(least)) is not None:
        kept, gone = pair
        state.join(kept, gone)
        groups[kept] += groups.pop(gone)

    return list(groups.values())
