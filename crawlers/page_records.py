"""What a crawl writes down of addresses that brought no page of their own: aliases, faults."""

from dataclasses import replace
from datetime import timedelta

from crawlers import schedule
from crawlers.download.throttle import Pacer
from crawlers.faults import Fault, FaultError
from crawlers.memory import Memory
from crawlers.remembered_notes import RememberedNotes
from crawlers.scope import Scope
from crawlers.tally import Tally
from crawlers.wall_watch import WallWatch
from news.crawl import Known
from news.outlet import Outlet
from news.urls import UrlError, canonical, host_key

_FETCHED = 200
_WEEK = timedelta(days=7)


class PageRecords(RememberedNotes):
    """The records of one outlet's crawl on single addresses; every one is journalled at once."""

    def __init__(self, outlet: Outlet, memory: Memory, pacer: Pacer) -> None:
        super().__init__(outlet, memory, pacer)
        self.scope = Scope(outlet)
        self.tally = Tally()
        self.wanted: dict[str, Known] = {}  # to fetch in this crawl, in order
        self.hinted: dict[str, str] = {}  # doors that call an article changed, by its URL
        self.fetched = 0  # articles fetched well
        host = pacer.host(host_key(outlet.home))
        self.wall = WallWatch(self.outlet_notes().wall, host)

    def record_alias(self, known: Known, other: str) -> None:
        """Remember a second address of a fetched article, so that it is not fetched there too."""
        try:
            url = canonical(other, base=known.address)
        except UrlError:
            return

        fetched = self.memory.get(known.url)
        is_new = url != known.url and url not in self.memory and self.scope.is_ours(url)

        if fetched is not None and is_new:
            self.memory.put(
                replace(
                    fetched,
                    url=url,
                    address=other,
                    next_check=None,
                )
            )

            self.wanted.pop(url, None)

    def record_double(self, known: Known) -> None:
        """Remember that an address shows the article that lies at another one.

        It is not asked again; what was fetched there is not kept, since the other page is.
        """
        self.tally.doubles += 1
        self._leave(known)

    def record_move(self, known: Known) -> None:
        """Remember that an address shows a known article, which is kept as its next version."""
        self.tally.moved += 1
        self._leave(known)

    def _leave(self, known: Known) -> None:
        """Ask no more for an address that shows an article which is known by another."""
        self._record_done(known)
        self.wanted.pop(known.url, None)
        self.hinted.pop(known.url, None)

    def _record_done(self, known: Known) -> None:
        """Remember an address as one that has answered and is not asked again."""
        done = replace(
            known,
            last_fetched=self.now(),
            status=_FETCHED,
            failures=0,
            next_check=None,
        )
        self.memory.put(done)

    def refuse(self, known: Known, error: FaultError) -> None:
        """Remember that an address shows no article; it is not asked again."""
        self.count_fault(error.fault)
        self.tally.page_faults[error.fault] += 1
        self.record_patterns(others=[known.url])
        self._record_done(known)

    def unmask(self, known: Known, error: FaultError) -> None:
        """Take back a page that was kept in this crawl and turned out to be no article."""
        self.tally.new -= 1
        self.tally.pages -= 1
        self.fetched -= 1
        self.failed(known, error)

    def known_as(self, url: str, by: Known) -> Known:
        """Return what is known of an address that an article has named as its own."""
        known = self.memory.get(url)
        if known is None:
            now = self.now()
            known = Known(
                outlet=self.outlet.name,
                url=url,
                address=url,
                first_seen=now,
                published=by.published,
                next_check=now,
                door=by.door,
            )

            self.memory.put(known)

        return known

    def failed(self, known: Known, error: FaultError) -> None:
        """Count a page that could not be fetched and plan another try.

        A crawl that is stopped leaves no mark.
        """
        self.count_fault(error.fault)
        self.tally.page_faults[error.fault] += 1

        if error.fault is Fault.HALTED:
            return

        now = self.now()

        if error.fault is Fault.DISALLOWED:
            failures = max(known.failures, 1)
            self.memory.put(
                replace(
                    known,
                    next_check=now + _WEEK,
                    failures=failures,
                )
            )

            return

        if error.fault is Fault.SAME_TEXT and self.wall.note_wall():
            # The wall's doing, not the article's: it waits for the wall to fall.
            self.memory.put(replace(known, next_check=now))
            return

        counted = replace(known, failures=known.failures + 1)
        self.memory.put(replace(counted, next_check=schedule.retry(counted, now)))

    def count_fault(self, fault: Fault) -> None:
        """Count a fault."""
        self.tally.faults[str(fault)] += 1
