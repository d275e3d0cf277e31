"""One door's poll under way, and what is read off single answers on the way."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from crawlers.discovery import kinds
from crawlers.discovery.marks import Files
from crawlers.discovery.reading import Reading
from crawlers.door_notes import DoorNotes
from crawlers.faults import Fault, FaultError
from crawlers.warc import records
from news.crawl import DoorState
from news.outlet import Door

_FRONT = 10  # articles of a door that tell where its last reading began
_NEWEST = 3  # of them: what a list still shows unless it ran over
_OLD = 0.7  # of the average number of requests a poll takes
_NOT_THE_DOOR = frozenset({Fault.HALTED, Fault.RATE_LIMITED, Fault.BLOCKED})


@dataclass(slots=True)
class Visit:
    """How far the door has been walked and what it brought. Belongs to one spider."""

    door: Door
    state: DoorState
    notes: DoorNotes
    page: int = 0
    entries: int = 0
    new: int = 0
    strangers: int = 0
    doubtful: int = 0
    given_up: int = 0
    without_link: int = 0
    without_text: int = 0
    left_out: int = 0  # of a sitemap, on purpose: see DoorReport
    unread: int = 0
    files: Files = field(default_factory=Files)
    index: str | None = None  # what an index was found to say of its files; None: nothing new
    conditional: bool = False
    depth: int = 1
    waiting: int = 0
    asked: int = 0  # requests, those under way among them
    requests: int = 0
    fresh: list[str] = field(default_factory=list)
    met: set[str] = field(default_factory=set)  # of the front
    overflow: bool = False
    caught_up: bool = False
    note: str = ""
    failure: FaultError | None = None

    @property
    def kind(self) -> kinds.KindOfDoor:
        """How doors of this kind are asked and read."""
        return kinds.of(self.door.kind)

    def meets(self, urls: Iterable[str]) -> bool:
        """Tell whether a page reaches back to what the door showed at its last poll.

        Two links in a page's navigation stand on every poll and prove nothing: of the newest
        articles of a listing half have to be met. A feed has no navigation: there one is enough.
        """
        self.met |= self.front.intersection(urls)
        wanted = 1 if self.kind.newest_first else (len(self.front) + 1) // 2

        return bool(self.front) and len(self.met) >= wanted

    @property
    def front(self) -> frozenset[str]:
        """The newest articles at the last poll that brought some."""
        return frozenset(self.notes.front)

    @property
    def reaches_back(self) -> bool:
        """Whether the door has shown all that came since its last poll, and more than it brought.

        A feed or a list does where it meets its own front, a set of addresses always.
        """
        return self.notes.complete or (bool(self.new) and self.caught_up)

    @property
    def has_gap(self) -> bool:
        """Whether more has come since the last poll than the door shows.

        Nothing is left of its newest articles, and most of what it shows is new.
        """
        newest = self.notes.front[:_NEWEST]
        is_left = any(url in self.met for url in newest)
        is_all_new = self.new * 2 >= self.entries

        return self.overflow and not self.caught_up and not is_left and is_all_new

    def measure(self, reading: Reading, entries: int, *, first: bool) -> None:
        """Note how much the door shows at once: what it can hold between two polls."""
        if not first or not reading.ordered:
            complete = self.notes.complete or reading.kind == "urlset"
            self.notes = replace(self.notes, complete=complete)
        elif not self.kind.many_fronts:
            self.notes = replace(self.notes, size=entries)

    def final_notes(self) -> DoorNotes:
        """Return what the door remembers once its last answer is in.

        Its polls, their cost in requests, the newest articles.
        """
        notes = self.notes
        before = self.requests if notes.cost is None else notes.cost
        front = notes.front

        if self.fresh:
            front = (*self.fresh, *notes.front)[:_FRONT]

        return replace(
            notes,
            polls=notes.polls + 1,
            cost=before * _OLD + self.requests * (1 - _OLD),
            front=front,
            files=self.files.text() or notes.files,
            index=notes.index if self.index is None else self.index,
            said_304=notes.said_304 if self.note == "304" else None,
        )

    def never_failed(self) -> bool:
        """Tell whether other doors may stand in for this one.

        They may at its first failure, and not where the failure is about us.
        """
        if self.failure is None or self.state.failures:
            return False

        return self.failure.fault not in _NOT_THE_DOOR


def headers_of(message: Any) -> records.Headers:
    """Return a request's or response's headers as text."""
    headers = []
    for name, values in message.headers.items():
        text = name.decode("latin-1")
        headers += [(text, value.decode("latin-1")) for value in values]

    return tuple(headers)
