"""Watches and their compiled matcher, loaded again only when the table's stamp changes."""

import gc
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from news.text.aliases import Aliases
from news.watch import Watch
from storage import alerts
from storage.alerts import SavedWatch
from watches import WatchError, check_usable
from watches.matching import Matcher

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor

UNUSABLE = "watch_unusable"  # the counted reason: a watch that cannot be read or understood
_MANY = 1_000  # watches, from which on the garbage collector is kept off them
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Question:
    """What of a watch its compiled form depends on."""

    query: str
    outlets: tuple[str, ...]
    regions: tuple[str, ...]
    languages: tuple[str, ...]


def load_usable(
    cursor: "Cursor", aliases: Aliases | None = None
) -> tuple[list[SavedWatch], list[str]]:
    """Return all watches that can be asked, and the names of those that cannot.

    A watch that the archive holds may have become unusable: by a name that queries knew once, a
    time zone that is no more, a value that came by another way than ours. It fails alone.
    """
    saved, unusable = alerts.load_readable_watches(cursor)
    usable: list[SavedWatch] = []
    for item in saved:
        try:
            check_usable(item.watch, aliases)
        except WatchError as error:
            _LOG.error("a watch is left out: %s", error)
            unusable.append(item.watch.name)
        else:
            usable.append(item)

    return usable, unusable


class WatchCache:
    """All usable watches, and their matcher. For one process at a time.

    `aliases` are the names that queries know.
    """

    def __init__(self, aliases: Aliases | None = None) -> None:
        self._aliases = aliases
        self._stamp: tuple[str, ...] = ()
        self._questions: list[_Question] | None = None
        self.saved: list[SavedWatch] = []
        self.unusable: list[str] = []  # names
        self.matcher = Matcher(())

    def refresh(self, cursor: "Cursor") -> list[SavedWatch]:
        """Return all watches as they are now, in the order in which `matcher` counts them.

        Their `last_hit` may be older.
        """
        stamp = alerts.watches_stamp(cursor)
        if stamp == self._stamp:
            return self.saved

        self.saved, self.unusable = load_usable(cursor, self._aliases)
        self._stamp = stamp
        questions = [_question(item.watch) for item in self.saved]
        if questions != self._questions:
            self._questions = questions
            self._compile()

        return self.saved

    def _compile(self) -> None:
        """Make the matcher anew."""
        self.matcher = Matcher([item.watch for item in self.saved], self._aliases)
        if len(self.saved) >= _MANY:
            gc.collect()
            # What lives as long as the watches need not be walked with every batch.
            gc.freeze()


def _question(watch: Watch) -> _Question:
    """Return what a watch asks."""
    return _Question(watch.query, watch.outlets, watch.regions, watch.languages)
