"""Bodies that pages state to machines in JSON-LD."""

import html
import re

from extract.page.head import Head
from extract.page.segments import tidy

LEAST = 200  # characters: shorter texts are descriptions
MOST = 300_000  # characters of a stated body that are read
_PARAGRAPH = re.compile(
    r"</(?:p|div|h[1-6]|li|blockquote)>|<br\s*/?>\s*(?:<br\s*/?>)?|\r?\n+|(?<=[.!?…»”։])\s{2,}",
    re.IGNORECASE,
)
_TAG = re.compile(r"<[^<>]*>")
_ENTITIES = ("&lt;", "&#", "&amp;", "&nbsp;")


def from_head(head: Head) -> str:
    """Return the longest body that the page's JSON-LD states, as HTML or text.

    Empty when none is long enough.
    """
    best = ""

    for item in head.articles:
        for name in ("articleBody", "text"):
            text = item.get(name)
            if isinstance(text, str) and len(text) > len(best):
                best = text

    if len(best) < LEAST:
        return ""

    return best


def paragraphs(body: str) -> list[str]:
    """Return the paragraphs of a stated body.

    Entities resolved (twice over if need be), tags gone, no empty ones.
    """
    text = html.unescape(body[:MOST])
    if any(mark in text for mark in _ENTITIES):
        text = html.unescape(text)

    lines: list[str] = []

    for part in _PARAGRAPH.split(text):
        line = tidy(_TAG.sub(" ", part))
        if line:
            lines.append(line)

    return lines
