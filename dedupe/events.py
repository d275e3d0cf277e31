"""Events: stories that tell of the same thing in other words or other languages.

A level of its own, which never joins stories. Pairs of stories that have a name or a number in
common are weighed by what they agree and disagree in (`dedupe.event_pairs`), rare names and
numbers more (their idf among the stories at hand). Average linkage groups them, so that one
coincidence joins nothing, and a contradiction keeps two apart whoever else is in the group.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from dedupe.event_pairs import contradict, score_pair
from dedupe.linkage import Matrix, Pairs, link
from dedupe.sketches import Sketch
from news.story import Doc

# Cosine below which nothing else is looked at; unrelated texts have about .75 to .85.
CANDIDATE = 0.8
SAME = 1.04  # sum from which two stories tell of one event
GROUPED = 0.98  # average sum from which two groups of stories do
APART = timedelta(days=3)  # between the leads, at most
COMMON = 60  # articles that have a name or number: beyond it, it is everybody's
OFTEN = 50  # among many articles, a name is everybody's when one in so many has it
_SHARED = frozenset("~#")  # signs of the marks of which a candidate pair has one in common
_BLOCK = 8192

_Rows = NDArray[np.int64]
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
    order = sorted(
        sketched,
        key=lambda doc: (known[doc.id].vector.tobytes(), doc.id),
    )
    weights = _weights(known[doc.id] for doc in order)
    pairs = set(_pairs(order, known, weights))

    groups: list[tuple[int, ...]] = []

    for part in _parts(len(order), pairs):
        formed = _groups([order[row] for row in part], known, weights)
        groups.extend(tuple(sorted(group)) for group in formed if len(group) > 1)

    return sorted(groups)


def score_pairs(
    docs: Sequence[Doc],
    known: _Known,
    weights: _Weights | None = None,
) -> Matrix:
    """Return the sum for every pair, as a matrix, whatever the times."""
    if weights is None:
        weights = _weights(known[doc.id] for doc in docs)

    sketches = [known[doc.id] for doc in docs]
    vectors = np.stack([sketch.vector for sketch in sketches])
    cosines = (vectors @ vectors.T).tolist()
    table = np.eye(len(docs))

    for row, one in enumerate(sketches):
        for column in range(row):
            score = score_pair(
                one,
                sketches[column],
                cosines[row][column],
                weights,
            )

            table[row, column] = score
            table[column, row] = score

    return table


def _pairs(
    order: Sequence[Doc],
    known: _Known,
    weights: _Weights,
) -> Iterator[tuple[int, int]]:
    """Yield the pairs of row numbers that tell of one event.

    Only those are looked at that have a name or number in common which is not everybody's, and
    are near enough in meaning and time.
    """
    if len(order) <= 1:
        return

    vectors = np.stack([known[doc.id].vector for doc in order])
    rows, columns = _sharing([known[doc.id].marks for doc in order])

    for start in range(0, len(rows), _BLOCK):
        some_rows = rows[start : start + _BLOCK]
        some_columns = columns[start : start + _BLOCK]
        cosines = np.einsum("ij,ij->i", vectors[some_rows], vectors[some_columns])

        for spot in np.flatnonzero(cosines >= CANDIDATE).tolist():
            row, column = int(some_rows[spot]), int(some_columns[spot])
            one, other = known[order[row].id], known[order[column].id]
            if not _near(order[row], order[column]) or contradict(one, other):
                continue
            if score_pair(one, other, float(cosines[spot]), weights) >= SAME:
                yield row, column


def _sharing(marks: Sequence[frozenset[str]]) -> tuple[_Rows, _Rows]:
    """Return the rows and columns of pairs with a mark in common that is not everybody's."""
    bearers: defaultdict[str, list[int]] = defaultdict(list)
    for row, own_marks in enumerate(marks):
        for mark in own_marks:
            if mark[0] in _SHARED:
                bearers[mark].append(row)

    most = max(COMMON, len(marks) // OFTEN)
    codes = [np.empty(0, np.int64)]

    for rows in bearers.values():
        if 1 < len(rows) <= most:
            numbers = np.array(rows)
            first, second = np.triu_indices(len(rows), 1)
            codes.append(numbers[first] * len(marks) + numbers[second])

    unique = np.unique(np.concatenate(codes))

    return unique // len(marks), unique % len(marks)


def _near(
    one: Doc,
    other: Doc,
) -> bool:
    """Tell whether two articles are near enough in time, as far as it is known."""
    if one.published is None or other.published is None:
        return True

    return abs(one.published - other.published) <= APART


def _weights(sketches: Iterable[Sketch]) -> dict[str, float]:
    """Return how much each mark says: the logarithm of how rare it is."""
    marks = [sketch.marks for sketch in sketches]
    counts: Counter[str] = Counter()

    for own_marks in marks:
        counts.update(own_marks)

    return {mark: float(np.log(len(marks) / count)) for mark, count in counts.items()}


def _parts(
    count: int,
    pairs: Collection[tuple[int, int]],
) -> list[list[int]]:
    """Return rows in groups without a pair between them; rows without a pair are left out."""
    beside: defaultdict[int, list[int]] = defaultdict(list)
    for one, other in pairs:
        beside[one].append(other)
        beside[other].append(one)

    remaining = set(beside)

    return [_reach(start, beside, remaining) for start in range(count) if start in remaining]


def _reach(
    start: int,
    beside: Mapping[int, Sequence[int]],
    remaining: set[int],
) -> list[int]:
    """Return the rows that pairs join to one, and take them out of `remaining`."""
    remaining.discard(start)
    part, queue = [start], [start]

    while queue:
        fresh = {other for other in beside[queue.pop()] if other in remaining}
        remaining.difference_update(fresh)
        queue += fresh
        part += fresh

    return sorted(part)


def _groups(
    docs: Sequence[Doc],
    known: _Known,
    weights: _Weights,
) -> list[list[int]]:
    """Return the groups of some articles by average linkage over all their pairs."""
    table = score_pairs(docs, known, weights)
    apart = _contradictions([known[doc.id] for doc in docs])
    groups = link(table, np.ones_like(table), GROUPED, apart)

    return [[docs[row].id for row in group] for group in groups]


def _contradictions(sketches: Sequence[Sketch]) -> Pairs:
    """Return which stories contradict each other, as a matrix."""
    apart = np.zeros(
        (len(sketches), len(sketches)),
        np.bool_,
    )
    for row, one in enumerate(sketches):
        for column in range(row):
            if contradict(one, sketches[column]):
                apart[row, column] = True
                apart[column, row] = True

    return apart
