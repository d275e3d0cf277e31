"""One outlet's crawl, without Scrapy: what is known, what is wanted, what was found, what is written down."""

import hashlib
import itertools
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from crawlers import schedule
from crawlers.discovery import hints
from crawlers.discovery.reading import Entry, Reading
from crawlers.download.throttle import Pacer, moment
from crawlers.faults import Fault, FaultError, state
from crawlers.memory import Memory
from crawlers.options import CrawlJob, DoorReport
from crawlers.scope import Scope
from crawlers.visit import Visit
from crawlers.warc import records
from crawlers.warc.retention import Kept
from news.crawl import DoorState, Known, OutletState
from news.outlet import Door
from news.urls import UrlError, canonical

_LYING_SHARE = 0.3  # of known articles "updated" in one reading: the dates are not to be believed
_REMEMBERED = 120  # articles of a door kept, to see one vanish or be told otherwise
_HINTS_AT_MOST = 10  # re-checks in one reading for the sake of a hint
GONE = frozenset({404, 410})


@dataclass(slots=True)
class Tally:
    """Counts of one crawl."""

    new: int = 0
    pages: int = 0
    rechecked: int = 0
    changed: int = 0
    gone: int = 0
    bytes: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)


class Session:
    """The state of one crawl. Not thread-safe; every change is journalled before it is relied on."""

    def __init__(self, job: CrawlJob, memory: Memory, pacer: Pacer, kept: Kept) -> None:
        self.job, self.memory, self.pacer, self.kept = job, memory, pacer, kept
        self.outlet, self.options = job.outlet, job.options
        self.scope = Scope(job.outlet)
        self.tally = Tally()
        self.reports: dict[str, DoorReport] = {}
        self.titles: dict[str, str] = {}
        self.wanted: dict[str, Known] = {}  # to fetch in this crawl, in order
        self.tried: set[str] = set()
        self.hinted: dict[str, str] = {}  # doors that call an article changed, by its URL
        self.planned = 0  # re-checks asked for because their time had come
        self.alive = 0  # articles fetched well
        for door in self.outlet.doors:
            if moved := memory.door(door.url).data.get("moved_to"):
                self.scope.move(self.outlet.home, moved)

    def now(self) -> datetime:
        """Return the crawl's time."""
        return moment(self.pacer.clock)

    # What is due

    def due_doors(self) -> list[Door]:
        """Return the doors to poll now."""
        if self.options.urls:
            return []
        if self.options.all_doors or self.options.since:
            return list(self.outlet.doors)
        now = self.now()
        return [
            door
            for door in self.outlet.doors
            if (self.memory.door(door.url).next_poll or now) <= now
        ]

    def articles_a_day(self) -> float:
        """Return how much the outlet publishes, as far as its doors tell."""
        return sum(schedule.rate(self.memory.door(door.url)) for door in self.outlet.doors)

    def settle(self, requests: int) -> None:
        """Enter what this crawl cost beside first fetches and planned re-checks: what is left of the allowance goes to re-checks."""
        if self.options.since or self.options.urls:
            return
        state = self.memory.door(self.outlet.doors[0].url)
        others = max(requests - self.tally.new - self.planned, 0)
        self.memory.put_door(
            replace(state, data=state.data | schedule.spent(state.data, others, self.now()))
        )

    def checks(self) -> float:
        """Return how many re-checks an article of this outlet gets."""
        articles = self.articles_a_day()
        return schedule.checks(
            schedule.spare(self.memory.door(self.outlet.doors[0].url).data, articles), articles
        )

    def line_up(self) -> Iterator[tuple[str, Known]]:
        """Yield what to fetch, new articles first, then what earlier crawls left, then re-checks; at most the budget."""
        budget = self.options.budget or self.outlet.pace.budget
        yield from itertools.islice(self._candidates(), budget)

    def _candidates(self) -> Iterator[tuple[str, Known]]:
        given, wanted = set(), self.checks()
        for known in sorted(self.wanted.values(), key=_newness, reverse=True):
            given.add(known.url)
            yield known.url, known
        due = (
            []
            if self.options.urls or self.options.since
            else [
                known
                for known in self.memory.due(self.now())
                if known.url not in given | self.tried
            ]
        )
        for known in sorted(due, key=lambda item: (item.last_fetched is not None, item.next_check)):
            if known.last_fetched is None or self.options.recheck:
                self.planned += known.last_fetched is not None and known.checks < schedule.share(
                    known, wanted
                )
                yield known.url, known

    def want(self, urls: Iterable[str]) -> None:
        """Ask for single pages, known or not."""
        for address in urls:
            url = canonical(address)
            now = self.now()
            known = self.memory.get(url) or Known(
                outlet=self.outlet.name, url=url, address=address, first_seen=now, next_check=now
            )
            self.wanted[url] = known

    # What doors say

    def take(self, door: Door, reading: Reading, base: str) -> tuple[list[str], list[str]]:
        """Take a door's entries; return those that are this outlet's articles and those of them that are new, in order."""
        found: dict[str, str] = {}
        new: list[str] = []
        updated: list[Known] = []
        shown = hints.shown(self.memory.door(door.url))
        for entry in reading.entries:
            url = self.scope.identify(entry.url, base, door)
            if url is None or url in found:
                continue
            former = self.scope.former(url)
            if former is not None and former in self.memory:
                url = former
            found[url] = hints.said(entry)
            known = self.memory.get(url)
            if url not in self.memory:
                new += [url] * self._discover(url, entry, door)
            elif (
                known and self.options.since and known.last_fetched is None and self._in_span(entry)
            ):
                self.wanted[url] = (
                    known  # seen by a crawl that was cut short, or that had no budget left
                )
            elif known and hints.changed(known, entry, shown):
                updated.append(known)
        self._hint(door, updated, len(found))
        if reading.ordered and door.url in self.reports:
            self._vanished(door, list(found))
        self._show(door, found, shown)
        return list(found), new

    def _discover(self, url: str, entry: Entry, door: Door) -> int:
        """Remember a new article; return 1 if it is wanted."""
        now = self.now()
        if not self._in_span(entry):
            return 0
        published = entry.published or (entry.updated if self.options.since else None)
        known = Known(
            outlet=self.outlet.name,
            url=url,
            address=entry.url,
            first_seen=now,
            published=published,
            next_check=now,
            door=door.url,
        )
        self.memory.put(known)
        self.wanted[url] = known
        if entry.title:
            self.titles[url] = entry.title
        return 1

    def _in_span(self, entry: Entry) -> bool:
        """Tell whether a backfill asks for this article; undated ones are taken."""
        when = entry.published or entry.updated
        if when is None or self.options.since is None:
            return True
        until = self.options.until
        return self.options.since <= when.date() and (until is None or when.date() <= until)

    def _hint(self, door: Door, updated: list[Known], found: int) -> None:
        """Look again at articles that a door calls changed, unless it says so of too many or has often been wrong."""
        if not self.options.recheck or len(updated) > max(3, _LYING_SHARE * found):
            return
        data = self.memory.door(door.url).data
        for known in [known for known in updated if schedule.believed(data, known.url)][
            :_HINTS_AT_MOST
        ]:
            if known.url not in self.wanted:
                self.wanted[known.url] = known
                self.hinted[known.url] = door.url

    def _show(self, door: Door, found: dict[str, str], shown: dict[str, str]) -> None:
        """Remember what a door says of its articles."""
        if not found:
            return
        state = self.memory.door(door.url)
        self.memory.put_door(
            replace(state, data=state.data | {"shown": hints.showing(found, shown, _REMEMBERED)})
        )

    def _vanished(self, door: Door, found: list[str]) -> None:
        """Look again at articles that have gone from the middle of a list: a deletion shows there first."""
        state = self.memory.door(door.url)
        last = state.data.get("urls", "").split("\n") if state.data.get("urls") else []
        here = set(found)
        kept = [index for index, url in enumerate(last) if url in here]
        if kept and self.options.recheck:
            for url in [url for url in last[: kept[-1]] if url not in here][:3]:
                known = self.memory.get(url)
                if (
                    known is not None
                    and known.last_fetched is not None
                    and known.status not in GONE
                ):
                    self.wanted.setdefault(url, known)
        if found:
            self.memory.put_door(
                replace(state, data=state.data | {"urls": "\n".join(found[:_REMEMBERED])})
            )

    def knows(self, address: str, base: str, door: Door) -> bool:
        """Tell whether an address that a door names needs no look: remembered, or not ours."""
        url = self.scope.identify(address, base, door)
        return url is None or url in self.memory or (self.scope.former(url) or url) in self.memory

    # What pages say

    def keep(
        self,
        known: Known,
        exchange: records.Exchange,
        content: bytes,
        way: tuple[records.Exchange, ...] = (),
    ) -> None:
        """Write a page (or a revisit), the redirects on the way to it, and what it means for the plan; the WARC first, then the journal."""
        now = exchange.fetched_at
        digest = records.digest(content)
        again = known.last_fetched is not None and known.status is not None
        same = again and digest == known.digest and exchange.status == known.status
        hinted = replace(
            exchange,
            unchanged_since=known.last_fetched if same else None,
            hint_title=self.titles.get(known.url),
            hint_published=known.published,
            digest=digest if content is exchange.body else "",
        )
        for one in (*way, hinted):
            self.kept.pages.write(one)
        changed = again and not same
        gone = exchange.status in GONE
        fresh = replace(
            known,
            last_fetched=now,
            status=exchange.status,
            digest=digest,
            failures=0,
            checks=known.checks + again,
            changes=known.changes + changed,
        )
        check = schedule.next_check(fresh, now, self.checks())
        if gone:
            check = now + timedelta(days=1) if again and known.status not in GONE else None
        self.memory.put(replace(fresh, next_check=check))
        if again and (door := self.hinted.pop(known.url, None)):
            state = self.memory.door(door)
            self.memory.put_door(replace(state, data=schedule.proved(state.data, true=changed)))
        self._count(
            again=again,
            same=same,
            gone=gone and again and known.status not in GONE,
            size=len(exchange.body),
        )

    def _count(self, *, again: bool, same: bool, gone: bool, size: int) -> None:
        tally = self.tally
        tally.bytes += size
        tally.pages += not same
        tally.new += not again
        tally.rechecked += again
        tally.changed += again and not same
        tally.gone += gone
        self.alive += 1

    def also(self, known: Known, other: str) -> None:
        """Remember a second address of a fetched article, so that it is not fetched under that as well."""
        try:
            url = canonical(other, base=known.address)
        except UrlError:
            return
        fresh = self.memory.get(known.url)
        if (
            url != known.url
            and self.scope.is_ours(url)
            and url not in self.memory
            and fresh is not None
        ):
            self.memory.put(replace(fresh, url=url, address=other, next_check=None))
            self.wanted.pop(url, None)

    def failed(self, known: Known, error: FaultError) -> None:
        """Count a page that could not be fetched and plan another try; a crawl that is stopped leaves no mark."""
        self.fault(error.fault)
        if error.fault is Fault.HALTED:
            return
        now = self.now()
        if error.fault is Fault.DISALLOWED:
            self.memory.put(
                replace(known, next_check=now + timedelta(days=7), failures=max(known.failures, 1))
            )
            return
        counted = replace(known, failures=known.failures + 1)
        self.memory.put(replace(counted, next_check=schedule.retry(counted, now)))

    def fault(self, fault: Fault) -> None:
        """Count a fault."""
        self.tally.faults[str(fault)] += 1

    # How doors stand

    def polled(self, visit: Visit, notes: DoorState, note: str = "") -> None:
        """Note a poll that answered and plan the next."""
        door, new = visit.door, visit.new
        now = self.now()
        # What came before the first poll is no rate: it is measured over a day at least.
        # Nor is what a backfill digs out.
        if not self.options.since:
            notes = replace(
                notes,
                data=schedule.counted(notes, new, now, span=max(1.0, new / 20))
                | schedule.seen(notes, new, now),
            )
        self.memory.put_door(notes)
        seconds = schedule.interval(
            notes, self.outlet.pace, len(self.outlet.doors), self.articles_a_day()
        )
        if note == "overflow":
            seconds = max(min(seconds, notes.interval / 2), self.outlet.pace.shortest)
        moved = OutletState.MOVED if notes.data.get("moved_to") else OutletState.OK
        self.memory.put_door(
            replace(
                notes,
                last_polled=now,
                failures=0,
                state=moved,
                interval=seconds,
                next_poll=now
                + timedelta(seconds=schedule.spread(f"{door.url}{now:%F%H}", seconds)),
            )
        )
        self.reports[door.url] = DoorReport(
            url=door.url,
            kind=door.kind,
            state=moved,
            entries=visit.entries,
            new=new,
            left_out=visit.left_out,
            unread=visit.unread,
            note=note,
        )

    def refused(self, door: Door, error: FaultError) -> None:
        """Note a poll that failed and plan the next."""
        self.fault(error.fault)
        why = state(error)
        note = f"{error.fault}: {error.detail}" if error.detail else str(error.fault)
        if error.fault is not Fault.HALTED or "stopped" not in error.detail:
            self.memory.put_door(
                schedule.failed(
                    self.memory.door(door.url),
                    self.outlet.pace,
                    self.now(),
                    why,
                    wait=error.retry_after,
                )
            )
        self.reports[door.url] = DoorReport(url=door.url, kind=door.kind, state=why, note=note)


def _newness(known: Known) -> float:
    return (known.published or known.first_seen).timestamp()


def fingerprint(body: bytes) -> str:
    """Return the digest by which a door's body is told from its last one."""
    return hashlib.blake2b(body, digest_size=16).hexdigest()
