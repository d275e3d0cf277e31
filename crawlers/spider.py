"""The spider: polls an outlet's doors, then fetches its articles. The decisions are Session's and poll's; here is the traffic."""

import sys
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urljoin

import scrapy
from scrapy.http import Response
from twisted.python.failure import Failure

from crawlers import poll
from crawlers.discovery import sitemap_files
from crawlers.discovery.marks import Files
from crawlers.download import walls
from crawlers.download.body import ACCEPT_ENCODING
from crawlers.download.robots import DisallowedError
from crawlers.faults import Fault, FaultError
from crawlers.session import GONE, Session
from crawlers.visit import Visit, headers_of, leads_somewhere
from crawlers.warc import records, retention
from news.crawl import DoorState, Known
from news.outlet import Door, DoorKind
from news.urls import UrlError, host_key

_HOPS = 5
_DEEPEST = 30  # pages of one door that are walked to catch up
_DEEPEST_BACKFILL = 5000
_ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,application/json;q=0.8,*/*;q=0.5"
_CARRIED = ("visit", "known", "further", "base", "child")  # over a redirect
_PERMANENT = frozenset({301, 308})


class OutletSpider(scrapy.Spider):
    """Crawls one outlet."""

    name = "outlet"

    def __init__(self, session: Session, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.session = session
        self.open_doors = 0
        self.polled: set[str] = set()
        self.asked = 0

    async def start(self) -> AsyncIterator[scrapy.Request]:
        """Yield a request for each due door; without one, the articles at once."""
        session = self.session
        session.want(session.options.urls)
        doors = session.due_doors()
        for request in [request for door in doors for request in self._open(door)]:
            yield request
        if not self.open_doors:
            for request in self._pages():
                yield request

    # Doors

    def _open(self, door: Door, *, complete: bool = False) -> Iterator[scrapy.Request]:
        """Yield the first requests of a door."""
        if door.url in self.polled:
            return
        self.polled.add(door.url)
        state = self.session.memory.door(door.url)
        whole = complete or self.session.options.since or not sitemap_files.speaks_for_all(state)
        headers = {} if whole else poll.validators(state)
        front = frozenset(state.data.get("front", "").split("\n")) - {""}
        visit = Visit(
            door=door,
            state=state,
            conditional=bool(headers),
            depth=self._depth(door, state, complete=complete),
            front=front,
        )
        visit.files = Files(state.data.get("files", ""))
        self.open_doors += 1
        for address in poll.addresses(self.session, door):
            visit.waiting += 1
            yield self._request(
                address,
                self.on_door,
                self.on_door_failure,
                {"visit": visit, "base": address},
                headers,
            )

    def _depth(self, door: Door, state: DoorState, *, complete: bool) -> int:
        if self.session.options.since:
            return _DEEPEST_BACKFILL
        if complete and state.last_polled is not None:
            return _DEEPEST
        return door.pages

    def _request(
        self,
        url: str,
        callback: Any,
        errback: Any,
        meta: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> scrapy.Request:
        """Return a request with the headers every request has."""
        limit = (
            self.session.options.max_door_bytes
            if "visit" in meta
            else self.session.options.max_bytes
        )
        door = meta["visit"].door.kind if "visit" in meta else DoorKind.LISTING
        render = self.session.outlet.render and door in {DoorKind.LISTING, DoorKind.ARCHIVE}
        return scrapy.Request(
            url,
            callback=callback,
            errback=errback,
            dont_filter=True,
            meta={
                "download_maxsize": limit,
                "download_timeout": self.session.options.timeout,
                "render": render,
                "hops": (),
                "way": (),
                **meta,
            },
            headers={
                "Accept": _ACCEPT,
                "Accept-Encoding": ACCEPT_ENCODING,
                "Accept-Language": ", ".join([*self.session.outlet.languages, "*;q=0.5"]),
                **(headers or {}),
            },
        )

    def on_door(self, response: Response) -> Iterator[scrapy.Request]:
        """Read one answer of a door."""
        visit: Visit = response.meta["visit"]
        visit.requests += 1
        self.session.tally.statuses[response.status] += 1
        try:
            if 300 <= response.status < 400 and response.status != 304:  # noqa: PLR2004
                yield from self._redirect(response, self.on_door, self.on_door_failure)
                return
            if response.status == 304:  # noqa: PLR2004
                visit.note = "304"
                visit.state = replace(
                    visit.state,
                    data=visit.state.data | {"said_304": self.session.now().isoformat()},
                )
            else:
                yield from self._read_door(visit, response)
        except FaultError as error:
            visit.failure = error
        yield from self._left(visit)

    def _read_door(self, visit: Visit, response: Response) -> Iterator[scrapy.Request]:
        session = self.session
        body = poll.content(response, session.options.max_door_bytes)
        poll.check(response, body)
        first = not response.meta.get("further")
        before = visit.state
        if first and visit.door.kind is not DoorKind.ARCHIVE:
            visit.state = poll.noted(before, response, body, conditional=visit.conditional)
            same = before.digest == visit.state.digest and not before.failures
            if same and visit.depth == visit.door.pages and sitemap_files.speaks_for_all(before):
                visit.note = "unchanged"
                return
        child = response.meta.get("child", sitemap_files.ROOT)
        past = sitemap_files.before(session, visit, response.url, child)
        reading = poll.read(visit.door, response, body, session.scope, past)
        known = {entry.url for entry in reading.entries if entry.url in session.memory}
        if first and poll.caught(before, reading, known):
            visit.state = replace(visit.state, lies=visit.state.lies + 1)
        self._remember(visit, first=first)
        found, fresh = session.take(visit.door, reading, response.url)
        entries, new = len(found), len(fresh)
        if new:
            session.kept.doors.write(
                (*response.meta["way"], self._exchange(response, response.url))
            )
        visit.fresh += fresh
        visit.caught_up = visit.caught_up or not visit.front.isdisjoint(found)
        visit.state = replace(
            visit.state,
            data=visit.state.data
            | session.memory.door(visit.door.url).data
            | visit.size(reading, entries, first=first),
        )
        visit.entries += entries
        visit.new += new
        sitemap_files.note(session, visit, reading, response.url, child, new=new)
        yield from self._further(visit, reading, response, entries, new)

    def _remember(self, visit: Visit, *, first: bool) -> None:
        """Let the session see that this is a later reading of the door's front."""
        from crawlers.options import DoorReport

        if first and visit.door.kind in {DoorKind.FEED, DoorKind.WORDPRESS}:
            self.session.reports.setdefault(
                visit.door.url,
                DoorReport(url=visit.door.url, kind=visit.door.kind, state=visit.state.state),
            )
        else:
            self.session.reports.pop(visit.door.url, None)

    def _further(
        self, visit: Visit, reading: Any, response: Response, entries: int, new: int
    ) -> Iterator[scrapy.Request]:
        """Yield the next pages of a door while they bring something new; note when its front overflowed."""
        if reading.kind == "index":
            parent = response.meta.get("child", sitemap_files.ROOT)
            url = response.url
            children = sitemap_files.children(self.session, visit, url, reading.further, parent)
        else:
            backfill = self.session.options.since is not None and entries > 0
            if (
                new
                and visit.front
                and not visit.caught_up
                and reading.ordered
                and visit.door.kind is not DoorKind.ARCHIVE
            ):
                # Nothing of the last poll is left: what lay between has to be found further back, or by the other doors.
                visit.overflow, visit.depth = True, max(visit.depth, _DEEPEST)
            go_on = backfill or (new > 0 and not visit.caught_up)
            go_on = go_on and visit.page + 1 < visit.depth
            children = [sitemap_files.Child(item.url) for item in reading.further] if go_on else []
        visit.page += 1
        for child in children:
            if child.url not in self.polled:
                self.polled.add(child.url)
                visit.waiting += 1
                meta = {"visit": visit, "further": True, "child": child}
                url = urljoin(response.url, child.url)
                yield self._request(url, self.on_door, self.on_door_failure, meta)

    def on_door_failure(self, failure: Failure) -> Iterator[scrapy.Request]:
        """Note why a door did not answer."""
        visit: Visit = failure.request.meta["visit"]  # type: ignore[attr-defined]
        visit.failure = self._named(failure)
        yield from self._left(visit)

    def _left(self, visit: Visit) -> Iterator[scrapy.Request]:
        """Close a door when its last answer is in; after the last door come the articles."""
        visit.waiting -= 1
        if visit.waiting:
            return
        session = self.session
        session.reports.pop(visit.door.url, None)
        if visit.failure is not None and not visit.page and not visit.note:
            session.refused(visit.door, visit.failure)
        else:
            if visit.failure is not None:
                session.fault(visit.failure.fault)
            state = session.memory.door(visit.door.url)
            data = visit.notes()
            if visit.failure is not None or visit.unread:
                # An unchanged answer does not mean next time that there is nothing to do.
                visit.state = replace(visit.state, digest="")
            note = visit.note or ("overflow" if visit.overflow else str(visit.failure or ""))
            session.polled(
                visit, replace(visit.state, last_polled=state.last_polled, data=data), note
            )
        self._say(
            f"{visit.door.kind} {visit.door.url}: {session.reports[visit.door.url].note or 'read'}, {visit.entries} articles, {visit.new} new"
        )
        if (visit.overflow and not visit.caught_up) or visit.never_failed():
            for door in session.outlet.doors:
                yield from self._open(door, complete=visit.overflow)
        self.open_doors -= 1
        if not self.open_doors:
            yield from self._pages()

    # Articles

    def _pages(self) -> Iterator[scrapy.Request]:
        for url, known in self.session.line_up():
            self.session.tried.add(url)
            yield self._request(known.address, self.on_page, self.on_page_failure, {"known": known})

    def on_page(self, response: Response) -> Iterator[scrapy.Request]:
        """Keep one article's page."""
        known: Known = response.meta["known"]
        self.session.tally.statuses[response.status] += 1
        try:
            if 300 <= response.status < 400:  # noqa: PLR2004
                yield from self._redirect(response, self.on_page, self.on_page_failure)
                return
            self._keep(known, response)
        except FaultError as error:
            self.session.failed(known, error)
        self._progress()

    def _keep(self, known: Known, response: Response) -> None:
        body = poll.content(response, self.session.options.max_bytes)
        fault = walls.fault(response, body)
        if fault is not None:
            deleted = fault is Fault.GONE and known.last_fetched is not None
            if not deleted:
                raise FaultError(fault, f"HTTP {response.status}")
        elif not body.strip():
            raise FaultError(Fault.EMPTY)
        hops = response.meta["hops"]
        self.session.keep(
            known,
            self._exchange(response, known.address if not hops else hops[0]),
            body,
            response.meta["way"],
        )
        if response.status not in GONE:
            for other in [*hops[1:], response.url if hops else None, walls.canonical_link(body)]:
                if other and leads_somewhere(other, response.url):
                    self.session.also(known, urljoin(response.url, other))

    def _exchange(self, response: Response, asked: str) -> records.Exchange:
        """Return an answer as the WARC keeps it; `asked` is the address before redirects."""
        return records.Exchange(
            asked=asked,
            url=response.url,
            status=response.status,
            headers=headers_of(response),
            body=response.body,
            fetched_at=self.session.now(),
            request_headers=headers_of(response.request),
            address=str(response.ip_address or ""),
        )

    def on_page_failure(self, failure: Failure) -> None:
        """Note why an article could not be fetched."""
        self.session.failed(failure.request.meta["known"], self._named(failure))  # type: ignore[attr-defined]
        self._progress()

    # Both

    def _redirect(
        self, response: Response, callback: Any, errback: Any
    ) -> Iterator[scrapy.Request]:
        """Follow a redirect as a request of its own, so that robots.txt and the address guard see it."""
        location = (
            (response.headers.get(b"Location") or b"").decode("utf-8", "surrogateescape").strip()
        )
        hops = (*response.meta["hops"], response.url)
        try:
            to = urljoin(response.url, location.partition("#")[0])
            host = host_key(to)
        except (ValueError, UrlError) as error:
            raise FaultError(Fault.BAD_REDIRECT, location[:200]) from error
        if not location:
            raise FaultError(Fault.BAD_REDIRECT, "no Location")
        if to in hops or len(hops) > _HOPS:
            raise FaultError(Fault.REDIRECT_LOOP, f"{len(hops)} redirects")
        if visit := response.meta.get("visit"):
            self._moved(visit, response, to)
        elif not self.session.scope.is_ours(to):
            raise FaultError(Fault.MOVED, f"to {host}")
        meta: dict[str, Any] = {
            name: response.meta[name] for name in _CARRIED if name in response.meta
        }
        way = (*response.meta["way"], retention.hop(self._exchange(response, response.url)))
        yield self._request(to, callback, errback, {**meta, "hops": hops, "way": way})

    def _moved(self, visit: Visit, response: Response, to: str) -> None:
        """Take a permanent redirect of a door to another host for the outlet's move."""
        if response.status in _PERMANENT and host_key(to) != host_key(response.url):
            self.session.scope.move(response.url, to)
            if host_key(to) in self.session.scope.moved:
                visit.state = replace(visit.state, data=visit.state.data | {"moved_to": to})

    def _named(self, failure: Failure) -> FaultError:
        """Return a failed request's error by its name; a surprise is logged with its trace."""
        error = failure.value
        if isinstance(error, FaultError):
            return error
        if isinstance(error, DisallowedError):
            return FaultError(error.fault)
        self.logger.error("surprise while crawling %s", self.session.outlet.name, exc_info=error)
        return FaultError(Fault.SURPRISE, f"{type(error).__name__}")

    def _progress(self) -> None:
        self.asked += 1
        if self.asked % 50 == 0:
            self._say(
                f"{self.asked} pages asked, {self.session.tally.pages} kept, {sum(self.session.tally.faults.values())} faults"
            )

    def _say(self, words: str) -> None:
        if self.settings.getbool("KHABAR_PROGRESS"):
            print(f"khabar: {self.session.outlet.name}: {words}", file=sys.stderr, flush=True)
