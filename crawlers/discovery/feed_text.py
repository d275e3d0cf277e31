"""Titles of feeds as a reader sees them: escapes of every depth undone, mark-up taken off."""

import base64
import binascii
import html
import re
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from crawlers.discovery import ampersands

_LONGEST = 1000
_TAG = re.compile(r"<(?:[A-Za-z][^<>]*|/[A-Za-z][^<>]*|!--.*?--)>", re.DOTALL)
# With its semicolon: without one, `R&not` is what somebody wrote.
_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_ESCAPES = 2  # depths: `&amp;amp;` in a feed that escapes what was escaped already
_UNSEEN = ("script", "style")


def title_of(element: Any) -> str | None:
    """Return the title that an element of a feed holds, in one line; None for an empty one."""
    kind = (element.get("type") or "").lower()
    # Atom 1.0, 4.1.3.3: a media type that is neither text nor XML is base64.
    is_media = "/" in kind and not kind.startswith("text/") and not kind.endswith("xml")

    if (element.get("mode") or "").lower() == "base64" or kind == "base64" or is_media:
        return plain(_from_base64(element.text or ""))

    if kind in {"xhtml", "application/xhtml+xml"} and len(element):
        # What is mark-up there is elements; what is escaped is meant to be read.
        return _in_one_line(_seen_text(element))

    return plain(_seen_text(element))


def _seen_text(element: Any) -> str:
    """Return the text of an element, that of scripts and styles left out."""
    pieces = [element.text or ""]
    for child in element:
        if str(child.tag).rpartition("}")[2].lower() not in _UNSEEN:
            pieces.append(_seen_text(child))

        pieces.append(child.tail or "")

    return "".join(pieces)


def plain(text: str) -> str | None:
    """Return a title without mark-up and doubled escapes, on one line; None for an empty one."""
    for _ in range(_ESCAPES):
        if _TAG.search(text):
            text = _without_tags(text)
        elif "&" in text:
            text = _REFERENCE.sub(_letter, text)

    return _in_one_line(text)


def _letter(reference: re.Match[str]) -> str:
    """Return the letter that a reference stands for."""
    return html.unescape(reference[0])


def _in_one_line(text: str) -> str | None:
    """Return a text in one line, cut where it is too long; None for an empty one."""
    return " ".join(text.split())[:_LONGEST] or None


def _without_tags(text: str) -> str:
    """Return what a browser would show of a piece of HTML; the piece itself when it is none."""
    try:
        paragraph: Any = lxml_html.fromstring(f"<div>{ampersands.escape(text)}</div>")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return text

    for unseen in list(paragraph.iter(*_UNSEEN)):
        unseen.drop_tree()

    return str(paragraph.text_content())


def _from_base64(text: str) -> str:
    """Return what base64 holds (Atom 0.3); the text itself when it holds none."""
    try:
        return base64.b64decode(text.strip(), validate=False).decode("utf-8")
    except (binascii.Error, ValueError):
        return text
