"""The traffic of articles: asks for them, and hands what comes to the desk that judges it."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

import scrapy
from scrapy.http import Response
from twisted.python.failure import Failure

from crawlers import poll
from crawlers.discovery import listing, page_signs
from crawlers.discovery.article_shape import pattern
from crawlers.discovery.page_signs import Shown
from crawlers.door_walk import Spider
from crawlers.download import walls
from crawlers.faults import Fault, FaultError
from crawlers.fetched_page import FetchedPage
from crawlers.led_articles import LedArticles
from crawlers.page_desk import PageDesk
from crawlers.routes import RouteSearch
from crawlers.section_look import SectionLook
from news.crawl import Known
from news.urls import UrlError, canonical

_SAY_EVERY = 50  # pages


class PageWalk:
    """All articles of one crawl."""

    def __init__(self, spider: Spider, desk: PageDesk) -> None:
        self.spider = spider
        self.session = spider.session
        self.desk = desk
        self.led = LedArticles(self.session)
        self.look = SectionLook(spider)
        self.routes = RouteSearch(spider, self._request)
        self._asked = 0
        self._behind_wall: list[Known] = []  # what is asked for when the wall has fallen

    def open(self) -> Iterator[scrapy.Request]:
        """Yield a request for each article that is wanted or due."""
        self.led.name_by_headline()

        for known in self._to_ask():
            self.session.tried.add(known.url)
            yield self._request(known)

        yield from self.look.open()
        yield from self.routes.open()

        if not self.session.wall.stands:
            yield from self._tries()

    def _to_ask(self) -> list[Known]:
        """Return what is asked for at once: everything, or a look at the wall in front of it.

        The look is at the newest article and at the last in line, which may lie elsewhere.
        """
        session = self.session
        line = [known for _, known in session.line_up()]
        is_named = session.options.urls or session.options.since

        if is_named or not session.wall.stands:
            return line

        if session.wall.is_resting(session.now()):
            return []

        look, self._behind_wall = _ends(line)
        return look

    def _after_fall(self) -> Iterator[scrapy.Request]:
        """Yield what waited behind a wall, once that has let a page through."""
        if not self.session.wall.fell:
            return

        waiting, self._behind_wall = self._behind_wall, []
        for known in waiting:
            self.session.tried.add(known.url)
            yield self._request(known)

    def _request(self, known: Known) -> Any:
        """Return the request for an article."""
        return self.spider.request(
            known.address, self.on_page, self.on_page_failure, {"known": known}
        )

    def _tries(self) -> Iterator[scrapy.Request]:
        """Yield a request for one link of each pattern that may be articles'."""
        session = self.session
        if session.options.urls or session.options.since:
            return

        records = session.outlet_notes().records
        has_articles = bool(session.wanted) or len(session.memory) > 0

        for first, *others in session.doubtful.to_try(records, has_articles=has_articles):
            session.tried.add(first.url)
            meta = {"known": first, "like": others}
            yield self.spider.request(
                first.address,
                self.on_try,
                self.on_try_failure,
                meta,
            )

    def on_try(self, response: Response) -> Iterator[scrapy.Request]:
        """Judge the page of a doubtful link; where it is an article, ask for those like it."""
        known: Known = response.meta["known"]
        session = self.session
        session.tally.statuses[response.status] += 1

        try:
            if 300 <= response.status < 400:  # noqa: PLR2004
                yield from self.spider.redirect(response, self.on_try, self.on_try_failure)
                return

            page = self._fetched(known, response)
            if _shown(page) is not Shown.ARTICLE:
                session.record_patterns(others=[known.url])
                return

            session.record_patterns([known.url])
            session.memory.put(known)
            claimed = self.desk.judge(page)
        except FaultError as error:
            session.count_fault(error.fault)
            return

        if claimed is not None:
            yield from self._ask_for(claimed, known)

        yield from self._likewise(response.meta["like"])

    def _likewise(self, others: list[Known]) -> Iterator[scrapy.Request]:
        """Yield requests for links that are built like one that led to an article."""
        for other in others:
            if other.url in self.session.tried or other.url in self.session.memory:
                continue

            self.session.tried.add(other.url)
            self.session.memory.put(other)
            yield self._request(other)

    def on_try_failure(self, failure: Failure) -> None:
        """Count why a doubtful link did not answer; it is no article that anybody announced."""
        self.session.count_fault(self.spider.named(failure).fault)

    def on_page(self, response: Response) -> Iterator[scrapy.Request]:
        """Judge one article's page."""
        known: Known = response.meta["known"]
        self.session.tally.statuses[response.status] += 1

        if known.url in self.desk.moved:
            # Its old address says nothing of it any more.
            return

        try:
            if 300 <= response.status < 400:  # noqa: PLR2004
                to = self._other_address(known, response)
                self.led.note_answer(known, leads_on=to is not None)
                if to is not None and (to in self.session.memory or to in self.session.tried):
                    self.led.note_target(known, to)
                    self.session.record_double(known)
                else:
                    yield from self.spider.redirect(response, self.on_page, self.on_page_failure)

                return

            page = self._fetched(known, response)
            if not page.hops:
                self.led.note_answer(known, leads_on=False)

            self._require_article(page)
            claimed = self.desk.judge(page)
            if claimed is not None:
                yield from self._ask_for(claimed, known)
        except FaultError as error:
            if error.fault is Fault.NO_ARTICLE:
                self.session.refuse(known, error)
            else:
                self._failed(known, error)

        self._count_page()
        yield from self._after_fall()

    def _fetched(self, known: Known, response: Response) -> FetchedPage:
        """Return a page, or raise FaultError naming what came instead of one."""
        body = poll.content(response, self.session.options.max_bytes)
        fault = walls.fault(response, body)
        is_deleted = fault is Fault.GONE and known.last_fetched is not None

        if fault is not None and not is_deleted:
            raise FaultError(fault, f"HTTP {response.status}")

        if fault is None and not body.strip():
            raise FaultError(Fault.EMPTY)

        hops = response.meta["hops"]
        own = walls.canonical_link(body)

        return FetchedPage(
            known=known,
            exchange=self.spider.exchange(response, hops[0] if hops else known.address),
            content=body,
            way=response.meta["way"],
            hops=hops,
            own=_absolute(response.url, own),
        )

    def _other_address(self, known: Known, response: Response) -> str | None:
        """Return the canonical URL to which a new address redirects; None for none but its own.

        Feeds often name an address that counts readers, and the front page the article itself.
        """
        location = response.headers.get(b"Location") or b""
        to = _absolute(response.url, location.decode("utf-8", "replace").strip())

        if known.was_fetched or to is None or response.meta["hops"]:
            return None

        try:
            url = canonical(to)
        except UrlError:
            return None

        return url if url != known.url and self.session.scope.is_ours(url) else None

    def _require_article(self, page: FetchedPage) -> None:
        """Raise FaultError NO_ARTICLE for a list of links at an address that nothing vouches for.

        A feed vouches for an address, and so do articles that were built like it.
        """
        known, session = page.known, self.session
        is_weak = known.door in session.weak_doors and not session.options.since
        is_known = pattern(known.url) in session.learnt_patterns()

        if page.is_recheck or not is_weak or is_known:
            return

        if _shown(page) is Shown.LIST:
            raise FaultError(Fault.NO_ARTICLE, "a list of links")

    def _ask_for(self, url: str, by: Known) -> Iterator[scrapy.Request]:
        """Yield the request for an address that a page has named as its own."""
        if url == self.desk.home:
            meta = {"judged": url}
            yield self.spider.request(
                url,
                self.on_judge,
                self.on_judge_failure,
                meta,
            )

            return

        self.session.tried.add(url)
        yield self._request(self.session.known_as(url, by))

    def on_judge(self, response: Response) -> Iterator[scrapy.Request]:
        """Take the home page, by which pages that became it are told."""
        url = response.meta["judged"]
        self.session.tally.statuses[response.status] += 1

        try:
            if 300 <= response.status < 400:  # noqa: PLR2004
                yield from self.spider.redirect(response, self.on_judge, self.on_judge_failure)
                return

            body = poll.content(response, self.session.options.max_bytes)
            poll.check(response, body)
        except FaultError:
            self.desk.note_failure(url)
            return

        self.desk.note_judge(url, body)
        yield from self._after_fall()

    def on_judge_failure(self, failure: Failure) -> None:
        """Note that nothing can be told by the home page."""
        self.desk.note_failure(failure.request.meta["judged"])  # type: ignore[attr-defined]

    def on_page_failure(self, failure: Failure) -> None:
        """Note why an article could not be fetched."""
        known = failure.request.meta["known"]  # type: ignore[attr-defined]
        self._failed(known, self.spider.named(failure))
        self._count_page()

    def _failed(self, known: Known, error: FaultError) -> None:
        """Count a page that could not be fetched; claims on it cannot be proved."""
        self.session.failed(known, error)
        self.desk.note_failure(known.url)

    def _count_page(self) -> None:
        """Count a page, and tell a person who watches now and then."""
        self._asked += 1
        if self._asked % _SAY_EVERY == 0:
            tally = self.session.tally
            faults = sum(tally.faults.values())
            self.spider.say(f"{self._asked} pages asked, {tally.pages} kept, {faults} faults")


def _shown(page: FetchedPage) -> Shown:
    """Return what a page shows itself to be."""
    kind = ""
    for name, value in page.exchange.headers:
        if name.lower() == "content-type":
            kind = value
            break

    root = listing.tree(page.content, kind)

    if root is None:
        return Shown.UNSURE

    signs = page_signs.signs(root)

    return page_signs.judge(signs)


def _ends(line: list[Known]) -> tuple[list[Known], list[Known]]:
    """Return the first and the last of a line, and what lies between."""
    first = line[:1]
    others = line[1:]
    last = others[-1:]
    between = others[:-1]

    return [*first, *last], between


def _absolute(base: str, link: str | None) -> str | None:
    """Return an address that a page names, absolute; None for none, or for what is no address."""
    try:
        return urljoin(base, link) if link else None
    except ValueError:
        return None
