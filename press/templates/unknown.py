"""Templates that nobody wrote: structure, order, tags and names drawn from a seed.

One seed is one template, for all its pages.
"""

from collections.abc import Callable
from html import escape
from random import Random
from typing import Any

from press.lexicon import lexicon
from press.templates.disguise import opaque

Page = dict[str, Any]


def draw(page: Page, language: str, seed: int) -> str:
    """Return a page of template `seed`."""
    return _Template(seed, language).page(page)


class _Template:
    """One drawn template.

    Every choice comes from generators named by the seed, never from the page.
    """

    def __init__(self, seed: int, language: str) -> None:
        self.seed = seed
        self.labels = lexicon(language).labels
        self.counter = 0
        self.rng = Random(f"unknown:{seed}")  # noqa: S311 - reproducible, not cryptographic
        self.semantic = self.rng.random() < 0.35  # noqa: PLR2004
        self.paragraph = self.rng.choice(
            (
                "p",
                "p",
                "p",
                "div",
                "br",
            )
        )

        self.whole = self.rng.random() < 0.7  # noqa: PLR2004 - cards carry whole texts
        self.card_tag = self.rng.choice(
            (
                "div",
                "li",
                "section",
                "td",
            )
        )

        self.inside = self.rng.choice(
            (
                "after",
                "before",
                "middle",
                "outside",
            )
        )

        self.depth = self.rng.randrange(1, 6)
        self.heading = self.rng.choice(
            (
                "h1",
                "h1",
                "h2",
                "div",
            )
        )

    def tag(self, name: str, word: str, inner: str) -> str:
        """Wrap: semantic name if this template has such, an opaque class for `word`."""
        element = name if self.semantic else "div"
        return f'<{element} class="{opaque(word, self.seed)}">{inner}</{element}>'

    def page(self, page: Page) -> str:
        """Return the whole document."""
        parts: list[tuple[str, Callable[[Page], str]]] = [
            ("menu", self._menu),
            ("ticker", self._ticker),
            ("ad", self._ad),
            ("login", self._login),
        ]

        self.rng.shuffle(parts)
        split = self.rng.randrange(1, len(parts))
        above = "".join(make(page) for _, make in parts[:split])
        below = "".join(make(page) for _, make in parts[split:])

        main = self._article(page)
        if self.inside == "outside":
            side = self._cards(page)
            main = main + side if self.rng.random() < 0.5 else side + main  # noqa: PLR2004

        for level in range(self.depth):
            main = self.tag(
                "main" if level == 0 else "div",
                f"wrap{level}",
                main,
            )

        foot = self.tag(
            "footer",
            "foot",
            f"<p>© {page['year']} {escape(page['site'])}. {escape(self.labels['rights'])}</p>",
        )

        head = f'<meta charset="utf-8"><title>{escape(page["title"])}</title>'

        return (
            f'<!DOCTYPE html><html lang="{page["language"]}" dir="{page["dir"]}"><head>'
            f"{head}</head><body>{above}{main}{below}{foot}</body></html>"
        )

    def _article(self, page: Page) -> str:
        title = (
            f'<{self.heading} class="{opaque("title", self.seed)}">{escape(page["title"])}'
            f"</{self.heading}>"
        )
        meta = [
            self.tag(
                "time",
                "when",
                escape(f"{page['words']} {page['clock']}"),
            ),
            self.tag("address", "who", escape(page["byline"])),
        ]

        self.rng.shuffle(meta)
        blocks = self._blocks(page["body"])
        cards = self._cards(page) if self.inside != "outside" else ""
        also = self._also(page)
        index = {
            "before": 0,
            "middle": min(2, len(blocks)),
            "after": len(blocks),
        }.get(self.inside, len(blocks))

        blocks.insert(index, cards)

        if self.rng.random() < 0.5:  # noqa: PLR2004
            blocks.insert(min(len(blocks), 4), also)

        text = self.tag("section", "text", "".join(blocks))

        lead = ""
        if self.rng.random() < 0.5:  # noqa: PLR2004
            lead = self.tag(
                "div",
                "lead",
                escape(page["standfirst"]),
            )

        share = self.tag(
            "div",
            "share",
            "".join(
                f"<span>{name}</span>"
                for name in (
                    self.labels["share"],
                    "Telegram",
                    "X",
                )
            ),
        )

        inner = (
            [title, *meta, lead, share, text]
            if self.rng.random() < 0.5  # noqa: PLR2004
            else [*meta, title, lead, text, share]
        )

        return self.tag("article", "article", "".join(inner))

    def _blocks(self, body: list[tuple[str, Any]]) -> list[str]:
        made = []
        for kind, held in body:
            if kind == "ul":
                made.append("<ul>" + "".join(f"<li>{escape(item)}</li>" for item in held) + "</ul>")
            elif kind == "h":
                made.append(f"<h3>{escape(held)}</h3>")
            elif self.paragraph == "br":
                made.append(f"{escape(held)}<br><br>")
            else:
                made.append(f"<{self.paragraph}>{escape(held)}</{self.paragraph}>")

        return made

    def _cards(self, page: Page) -> str:
        shown = [*page["related"], *page["popular"]]
        made = "".join(self._card(item) for item in shown)
        tag = {"li": "ul", "td": "table"}.get(self.card_tag)
        made = f"<{tag}>{made}</{tag}>" if tag else made

        return self.tag(
            "aside",
            "cards",
            f"<h4>{escape(self.labels['related'])}</h4>{made}",
        )

    def _card(self, item: Page) -> str:
        text = item["text"] if self.whole else item["excerpt"]
        inner = (
            f'<a href="{escape(item["url"])}">{escape(item["title"])}</a><p>{escape(text)}</p>'
            f"<small>{escape(item['words'])}</small>"
        )
        card = f'<{self.card_tag} class="{opaque("card", self.seed)}">{inner}</{self.card_tag}>'

        return f"<tr>{card}</tr>" if self.card_tag == "td" else card

    def _also(self, page: Page) -> str:
        links = "".join(
            f'<a href="{escape(item["url"])}">{escape(item["title"])}</a> '
            for item in page["related"][:2]
        )
        return self.tag(
            "aside",
            "also",
            f"{escape(self.labels['also'])}: {links}",
        )

    def _menu(self, page: Page) -> str:
        links = "".join(f'<a href="{link}">{escape(name)}</a> ' for name, link in page["sections"])
        return self.tag(
            "nav",
            "menu",
            f'<a href="/">{escape(page["site"])}</a> {links}',
        )

    def _ticker(self, page: Page) -> str:
        items = "".join(
            f'<li><a href="{escape(item["url"])}">{escape(item["title"])}</a></li>'
            for item in page["ticker"][:25]
        )
        return self.tag(
            "aside", "ticker", f"<b>{escape(self.labels['latest'])}</b><ul>{items}</ul>"
        )

    def _ad(self, _page: Page) -> str:
        return self.tag(
            "div",
            "ad",
            f"<p>{escape(self.labels['ad_text'])}</p>",
        )

    def _login(self, _page: Page) -> str:
        return self.tag(
            "div",
            "mail",
            f"<p>{escape(self.labels['newsletter_text'])}</p><form><input><button>"
            "OK</button></form>",
        )
