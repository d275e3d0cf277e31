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


def from_head(head: Head) -> str:
    """Return the longest body that the page's JSON-LD states, as HTML or text; empty when none is long enough."""
    bodies = [
        text
        for item in head.articles
        for name in ("articleBody", "text")
        if isinstance(text := item.get(name), str)
    ]
    best = max(bodies, key=len, default="")
    return best if len(best) >= LEAST else ""


def paragraphs(body: str) -> list[str]:
    """Return the paragraphs of a stated body: entities resolved (twice over if need be), tags gone, no empty ones."""
    text = html.unescape(body[:MOST])
    if "&lt;" in text or "&#" in text or "&amp;" in text or "&nbsp;" in text:
        text = html.unescape(text)
    return [line for part in _PARAGRAPH.split(text) if (line := tidy(_TAG.sub(" ", part)))]
