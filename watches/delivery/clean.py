"""Text out of pages, made safe for headers and mails. Everything that a page says passes through here before it is shown.

Removed: control characters (a line break in a title must not become a header line), and the bidirectional embeddings,
overrides and isolates of Unicode (UAX 9), with which a page could make a mail read differently from what stands in it.
Kept: the zero-width non-joiner and joiner, which Persian spelling needs.
"""

import re
import unicodedata
from urllib.parse import urlsplit

_BIDI = dict.fromkeys(
    [0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF]
)
_SPACE = re.compile(r"\s+")
_KEPT = {"\u200c", "\u200d"}
_WEB = {"http", "https"}


def line(text: str, limit: int | None = None) -> str:
    """Return a text as one visible line, cut at a word to at most `limit` characters, with an ellipsis."""
    spaced = _SPACE.sub(" ", text).translate(_BIDI)
    shown = "".join(
        char
        for char in spaced
        if char in _KEPT or unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn"}
    )
    flat = _SPACE.sub(" ", shown).strip()
    if limit is None or len(flat) <= limit:
        return flat
    head = flat[: limit - 1]
    cut = head.rfind(" ")
    return head[: cut if cut > limit // 2 else limit - 1].rstrip(" ,;:-–—") + "…"


def link(url: str) -> str:
    """Return a URL if it leads to the web, else an empty string: javascript:, data: and the like never become links."""
    flat = "".join(
        char
        for char in url.strip()
        if char > " " and unicodedata.category(char) not in {"Cc", "Cf"}
    )
    try:
        parts = urlsplit(flat)
    except ValueError:
        return ""
    return flat if parts.scheme.lower() in _WEB and parts.netloc else ""


def slug(name: str) -> str:
    """Return a name as an RFC 2919 list label: ASCII letters, digits and dashes, never empty."""
    ascii_only = (
        unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii").lower()
    )
    return re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")[:60] or "watch"
