"""What an outlet answers: the routes of one site, with its habits. Pure: a request and an instant give a response."""

import hashlib
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from html import escape
from random import Random

from press import doors, templates
from press.http import TEXT, Request, Response
from press.lexicon import lexicon
from press.links import Links
from press.picture import picture
from press.site import Site
from press.templates.context import article_context, listing_context
from press.templates.shown import House, Shown
from press.world import Piece, World

_DAY = timedelta(days=1)
_CARDS = 7  # of which so many as cards with their texts
_BESIDE = (26, 47)  # other articles on an article's page: of most themes, of the wire's


class Desk:
    """One outlet's answers. Keeps only caches: everything follows from the world and the instant."""

    def __init__(self, world: World, site: Site, port: int) -> None:
        self.world, self.site, self.port = world, site, port
        self.links = Links(world, site, port)
        self.counter = 0
        self._pages: dict[tuple[int, int, int], bytes] = {}
        self._routes: tuple[tuple[str, Callable[[Request, datetime], Response | None]], ...] = (
            ("/robots.txt", self._robots),
            ("/img/", self._image),
            ("/section/", self._listing),
            ("/about", self._static),
            ("/contacts", self._static),
        )

    def answer(self, request: Request, now: datetime) -> Response:
        """Return the outlet's answer at an instant."""
        self.counter += 1
        refused = self._refuse(request, now)
        if refused is not None:
            return refused
        for prefix, route in self._routes:
            if request.path.startswith(prefix) and (made := route(request, now)) is not None:
                return made
        door = doors.answer(self, request, now)
        if door is not None:
            return self._conditional(request, door)
        if request.path == "/":
            return self._conditional(request, self._listing(request, now))
        return self._conditional(request, self._article(request, now))

    # ---- habits

    def _refuse(self, request: Request, now: datetime) -> Response | None:
        habits, day = self.site.behaviour, (now - self.world.start) / _DAY
        if habits.moves and request.host.removesuffix(".localhost") != self.links.name(now):
            if day < habits.moves[0]:
                return Response(status=404, body=b"unknown host", kind=TEXT)
            return Response(
                status=301, headers=(("Location", self.links.root(now) + request.target),)
            )
        if habits.blocks and habits.blocks[0] <= day < habits.blocks[1]:
            return Response(
                status=403, body=b"<html><title>403</title><h1>Forbidden</h1></html>", door=True
            )
        if habits.limits and habits.limits[0] <= day < habits.limits[1] and self.counter % 3 == 0:
            return Response(
                status=429,
                body=b"slow down",
                kind=TEXT,
                headers=(("Retry-After", "120"),),
                door=True,
            )
        return None

    def _conditional(self, request: Request, response: Response) -> Response:
        habits = self.site.behaviour
        if response.status != 200 or not habits.validators:  # noqa: PLR2004
            return response
        tag = f'"{hashlib.blake2s(response.body, digest_size=9).hexdigest()}"'
        lies = habits.lies_304 and response.door and request.conditional
        if lies or request.headers.get("if-none-match") == tag:
            return Response(
                status=304,
                kind="",
                headers=(("ETag", request.headers.get("if-none-match", tag)),),
                door=response.door,
            )
        return response.having(("ETag", tag))

    # ---- pages

    def house(self, now: datetime, host: str = "") -> House:
        """Return the outlet as templates see it."""
        feed = doors.announced(self.site, self.links.root(now))
        return House(
            title=self.site.title,
            base=f"http://{host}:{self.port}" if host else self.links.root(now),
            languages=self.site.languages,
            charset=self.site.charset,
            noise=self.site.behaviour.meta_noise,
            dates=self.site.behaviour.dates,
            feed=feed,
        )

    def shown(self, piece: Piece, now: datetime, *, printed: str | None = None) -> Shown:
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
        return self.page(self._article_html(piece, now, amp=amp))

    def _article_html(self, piece: Piece, now: datetime, *, amp: bool) -> bytes:
        done = sum(1 for revision in piece.revisions if revision.at <= now)
        key = (piece.number, done, int(amp))
        if key not in self._pages:
            if len(self._pages) > 3000:  # noqa: PLR2004
                self._pages.clear()
            self._pages[key] = self._lay_out(piece, now, amp=amp)
        return self._pages[key]

    def _lay_out(self, piece: Piece, now: datetime, *, amp: bool) -> bytes:
        """Lay an article out among what stood beside it when it last changed, so that a page is one text until the next change."""
        then = piece.modified(now)
        beside = [
            other
            for other in self.world.latest(self.site.name, then, 60)
            if other.number != piece.number
        ]
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
            templates.finish(page, "center" if amp else self.site.theme, piece.language, None)
        )

    def _listing(self, request: Request, now: datetime) -> Response:
        query, per_page = request.query, self.site.behaviour.per_page
        number = max(int(query["page"]), 1) if query.get("page", "").isdigit() else 1
        pieces = self._listed(request, now, skip=per_page * (number - 1), count=per_page + 1)
        if not pieces and number > 1:
            return self._missing(404, now)
        language = query.get("lang", self.site.languages[0])
        cards = [
            self.shown(piece, now, printed=self.links.printed(piece, now, "listing"))
            for piece in pieces[:per_page]
        ]
        heading = lexicon(
            language if language in self.site.languages else self.site.languages[0]
        ).labels["latest"]
        page = listing_context(heading, self.site.languages[0], self.house(now), now, cards)
        more = len(pieces) > per_page and "listing" in self.site.doors
        page |= {
            "next": f"{request.path}?page={number + 1}" if more else "",
            "previous": f"{request.path}?page={number - 1}" if number > 1 else "",
        }
        return self.page(
            self.encode(templates.listing(page, self.site.theme, self.site.languages[0])), door=True
        )

    def _listed(self, request: Request, now: datetime, *, skip: int, count: int) -> list[Piece]:
        language, name = (
            request.query.get("lang"),
            request.path.removeprefix("/section/").strip("/"),
        )
        if not language and not request.path.startswith("/section/"):
            return self.world.latest(self.site.name, now, count, skip=skip)
        from press.address import SECTIONS

        section = SECTIONS.index(name) if name in SECTIONS else None
        found = [
            piece
            for piece in self.world.latest(self.site.name, now, 400)
            if language in {None, piece.language} and section in {None, piece.section}
        ]
        return found[skip : skip + count]

    def _static(self, request: Request, now: datetime) -> Response:
        labels = lexicon(self.site.languages[0]).labels
        page = listing_context(
            labels["about"] if "about" in request.path else labels["contacts"],
            self.site.languages[0],
            self.house(now),
            now,
            (),
        )
        return self.page(
            self.encode(templates.listing(page, self.site.theme, self.site.languages[0]))
        )

    def _missing(self, status: int, now: datetime) -> Response:
        labels = lexicon(self.site.languages[0]).labels
        page = listing_context(
            labels["gone" if status == 410 else "notfound"],  # noqa: PLR2004
            self.site.languages[0],
            self.house(now),
            now,
            (),
        )
        return Response(
            status=status,
            body=self.encode(templates.listing(page, self.site.theme, self.site.languages[0])),
            kind=self.kind,
            door=False,
        )

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

    def _robots(self, _request: Request, now: datetime) -> Response:
        habits = self.site.behaviour
        lines = ["User-agent: *", *(f"Disallow: {path}" for path in (*habits.disallow, "/_press/"))]
        if habits.crawl_delay:
            lines.append(f"Crawl-delay: {habits.crawl_delay:g}")
        maps = [door for door in self.site.doors if "sitemap" in door]
        lines += [f"Sitemap: {self.links.root(now)}{doors.PATHS[door]}" for door in maps]
        return Response(body="\n".join(lines).encode() + b"\n", kind=TEXT)

    def _image(self, request: Request, _now: datetime) -> Response:
        return Response(
            body=picture(request.path),
            kind="image/svg+xml",
            headers=(("Cache-Control", "max-age=86400"),),
        )


def index(sites: Sequence[Site], port: int, now: datetime) -> Response:
    """Return the start page that leads to all outlets."""
    rows = "".join(
        f'<li><a href="http://{site.name}.localhost:{port}/">{escape(site.title)}</a> <small>{site.region}, {", ".join(site.languages)};'
        f" {', '.join(site.doors)}</small></li>"
        for site in sites
    )
    style = "body{font:18px/1.8 Georgia,serif;max-width:760px;margin:40px auto;color:#222}small{color:#777;font:13px sans-serif}"
    html = f"<!DOCTYPE html><meta charset=utf-8><title>Press</title><style>{style}</style><h1>The sample press</h1><p>{now:%d %B %Y %H:%M} UTC</p><ul>{rows}</ul>"
    return Response(body=html.encode())
