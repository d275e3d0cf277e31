"""How much two stories agree in what happened: meaning, names, numbers, the day, the score.

The terms were set on invented events told in seven languages, and kept is what won on kinds of
events and on tellings left out: learned combinations of seven to twenty features told hard
negatives apart as well, and fell apart on articles of another make.
"""

from collections.abc import Iterable, Mapping
from math import sqrt

from dedupe.sketches import Sketch

Weights = Mapping[str, float]  # mark -> how much it says

NAMES = 0.3  # what agreeing names add to the cosine, at most
NUMBERS = 0.5  # what agreeing numbers add to it
OTHER_NUMBERS = 0.08  # what it takes away that both give numbers, and none is the same
SAME_DAY = 0.03  # what a day that both leads name adds
OTHER_DAY = 0.1  # what it takes away that both name days, and none is the same


def score_pair(
    one: Sketch,
    other: Sketch,
    cosine: float,
    weights: Weights,
) -> float:
    """Return how much two stories agree, given the cosine of their vectors: 0.7 to 1.8 or so."""
    names = NAMES * _same_names(one, other, weights)
    numbers = NUMBERS * _likeness(one, other, weights, "#")
    conflict = OTHER_NUMBERS * _other_numbers(one, other)

    return cosine + names + numbers - conflict + _days(one, other)


def contradict(
    one: Sketch,
    other: Sketch,
) -> bool:
    """Tell whether two stories cannot be of one event: each gives a score, and not the same."""
    scores, others = one.by_sign["@"], other.by_sign["@"]

    return bool(scores and others) and scores.isdisjoint(others)


def _days(
    one: Sketch,
    other: Sketch,
) -> float:
    """Return what the days named in both leads add or take away."""
    days, others = one.by_sign["%"], other.by_sign["%"]
    if not days or not others:
        return 0.0

    return -OTHER_DAY if days.isdisjoint(others) else SAME_DAY


def _other_numbers(
    one: Sketch,
    other: Sketch,
) -> bool:
    """Tell whether both stories give numbers, and none that the other gives."""
    numbers, others = one.by_sign["#"], other.by_sign["#"]

    return bool(numbers and others) and numbers.isdisjoint(others)


def _same_names(
    one: Sketch,
    other: Sketch,
    weights: Weights,
) -> float:
    """Return how much the names agree, 0 to 1.

    In a script without capitals any word may be a name: then it counts how many of the names of
    one story are among the words of the other.
    """
    if not (one.by_sign["^"] or other.by_sign["^"]):
        return _likeness(one, other, weights, "~")

    names, others = one.by_sign["~"], other.by_sign["~"]
    common = _weigh(names & others, weights)
    if not common:
        return 0.0

    fewer = min(_weigh(names, weights), _weigh(others, weights))

    return common / fewer


def _likeness(
    one: Sketch,
    other: Sketch,
    weights: Weights,
    sign: str,
) -> float:
    """Return the cosine of two sets of marks of one sign, rare ones weighing more, 0 to 1."""
    marks, others = one.by_sign[sign], other.by_sign[sign]
    common = _weigh(marks & others, weights)
    if not common:
        return 0.0

    return common / sqrt(_weigh(marks, weights) * _weigh(others, weights))


def _weigh(
    marks: Iterable[str],
    weights: Weights,
) -> float:
    """Return the sum of the weights of marks."""
    return sum(weights[mark] for mark in marks)
