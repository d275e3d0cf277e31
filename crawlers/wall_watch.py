"""The watch over one outlet's wall: one text that stands in front of its articles for a while.

A crawl that meets the wall twice in a row leaves the articles alone, and the next crawls look only
now and then whether it still stands: two pages a look, at pauses that grow. Doors are polled as
ever, so that no article is missed: what they announce waits, and is fetched when the wall falls.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from crawlers.download.throttle import Host
from crawlers.faults import Fault

_MET = 2  # pages in a row that show the wall, from which it stands in front of the others too
_PAUSES = (
    timedelta(minutes=30),
    timedelta(hours=1),
    timedelta(hours=2),
    timedelta(hours=3),
)


@dataclass(frozen=True, slots=True)
class Wall:
    """What is remembered of a wall: how many crawls met it in a row, and when to look again."""

    looks: int = 0
    until: datetime | None = None


NO_WALL = Wall()


class WallWatch:
    """What one crawl learns of the wall. Belongs to one session."""

    def __init__(self, before: Wall, host: Host) -> None:
        self.before = before
        self._host = host
        self._in_a_row = 0
        self._pages = 0
        self._met = 0

    @property
    def stands(self) -> bool:
        """Whether the articles are known to lie behind a wall, as far as this crawl has seen."""
        was_there = self.before.looks > 0 and not self._pages
        return was_there or self._in_a_row >= _MET

    @property
    def fell(self) -> bool:
        """Whether a wall that stood before this crawl has let a page through."""
        return self.before.looks > 0 and self._pages > 0

    def is_resting(self, now: datetime) -> bool:
        """Tell whether the time for another look at a wall has not come yet."""
        return self.before.until is not None and now < self.before.until

    def note_page(self) -> None:
        """Note a page that is an article's."""
        self._pages += 1
        self._in_a_row = 0

    def note_wall(self) -> bool:
        """Note a page that shows the wall's text; tell whether one stood before this crawl."""
        self._met += 1
        self._in_a_row += 1

        if self._in_a_row >= _MET:
            # It will stand in front of the others too: they are left for another crawl.
            self._host.halted = Fault.SAME_TEXT

        return self.before.looks > 0 and not self._pages

    def after(self, now: datetime) -> Wall:
        """Return what is to be remembered once the crawl is over."""
        if self.stands and self._met > self._pages:
            pause = _PAUSES[min(self.before.looks, len(_PAUSES) - 1)]
            return Wall(self.before.looks + 1, now + pause)

        if self._pages:
            return NO_WALL

        return self.before
