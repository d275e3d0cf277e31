"""Bodies that pages state to machines: JSON-LD articleBody, and article texts in the state that scripts build pages from."""

import html
import json
import re
from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement

from extract.dom import attribute
from extract.head import Head
from extract.segments import tidy

LEAST = 200                              # characters: shorter texts are descriptions
MOST = 300_000                           # characters of a stated body that are read
_MAX_SCRIPT = 4_000_000
_PARAGRAPH = re.compile(r"</(?:p|div|h[1-6]|li|blockquote)>|<br\s*/?>\s*(?:<br\s*/?>)?|\r?\n+|(?<=[.!?…»”։])\s{2,}", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_STATE = re.compile(r"^\s*(?:window|self|var|let|const)?\.?\s*[\w.$\[\]'\"]{1,60}\s*=\s*(?=[{\[])")
_BODY_NAMES = frozenset({"articlebody", "body", "content", "text", "html", "bodyhtml", "contenthtml", "bodytext", "fulltext", "description_full",
                         "article_body", "content_html", "body_html", "paragraphs", "blocks", "maintext", "value", "rendered"})


def from_head(head: Head) -> str:
    """Return the longest body that the page's JSON-LD states, as HTML or text; empty when none is long enough."""
    bodies = [text for item in head.articles for name in ("articleBody", "text") if isinstance(text := item.get(name), str)]
    best = max(bodies, key=len, default="")
    return best if len(best) >= LEAST else ""


def paragraphs(body: str) -> list[str]:
    """Return the paragraphs of a stated body: entities resolved (twice over if need be), tags gone, no empty ones."""
    text = html.unescape(body[:MOST])
    if "&lt;" in text or "&#" in text or "&amp;" in text or "&nbsp;" in text:
        text = html.unescape(text)
    return [line for part in _PARAGRAPH.split(text) if (line := tidy(_TAG.sub(" ", part)))]


def from_scripts(root: HtmlElement) -> str:
    """Return the longest article text in a page's script state, as HTML or text; empty when there is none."""
    best = ""
    for script in root.iter("script"):
        source = script.text or ""
        if len(source) < LEAST or len(source) > _MAX_SCRIPT or "ld+json" in attribute(script, "type"):
            continue
        for text in _strings(_state(source, attribute(script, "type"))):
            if len(text) > len(best) and _is_prose(text):
                best = text
    return best


def _state(source: str, kind: str) -> Any:
    match = _STATE.match(source)
    start = match.end() if match else 0
    if not match and "json" not in kind:
        return None
    try:
        return json.JSONDecoder(strict=False).raw_decode(source[start:].lstrip())[0]
    except (ValueError, RecursionError):
        return None


def _strings(value: Any, name: str = "", depth: int = 0) -> Iterator[str]:
    """Give texts under names that hold bodies; lists of paragraphs are joined."""
    if depth > 30:  # noqa: PLR2004
        return
    if isinstance(value, str):
        if name in _BODY_NAMES and len(value) >= LEAST:
            yield value
    elif isinstance(value, dict):
        for inner, item in value.items():
            yield from _strings(item, str(inner).lower(), depth + 1)
    elif isinstance(value, list):
        lines = [line for item in value[:500] if (line := _line(item))]
        if name in _BODY_NAMES and len(lines) > 1 and sum(map(len, lines)) >= LEAST:
            yield "\n".join(lines)
        for item in value[:2000]:
            yield from _strings(item, name, depth + 1)


def _line(item: Any) -> str:
    if isinstance(item, str):
        return item
    if isinstance(item, dict):
        return next((text for name in ("text", "content", "html", "value", "body") if isinstance(text := item.get(name), str)), "")
    return ""


def _is_prose(text: str) -> bool:
    """Tell prose from code, addresses and encoded data: sentences, spaces, few brackets."""
    plain = _TAG.sub(" ", text[:4000])
    return plain.count(" ") > len(plain) / 25 and sum(plain.count(char) for char in "{}[]=;\\") < len(plain) / 50 and bool(re.search(r"[.!?։۔。؟]", plain))
