"""What stands around every page of a drawn outlet: menu, most read, footer; and its links."""

from datetime import datetime
from html import escape
from random import Random
from zoneinfo import ZoneInfo

from press.drawn import strangers
from press.drawn.look import Look, link
from press.drawn.shape import Form
from press.drawn.story import Story
from press.drawn.words import words
from press.drawn.world import HOP, MOBILE, Outlet

_SCRIPTS = (
    "<script>window.dataLayer=window.dataLayer||[];function gtag(){dataLayer.push(arguments)}"
    "gtag('js',new Date());</script>"
)


class Frame:
    """Draws what all pages of an outlet have around them, and its links."""

    def __init__(self, outlet: Outlet, root: str) -> None:
        self.outlet = outlet
        self.shape = outlet.shape
        self.look = Look(outlet.shape)
        self.root = root

    # ---- links

    def href(self, story: Story, at: datetime, mark: str = "", *, whole: bool = False) -> str:
        """Return an article's address as a place writes it; `mark` names the place."""
        path = self._marked(story.path_at(at), story, mark)
        return self.root + path if whole or self.look.absolute else path

    def _marked(self, path: str, story: Story, mark: str) -> str:
        """Return an address as the outlet writes it in one of its places."""
        joint = "&" if "?" in path else "?"
        match self.shape.parameters, mark:
            case "tracking", str() if mark:
                return path + joint + self._tracking(story, mark)
            case "aliases", "rss":
                return f"{MOBILE}{path}"
            case "aliases", "list":
                return f"{path}{joint}from=list"
            case "hop", "rss" | "map":
                return f"{HOP}?to={story.number}"
        return path

    def _tracking(self, story: Story, mark: str) -> str:
        rng = Random(f"{self.shape.seed}:{mark}")  # noqa: S311
        name = rng.choice(("utm_source", "erid", "srsltid", "gad_source", "mibextid", "tg_rhash"))
        return f"{name}={mark}{story.number % 7}"

    # ---- frames

    def frame(self, title: str, main: str, now: datetime, head: str = "", lang: str = "") -> str:
        """Return a whole page."""
        language = lang or self.shape.languages[0]
        look = self.look
        side = look.box(
            "side",
            self._side(now, language),
            "aside",
        )
        middle = side + main if look.side_first else main + side
        body = self._menu(language) + look.box("page", middle) + self._foot(now, language)
        direction = ' dir="rtl"' if language == "fa" else ""
        return (
            f'<!DOCTYPE html><html lang="{language}"{direction}><head>'
            f'<meta charset="{self.shape.charset}"><title>{escape(title)}</title>'
            f"{head}{_SCRIPTS}</head><body>{body}</body></html>"
        )

    def _menu(self, language: str) -> str:
        links = [
            link(
                "/",
                self.look.label("home", language),
            )
        ]
        labels = words(language).sections
        for place in self.shape.places:
            if place.form is Form.SECTION:
                links.append(
                    link(
                        place.path,
                        escape(labels[place.section or 0]),
                    )
                )
            if place.form is Form.LISTING:
                links.append(
                    link(
                        place.path,
                        self.look.label("latest", language),
                    )
                )
        if self.shape.kind == "editions":
            links += [
                link(
                    self._edition(one),
                    one.upper(),
                )
                for one in self.shape.languages
            ]
        for story in self.outlet.stories[: self.shape.menu_articles]:
            links.append(
                link(
                    story.path,
                    escape(story.title),
                )
            )
        return self.look.box(
            "menu",
            "<ul>" + "".join(f"<li>{one}</li>" for one in links) + "</ul>",
        )

    def _edition(self, language: str) -> str:
        return "/" if language == self.shape.languages[0] else f"/{language}/"

    def _side(self, now: datetime, language: str) -> str:
        """Most read: articles of the last days, the same all day long."""
        local = now.astimezone(ZoneInfo(self.shape.zone))
        rng = Random(f"{self.shape.seed}:{local.date()}")  # noqa: S311
        old = [story for story in self.outlet.published(now)[-60:-15] if story.visible(now)]
        old = [story for story in old if not story.hidden and story.language == language]
        chosen = rng.sample(
            old,
            min(4, len(old)),
        )
        lines = [
            link(
                self.href(story, now),
                escape(story.title),
            )
            for story in chosen
        ]
        if self.shape.scripted:
            lines = []
        return f"<h3>{self.look.label('popular', language)}</h3>" + "<br>".join(lines)

    def _foot(self, now: datetime, language: str) -> str:
        links = [
            link(
                page.path,
                escape(page.title),
            )
            for page in strangers.pages(
                self.shape,
                now,
            )
        ]
        rights = self.look.label("rights", language)
        cookie = ""
        if self.look.cookie:
            cookie = self.look.box(
                "cookie",
                self.look.label("cookies", language),
            )
        inner = " | ".join(links) + f"<p>© {now.year} {escape(self.shape.title)}. {rights}</p>"
        return (
            self.look.box(
                "foot",
                inner,
                "footer",
            )
            + cookie
        )
