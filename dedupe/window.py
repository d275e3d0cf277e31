"""The look-back window: every print of the last days, findable by key.

Here in memory; storage keeps the same in PostgreSQL.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Protocol

import numpy as np

from dedupe.fingerprints import Print
from dedupe.winnowing import Keys

Bearers = dict[int, set[int]]  # key -> articles that bear it


class Window(Protocol):
    """What relating asks of a window. Every method takes a batch: a database is asked once."""

    def add(self, batch: Mapping[int, Print]) -> None:
        """Take prints in; an article that is known already is replaced."""

    def bearers(self, keys: Keys) -> Bearers:
        """Return the articles that bear each of these keys; keys without any may be missing."""

    def prints(self, articles: Iterable[int]) -> dict[int, Print]:
        """Return the prints of articles; those outside the window are missing."""

    def masked(self, keys: Keys) -> frozenset[int]:
        """Return those of the keys that are known as boilerplate."""

    def mask(self, keys: Iterable[int]) -> None:
        """Remember keys as boilerplate."""


class MemoryWindow:
    """A window in memory, without an end: for filters, and as the reference of PostgreSQL's."""

    __slots__ = ("_bearers", "_masked", "_prints")

    def __init__(self) -> None:
        self._prints: dict[int, Print] = {}
        self._bearers: defaultdict[int, set[int]] = defaultdict(set)
        self._masked: set[int] = set()

    def add(self, batch: Mapping[int, Print]) -> None:
        """Take prints in."""
        replaced = batch.keys() & self._prints.keys()
        self.drop(replaced)
        self._prints.update(batch)

        for article, printed in batch.items():
            keys = printed.keys.tolist()

            for key in keys:
                self._bearers[key].add(article)

    def drop(self, articles: Iterable[int]) -> None:
        """Forget articles; what was learnt of boilerplate stays."""
        for article in list(articles):
            printed = self._prints.pop(article, None)
            if printed is None:
                continue

            for key in printed.keys.tolist():
                self._bearers[key].discard(article)

    def bearers(self, keys: Keys) -> Bearers:
        """Return who bears each key."""
        bearers: Bearers = {}

        for key in np.unique(keys).tolist():
            articles = self._bearers.get(key)
            if articles is not None:
                bearers[key] = set(articles)

        return bearers

    def prints(self, articles: Iterable[int]) -> dict[int, Print]:
        """Return prints."""
        known: dict[int, Print] = {}

        for article in articles:
            printed = self._prints.get(article)
            if printed is not None:
                known[article] = printed

        return known

    def masked(self, keys: Keys) -> frozenset[int]:
        """Return the known boilerplate among the keys."""
        known = self._masked.intersection(keys.tolist())

        return frozenset(known)

    def mask(self, keys: Iterable[int]) -> None:
        """Remember boilerplate."""
        self._masked.update(keys)
