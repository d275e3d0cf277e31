"""Boilerplate: what stands in articles that have nothing else in common.

A key is boilerplate when at least UNRELATED articles bear it of which no two are related. A wire's own words never are, however
many outlets run it, since its copies are related to one another; an outlet's disclaimer is, and so is a turn of phrase of the
trade. More articles can only add to the evidence, so a key once found out stays so, and the order of arrival does not matter.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from dedupe.fingerprints import Keys, key_places
from dedupe.tokens import Words
from dedupe.window import Bearers

UNRELATED = 5  # articles without anything else in common
OF_SMALLER = (
    0.5  # two articles are related when this share of the smaller one's keys stands in the other
)
OF_LARGER = 0.25  # or this share of the larger one's
EFFORT = 20_000  # steps of the search at most; a text made to be hard counts as boilerplate


def found_out(bearers: Bearers, keys_of: Mapping[int, Keys]) -> set[int]:
    """Return the keys that these bearers prove to be boilerplate; `keys_of` holds the bearers' keys; one without is gone."""
    verdicts: dict[frozenset[int], bool] = {}
    found = set()
    for key, articles in bearers.items():
        group = frozenset(articles & keys_of.keys())
        if len(group) < UNRELATED:
            continue
        if group not in verdicts:
            different = {keys_of[article].tobytes(): keys_of[article] for article in group}
            verdicts[group] = len(different) >= UNRELATED and _unrelated(
                _related([different[name] for name in sorted(different)])
            )
        if verdicts[group]:
            found.add(key)
    return found


def hidden(words: Words, masked: frozenset[int], count: int) -> NDArray[np.bool_]:
    """Tell for each of a text's first `count` shingles whether boilerplate is what stands there.

    A place counts as its nearest key does. One masked key alone is a turn of phrase and hides nothing; two in a row are a passage.
    """
    places, keys = key_places(words)
    if not masked or len(places) < 2:  # noqa: PLR2004
        return np.zeros(count, np.bool_)
    flags = np.fromiter((key in masked for key in keys.tolist()), np.bool_, len(keys))
    beside = np.zeros(len(keys), np.bool_)
    beside[1:] |= flags[:-1]
    beside[:-1] |= flags[1:]
    borders = (places[1:] + places[:-1]) // 2
    hides: NDArray[np.bool_] = (flags & beside)[np.searchsorted(borders, np.arange(count))]
    return hides


def _related(keys: list[Keys]) -> NDArray[np.bool_]:
    """Return which of some articles are related, as a matrix."""
    names, columns = np.unique(np.concatenate(keys), return_inverse=True)
    table = np.zeros((len(keys), len(names)), np.float32)
    table[np.repeat(np.arange(len(keys)), [len(held) for held in keys]), columns] = 1
    shared = table @ table.T
    sizes = table.sum(axis=1)
    smaller, larger = np.minimum.outer(sizes, sizes), np.maximum.outer(sizes, sizes)
    related: NDArray[np.bool_] = (shared >= OF_SMALLER * smaller) | (shared >= OF_LARGER * larger)
    return related


def _unrelated(related: NDArray[np.bool_]) -> bool:
    """Tell whether UNRELATED of the articles are pairwise unrelated, by trying the least related first."""
    steps = [0]
    order = np.argsort(related.sum(axis=1), kind="stable")

    def search(open_: NDArray[np.int64], wanted: int) -> bool:
        if wanted == 0 or steps[0] > EFFORT:
            return True
        while len(open_) >= wanted:
            steps[0] += 1
            first, open_ = open_[0], open_[1:]
            if search(open_[~related[first, open_]], wanted - 1):
                return True
        return False

    return search(order, UNRELATED)
