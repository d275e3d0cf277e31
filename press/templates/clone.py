"""Siblings of a page that is not ours.

The same template around other articles, so that learning from an outlet can be measured.

The page comes from the caller and stays with the caller: nothing of it is kept here.
"""

import copy
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lxml import html as lxml_html

from press.errors import PressError
from press.templates.disguise import Disguise, apply
from press.templates.shown import Shown

Element = Any  # an lxml element; its library has no types worth the name
_LONG = 60  # characters from which a card's line is text and not a label
_BODY_TAGS = frozenset({"p", "h2", "h3", "h4", "ul", "ol", "blockquote", "table"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Hooks:
    """Where things stand on a page, as XPath.

    The container of the text, the containers of other articles' cards, a card in them.
    """

    body: str
    cards: tuple[str, ...] = ()
    card: str = ".//li | .//article | .//div[.//a]"


# Layouts in wide use, by the names of their themes.
DRUPAL = Hooks(
    body="//div[contains(@class, 'field--name-body')][contains(@class, 'field__item')]",
    cards=("//div[contains(@class, 'block-views')]",),
    card=".//div[contains(@class, 'views-row')]",
)
ZOX = Hooks(
    body="//div[contains(concat(' ', @class, ' '), ' zox-post-body ')]",
    cards=("//div[contains(@class, 'zox-post-more-wrap')]",),
    card=".//div[contains(@class, 'zox-art-wrap')]",
)
WIRE = Hooks(
    body="//div[contains(@class, 'article-content')]",
    cards=("//div[contains(@class, 'right-side')]", "//div[contains(@class, 'big-news')]"),
    card=".//li | .//div[@class='item']",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sibling:
    """One page of the template.

    `paragraphs` is its article, `clutter` what it carries of others.
    """

    html: str
    title: str
    paragraphs: tuple[str, ...]
    clutter: tuple[str, ...]


def disguised(page: str, hooks: Hooks, disguise: Disguise | None) -> str:
    """Return a foreign page disguised by seed.

    None only puts it through the parser, as its siblings are.
    """
    return _dressed(_hooked(page, hooks), disguise)


def siblings(
    page: str, hooks: Hooks, articles: Sequence[Shown], *, disguise: Disguise | None = None
) -> list[Sibling]:
    """Return one page of the template for each article, each with cards of the next ones.

    Raises PressError if no container is found.
    """
    tree = _hooked(page, hooks)

    made = []
    for number, article in enumerate(articles):
        others = [articles[(number + step) % len(articles)] for step in range(1, len(articles))]
        clone = copy.deepcopy(tree)
        _retitle(clone, article.title)
        _rewrite(clone, article)

        clutter = []
        for other in _recard(clone, hooks, others):
            clutter += [other.title, other.text]

        made.append(
            Sibling(
                html=_dressed(clone, disguise),
                title=article.title,
                paragraphs=tuple(block.text for block in article.blocks),
                clutter=tuple(clutter),
            )
        )

    return made


def _hooked(page: str, hooks: Hooks) -> Element:
    tree: Element = lxml_html.document_fromstring(page)
    bodies = tree.xpath(hooks.body)
    if not bodies:
        raise PressError(f"the page has no {hooks.body}: these hooks belong to another template")

    bodies[0].set("data-press", "body")
    for where in hooks.cards:
        for element in tree.xpath(where):
            element.set("data-press", "cards")

    return tree


def _dressed(tree: Element, disguise: Disguise | None) -> str:
    made = str(lxml_html.tostring(tree, encoding="unicode"))
    if disguise is not None:
        return apply(made, disguise)

    return "<!DOCTYPE html>" + re.sub(r' data-press="\w+"', "", made)


def _retitle(tree: Element, title: str) -> None:
    for heading in tree.xpath("//h1"):
        heading.text = title
        for child in list(heading):
            heading.remove(child)

    for named in tree.xpath("//title"):
        named.text = title

    for meta in tree.xpath("//meta[@property='og:title'] | //meta[@name='twitter:title']"):
        meta.set("content", title)


def _rewrite(tree: Element, article: Shown) -> None:
    """Put an article's blocks where the text of the page stood.

    Cards inside the container stay where they are.
    """
    body = tree.xpath("//*[@data-press='body']")[0]
    old = [child for child in body if child.tag in _BODY_TAGS]

    index = body.index(old[0]) if old else 0
    for child in old:
        body.remove(child)

    body.text = "\n"
    for step, block in enumerate(article.blocks):
        paragraph: Element = lxml_html.Element("h3" if block.kind.value == "h" else "p")
        paragraph.text = block.text
        paragraph.tail = "\n"
        body.insert(index + step, paragraph)


def _recard(
    tree: Element,
    hooks: Hooks,
    others: Sequence[Shown],
) -> list[Shown]:
    """Give the cards other articles, in turn.

    Titles into their links, texts where long lines stood. The last container stands still.
    """
    containers = tree.xpath("//*[@data-press='cards']")
    used = []

    turn = 0
    for container in containers[: max(1, len(containers) - 1)]:
        for card in container.xpath(hooks.card):
            other = others[turn % len(others)]
            turn += 1
            _fill(card, other)
            used.append(other)

    return used


def _fill(card: Element, other: Shown) -> None:
    link = next(iter(card.xpath(".//a[@href]")), None)
    old = " ".join(
        " ".join(found.itertext()) for found in card.xpath(".//h2|.//h3|.//h4")[:1]
    ).strip()
    for element in card.iter():
        if element.tag == "a" and element.get("href"):
            element.set(
                "href",
                "/" + other.url.split("/", 3)[-1],
            )

        text = (element.text or "").strip()
        if text and (text == old or (link is not None and element.tag in {"h2", "h3", "h4"})):
            element.text = other.title
        elif len(text) >= _LONG:
            element.text = other.excerpt if text.endswith(("...", "…")) else other.text
