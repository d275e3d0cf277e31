"""What a drawn outlet answers: the routes of one site. Pure: a request and an instant."""

from datetime import datetime, timedelta

from press.drawn import feeds, maps, scripted, strangers, telegram
from press.drawn.lists import page_path
from press.drawn.pages import Pages
from press.drawn.shape import Form, Gone, Place
from press.drawn.story import Story
from press.drawn.words import words
from press.drawn.world import HOP, Outlet
from press.http import TEXT, Request, Response
from press.lexicon import lexicon

# Places whose answer hangs on more of a request than its path.
_ASKED = {
    Form.SITEMAP: maps.sitemap,
    Form.AJAX: scripted.ajax,
    Form.JSON: scripted.paged_json,
    Form.TELEGRAM: telegram.preview,
}
_FEEDS = frozenset({Form.RSS, Form.RDF, Form.ATOM, Form.ATOM03})


class DrawnDesk:
    """One outlet's answers."""

    def __init__(self, outlet: Outlet, port: int) -> None:
        self.outlet = outlet
        self.shape = outlet.shape
        self.pages = Pages(
            outlet,
            f"http://{outlet.shape.name}.localhost:{port}",
        )
        self.counter = 0

    def answer(self, request: Request, now: datetime) -> Response:
        """Return the outlet's answer at an instant."""
        self.counter += 1
        if request.path == "/robots.txt":
            return self._robots()
        for place in self.shape.places:
            number = self._page_asked(place, request)
            if number:
                return self._place(
                    place,
                    number,
                    request,
                    now,
                )
        story = self.outlet.find(request.target)
        if story is not None and story.published <= now:
            return self._story(
                story,
                request,
                now,
            )
        return self._other(request, now)

    def _html(self, text: str, status: int = 200) -> Response:
        charset = self.shape.charset
        return Response(
            status=status,
            body=text.encode(charset, "xmlcharrefreplace"),
            kind=f"text/html; charset={charset}",
            door=False,
        )

    def _robots(self) -> Response:
        lines = ["User-agent: *", "Disallow: /admin/"]
        for place in self.shape.places:
            if place.form in {Form.SITEMAP, Form.TEXTMAP}:
                lines.append(f"Sitemap: {self.pages.root}{place.path}")
        return Response(
            body=("\n".join(lines) + "\n").encode(),
            kind=TEXT,
        )

    # ---- places

    def _page_asked(self, place: Place, request: Request) -> int:
        """Return which page of a place a request asks for, 0 when it is another's."""
        if place.form in {Form.AJAX, Form.JSON}:
            path, _, query = place.path.partition("?")
            asked = request.path == path and set(_names(query)) <= set(request.query)
            return int(asked)
        if place.form is Form.SITEMAP:
            return int(request.path in {place.path, maps.child_path(place)})
        if place.form is Form.TELEGRAM:
            return int(request.path == place.path)
        path = self.path_of(place)
        if request.target in {path, self._other_home(place)}:
            return 1
        if place.form is Form.LISTING:
            for number in range(
                2,
                place.limit // place.page_size + 2,
            ):
                if request.target == page_path(
                    self.shape.paging,
                    place,
                    number,
                ):
                    return number
        return 0

    def _other_home(self, place: Place) -> str:
        """Return the second address of a home page that has one."""
        return self.shape.extra.get("home", "") if place.form is Form.HOME else ""

    def path_of(self, place: Place) -> str:
        """Return a place's address; the home pages of editions stand in folders of their own."""
        if place.form is Form.HOME and place.language not in {None, self.shape.languages[0]}:
            return f"/{place.language}/"
        return place.path

    def _place(self, place: Place, number: int, request: Request, now: datetime) -> Response:
        if not self.outlet.is_open(place, now):
            return self._closed(place, now)
        shown = self.outlet.shown(place, now)
        if place.form in _FEEDS:
            return feeds.feed(self.pages, place, shown, now)
        if place.form is Form.TEXTMAP:
            return maps.textmap(self.pages, shown, now)
        asked = _ASKED.get(place.form)
        if asked is not None:
            return asked(self.pages, place, shown, request, now)
        return self._html(self.pages.lists(place, shown, now, number))

    def _closed(self, place: Place, now: datetime) -> Response:
        """Return what stands where a place is not yet, or not any more."""
        day = (now - self.outlet.start) / timedelta(days=1)
        if place.until is None or day < place.until:
            return self._missing(now, 404)
        match self.shape.extra.get("dead"):
            case "home":
                return self._to("/")
            case "html":
                return self._html(self._home(now))
            case "500":
                return self._html("<h1>500</h1>", 500)
        return self._missing(now, 404)

    def _home(self, now: datetime) -> str:
        place = next(one for one in self.shape.places if one.form is Form.HOME)
        return self.pages.lists(
            place,
            self.outlet.shown(
                place,
                now,
            ),
            now,
            1,
        )

    # ---- articles

    def _story(self, story: Story, request: Request, now: datetime) -> Response:
        if self._behind_wall(now):
            held = words(self.shape.languages[0])
            return self._html(
                self.pages.notice(
                    held.wall_title,
                    held.wall,
                    now,
                )
            )
        if story.deleted is not None and story.deleted <= now:
            return self._gone(story, now)
        if self.shape.address == "channel":
            return telegram.post_page(
                self.pages,
                story,
                now,
            )
        if request.path == HOP:
            return self._to(story.path_at(now))
        if self.outlet.is_old_address(
            story,
            request.target,
            now,
        ):
            return self._left(
                story,
                request,
                now,
            )
        return self._html(
            self.pages.article(
                story,
                now,
            )
        )

    def _behind_wall(self, now: datetime) -> bool:
        if self.shape.wall is None:
            return False
        begin, end = self.shape.wall
        return begin <= (now - self.outlet.start) / timedelta(days=1) < end

    def _left(self, story: Story, request: Request, now: datetime) -> Response:
        """Return what an article's other address answers: one that it has left, or comes to."""
        targets = [self.outlet.path_key(path) for path in story.paths]
        asked = targets.index(self.outlet.path_key(request.target))
        current = targets.index(self.outlet.path_key(story.path_at(now)))
        if asked > current or self.shape.moves == "gone":
            return self._missing(now, 404)
        if self.shape.moves == "redirect":
            return self._to(
                story.path_at(now),
                301,
            )
        return self._html(
            self.pages.article(
                story,
                now,
            )
        )

    def _gone(self, story: Story, now: datetime) -> Response:
        held = words(story.language)
        match story.gone:
            case Gone.HOME:
                return self._html(self._home(now))
            case Gone.TO_HOME:
                return self._to("/")
            case Gone.TO_SECTION:
                section = [one for one in self.shape.places if one.section == story.section]
                return self._to(section[0].path if section else "/")
            case Gone.SOFT:
                return self._missing(now, 200)
            case Gone.REMOVED:
                return self._html(
                    self.pages.notice(
                        story.title,
                        held.removed,
                        now,
                    )
                )
            case Gone.GONE:
                return self._missing(now, 410)
        return self._missing(now, 404)

    def _to(self, path: str, status: int = 302) -> Response:
        return Response(
            status=status,
            headers=(("Location", self.pages.root + path),),
        )

    def _missing(self, now: datetime, status: int) -> Response:
        language = self.shape.languages[0]
        title = lexicon(language).labels["notfound"]
        return self._html(
            self.pages.notice(
                title,
                words(language).missing,
                now,
            ),
            status,
        )

    # ---- the rest

    def _other(self, request: Request, now: datetime) -> Response:
        if request.path.startswith("/img/"):
            return Response(status=404, kind=TEXT)
        for page in strangers.pages(
            self.shape,
            now,
        ):
            if request.target == page.path:
                return self._html(
                    self.pages.stranger(
                        page,
                        now,
                    )
                )
        of_tags = request.path.startswith("/tag/") and self.shape.extra.get("tags")
        of_authors = request.path.startswith("/author/") and self.shape.extra.get("authors")
        if of_tags or of_authors:
            return self._html(self._home(now))
        return self._missing(now, 404)


def _names(query: str) -> list[str]:
    return [part.partition("=")[0] for part in query.split("&")]
