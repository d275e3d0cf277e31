"""How much two stories agree in what happened: meaning, names, numbers, the day, the score.

One story is compared with all at once: of each mark is known who bears it, so that the work grows
with what stories have in common and not with their pairs.

The terms were set on invented events told in seven languages, and kept is what won on kinds of
events and on tellings left out: learned combinations of seven to twenty features told hard
negatives apart as well, and fell apart on articles of another make.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from dedupe.sketches import UNCASED, Sketch, Vectors

Weights = Mapping[str, float]  # mark -> how much it says
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Rows = NDArray[np.int64]

NAMES = 0.3  # what agreeing names add to the cosine, at most
NUMBERS = 0.5  # what agreeing numbers add to it
OTHER_NUMBERS = 0.08  # what it takes away that both give numbers, and none is the same
SAME_DAY = 0.03  # what a day that both leads name adds
OTHER_DAY = 0.1  # what it takes away that both name days, and none is the same
# What vectors of one language have in common beyond what they mean: so much nearer were reports of
# two events in one language than in two.
SAME_LANGUAGE = 0.07
# Of the words of a text without capitals: what names make up, by their weight.
NAMED = 0.35
_UNKNOWN = ("", "und")  # languages of articles whose language nobody knows


class Agreement:
    """What some stories agree and disagree in, asked for one of them against all."""

    def __init__(
        self,
        sketches: Sequence[Sketch],
        languages: Sequence[str],
        weights: Weights,
    ) -> None:
        self._names = _Weighed(sketches, "~", weights)
        self._numbers = _Weighed(sketches, "#", weights)
        self._days = _Bearers(sketches, "%")
        self._scores = _Bearers(sketches, "@")
        uncased = [UNCASED in sketch.marks for sketch in sketches]
        self._uncased = np.array(uncased, np.bool_)
        self._languages = np.array(languages, np.str_)

    def sums(
        self,
        row: int,
        others: Rows,
        cosines: Vectors,
    ) -> Floats:
        """Return how much a story agrees with others, given its cosines with them: 0.7 to 1.8."""
        names = self._same_names(row, others)
        numbers = _likeness(self._numbers, row, others)
        other_numbers = self._numbers.differ(row)[others]
        same_day = self._days.agree(row)[others]
        other_day = self._days.differ(row)[others]
        language = self._same_language(row, others)

        total: Floats = cosines.astype(np.float64)
        total += NAMES * names
        total += NUMBERS * numbers
        total -= OTHER_NUMBERS * other_numbers
        total += SAME_DAY * same_day
        total -= OTHER_DAY * other_day
        total -= SAME_LANGUAGE * language

        return total

    def contradict(self, row: int) -> Flags:
        """Tell which stories cannot be of one event with this one: both give scores, and others."""
        return self._scores.differ(row)

    def share(
        self,
        row: int,
        most: int,
    ) -> Flags:
        """Tell which stories have a name or number with this one that at most so many bear."""
        names = self._names.agree(row, most)
        numbers = self._numbers.agree(row, most)

        return names | numbers

    def _same_language(
        self,
        row: int,
        others: Rows,
    ) -> Flags:
        """Tell which are known to be written in a story's language."""
        language = self._languages[row]
        if language in _UNKNOWN:
            return np.zeros(len(others), np.bool_)

        same: Flags = self._languages[others] == language

        return same

    def _other_language(
        self,
        row: int,
        others: Rows,
    ) -> Flags:
        """Tell which are known to be written in another language than a story."""
        if self._languages[row] in _UNKNOWN:
            return np.zeros(len(others), np.bool_)

        theirs = self._languages[others]
        unknown = np.isin(theirs, _UNKNOWN)
        other: Flags = theirs != self._languages[row]

        return other & ~unknown

    def _same_names(
        self,
        row: int,
        others: Rows,
    ) -> Floats:
        """Return how much the names agree with those of others, 0 to 1.

        In a script without capitals any word may be a name: then it counts how many of the names
        of one story are among the words of the other.
        """
        cased = _likeness(self._names, row, others)
        uncased = self._uncased[others] | self._uncased[row]
        if not uncased.any():
            return cased

        totals = self._names.totals
        fewer = np.minimum(totals[others], totals[row])
        neither = self._uncased[others] & self._uncased[row]
        foreign = self._other_language(row, others)
        # Of two languages only the names are common, which are a part of all words.
        expected = np.where(neither & foreign, NAMED * fewer, fewer)
        common = self._names.common(row)[others]
        among = np.minimum(1.0, _ratio(common, expected))

        return np.where(uncased, among, cased)


class _Bearers:
    """Who bears which marks of one sign."""

    def __init__(
        self,
        sketches: Sequence[Sketch],
        sign: str,
    ) -> None:
        self.own = [sorted(sketch.by_sign[sign]) for sketch in sketches]
        bearers: defaultdict[str, list[int]] = defaultdict(list)

        for row, marks in enumerate(self.own):
            for mark in marks:
                bearers[mark].append(row)

        self.of_mark = {mark: np.array(rows) for mark, rows in bearers.items()}
        self._given = np.array([bool(marks) for marks in self.own], np.bool_)

    def agree(
        self,
        row: int,
        most: int | None = None,
    ) -> Flags:
        """Tell which have a mark in common with a story, that at most so many bear."""
        flags = np.zeros(len(self.own), np.bool_)

        for mark in self.own[row]:
            bearers = self.of_mark[mark]
            if most is None or len(bearers) <= most:
                flags[bearers] = True

        return flags

    def differ(self, row: int) -> Flags:
        """Tell which give marks as a story does, and none that it gives."""
        if not self.own[row]:
            return np.zeros(len(self.own), np.bool_)

        return self._given & ~self.agree(row)


class _Weighed(_Bearers):
    """Who bears which marks of one sign, rare ones weighing more."""

    def __init__(
        self,
        sketches: Sequence[Sketch],
        sign: str,
        weights: Weights,
    ) -> None:
        super().__init__(sketches, sign)
        self._weights = weights
        totals = []

        for marks in self.own:
            total = sum(weights[mark] for mark in marks)
            totals.append(total)

        self.totals = np.array(totals, np.float64)

    def common(self, row: int) -> Floats:
        """Return the weight of the marks that a story has in common with each."""
        weight = np.zeros(len(self.own))

        for mark in self.own[row]:
            weight[self.of_mark[mark]] += self._weights[mark]

        return weight


def _likeness(
    bearers: _Weighed,
    row: int,
    others: Rows,
) -> Floats:
    """Return the cosines of a story's marks with others', rare ones weighing more, 0 to 1."""
    totals = bearers.totals
    whole = np.sqrt(totals[others] * totals[row])

    return _ratio(bearers.common(row)[others], whole)


def _ratio(
    common: Floats,
    whole: Floats,
) -> Floats:
    """Return what share is common; 0 where nothing is."""
    share = np.zeros(len(common))
    np.divide(common, whole, out=share, where=common > 0)

    return share
