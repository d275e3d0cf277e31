"""What a fetched page is, before it is kept: an article, another name of one, or none at all.

`rel=canonical` is a hint about the page it stands on. On some sites every page names the home page,
every translation the original: what lies at the other address is told only by its own fetch. Until
then the page is held; then it is either the same article, and its address is remembered as another
name of it, or an article of its own.

Where an article's text has gone and a few other words stand in its place, they are no edit of it:
the page is a deletion by its sign, or a wall, and the article is looked at again.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from crawlers import deletion_signs, moves, page_text, shared_texts
from crawlers.faults import Fault, FaultError
from crawlers.fetched_page import FetchedPage
from crawlers.former_articles import former_article
from crawlers.lost_texts import LostTexts
from crawlers.session import GONE, Session
from crawlers.shared_texts import SharedTexts
from crawlers.warc import records
from news.crawl import Known
from news.outlet import DoorKind
from news.urls import UrlError, canonical, target

_HELD_AT_MOST = 32 << 20  # bytes of pages held at once; what goes beyond is kept as it is
_SKETCHED = 2000  # pages of a crawl, for claims that come later


class PageDesk:
    """Judges the pages of one crawl. Every page it takes is kept, named as none, or an alias."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._sketches: dict[str, page_text.Sketch] = {}  # of what has been fetched, by URL
        self._closed: set[str] = set()  # addresses that did not answer with a page
        self._claims: defaultdict[str, list[FetchedPage]] = defaultdict(list)
        self._held = 0
        self._shared = SharedTexts(session)
        self._last = moves.LastArticles(dict(session.outlet_notes().traces))
        self._lost = LostTexts(session, self._last)
        self.moved: set[str] = set()  # articles that were found at a new address in this crawl
        self.home = canonical(session.outlet.home)
        self._lists = _lists_of(session)

    # What comes in

    def judge(self, page: FetchedPage) -> str | None:
        """Keep a page, hold it, or raise FaultError naming what it is instead.

        Return the address to fetch next for the sake of a claim, None when there is none.
        """
        known = page.known
        if page.exchange.status in GONE or self.session.options.urls:
            # A page that a person asks for is shown as it is.
            self._store(page)
            return None

        sign = deletion_signs.of_redirects(page, self._lists)

        if sign:
            self._delete(page, sign)
            return None

        if page.is_recheck and records.digest(page.content) == known.digest:
            self._note(known.url, page.content)
            self._store(page)

            return None

        sketch = self._note(known.url, page.content)

        has_lost_it = page.is_recheck and self._last.has_lost_its_text(known.url, sketch)
        sign = self._sign_of_loss(page) if has_lost_it else ""

        if sign:
            self._delete(page, sign)
            return None

        keeps_title = has_lost_it and self._last.keeps_title(known.url, sketch)

        if keeps_title and self._lost.is_emptied(page, sketch):
            self._delete(page, "its title stands, and its text has gone")
            return None

        may_be_home = has_lost_it and not keeps_title
        wanted = self._to_compare(page, sketch, may_be_home=may_be_home)

        if wanted is not None and self._hold(wanted, page):
            return self._to_fetch(wanted)

        addresses = self._shared.addresses_of(sketch, known.url)

        if len(addresses) >= shared_texts.MANY and sketch.is_short:
            self._shared.name_wall(sketch, len(addresses))
        elif len(addresses) > 1 and not sketch.is_short and not page.is_recheck:
            # So much text, letter by letter: the same article once more.
            self.session.record_double(known)
            return None

        self._lost.require_text(page, sketch)
        self._keep_article(page, sketch)

        return None

    def _sign_of_loss(self, page: FetchedPage) -> str:
        """Return by what a page that has lost its article's text says that this is gone."""
        said = deletion_signs.of_words(page)
        is_elsewhere = bool(page.hops) and self._lost.is_list(page)

        return f"redirected to a list, {page.exchange.url}" if is_elsewhere and not said else said

    def _to_compare(
        self,
        page: FetchedPage,
        sketch: page_text.Sketch,
        *,
        may_be_home: bool,
    ) -> str | None:
        """Return the canonical URL of the page with which this one is to be compared."""
        claimed = self._claimed(page)
        if claimed is not None or not may_be_home:
            return claimed

        # The home page may stand in the article's place.
        is_like_it = not sketch.is_short or self._lost.is_list(page)

        return self.home if is_like_it else None

    def _keep_article(self, page: FetchedPage, sketch: page_text.Sketch) -> None:
        """Keep a page as a new article, or as the next version of a known one."""
        known = page.known
        self._shared.note_short(sketch, page)
        runs = moves.trace(sketch)
        former = None if page.is_recheck else former_article(self._last, self.session, known, runs)

        if former is not None:
            self._continue(former, page)
        else:
            self._store(page)

        self._last.remember(known.url if former is None else former.url, runs)

    def note_judge(self, url: str, content: bytes) -> None:
        """Take the page of an address that is asked only to judge claims on it."""
        self._note(url, content)

    def note_failure(self, url: str) -> None:
        """Note that an address did not answer with a page: claims on it cannot be proved."""
        self._closed.add(url)
        for page in self._release(url):
            self._store(page)

    def close(self) -> None:
        """Keep what is still held: nobody else has its text, or nothing proved its claim."""
        for url in list(self._claims):
            for page in self._release(url):
                self._store(page)

        notes = self.session.outlet_notes()
        fresh = replace(
            notes,
            texts=self._shared.close(),
            traces=self._last.traces,
            wall=self.session.wall.after(self.session.now()),
        )

        if fresh != notes:
            self.session.put_outlet_notes(fresh)

    # What pages say of themselves

    def _claimed(self, page: FetchedPage) -> str | None:
        """Return the canonical URL of another page that this one claims to be."""
        if page.own is None:
            return None

        try:
            url = canonical(page.own)
            path = target(url)
        except UrlError:
            return None

        if url in {page.known.url, canonical(page.exchange.url)}:
            return None

        if path == "/":
            # On many sites it stands so on every page: only where an article has become it.
            return self.home if page.is_recheck else None

        return url if self.session.scope.is_ours(url) else None

    def _hold(self, url: str, page: FetchedPage) -> bool:
        """Hold a page until the address it names has answered; False when it is judged at once."""
        front_page = self.session.front_page
        if url == self.home and front_page is not None:
            # A door has just shown it.
            self._sketches.setdefault(url, front_page)

        if url in self._sketches:
            self._judge(url, page)
            return True

        is_full = self._held + len(page.content) > _HELD_AT_MOST

        if url in self._closed or is_full:
            return False

        self._held += len(page.content)
        self._claims[url].append(page)

        return True

    def _to_fetch(self, url: str) -> str | None:
        """Return the address of a claim if it has to be asked for."""
        is_waiting = url in self.session.tried
        if url in self._sketches or url in self._closed or is_waiting:
            return None

        return url

    def _note(self, url: str, content: bytes) -> page_text.Sketch:
        """Remember what was found at an address, and judge the claims on it."""
        sketch = page_text.sketch(content)
        self._sketches[url] = sketch

        if len(self._sketches) > _SKETCHED:
            del self._sketches[next(iter(self._sketches))]

        for page in self._release(url):
            self._judge(url, page)

        return sketch

    def _judge(self, url: str, page: FetchedPage) -> None:
        """Tell what a page is whose claimed address has answered."""
        sketch = self._sketches.get(page.known.url) or page_text.sketch(page.content)
        is_same = page_text.is_same(sketch, self._sketches[url])

        if url != self.home:
            self.session.record_proof(page.known.url, url, is_same=is_same)

        if not is_same:
            self._keep_or_leave(page, sketch)
        elif url == self.home:
            self._delete(page, "it shows the home page")
        else:
            self.session.record_double(page.known)

    def _keep_or_leave(self, page: FetchedPage, sketch: page_text.Sketch) -> None:
        """Keep a page that is not what it claimed to be; count it where a wall's words may be."""
        try:
            self._lost.require_text(page, sketch)
        except FaultError as error:
            self.session.failed(page.known, error)
            return

        if page.is_recheck:
            self._keep_article(page, sketch)
        else:
            self._store(page)

    def _release(self, url: str) -> Iterator[FetchedPage]:
        """Yield the pages that were held for an address, and hold them no longer."""
        for page in self._claims.pop(url, []):
            self._held -= len(page.content)
            yield page

    # Articles that have changed their address

    def _continue(self, former: Known, page: FetchedPage) -> None:
        """Keep a page as the next version of an article that was known under another address."""
        self.moved.add(former.url)
        self.session.keep(
            replace(former, address=page.exchange.url),
            replace(page.exchange, known_as=former.url),
            page.content,
            page.way,
        )
        self.session.record_move(page.known)

    # What becomes of a page

    def _store(self, page: FetchedPage) -> None:
        """Keep a page, and the addresses on the way to it as other names of its article."""
        page = self._under_its_name(page)
        self.session.keep(
            page.known,
            page.exchange,
            page.content,
            page.way,
        )

        if page.exchange.status not in GONE:
            for other in page.hops[1:]:
                self.session.record_alias(page.known, other)

            if page.hops:
                self.session.record_alias(page.known, page.exchange.url)

    def _under_its_name(self, page: FetchedPage) -> FetchedPage:
        """Return a page of a known article that has moved under the name it is known by."""
        known = page.known
        is_there = page.exchange.status not in GONE
        if not page.is_recheck or not is_there:
            return page

        url = canonical(page.exchange.url)
        leads_elsewhere = bool(page.hops) and url != known.url and url not in self.session.memory

        if leads_elsewhere:
            known = replace(known, address=page.exchange.url)

        if not moves.has_moved(known.url, known.address):
            return page

        exchange = replace(page.exchange, known_as=known.url)

        return replace(page, known=known, exchange=exchange)

    def _delete(self, page: FetchedPage, sign: str) -> None:
        """Keep a page as the proof that its article is gone; one never seen is none at all."""
        if not page.is_recheck:
            raise FaultError(Fault.SOFT_GONE, sign)

        self.session.keep(
            page.known,
            replace(page.exchange, gone=sign),
            page.content,
            page.way,
        )


def _lists_of(session: Session) -> set[str]:
    """Return the canonical URLs of an outlet's lists beside its home page, doors or not."""
    outlet = session.outlet
    lists = set(map(canonical, session.outlet_notes().looks.sections))
    for door in outlet.doors:
        if door.kind is DoorKind.LISTING:
            lists.add(canonical(door.url))

    lists.discard(canonical(outlet.home))

    return lists
