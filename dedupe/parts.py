"""Equal parts of a text, of which an edge says whether they are common text."""

import numpy as np
from numpy.typing import NDArray

PARTS = 64  # of a text
PASSAGE = 20  # shingles in a row: what a text says again, a turn of phrase being shorter

Flags = NDArray[np.bool_]
Places = NDArray[np.int64]


def part_places(length: int) -> tuple[Places, Places]:
    """Return where the equal parts of a text of so many shingles start and stop."""
    numbers = np.arange(PARTS + 1)
    borders = numbers * length // PARTS
    starts = borders[:-1]
    next_starts = borders[1:]
    stops = np.maximum(starts + 1, next_starts)

    return starts, stops


def in_runs(flags: Flags) -> Flags:
    """Tell which flags are in a run of PASSAGE at least."""
    changes = np.diff(
        flags,
        prepend=False,
        append=False,
    )
    edges = np.flatnonzero(changes)
    starts = edges[0::2]
    stops = edges[1::2]
    is_long = stops - starts >= PASSAGE
    long_starts = starts[is_long]
    long_stops = stops[is_long]

    steps = np.zeros(len(flags) + 1, np.int64)
    steps[long_starts] = 1
    steps[long_stops] -= 1
    depth = np.cumsum(steps[:-1])
    inside: Flags = depth > 0

    return inside


def count_in_parts(
    flags: Flags,
    parts: tuple[Places, Places],
) -> Places:
    """Return how many places are flagged in each part, given the parts' starts and stops."""
    starts, stops = parts
    sums = np.zeros(len(flags) + 1, np.int64)
    np.cumsum(flags, out=sums[1:])
    counts: Places = sums[stops] - sums[starts]

    return counts
