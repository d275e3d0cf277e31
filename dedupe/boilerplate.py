"""Boilerplate: what stands in articles that have nothing else in common.

A key is boilerplate when at least UNRELATED articles bear it of which no two are related. A
wire's own words never are, however many outlets run it, since its copies are related to one
another; an outlet's disclaimer is, and so is a turn of phrase of the trade. More articles can
only add to the evidence, so a key once found out stays so, and the order of arrival does not
matter.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from dedupe.fingerprints import key_places
from dedupe.tokens import Words
from dedupe.window import Bearers
from dedupe.winnowing import Keys

UNRELATED = 5  # articles without anything else in common
OF_SMALLER = 0.5  # two articles are related when this share of the smaller one's keys is common
OF_LARGER = 0.25  # or this share of the larger one's
EFFORT = 20_000  # steps of the search at most; a text made to be hard counts as boilerplate
_IN_A_ROW = 2  # masked keys that make a passage

_Rows = NDArray[np.int64]
_Flags = NDArray[np.bool_]


def find_boilerplate(
    bearers: Bearers,
    keys_of: Mapping[int, Keys],
) -> set[int]:
    """Return the keys that these bearers prove to be boilerplate.

    `keys_of` holds the bearers' keys; a bearer without is gone.
    """
    verdicts: dict[frozenset[int], bool] = {}
    boilerplate = set()

    for key, articles in bearers.items():
        group = frozenset(articles & keys_of.keys())
        if len(group) < UNRELATED:
            continue
        if group not in verdicts:
            verdicts[group] = _prove_boilerplate(group, keys_of)

        if verdicts[group]:
            boilerplate.add(key)

    return boilerplate


def hidden_shingles(
    words: Words,
    masked: frozenset[int],
    count: int,
) -> _Flags:
    """Tell for each of a text's first `count` shingles whether it is boilerplate.

    A place counts as its nearest key does. One masked key alone is a turn of phrase and hides
    nothing; two in a row are a passage.
    """
    places, keys = key_places(words)
    if not masked or len(places) < _IN_A_ROW:
        return np.zeros(count, np.bool_)

    known = [key in masked for key in keys.tolist()]
    flags = np.array(known, np.bool_)

    beside = np.zeros(len(keys), np.bool_)
    beside[1:] |= flags[:-1]
    beside[:-1] |= flags[1:]

    borders = (places[1:] + places[:-1]) // 2
    nearest = np.searchsorted(borders, np.arange(count))
    hides: _Flags = (flags & beside)[nearest]

    return hides


def _prove_boilerplate(
    group: frozenset[int],
    keys_of: Mapping[int, Keys],
) -> bool:
    """Tell whether UNRELATED articles of a group have nothing in common; equal ones are one."""
    different = {keys_of[article].tobytes(): keys_of[article] for article in group}
    if len(different) < UNRELATED:
        return False

    related = _related([different[name] for name in sorted(different)])

    return _Search(related).finds(UNRELATED)


def _related(keys: list[Keys]) -> _Flags:
    """Return which of some articles are related, as a matrix."""
    table = _bearing(keys)
    shared = table @ table.T
    sizes = table.sum(axis=1)
    smaller = np.minimum.outer(sizes, sizes)
    larger = np.maximum.outer(sizes, sizes)
    of_smaller = shared >= OF_SMALLER * smaller
    of_larger = shared >= OF_LARGER * larger
    related: _Flags = of_smaller | of_larger

    return related


def _bearing(keys: list[Keys]) -> NDArray[np.float32]:
    """Return which article bears which key: a row an article, a column a key, 1 or 0."""
    everything = np.concatenate(keys)
    names, columns = np.unique(everything, return_inverse=True)
    articles = np.arange(len(keys))
    counts = [len(own_keys) for own_keys in keys]
    rows = np.repeat(articles, counts)
    table = np.zeros(
        (len(keys), len(names)),
        np.float32,
    )
    table[rows, columns] = 1

    return table


class _Search:
    """The search for articles of which no two are related: the least related are tried first."""

    def __init__(self, related: _Flags) -> None:
        self._related = related
        self._steps = 0

    def finds(self, wanted: int) -> bool:
        """Tell whether there are that many."""
        order = np.argsort(self._related.sum(axis=1), kind="stable")

        return self._try(order, wanted)

    def _try(
        self,
        candidates: _Rows,
        wanted: int,
    ) -> bool:
        if wanted == 0 or self._steps > EFFORT:
            return True

        while len(candidates) >= wanted:
            self._steps += 1
            first = candidates[0]
            candidates = candidates[1:]
            strangers = candidates[~self._related[first, candidates]]
            if self._try(strangers, wanted - 1):
                return True

        return False
