"""The traffic of doors: asks them, reads what they answer, walks on to their further pages."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Protocol
from urllib.parse import urljoin

import scrapy
from scrapy.http import Response
from twisted.python.failure import Failure

from crawlers import door_entries, door_plan, own_reading, page_text, poll, routes
from crawlers.discovery import article_shape, hints, sitemap_files
from crawlers.discovery.marks import Files
from crawlers.discovery.reading import Reading
from crawlers.door_notes import DoorNotes
from crawlers.door_search import DoorSearch
from crawlers.faults import FaultError
from crawlers.led_articles import LedArticles
from crawlers.own_reading import Reader
from crawlers.visit import Visit
from crawlers.warc import records
from crawlers.weak_entries import Taken
from news.outlet import Door, DoorKind
from news.urls import host_key

_DEEPEST = 30  # pages of one door that are walked to catch up
_DEEPEST_BACKFILL = 5000
_WORTH_A_LOOK = 2  # articles known by addresses that only lead on
_NOT_MODIFIED = 304
_PERMANENT = frozenset({301, 308})


class Spider(Reader, Protocol):
    """What the walk needs of the spider."""

    def due_doors(self) -> list[Door]:
        """Return the doors to poll now."""

    def request(
        self,
        url: str,
        callback: Any,
        errback: Any,
        meta: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> scrapy.Request:
        """Return a request with the headers every request has."""

    def redirect(self, response: Response, callback: Any, errback: Any) -> Iterator[scrapy.Request]:
        """Follow a redirect."""

    def exchange(self, response: Response, asked: str) -> records.Exchange:
        """Return an answer as the WARC keeps it."""

    def named(self, failure: Failure) -> FaultError:
        """Return a failed request's error by its name."""

    def pages(self) -> Iterator[scrapy.Request]:
        """Yield a request for each article that is wanted or due."""

    def say(self, words: str) -> None:
        """Tell a person who watches how far the crawl is."""


class DoorWalk:
    """All doors of one crawl; `open_count` of them have answers outstanding."""

    def __init__(self, spider: Spider) -> None:
        self.spider, self.session = spider, spider.session
        self.open_count = 0
        self.search = DoorSearch(spider)
        self._asked: set[str] = set()  # doors, and their further pages

    def open(self, door: Door, *, complete: bool = False) -> Iterator[scrapy.Request]:
        """Yield the first requests of a door; `complete` to walk it as far back as it goes."""
        if door.url in self._asked:
            return

        self._asked.add(door.url)
        session = self.session
        state = session.memory.door(door.url)
        notes = self._by_name(session.notes_of(door.url))
        visit = Visit(
            door=door,
            state=state,
            notes=notes,
        )

        visit.depth = self._depth(visit, complete=complete)
        visit.files = Files(notes.files)
        is_whole = complete or session.options.since or not sitemap_files.speaks_for_all(notes)
        headers = {} if is_whole else poll.validators(state, notes)
        visit.conditional = bool(headers)
        self.open_count += 1

        for address in poll.addresses(session, door):
            visit.waiting += 1
            visit.asked += 1
            meta = {"visit": visit, "base": address}
            yield self.spider.request(
                address,
                self.on_answer,
                self.on_failure,
                meta,
                headers,
            )

    def _by_name(self, notes: DoorNotes) -> DoorNotes:
        """Return a door's notes with its last articles by the addresses they are known by now."""
        session = self.session
        leads = session.outlet_notes().leads
        if not leads:
            return notes

        shown = {}
        for key, words in notes.shown.items():
            shown[hints.short(leads[key]) if key in leads else key] = words

        return replace(
            notes,
            front=tuple(map(session.one_name_of, notes.front)),
            listed=tuple(map(session.one_name_of, notes.listed)),
            shown=shown,
        )

    def _depth(self, visit: Visit, *, complete: bool) -> int:
        """Return how many pages of a door may be walked."""
        if self.session.options.since:
            return _DEEPEST_BACKFILL

        if complete and visit.state.last_polled is not None:
            return _DEEPEST

        return visit.door.pages

    def on_answer(self, response: Response) -> Iterator[scrapy.Request]:
        """Read one answer of a door."""
        visit: Visit = response.meta["visit"]
        visit.requests += 1
        self.session.tally.statuses[response.status] += 1

        try:
            if response.status == _NOT_MODIFIED:
                visit.note = "304"
                visit.notes = replace(visit.notes, said_304=self.session.now())
            elif 300 <= response.status < 400:  # noqa: PLR2004
                yield from self.spider.redirect(response, self.on_answer, self.on_failure)
                return
            else:
                yield from self._read(visit, response)
        except FaultError as error:
            visit.failure = error

        yield from self._close_answer(visit)

    def on_failure(self, failure: Failure) -> Iterator[scrapy.Request]:
        """Note why a door did not answer."""
        visit: Visit = failure.request.meta["visit"]  # type: ignore[attr-defined]
        visit.failure = self.spider.named(failure)
        yield from self._close_answer(visit)

    def _read(self, visit: Visit, response: Response) -> Iterator[scrapy.Request]:
        """Enter what an answer says; yield requests for what follows it."""
        session = self.session
        body = poll.content(response, session.options.max_door_bytes)
        poll.check(response, body)
        is_first = not response.meta.get("further")

        if is_first and not visit.kind.many_fronts and self._is_unchanged(visit, response, body):
            visit.note = "unchanged"
            return

        if is_first and visit.door.url == session.outlet.home:
            session.front_page = page_text.sketch(body)

        child = response.meta.get("child", sitemap_files.ROOT)
        before = sitemap_files.before(session, visit, response.url, child)
        said = own_reading.read(self.spider, visit, response, body, before)
        reading = routes.with_addresses(session, said, response.url, visit.door)
        known = {entry.url for entry in reading.entries if entry.url in session.memory}

        if is_first and poll.was_a_lie(visit.notes, reading, known):
            visit.state = replace(visit.state, lies=visit.state.lies + 1)

        taken = door_entries.enter_reading(
            session, visit, reading, response.url, is_first=is_first, before=before
        )

        if taken.new or taken.kept:
            answer = self.spider.exchange(response, response.url)
            session.evidence.doors.write((*response.meta["way"], answer))

        visit.measure(reading, len(taken.words), first=is_first)
        self._count(visit, reading, taken)
        new = len(taken.new)
        sitemap_files.note(session, visit, reading, response.url, child, new=new)

        yield from self._further(visit, reading, response, taken)

    def _count(self, visit: Visit, reading: Reading, taken: Taken) -> None:
        """Count what an answer brought, and learn from it."""
        visit.fresh += taken.new
        visit.caught_up = visit.meets(taken.words) or visit.caught_up
        visit.entries += len(taken.words)
        visit.new += len(taken.new)
        visit.strangers += taken.strangers
        visit.doubtful += taken.doubtful
        visit.given_up += taken.given_up
        visit.without_link += reading.without_link
        visit.without_text += reading.without_text

        if visit.kind.names_articles:
            self._learn(list(taken.words))

    def _learn(self, urls: list[str]) -> None:
        """Remember how the addresses of this outlet's articles are built."""
        notes = self.session.outlet_notes()
        patterns = article_shape.learn(notes.patterns, urls)

        if patterns != notes.patterns:
            self.session.put_outlet_notes(replace(notes, patterns=patterns))

    def _is_unchanged(self, visit: Visit, response: Response, body: bytes) -> bool:
        """Note an answer's validators.

        Tell whether it is the last one again, with nothing in it.
        """
        before, notes = visit.state, visit.notes
        visit.state, visit.notes = poll.note_answer(
            before, notes, response, body, conditional=visit.conditional
        )
        is_same = before.digest == visit.state.digest and not before.failures
        is_shallow = visit.depth == visit.door.pages

        return is_same and is_shallow and sitemap_files.speaks_for_all(notes)

    def _further(
        self, visit: Visit, reading: Reading, response: Response, taken: Taken
    ) -> Iterator[scrapy.Request]:
        """Yield the next pages of a door while they bring something new."""
        if reading.kind == "index":
            parent = response.meta.get("child", sitemap_files.ROOT)
            children = sitemap_files.children(
                self.session, visit, response.url, reading.further, parent
            )
        elif self._goes_on(visit, reading, taken):
            children = [sitemap_files.Child(item.url) for item in reading.further]
        else:
            children = []

        visit.page += 1

        for child in children:
            if child.url in self._asked:
                continue

            self._asked.add(child.url)
            visit.waiting += 1
            visit.asked += 1
            meta = {"visit": visit, "further": True, "child": child}
            url = urljoin(response.url, child.url)
            yield self.spider.request(
                url,
                self.on_answer,
                self.on_failure,
                meta,
            )

    def _goes_on(self, visit: Visit, reading: Reading, taken: Taken) -> bool:
        """Tell whether the next page of a door is asked; note when its front overflowed."""
        has_gap = bool(taken.new) and bool(visit.front) and not visit.caught_up
        if has_gap and reading.ordered and not visit.kind.many_fronts:
            # Nothing of the last poll is left: what lay between has to be found further back, or
            # by the other doors.
            visit.overflow = True
            visit.depth = max(visit.depth, _DEEPEST)

        is_backfill = self.session.options.since is not None and bool(taken.words)
        brings_more = bool(taken.new) and not visit.caught_up

        return (is_backfill or brings_more) and visit.page + 1 < visit.depth

    def _close_answer(self, visit: Visit) -> Iterator[scrapy.Request]:
        """Close a door when its last answer is in; after the last door come the articles."""
        visit.waiting -= 1
        if visit.waiting:
            return

        session = self.session

        if visit.failure is not None and not visit.page and not visit.note:
            door_plan.note_refusal(session, visit.door, visit.failure)
            yield from self.search.after(visit)
        else:
            self._note_poll(visit)

        report = session.reports[visit.door.url]
        counts = f"{visit.entries} articles, {visit.new} new"
        self.spider.say(f"{visit.door.kind} {visit.door.url}: {report.note or 'read'}, {counts}")

        if (visit.overflow and not visit.caught_up) or visit.never_failed():
            for door in session.outlet.doors:
                yield from self.open(door, complete=visit.overflow)

        self.open_count -= 1

        if not self.open_count:
            yield from self._ask_for_names()

        if not self.open_count:
            yield from self.spider.pages()

    def _ask_for_names(self) -> Iterator[scrapy.Request]:
        """Ask the front page when doors named articles by addresses that only lead on.

        One request may save as many as there are such articles.
        """
        led = LedArticles(self.session)
        led.name_by_headline()
        lists = [door for door in self.session.outlet.doors if door.kind is DoorKind.LISTING]

        if lists and len(led.unnamed()) >= _WORTH_A_LOOK:
            yield from self.open(lists[0])

    def _note_poll(self, visit: Visit) -> None:
        """Note how a door that answered stands."""
        if visit.failure is not None:
            self.session.count_fault(visit.failure.fault)

        if visit.failure is not None or visit.unread:
            # An unchanged answer does not mean next time that there is nothing to do.
            visit.state = replace(visit.state, digest="")

        rest = "overflow" if visit.overflow else str(visit.failure or "")
        door_plan.note_poll(self.session, visit, visit.note or rest)

    def note_move(self, visit: Visit, response: Response, to: str) -> None:
        """Take a permanent redirect of a door to another host for the outlet's move."""
        host = host_key(to)
        if response.status not in _PERMANENT or host == host_key(response.url):
            return

        scope = self.session.scope
        scope.move(response.url, to)

        if host in scope.moved:
            visit.notes = replace(visit.notes, moved_to=to)
