"""Pages of the press.

Eight themes laid out like sites of the region, disguises of each, and structures drawn by seed.

Usable without a server: `render(article, others)` gives the HTML and the truth about it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import jinja2

from news.article import BlockKind
from press.lexicon import lexicon
from press.templates.context import article_context, words
from press.templates.disguise import Disguise, apply
from press.templates.shown import House, Shown, samples, shorten

__all__ = [
    "THEMES",
    "Disguise",
    "House",
    "Shown",
    "Truth",
    "listing",
    "render",
    "samples",
    "shorten",
    "unknown",
    "words",
]
THEMES = ("field", "zox", "wire", "center", "column", "tabloid", "app", "broad")
_HOOK = re.compile(r' data-press="\w+"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """What a page says.

    The article itself, and what of other articles stands on it (titles and texts).
    """

    url: str
    title: str
    standfirst: str
    byline: str
    published: datetime
    language: str
    paragraphs: tuple[str, ...]  # headings, items and quotes included, in order
    clutter: tuple[str, ...]


def truth(article: Shown, others: Sequence[Shown]) -> Truth:
    """Return the truth about a page that shows an article among others."""
    clutter = []
    for other in others:
        clutter.append(other.title)
        clutter += [block.text for block in other.blocks]

    paragraphs = []
    for block in article.blocks:
        if block.kind is BlockKind.CAPTION:
            clutter.append(block.text)
        else:
            paragraphs.append(block.text)

    return Truth(
        url=article.url,
        title=article.title,
        standfirst=article.standfirst,
        byline=article.byline,
        language=article.language,
        published=article.published,
        paragraphs=tuple(paragraphs),
        clutter=tuple(clutter),
    )


def render(
    article: Shown,
    others: Sequence[Shown],
    *,
    theme: str = "field",
    house: House | None = None,
    disguise: Disguise | None = None,
) -> tuple[str, Truth]:
    """Return an article's page in a theme, disguised if asked, and the truth about it."""
    page = article_context(article, others, house or House(), theme)
    return finish(
        page,
        theme,
        article.language,
        disguise,
    ), truth(article, others[:40])


def listing(
    page: dict[str, Any],
    theme: str,
    language: str,
) -> str:
    """Return a listing page from a context of `listing_context`."""
    return finish(page, theme, language, None)


def finish(
    page: dict[str, Any],
    theme: str,
    language: str,
    disguise: Disguise | None,
) -> str:
    """Fill a theme's template; hooks for disguises are taken out."""
    html = str(
        _environment()
        .get_template(f"{theme}.html")
        .render(
            page=page,
            L=lexicon(language).labels,
        )
    ).strip()

    if disguise is None:
        return _HOOK.sub("", html)

    return apply(html, disguise)


def unknown(
    article: Shown, others: Sequence[Shown], *, seed: int, house: House | None = None
) -> tuple[str, Truth]:
    """Return an article's page in a structure that the seed draws.

    The same seed is the same template.
    """
    from press.templates.unknown import draw

    return draw(
        article_context(
            article,
            others,
            house or House(),
            "app",
        ),
        article.language,
        seed,
    ), truth(article, others[:40])


@cache
def _environment() -> jinja2.Environment:
    loader = jinja2.FileSystemLoader(Path(__file__).parent)
    return jinja2.Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)
