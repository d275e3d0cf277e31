"""A drawn template: class names, elements, order and clutter of an outlet's pages."""

from datetime import datetime
from html import escape
from random import Random
from zoneinfo import ZoneInfo

from press import jalali, names
from press.drawn.shape import Shape
from press.lexicon import lexicon

_ROLES = {
    "page": ("wrap", "container", "layout", "site", "outer", "main-col"),
    "menu": ("nav", "menu", "topmenu", "navbar", "links", "bar"),
    "article": ("article", "post", "entry", "detail", "material", "single", "item-full"),
    "title": ("title", "headline", "heading", "name", "caption-main"),
    "lead": ("lead", "intro", "anons", "summary", "standfirst", "desc"),
    "body": ("body", "content", "text", "fulltext", "copy", "inner", "detail-text"),
    "meta": ("meta", "info", "details", "byline", "data"),
    "date": ("date", "time", "datetime", "published", "when"),
    "author": ("author", "writer", "by", "reporter"),
    "card": ("card", "item", "teaser", "story", "news-item", "unit", "block"),
    "list": ("list", "feed", "stream", "lenta", "items", "grid", "rows"),
    "side": ("sidebar", "aside", "right", "column", "widget", "rail"),
    "related": ("related", "more", "also", "similar", "readmore"),
    "tags": ("tags", "keywords", "topics", "labels"),
    "share": ("share", "social", "soc", "buttons"),
    "foot": ("footer", "bottom", "foot", "basement"),
    "banner": ("banner", "promo", "adv", "place", "reklam"),
    "cookie": ("cookie", "consent", "notice", "gdpr"),
    "comment": ("comments", "replies", "discuss", "talk"),
}
_STYLES = ("bem", "module", "utility", "camel", "short", "plain")
_UTILITIES = ("flex", "mt-4", "px-2", "text-lg", "w-full", "mb-6", "grid", "gap-3", "font-bold")
_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"


class Look:
    """How an outlet's pages are built; the same for one seed."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape
        rng = Random(f"{shape.seed}:look")  # noqa: S311
        self.style = rng.choice(_STYLES)
        self._classes = {
            role: self._class(
                rng,
                words,
            )
            for role, words in _ROLES.items()
        }
        self.article_tag = rng.choice(("article", "div", "section", "main", "div"))
        self.body_tag = rng.choice(("div", "div", "section", "div"))
        self.card_tag = rng.choice(("div", "li", "article", "div"))
        self.title_tag = rng.choice(("h1", "h1", "h1", "h2"))
        self.card_title = rng.choice(("h2", "h3", "h4", "div", "a"))
        self.breaks = rng.random() < 0.15  # noqa: PLR2004 - paragraphs parted by <br>
        self.machine_date = rng.choice(("ld", "og", "time", "itemprop", "none"))
        self.og_type = rng.random() < 0.6  # noqa: PLR2004 - og:type
        self.date_form = rng.choice(("words", "digits", "digits-first"))
        self.side_first = rng.random() < 0.3  # noqa: PLR2004
        self.clutter = tuple(
            rng.sample(
                ("tags", "share", "related", "comment", "banner"),
                3,
            )
        )
        self.cookie = rng.random() < 0.4  # noqa: PLR2004
        self.inline_more = rng.random() < 0.3  # noqa: PLR2004
        self.card_leads = rng.random() < 0.5  # noqa: PLR2004
        self.card_dates = rng.random() < 0.6  # noqa: PLR2004
        self.pictures = rng.random() < 0.7  # noqa: PLR2004
        self.absolute = rng.random() < 0.4  # noqa: PLR2004

    def _class(self, rng: Random, words: tuple[str, ...]) -> str:
        """Return a class name of a role, as the outlet's style writes names."""
        word = rng.choice(words)
        tail = "".join(rng.choice(_LETTERS) for _ in range(5))
        match self.style:
            case "bem":
                return f"{rng.choice(('b', 'c', 'l', 'site'))}-{word}__{rng.choice(words)}"
            case "module":
                return f"{word.capitalize()}_{word}__{tail}"
            case "utility":
                return " ".join(
                    rng.sample(
                        _UTILITIES,
                        4,
                    )
                )
            case "camel":
                return word + rng.choice(("Box", "Wrap", "Holder", "Area"))
            case "short":
                return f"{word[:2]}{rng.randrange(90)}"
        return word

    def c(self, role: str) -> str:
        """Return the class attribute of a role."""
        return f' class="{self._classes[role]}"'

    def box(self, role: str, inner: str, tag: str = "div") -> str:
        """Return an element of a role."""
        return f"<{tag}{self.c(role)}>{inner}</{tag}>"

    def date(self, at: datetime, language: str) -> str:
        """Return a moment as the outlet prints it."""
        local = at.astimezone(ZoneInfo(self.shape.zone))
        clock = names.digits(
            f"{local:%H:%M}",
            language,
        )
        if language == "fa":
            return f"{jalali.words(local.date())} - {clock}"
        if self.date_form == "words":
            return f"{names.long_date(local.date(), language)}, {clock}"
        day = f"{local:%d.%m.%Y}"
        return f"{clock} {day}" if self.date_form == "digits-first" else f"{day} {clock}"

    def label(self, name: str, language: str) -> str:
        """Return a word of the furniture."""
        return escape(lexicon(language).labels[name])


def link(href: str, inner: str, extra: str = "") -> str:
    """Return a link."""
    return f'<a href="{escape(href)}"{extra}>{inner}</a>'
