"""Boxes whose names say that they are not the text: the page's foot, and who the author is.

Names alone take nothing out of a text. A foot is no article where nothing else is kept;
the author's box goes where it closes the text and holds less than half of it.
"""

import re

from lxml.html import HtmlElement

from extract.blocks import cues
from extract.blocks.neighbours import Judged, kept_of, length_of
from extract.page.title import shares_word

LONGEST = 300  # characters of an element's names that are looked at
LEGAL = 600  # characters of a page's lines on its rights
LEGAL_LINES = 3  # segments round the first of them in which the rights are told
BIO = 4  # blocks at the end of a text that can be the author's box
_FOOT = re.compile(r"\bfooter\b|site-?footer|page-?footer|\bfoot\b|contentinfo|\bcopyrights?\b")
_BIO = re.compile(
    r"author-?_?(?:bio|box|info|about|card|desc|profile)|about-?_?(?:the-?_?)?author|\bbio\b|"
    r"bio-?_?(?:box|text)|contributor-?_?(?:bio|info)"
)


def drop_foot(judged: list[Judged], headline: str) -> None:
    """Take out a page's foot where it is all that is kept: such a page has no text.

    So goes a short text that opens with whose the rights are and shares no word with the headline.
    """
    kept = kept_of(judged)
    if not all(map(_is_foot, kept)) and not _is_legal(judged, kept, headline):
        return

    for one in kept:
        one.drop("foot of the page", 0.9)


def _is_legal(judged: list[Judged], kept: list[Judged], headline: str) -> bool:
    """Tell whether all that is kept is what a house says of its rights, in lines of its own."""
    if length_of(kept) >= LEGAL or not headline:
        return False

    for one in kept:
        if shares_word(one.segment.text, headline):
            return False

    first = kept[0].segment
    box = first.node.getparent()
    start = max(0, first.index - LEGAL_LINES)
    end = first.index + LEGAL_LINES

    for one in judged[start:end]:
        segment = one.segment
        beside = segment.node.getparent() is box
        if beside and _tells_rights(segment.text):
            return True

    return False


def _is_foot(one: Judged) -> bool:
    """Tell whether a segment stands in the page's foot, or says whose the rights are."""
    element: HtmlElement | None = one.segment.node

    while element is not None and element.tag not in {"article", "main", "body"}:
        if element.tag == "footer" or _FOOT.search(_names(element)):
            return True

        element = element.getparent()

    return _tells_rights(one.segment.text)


def _tells_rights(text: str) -> bool:
    """Tell whether a line says whose the rights are."""
    if cues.mentions(text, "rights"):
        return True

    return "rights" in cues.found(text)


def drop_bio(judged: list[Judged]) -> None:
    """Take out who the author is, where a box called so closes the text."""
    kept = kept_of(judged)
    closing: list[Judged] = []

    for one in reversed(kept[-BIO:]):
        if not _is_in_bio(one):
            break

        closing.append(one)

    if 2 * length_of(closing) >= length_of(kept):
        return

    for one in closing:
        one.drop("about the author", 0.85)


def _is_in_bio(one: Judged) -> bool:
    """Tell whether a segment stands in a box called one of the author's life."""
    element: HtmlElement | None = one.segment.node

    while element is not None and element.tag not in {"article", "main", "body"}:
        if _BIO.search(_names(element)):
            return True

        element = element.getparent()

    return False


def _names(element: HtmlElement) -> str:
    """Return what an element is called: class, id and role, in small letters."""
    names = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('role') or ''}"

    return names.lower()[:LONGEST]
