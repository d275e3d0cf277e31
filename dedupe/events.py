"""Events: stories that tell of the same thing in other words or other languages.

A level of its own, which never joins stories. Pairs of stories that have a name or a number in
common are weighed by what they agree and disagree in (`dedupe.event_pairs`), rare names and
numbers more (their idf among the stories at hand). Average linkage groups them, so that one
coincidence joins nothing, and a contradiction keeps two apart whoever else is in the group.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from dedupe.event_pairs import Agreement, Rows
from dedupe.linkage import Matrix, Pairs, link
from dedupe.sketches import Sketch, Vectors
from news.story import Doc

# Cosine below which nothing else is looked at; unrelated texts have about .75 to .85.
CANDIDATE = 0.8
SAME = 1.04  # sum from which two stories tell of one event
GROUPED = 0.98  # average sum from which two groups of stories do
APART = timedelta(days=3)  # between the leads, at most
COMMON = 60  # articles that have a name or number: beyond it, it is everybody's
OFTEN = 50  # among many articles, a name is everybody's when one in so many has it
LARGEST = 1_500  # stories that pairs may chain together, the strongest first
_BLOCK = 256  # rows whose cosines are made at once

_Known = Mapping[int, Sketch]
_Weights = Mapping[str, float]


def find_events(
    docs: Sequence[Doc],
    known: _Known,
) -> list[tuple[int, ...]]:
    """Return groups of two or more articles that tell of one event, by id.

    `known` has each one's sketch; articles without are left out.
    """
    sketched = [doc for doc in docs if doc.id in known]
    if not sketched:
        return []

    order = sorted(
        sketched,
        key=lambda doc: (known[doc.id].vector.tobytes(), doc.id),
    )

    sketches = [known[doc.id] for doc in order]
    weights = _weights(sketches)
    pairs = _find_pairs(order, sketches, weights)
    groups: list[tuple[int, ...]] = []

    for part in _parts(len(order), pairs):
        formed = _groups(
            [order[row] for row in part],
            known,
            weights,
        )

        groups.extend(formed)

    return sorted(groups)


def score_pairs(
    docs: Sequence[Doc],
    known: _Known,
    weights: _Weights | None = None,
) -> Matrix:
    """Return the sum for every pair, as a matrix, whatever the times."""
    sketches = [known[doc.id] for doc in docs]
    if weights is None:
        weights = _weights(sketches)

    return _compare(docs, sketches, weights).sums


def find_contradictions(
    docs: Sequence[Doc],
    known: _Known,
) -> Pairs:
    """Return which stories contradict each other, as a matrix."""
    sketches = [known[doc.id] for doc in docs]

    return _compare(docs, sketches, _weights(sketches)).apart


@dataclass(frozen=True, slots=True, eq=False)
class _Comparison:
    """What all pairs of some stories agree in, and which contradict each other."""

    sums: Matrix
    apart: Pairs


def _compare(
    docs: Sequence[Doc],
    sketches: Sequence[Sketch],
    weights: _Weights,
) -> _Comparison:
    """Return the comparison of every story with every other."""
    count = len(sketches)
    languages = [doc.language for doc in docs]
    agreement = Agreement(
        sketches,
        languages,
        weights,
    )

    vectors = np.stack([sketch.vector for sketch in sketches])
    cosines = vectors @ vectors.T
    sums = np.eye(count)
    apart = np.zeros((count, count), np.bool_)

    for row in range(count):
        apart[row] = agreement.contradict(row)
        others = np.arange(row)
        below = agreement.sums(row, others, cosines[row, :row])
        # The same both ways to the last digit.
        sums[row, :row] = below
        sums[:row, row] = below

    return _Comparison(sums, apart)


@dataclass(frozen=True, slots=True, eq=False)
class _Pairs:
    """Pairs of rows that tell of one event, and how much they agree."""

    rows: Rows
    columns: Rows
    sums: Matrix

    def strongest_first(self) -> list[tuple[int, int]]:
        """Return the pairs in the order of what they agree in."""
        # Rounded, because sums of floats depend on their order in the last digits.
        strength = np.round(self.sums, 6)
        weakness = -strength
        order = np.lexsort((self.columns, self.rows, weakness))
        rows = self.rows[order].tolist()
        columns = self.columns[order].tolist()
        pairs = zip(rows, columns, strict=True)

        return list(pairs)


def _find_pairs(
    order: Sequence[Doc],
    sketches: Sequence[Sketch],
    weights: _Weights,
) -> _Pairs:
    """Return the pairs of row numbers that tell of one event.

    Only those are looked at that have a name or number in common which is not everybody's, and
    are near enough in meaning and time.
    """
    most = max(COMMON, len(order) // OFTEN)
    languages = [doc.language for doc in order]
    agreement = Agreement(
        sketches,
        languages,
        weights,
    )

    times = _times(order)
    rows, columns, sums = [], [], []

    for row, cosines in enumerate(_cosines(sketches)):
        near = agreement.share(row, most) & (cosines >= CANDIDATE)
        near[: row + 1] = False
        if not near.any():
            continue

        far = np.abs(times - times[row]) > APART.total_seconds()
        near &= ~(far | agreement.contradict(row))
        others = np.flatnonzero(near)
        agreed = agreement.sums(row, others, cosines[others])
        found = agreed >= SAME
        columns.append(others[found])
        rows.append(np.full(len(columns[-1]), row))
        sums.append(agreed[found])

    nothing = np.empty(0, np.int64)

    return _Pairs(
        np.concatenate([nothing, *rows]),
        np.concatenate([nothing, *columns]),
        np.concatenate([nothing, *sums]),
    )


def _cosines(sketches: Sequence[Sketch]) -> Iterator[Vectors]:
    """Yield each one's cosines with all."""
    own_vectors = [sketch.vector for sketch in sketches]
    vectors = np.stack(own_vectors)
    turned = vectors.T

    for start in range(0, len(vectors), _BLOCK):
        end = start + _BLOCK
        block = vectors[start:end]
        yield from block @ turned


def _times(docs: Sequence[Doc]) -> Matrix:
    """Return when articles were published, in seconds; unknown times are near to all."""
    seconds = [doc.published.timestamp() if doc.published else np.nan for doc in docs]

    return np.array(seconds, np.float64)


def _weights(sketches: Iterable[Sketch]) -> dict[str, float]:
    """Return how much each mark says: the logarithm of how rare it is."""
    marks = [sketch.marks for sketch in sketches]
    counts: Counter[str] = Counter()

    for own_marks in marks:
        counts.update(own_marks)

    rarity = {}

    for mark, count in counts.items():
        rarity[mark] = float(np.log(len(marks) / count))

    return rarity


def _parts(
    count: int,
    pairs: _Pairs,
) -> list[list[int]]:
    """Return rows in groups without a pair between them; rows without a pair are left out.

    What chains more stories together than `LARGEST` is parted where it is weakest.
    """
    home = list(range(count))
    parts = {row: [row] for row in range(count)}

    for row, column in pairs.strongest_first():
        kept = home[row]
        gone = home[column]
        if kept == gone:
            continue

        together = len(parts[kept]) + len(parts[gone])
        if together > LARGEST:
            continue

        members = parts.pop(gone)
        parts[kept] += members
        for member in members:
            home[member] = kept

    return [sorted(part) for part in parts.values() if len(part) > 1]


def _groups(
    docs: Sequence[Doc],
    known: _Known,
    weights: _Weights,
) -> list[tuple[int, ...]]:
    """Return the groups of some articles by average linkage over all their pairs."""
    sketches = [known[doc.id] for doc in docs]
    compared = _compare(
        docs,
        sketches,
        weights,
    )

    alike = np.ones_like(compared.sums)
    groups = link(
        compared.sums,
        alike,
        GROUPED,
        compared.apart,
    )

    ids = [tuple(sorted(docs[row].id for row in group)) for group in groups]

    return [group for group in ids if len(group) > 1]
