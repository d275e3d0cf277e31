"""The watches of the archive as a matcher that follows it keeps them: loaded and compiled again only when one has changed."""

import gc
from typing import TYPE_CHECKING

from news.text.aliases import Aliases
from storage import alerts
from storage.alerts import SavedWatch
from watches.matching.matcher import Matcher

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor

_MANY = 1_000


class Roll:
    """All watches, and their matcher. For one process at a time; `aliases` are the names that queries know."""

    def __init__(self, aliases: Aliases | None = None) -> None:
        self._aliases = aliases
        self._stamp: tuple[str, ...] = ()
        self._asked: list[tuple[object, ...]] | None = None
        self.saved: list[SavedWatch] = []
        self.matcher = Matcher(())

    def call(self, cursor: "Cursor") -> list[SavedWatch]:
        """Return all watches as they are now, in the order in which `matcher` counts them. Their `last_hit` may be older."""
        stamp = alerts.watches_stamp(cursor)
        if stamp != self._stamp:
            self.saved, self._stamp = alerts.load_watches(cursor), stamp
            asked: list[tuple[object, ...]] = [
                (item.watch.query, item.watch.outlets, item.watch.regions, item.watch.languages)
                for item in self.saved
            ]
            if asked != self._asked:
                self._asked, self.matcher = (
                    asked,
                    Matcher([item.watch for item in self.saved], self._aliases),
                )
                if len(asked) >= _MANY:
                    gc.collect()
                    gc.freeze()  # what lives as long as the watches need not be walked with every batch
        return self.saved
