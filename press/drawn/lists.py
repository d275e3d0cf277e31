"""The lists of a drawn outlet, home page among them, and how they lead further."""

import json
from collections.abc import Sequence
from datetime import datetime
from html import escape

from press.drawn import strangers
from press.drawn.frame import Frame
from press.drawn.look import link
from press.drawn.shape import Form, Place
from press.drawn.story import Story
from press.drawn.words import words


class Lists(Frame):
    """Draws an outlet's pages of lists."""

    def card(self, story: Story, now: datetime, mark: str = "") -> str:
        """Return an article's card of a list."""
        look = self.look
        title = escape(
            self.outlet.draft(
                story,
                now,
            ).title
        )
        href = self.href(
            story,
            now,
            mark,
        )
        if look.card_title == "a":
            inner = link(
                href,
                title,
                look.c("title"),
            )
        else:
            inner = f"<{look.card_title}{look.c('title')}>{link(href, title)}</{look.card_title}>"
        if look.pictures:
            inner = (
                link(
                    href,
                    f'<img src="/img/{story.number}.jpg" alt="">',
                )
                + inner
            )
        if look.card_dates:
            inner += look.box(
                "date",
                look.date(
                    story.published,
                    story.language,
                ),
                "span",
            )
        if look.card_leads:
            inner += look.box(
                "lead",
                escape(
                    self.outlet.draft(
                        story,
                        now,
                    )
                    .blocks[0]
                    .text
                ),
            )
        return look.box(
            "card",
            inner,
            look.card_tag,
        )

    def cards(self, stories: Sequence[Story], now: datetime, mark: str = "") -> str:
        """Return the cards of a list."""
        made = [
            self.card(
                story,
                now,
                mark,
            )
            for story in stories
        ]
        if self.shape.in_flow:
            made = self._mixed(made, now)
        return self.look.box(
            "list",
            "".join(made),
            "ul" if self.look.card_tag == "li" else "div",
        )

    def _mixed(self, made: list[str], now: datetime) -> list[str]:
        """Put the strangers between the articles, as cards like theirs."""
        look = self.look
        for step, page in enumerate(
            strangers.pages(
                self.shape,
                now,
            )
        ):
            inner = f"<{look.card_title}>{link(page.path, escape(page.title))}</{look.card_title}>"
            inner += look.box(
                "lead",
                escape(page.lines[0]),
            )
            made.insert(
                2 + 4 * step,
                look.box(
                    "card",
                    inner,
                    look.card_tag,
                ),
            )
        return made

    def lists(self, place: Place, stories: Sequence[Story], now: datetime, number: int) -> str:
        """Return a page of a list: home, section, latest news."""
        language = place.language or self.shape.languages[0]
        size = place.page_size or place.limit
        part = stories[(number - 1) * size : number * size]
        main = self._scripted(part, now) if self.shape.scripted else self.cards(part, now, "list")
        head = self._list_head(now)
        if place.form is Form.HOME and self.shape.extra.get("home"):
            head += f'<link rel="canonical" href="{self.root}{self.shape.extra["home"]}">'
        main += self._further(
            place,
            stories,
            number,
            language,
        )
        title = self.shape.title
        if place.section is not None:
            title = f"{words(language).sections[place.section]} - {title}"
        return self.frame(
            title,
            main + self._data(part, now),
            now,
            head,
            language,
        )

    def _list_head(self, now: datetime) -> str:
        head = ""
        for other in self.shape.places:
            mime = _MIMES.get(other.form)
            if (
                mime
                and other.announced
                and self.outlet.is_open(
                    other,
                    now,
                )
            ):
                head += f'<link rel="alternate" type="{mime}" title="{escape(self.shape.title)}" '
                head += f'href="{escape(other.path)}">'
        if self.shape.kind == "editions":
            for language in self.shape.languages:
                href = self.root + self._edition(language)
                head += f'<link rel="alternate" hreflang="{language}" href="{href}">'
        return head

    def _further(self, place: Place, stories: Sequence[Story], number: int, language: str) -> str:
        """Return the way to the next page, or what a script needs to load more."""
        if place.form is Form.LISTING and number * place.page_size < len(stories):
            label = self.look.label("next", language)
            extra = ' rel="next"' if len(self.shape.name) % 2 else ""
            return link(
                page_path(
                    self.shape.paging,
                    place,
                    number + 1,
                ),
                label,
                extra,
            )
        for other in self.shape.places:
            if place.form is Form.HOME and other.form in {Form.AJAX, Form.JSON}:
                return self._loader(
                    other,
                    stories,
                    language,
                )
        return ""

    def _loader(self, place: Place, stories: Sequence[Story], language: str) -> str:
        """Return the button that loads more: it names the address itself, or its script does."""
        label = self.look.label("more", language)
        fragment = self._cursor(place, stories)
        if len(self.shape.name) % 2:
            url = escape(place.path.format(fragment))
            return f'<button{self.look.c("related")} data-url="{url}">{label}</button>'
        stem = place.path.format("")
        return (
            f'<button{self.look.c("related")} onclick="more()">{label}</button><script>'
            f'var next="{fragment}";function more(){{fetch("{stem}"+next).then(show)}}</script>'
        )

    def _cursor(self, place: Place, stories: Sequence[Story]) -> str:
        if place.form is Form.JSON:
            return "2"
        return cursor(
            place,
            stories[-1].published if stories else self.outlet.start,
        )

    def _scripted(self, stories: Sequence[Story], now: datetime) -> str:
        """Return cards that a script makes into links: none is one."""
        made = []
        for story in stories:
            title = escape(
                self.outlet.draft(
                    story,
                    now,
                ).title
            )
            made.append(
                self.look.box(
                    "card",
                    f"<span>{title}</span>",
                )
            )
        return self.look.box(
            "list",
            "".join(made),
        )

    def _data(self, stories: Sequence[Story], now: datetime) -> str:
        if not self.shape.scripted:
            return ""
        posts = [self._post(story, now) for story in stories]
        data = {"props": {"pageProps": {"posts": posts}}, "page": "/", "buildId": "x1"}
        held = json.dumps(data, ensure_ascii=False).replace(
            "<",
            "\\u003c",
        )
        return f'<script id="__NEXT_DATA__" type="application/json">{held}</script>'

    def _post(self, story: Story, now: datetime) -> dict[str, object]:
        post: dict[str, object] = {
            "id": story.number,
            "title": self.outlet.draft(
                story,
                now,
            ).title,
            "publishedAt": story.published.isoformat(),
        }
        if self.shape.scripted == "next-url":
            return post | {"url": story.path_at(now)}
        return post | {"slug": story.path_at(now).strip("/").rpartition("/")[2]}


_MIMES = {
    Form.RSS: "application/rss+xml",
    Form.RDF: "application/rss+xml",
    Form.ATOM: "application/atom+xml",
    Form.ATOM03: "application/atom+xml",
}


def page_path(paging: str, place: Place, number: int) -> str:
    """Return the address of a list's further page."""
    joint = "&" if "?" in place.path else "?"
    match paging:
        case "path":
            return f"{place.path.rstrip('/')}/page/{number}/"
        case "offset":
            return f"{place.path}{joint}start={(number - 1) * place.page_size}"
    return f"{place.path}{joint}page={number}"


def cursor(place: Place, at: datetime) -> str:
    """Return a moment as a list by date is asked for it."""
    if "stamp" in place.marks:
        return str(int(at.timestamp()))
    return f"{at:%d.%m.%Y}" if "dotted-day" in place.marks else f"{at:%Y%m%d}"
