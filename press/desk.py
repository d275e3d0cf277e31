"""What an outlet answers: the routes of one site, with its habits.

Pure: a request and an instant give a response.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from http import HTTPStatus
from random import Random
from typing import Any

from press import doors, furniture, habits, templates
from press.address import SECTIONS
from press.http import Request, Response
from press.lexicon import lexicon
from press.links import Links
from press.piece import Piece
from press.site import Site
from press.templates.context import article_context, listing_context
from press.templates.shown import House, Shown
from press.world import World

_CARDS = 7  # of which so many as cards with their texts
_BESIDE = (26, 47)  # other articles on an article's page: of most themes, of the wire's


class Desk:
    """One outlet's answers.

    Keeps only caches: everything follows from the world and the instant.
    """

    def __init__(self, world: World, site: Site, port: int) -> None:
        self.world = world
        self.site = site
        self.port = port
        self.links = Links(world, site, port)
        self.counter = 0
        self._pages: dict[tuple[int, int, int], bytes] = {}
        self._routes: tuple[tuple[str, Callable[[Request, datetime], Response | None]], ...] = (
            ("/robots.txt", lambda _, now: furniture.robots(site, self.links.root(now))),
            ("/img/", lambda request, _: furniture.image(request.path)),
            ("/section/", self._listing),
            ("/about", self._static),
            ("/contacts", self._static),
        )

    def answer(self, request: Request, now: datetime) -> Response:
        """Return the outlet's answer at an instant."""
        self.counter += 1

        refused = habits.refuse(self, request, now)
        if refused is not None:
            return refused

        routed = self._routed(request, now)
        if routed is not None:
            return routed

        door = doors.answer(self, request, now)
        if door is not None:
            return habits.conditional(self.site, request, door)

        if request.path == "/":
            return habits.conditional(
                self.site,
                request,
                self._listing(request, now),
            )

        return habits.conditional(
            self.site,
            request,
            self._article(request, now),
        )

    def _routed(self, request: Request, now: datetime) -> Response | None:
        """Return the answer of the first route that has one for a path."""
        for prefix, route in self._routes:
            if request.path.startswith(prefix):
                answer = route(request, now)
                if answer is not None:
                    return answer
        return None

    def house(self, now: datetime, host: str = "") -> House:
        """Return the outlet as templates see it."""
        feed = doors.announced(
            self.site,
            self.links.root(now),
        )
        return House(
            title=self.site.title,
            base=f"http://{host}:{self.port}" if host else self.links.root(now),
            languages=self.site.languages,
            charset=self.site.charset,
            noise=self.site.behaviour.meta_noise,
            dates=self.site.behaviour.dates,
            feed=feed,
        )

    def shown(
        self,
        piece: Piece,
        now: datetime,
        *,
        printed: str | None = None,
    ) -> Shown:
        """Return an article as it stands at an instant, for a template."""
        draft = self.world.draft(piece, now)
        modified = piece.modified(now)

        return Shown(
            url=printed or self.links.canonical(piece, now),
            number=piece.number,
            title=draft.title,
            standfirst=draft.standfirst,
            byline=piece.byline,
            published=piece.published,
            modified=modified if modified != piece.published else None,
            section=piece.section,
            language=piece.language,
            blocks=draft.blocks,
        )

    def _headline(self, piece: Piece, then: datetime) -> Shown:
        """Return an article for a ticker, without its text unless that was edited."""
        if piece.modified(then) != piece.published:
            return self.shown(piece, then)

        return Shown(
            url=self.links.canonical(piece, then),
            number=piece.number,
            title=piece.title,
            standfirst="",
            byline=piece.byline,
            published=piece.published,
            modified=None,
            section=piece.section,
            language=piece.language,
            blocks=(),
        )

    def _article(self, request: Request, now: datetime) -> Response:
        piece, amp = self.links.resolve(request, now)
        if piece is None:
            return self._missing(404, now)
        if not piece.visible(now):
            return self._missing(self.site.behaviour.delete_status, now)

        return self.page(
            self._article_html(
                piece,
                now,
                amp=amp,
            )
        )

    def _article_html(self, piece: Piece, now: datetime, *, amp: bool) -> bytes:
        done = sum(1 for revision in piece.revisions if revision.at <= now)
        key = (piece.number, done, int(amp))
        if key not in self._pages:
            if len(self._pages) > 3000:  # noqa: PLR2004
                self._pages.clear()

            self._pages[key] = self._lay_out(
                piece,
                now,
                amp=amp,
            )

        return self._pages[key]

    def _lay_out(self, piece: Piece, now: datetime, *, amp: bool) -> bytes:
        """Lay an article out among what stood beside it when it last changed.

        So that a page is one text until the next change.
        """
        then = piece.modified(now)
        latest = self.world.latest(
            self.site.name,
            then,
            60,
        )

        beside = [other for other in latest if other.number != piece.number]
        alike = [other for other in beside if other.language == piece.language]
        Random(piece.number).shuffle(alike)  # noqa: S311 - reproducible, not cryptographic

        if self.site.theme == "wire":  # its long ticker runs through all editions
            alike += [other for other in beside if other not in alike]

        whole = [self.shown(other, then) for other in alike[:_CARDS]]
        headlines = [
            self._headline(other, then)
            for other in alike[_CARDS : _BESIDE[self.site.theme == "wire"]]
        ]
        page = article_context(
            self.shown(piece, now), [*whole, *headlines], self.house(now), self.site.theme
        )

        page["twin"] = amp
        if self.site.behaviour.amp and not amp:
            page["amp"] = self.links.amp(piece, now)

        return self.encode(
            templates.finish(
                page,
                "center" if amp else self.site.theme,
                piece.language,
                None,
            )
        )

    def _listing(self, request: Request, now: datetime) -> Response:
        """Return a page of the newest articles, of one language or section if asked."""
        per_page = self.site.behaviour.per_page
        number = request.page_number

        pieces = self._listed(
            request,
            now,
            skip=per_page * (number - 1),
            count=per_page + 1,
        )
        if not pieces and number > 1:
            return self._missing(404, now)

        page = self._listing_page(request, now, pieces[:per_page])
        page["next"] = ""

        page["previous"] = ""
        if len(pieces) > per_page and "listing" in self.site.doors:
            page["next"] = f"{request.path}?page={number + 1}"
        if number > 1:
            page["previous"] = f"{request.path}?page={number - 1}"

        return self.page(self._listing_html(page), door=True)

    def _listing_page(
        self,
        request: Request,
        now: datetime,
        pieces: Sequence[Piece],
    ) -> dict[str, Any]:
        """Return what a listing's template shows."""
        cards = []
        for piece in pieces:
            printed = self.links.printed(piece, now, "listing")
            cards.append(self.shown(piece, now, printed=printed))

        own_language = self.site.languages[0]

        language = request.query.get("lang", own_language)
        if language not in self.site.languages:
            language = own_language

        heading = lexicon(language).labels["latest"]

        return listing_context(heading, own_language, self.house(now), now, cards)

    def _listing_html(self, page: dict[str, Any]) -> bytes:
        html = templates.listing(
            page,
            self.site.theme,
            self.site.languages[0],
        )

        return self.encode(html)

    def _listed(
        self,
        request: Request,
        now: datetime,
        *,
        skip: int,
        count: int,
    ) -> list[Piece]:
        language = request.query.get("lang")
        name = request.path.removeprefix("/section/").strip("/")
        if not language and not request.path.startswith("/section/"):
            return self.world.latest(
                self.site.name,
                now,
                count,
                skip=skip,
            )

        section = None
        if name in SECTIONS:
            section = SECTIONS.index(name)

        latest = self.world.latest(
            self.site.name,
            now,
            400,
        )

        fitting = [
            piece
            for piece in latest
            if language in {None, piece.language} and section in {None, piece.section}
        ]

        return fitting[skip : skip + count]

    def _static(self, request: Request, now: datetime) -> Response:
        """Return the page about the outlet, or that of its contacts."""
        label = "about" if "about" in request.path else "contacts"
        return self.page(self._plain_page(label, now))

    def _missing(self, status: int, now: datetime) -> Response:
        """Return a page that says that there is nothing here (404) or nothing any more (410)."""
        label = "gone" if status == HTTPStatus.GONE else "notfound"
        return Response(
            status=status,
            body=self._plain_page(label, now),
            kind=self.kind,
            door=False,
        )

    def _plain_page(self, label: str, now: datetime) -> bytes:
        """Return a page of the outlet with a heading and no articles."""
        language = self.site.languages[0]
        heading = lexicon(language).labels[label]
        page = listing_context(
            heading,
            language,
            self.house(now),
            now,
            (),
        )

        return self._listing_html(page)

    @property
    def kind(self) -> str:
        """The media type of pages, with the outlet's charset."""
        return f"text/html; charset={self.site.charset}"

    def page(self, body: bytes, *, door: bool = False) -> Response:
        """Return an HTML page."""
        return Response(body=body, kind=self.kind, door=door)

    def encode(self, text: str) -> bytes:
        """Return text in the outlet's charset; what it lacks becomes a character reference."""
        return text.encode(self.site.charset, "xmlcharrefreplace")
