"""Text to a tree.

Bounded: huge and endlessly nested pages are cut by the parser, never by an exception.
"""

import re

from lxml import etree
from lxml.etree import SubElement
from lxml.html import HtmlElement, HTMLParser

# What XML cannot hold, and the marks that `extract.blocks.vote` sews into blocks
# (Egyptian and Anatolian Hieroglyphs) in case a page has some.
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\r")
_MARKS = re.compile(
    rb"\xf0\x93[\x80-\x90][\x80-\xbf]|\xf0\x94[\x90-\x99][\x80-\xbf]|\xef\xbf[\xbe\xbf]"
)
# What mark-up can refer to (`&#1;`), a tree then holds, and cannot be given.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# libxml2 takes `<html/>` and a self-closed doctype for the whole document.
_CLOSED_ROOT = re.compile(r"<(html|body)\b([^<>]*?)\s*/>", re.IGNORECASE)
# Entities that were escaped once more: "&amp;quot;". Nobody shows a reader the inner
# form but lessons on mark-up.
_TWICE = re.compile(
    r"&amp;(?=(?:amp|quot|apos|nbsp|shy|(?:[lr](?:a|s|d|sa)|sb|bd)quo|ndash|mdash|hellip|bull|"
    r"middot|copy|reg|deg|euro|lt|gt|#\d{2,6}|#x[0-9a-f]{2,5}|[a-z]{1,6}(?:uml|acute|grave|circ|"
    r"cedil|tilde|caron|zlig));)",
    re.IGNORECASE,
)
_METADATA = frozenset(("title", "meta", "link", "script", "style", "base", "noscript", "template"))
_START = 4096  # characters in which a page's prologue and root element stand
_PROLOGUE = re.compile(r"^\s*(<\?xml[^>]*\?>\s*)?(<!doctype[^>]*>)?", re.IGNORECASE)


def writable(text: str) -> str:
    """Return a text without the characters that no element can be given."""
    return _UNWRITABLE.sub("", text)


def parse(text: str) -> HtmlElement | None:
    """Return the tree of a page, or None when there is nothing that looks like mark-up or text.

    Comments and processing instructions are gone. libxml2 stops at 256 levels of
    nesting, so walks may recurse.
    """
    start = _PROLOGUE.sub("", text[:_START], count=1)
    text = _CLOSED_ROOT.sub(r"<\1\2>", start) + text[_START:]
    if "&amp;" in text:
        text = _TWICE.sub("&", text)

    source = text.encode("utf-8", "ignore").translate(None, _CONTROLS)
    if b"\xf0\x93" in source or b"\xef\xbf" in source:
        source = _MARKS.sub(b"", source)

    if not source.strip():
        return None

    parser = HTMLParser(encoding="utf-8", collect_ids=False, remove_comments=True, remove_pis=True)

    try:
        root = etree.fromstring(source, parser)
    except (etree.LxmlError, ValueError):
        return None

    if not isinstance(root, HtmlElement):
        return None

    _empty_head(root)

    return root


def _empty_head(root: HtmlElement) -> None:
    """Move what is no metadata out of the head.

    Libxml2 leaves elements it does not know there when a page has no body tag.
    """
    head = root.find("head")
    if head is None:
        return

    stray = [child for child in head if child.tag not in _METADATA]
    if not stray:
        return

    body = root.find("body")
    if body is None:
        body = SubElement(root, "body")

    for position, child in enumerate(stray):
        body.insert(position, child)


def attribute(element: HtmlElement, name: str) -> str:
    """Return an attribute, empty when missing."""
    value = element.get(name)
    return value if isinstance(value, str) else ""
