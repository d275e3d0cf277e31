"""Whether a watch fits far more than its own weekly rhythm lets expect. Pure: numbers in."""

from collections.abc import Sequence
from math import sqrt
from statistics import fmean, pvariance

WINDOW_DAYS = 28  # the days before that make the rhythm: each weekday four times
_WEEK = 7
_SHORTEST = 14  # days that must be known before anything is said
_FEWEST = 5  # stories: fewer are no crowd, however rare
_AT_LEAST = 2.0  # times what is expected
_DEVIATIONS = 4.0  # above what is expected; by chance about once in years


def is_spike(stories: Sequence[int]) -> bool:
    """Return whether the last 24 hours stand out.

    `stories`: how many stories fitted in each stretch of 24 hours, the last one first. A quiet
    weekday is judged by the whole month, a busy one by its like.
    """
    today, *earlier = stories[: WINDOW_DAYS + 1]
    if len(earlier) < _SHORTEST or today < _FEWEST:
        return False

    same_weekday = earlier[_WEEK - 1 :: _WEEK]
    expected = max(fmean(earlier), fmean(same_weekday))
    # Stories of one happening come in crowds: the spread is at least that of chance.
    spread = sqrt(max(expected, pvariance(earlier)))

    return today >= _AT_LEAST * expected and today > expected + _DEVIATIONS * spread
