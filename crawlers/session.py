"""One outlet's crawl, without Scrapy: what is known, what is wanted, what is written down."""

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from crawlers import found_doors, page_text, schedule
from crawlers.discovery.reading import Nameless
from crawlers.doubtful_links import DoubtfulLinks
from crawlers.download.throttle import Pacer
from crawlers.login import Login, is_safe, parse
from crawlers.memory import Memory
from crawlers.options import CrawlJob, DoorReport
from crawlers.page_records import PageRecords
from crawlers.warc import records
from crawlers.warc.retention import Evidence
from news.crawl import Known
from news.outlet import Door, DoorKind, Outlet
from news.urls import canonical

GONE = frozenset({404, 410})
_DELETED = 410  # what a page counts as that shows by other signs than its status that it is gone
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPage:
    """A page as it was kept: `content` has its content encoding undone."""

    known: Known
    exchange: records.Exchange
    content: bytes


class Session(PageRecords):
    """The state of one crawl. Not thread-safe; every change is journalled before it counts."""

    def __init__(
        self,
        job: CrawlJob,
        memory: Memory,
        pacer: Pacer,
        evidence: Evidence,
    ) -> None:
        super().__init__(found_doors.with_found(job.outlet, memory), memory, pacer)
        self.job = job
        self.evidence = evidence
        self.options = job.options
        self.login = _login_of(job)
        self.reports: dict[str, DoorReport] = {}
        self.titles: dict[str, str] = {}  # by a door, of articles not fetched yet
        self.tried: set[str] = set()
        self.doubtful = DoubtfulLinks()
        self.unaddressed: dict[str, tuple[Nameless, Door]] = {}  # by slug, as doors name them
        self.gaps: list[str] = []  # lists that ran over, and do not reach back
        self.reached_back = False  # a door has, all the way to its last poll
        self.weak_doors = _weak_doors(self.outlet)
        self.front_page: page_text.Sketch | None = None  # as a door has shown it
        self.kept: list[KeptPage] | None = None  # collected where Scrapy's own command asks
        self.lined_up = 0  # new articles that are fetched in this crawl
        self.planned = 0  # re-checks asked for because their time had come

        for notes in self.notes_of_doors():
            if notes.moved_to:
                self.scope.move(self.outlet.home, notes.moved_to)

    def login_for(self, url: str) -> Login | None:
        """Return the login that may be told at an address: the outlet's own, and unread on the way.

        A host to which the outlet has moved is not told before its file names it.
        """
        may_read = is_safe(url) and self.scope.is_own(url)
        return self.login if may_read else None

    # What is due

    def due_doors(self) -> list[Door]:
        """Return the doors to poll now."""
        if self.options.urls:
            return []

        if self.options.all_doors or self.options.since:
            return list(self.outlet.doors)

        now = self.now()
        due = []

        for door in self.outlet.doors:
            next_poll = self.memory.door(door.url).next_poll
            if next_poll is None or next_poll <= now:
                due.append(door)

        return due

    def articles_a_day(self) -> float:
        """Return how much the outlet publishes, as far as its doors tell."""
        return sum(notes.recent.a_day for notes in self.notes_of_doors())

    def enter_requests(self, requests: int) -> None:
        """Enter what this crawl cost beside first fetches and planned re-checks.

        What is left of the outlet's allowance goes to re-checks.
        """
        if self.options.since or self.options.urls:
            return

        now = self.now()
        new = self.tally.new
        notes = self.outlet_notes()
        others = max(requests - new - self.planned, 0)
        debt = schedule.debt(notes.ledger, requests, new, now)
        entered = schedule.enter_requests(notes.ledger, others, now)
        ledger = replace(entered, debt=debt)
        self.put_outlet_notes(replace(notes, ledger=ledger))

    def checks(self) -> float:
        """Return how many re-checks an article of this outlet gets."""
        articles = self.articles_a_day()
        # A first crawl may spend all that is allowed on addresses which only lead on.
        ledger = self.outlet_notes().ledger
        spent = schedule.enter_requests(ledger, self.tally.redirects, self.now())

        # What lay there at the first poll comes at once, and has a day's room and no more.
        at_once = max(articles, float(self.lined_up))

        room = schedule.spare(spent, articles, self._polls_a_day())

        return schedule.checks(room, at_once)

    def _polls_a_day(self) -> float:
        """Return the requests a day that the outlet's doors take by their intervals."""
        polls = 0.0
        for door in self.outlet.doors:
            state = self.memory.door(door.url)
            polls += schedule.polls_a_day(state, self.notes_of(door.url))

        return polls

    def line_up(self) -> Iterator[tuple[str, Known]]:
        """Yield what to fetch, at most the budget.

        New articles come first, then what earlier crawls left, then re-checks.
        """
        budget = self.options.budget or self.outlet.pace.budget
        yield from itertools.islice(self._candidates(), budget)

    def _candidates(self) -> Iterator[tuple[str, Known]]:
        """Yield what may be fetched, in order: new articles, what was left over, re-checks."""
        self.lined_up = sum(not known.was_fetched for known in self.wanted.values())
        checks = self.checks()
        wanted = sorted(self.wanted.values(), key=_newness, reverse=True)

        for known in wanted:
            yield known.url, known

        if self.options.urls or self.options.since:
            return

        for known in self._due(wanted):
            if known.last_fetched is None:
                yield known.url, known
            elif self.options.recheck:
                self.planned += known.checks < schedule.share(known, checks)
                yield known.url, known

    def _due(self, wanted: list[Known]) -> list[Known]:
        """Return the known articles whose time has come, beside those that are wanted anyway."""
        asked = {known.url for known in wanted} | self.tried
        due = []

        for known in self.memory.due(self.now()):
            if known.url not in asked:
                due.append(known)

        due.sort(key=_unfetched_first)

        return due

    def want(self, urls: Iterable[str]) -> None:
        """Ask for single pages, known or not."""
        now = self.now()
        for address in urls:
            url = canonical(address)
            if url in self.wanted:
                # /feed and /feed/ are one: the first that was asked for is meant.
                continue

            self.wanted[url] = self.memory.get(url) or Known(
                outlet=self.outlet.name, url=url, address=address, first_seen=now, next_check=now
            )

    # What pages say

    def keep(
        self,
        known: Known,
        exchange: records.Exchange,
        content: bytes,
        way: tuple[records.Exchange, ...] = (),
    ) -> None:
        """Write a page (or a revisit), the redirects on the `way` to it, and the plan for it.

        The WARC comes first, then the journal.
        """
        digest = records.digest(content)
        is_recheck = known.was_fetched
        same = is_recheck and digest == known.digest and exchange.status == known.status
        page = replace(
            exchange,
            unchanged_since=known.last_fetched if same else None,
            hint_title=self.titles.get(known.url),
            hint_published=known.published,
            digest=digest if content is exchange.body else "",
        )

        for one in (*way, page):
            self.evidence.pages.write(one)

        changed = is_recheck and not same
        is_gone = exchange.status in GONE or bool(exchange.gone)
        vanished = is_gone and is_recheck and known.status not in GONE
        self._plan(
            known,
            exchange,
            digest,
            changed=changed,
        )

        door_url = self.hinted.pop(known.url, None) if is_recheck else None

        if door_url:
            notes = schedule.prove_hint(self.notes_of(door_url), true=changed)
            self.put_notes(door_url, notes)

        if self.kept is not None:
            self.kept.append(KeptPage(known=known, exchange=page, content=content))

        self.fetched += 1
        self.wall.note_page()
        self.tally.count_page(
            is_recheck=is_recheck,
            same=same,
            vanished=vanished,
            size=len(exchange.body),
        )

    def _plan(
        self, known: Known, exchange: records.Exchange, digest: str, *, changed: bool
    ) -> None:
        """Remember a fetched page and when to look at it again."""
        now = exchange.fetched_at
        fresh = replace(
            known,
            last_fetched=now,
            status=_DELETED if exchange.gone else exchange.status,
            digest=digest,
            failures=0,
            checks=known.checks + known.was_fetched,
            changes=known.changes + changed,
        )

        next_check = schedule.next_check(fresh, now, self.checks())

        if fresh.status in GONE:
            # One more look a day later: some servers lose a page for an hour.
            just_gone = known.was_fetched and known.status not in GONE
            next_check = now + _DAY if just_gone else None

        self.memory.put(replace(fresh, next_check=next_check))


def _weak_doors(outlet: Outlet) -> frozenset[str]:
    """Return the addresses of the doors beside whose articles other pages stand."""
    weak = {DoorKind.LISTING, DoorKind.ARCHIVE, DoorKind.SITEMAP}
    return frozenset(door.url for door in outlet.doors if door.kind in weak)


def _newness(known: Known) -> tuple[bool, float]:
    """Return what comes first: new articles before known ones, since they may be those, moved."""
    return not known.was_fetched, (known.published or known.first_seen).timestamp()


def _unfetched_first(known: Known) -> tuple[bool, datetime | None]:
    """Return what comes first: what was never fetched, then what has been due longest."""
    return known.last_fetched is not None, known.next_check


def _login_of(job: CrawlJob) -> Login | None:
    """Return the outlet's login; raises CrawlError where its secret is none."""
    name = job.outlet.login
    if not name:
        return None

    return parse(name, job.login)
