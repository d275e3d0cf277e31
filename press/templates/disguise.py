"""Disguises.

The same page with opaque classes, without semantic tags, with its cards inside the article's
container.
"""

from dataclasses import dataclass
from random import Random

from lxml import html as lxml_html

_SEMANTIC = frozenset(
    {
        "article",
        "aside",
        "main",
        "header",
        "footer",
        "nav",
        "section",
        "time",
        "figure",
        "figcaption",
    }
)
_ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789"
_TELLING = ("itemprop", "itemtype", "itemscope", "rel", "role", "datetime")


@dataclass(frozen=True, slots=True, kw_only=True)
class Disguise:
    """Mark-up taken from a page by seed, so that no rule of names can know it; the text stays."""

    seed: int
    classes: bool = True  # class names and ids become opaque
    tags: bool = True  # semantic elements become div
    inside: bool = True  # cards move inside the container of the article's text


def apply(page: str, disguise: Disguise) -> str:
    """Return a page disguised; the seed makes all pages of one template look alike."""
    tree = lxml_html.document_fromstring(page)

    rng = Random(f"disguise:{disguise.seed}")  # noqa: S311 - reproducible, not cryptographic
    if disguise.inside:
        _move_cards(tree, rng)
    if disguise.tags:
        _flatten(tree)
    if disguise.classes:
        _hide_names(tree, disguise.seed)

    for element in tree.iter():
        if "data-press" in element.attrib:
            del element.attrib["data-press"]

    return "<!DOCTYPE html>" + str(lxml_html.tostring(tree, encoding="unicode"))


def _move_cards(tree: lxml_html.HtmlElement, rng: Random) -> None:
    bodies = tree.xpath("//*[@data-press='body']")
    if not bodies:
        return

    body = bodies[0]

    among = rng.random() < 0.5  # noqa: PLR2004
    for cards in tree.xpath("//*[@data-press='cards']"):
        tail = cards.tail
        cards.tail = None
        previous = cards.getprevious()

        parent = cards.getparent()
        if tail and previous is not None:
            previous.tail = (previous.tail or "") + tail
        elif tail:
            parent.text = (parent.text or "") + tail

        parent.remove(cards)
        body.insert(
            min(2, len(body)) if among else len(body),
            cards,
        )


def _flatten(tree: lxml_html.HtmlElement) -> None:
    for element in tree.iter():
        if element.tag in _SEMANTIC:
            element.tag = "div"

        for name in _TELLING:
            if element.tag != "link" and name in element.attrib:
                del element.attrib[name]


def _hide_names(tree: lxml_html.HtmlElement, seed: int) -> None:
    for style in tree.xpath("//style"):
        style.getparent().remove(style)

    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue

        for name in ("class", "id"):
            telling = element.attrib.get(name)
            if telling:
                element.set(
                    name,
                    " ".join(opaque(word, seed) for word in telling.split()),
                )


def opaque(word: str, seed: int) -> str:
    """Return the meaningless name that stands for a telling one."""
    rng = Random(f"{seed}:{word}")  # noqa: S311
    return rng.choice(_ALPHABET[:26]) + "".join(rng.choices(_ALPHABET, k=rng.randrange(4, 8)))
