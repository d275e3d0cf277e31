"""Events: stories that tell of the same thing in other words or other languages.

A level of its own, which never joins stories. Three things are compared: a sentence vector of
headline and lead, the names in the opening, by keys that are the same in every script, and the
numbers in it. Rare names and numbers count more (their idf among the stories at hand). The sum
decides, and average linkage groups, so that one coincidence joins nothing.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from dedupe.linkage import link
from dedupe.sketches import Sketch
from news.story import Doc

NAMES = 0.3  # what agreeing names add to the cosine, at most
NUMBERS = 0.5  # what agreeing numbers add to it
# Cosine below which nothing else is looked at; unrelated texts have about .75 to .85.
CANDIDATE = 0.8
SAME = 1.06  # sum from which two stories tell of one event
GROUPED = 1.02  # average sum from which two groups of stories do
APART = timedelta(days=3)  # between the leads, at most
COMMON = 60  # articles that have a name or number: beyond it, it is everybody's
OFTEN = 50  # among many articles, a name is everybody's when one in so many has it
_BLOCK = 8192

_Rows = NDArray[np.int64]
_Known = Mapping[int, Sketch]
_Weights = Mapping[str, float]


def find_events(docs: Sequence[Doc], known: _Known) -> list[tuple[int, ...]]:
    """Return groups of two or more articles that tell of one event, by id.

    `known` has each one's sketch; articles without are left out.
    """
    sketched = [doc for doc in docs if doc.id in known]
    order = sorted(sketched, key=lambda doc: (known[doc.id].vector.tobytes(), doc.id))
    weights = _weights(known[doc.id] for doc in order)
    pairs = set()
    for row, column, score in _pairs(order, known, weights):
        if score >= SAME:
            pairs.add((row, column))

    groups: list[tuple[int, ...]] = []
    for part in _parts(len(order), pairs):
        formed = _groups([order[row] for row in part], known, weights)
        groups.extend(tuple(sorted(group)) for group in formed if len(group) > 1)

    return sorted(groups)


def score_pairs(
    docs: Sequence[Doc],
    known: _Known,
    weights: _Weights | None = None,
) -> NDArray[np.float64]:
    """Return the sum for every pair, as a matrix, whatever the times.

    It is what the thresholds are set on.
    """
    if weights is None:
        weights = _weights(known[doc.id] for doc in docs)
    vectors = np.stack([known[doc.id].vector for doc in docs])
    table = (vectors @ vectors.T).astype(np.float64)
    marks = [known[doc.id].marks for doc in docs]

    for row, one in enumerate(marks):
        for column in range(row):
            table[row, column] += _agreement(one, marks[column], weights)
            table[column, row] = table[row, column]

    return table


def _pairs(
    order: Sequence[Doc],
    known: _Known,
    weights: _Weights,
) -> Iterator[tuple[int, int, float]]:
    """Yield pairs of row numbers near enough in meaning and time, with their sums.

    No cosine alone is enough, so only those that have a name or number in common which is not
    everybody's are looked at.
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
            if not _near(order[row], order[column]):
                continue
            one, other = known[order[row].id], known[order[column].id]
            agreement = _agreement(one.marks, other.marks, weights)
            yield row, column, float(cosines[spot]) + agreement


def _sharing(marks: Sequence[frozenset[str]]) -> tuple[_Rows, _Rows]:
    """Return the rows and columns of pairs with a mark in common that is not everybody's."""
    bearers: defaultdict[str, list[int]] = defaultdict(list)
    for row, own_marks in enumerate(marks):
        for mark in own_marks:
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


def _near(one: Doc, other: Doc) -> bool:
    """Tell whether two articles are near enough in time, as far as it is known."""
    if one.published is None or other.published is None:
        return True

    return abs(one.published - other.published) <= APART


def _weights(sketches: Iterable[Sketch]) -> dict[str, float]:
    """Return how much each name and number says: the logarithm of how rare it is."""
    marks = [sketch.marks for sketch in sketches]
    counts: Counter[str] = Counter()
    for own_marks in marks:
        counts.update(own_marks)

    return {mark: float(np.log(len(marks) / count)) for mark, count in counts.items()}


def _agreement(
    one: frozenset[str],
    other: frozenset[str],
    weights: _Weights,
) -> float:
    """Return what common names and numbers add."""
    if one.isdisjoint(other):
        return 0.0

    names = _likeness(one, other, weights, "~")
    numbers = _likeness(one, other, weights, "#")

    return NAMES * names + NUMBERS * numbers


def _likeness(
    one: frozenset[str],
    other: frozenset[str],
    weights: _Weights,
    sign: str,
) -> float:
    """Return the cosine of two sets of marks of one kind, 0 to 1."""
    common = _weigh(one & other, weights, sign)
    if not common:
        return 0.0

    return common / float(np.sqrt(_weigh(one, weights, sign) * _weigh(other, weights, sign)))


def _weigh(marks: Iterable[str], weights: _Weights, sign: str) -> float:
    """Return the sum of the weights of the marks of one kind."""
    return sum(weights[mark] for mark in marks if mark[0] == sign)


def _parts(count: int, pairs: Collection[tuple[int, int]]) -> list[list[int]]:
    """Return rows in groups without a pair between them; rows without a pair are left out."""
    beside: defaultdict[int, list[int]] = defaultdict(list)
    for one, other in pairs:
        beside[one].append(other)
        beside[other].append(one)

    remaining = set(beside)
    parts = []
    for start in range(count):
        if start not in remaining:
            continue
        remaining.discard(start)
        part, queue = [start], [start]
        while queue:
            fresh = [other for other in beside[queue.pop()] if other in remaining]
            remaining.difference_update(fresh)
            queue += fresh
            part += fresh
        parts.append(sorted(set(part)))

    return parts


def _groups(
    docs: Sequence[Doc],
    known: _Known,
    weights: _Weights,
) -> list[list[int]]:
    """Return the groups of some articles by average linkage over all their pairs."""
    table = score_pairs(docs, known, weights)
    groups = link(table, np.ones_like(table), GROUPED)

    return [[docs[row].id for row in group] for group in groups]
