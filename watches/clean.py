"""Text out of pages, made safe for headers and mails: all that a page says passes through here.

Removed: control characters (a line break in a title must not become a header line), and the
bidirectional embeddings, overrides and isolates of Unicode (UAX 9), with which a page could make a
mail read differently from what stands in it. Kept: the zero-width non-joiner and joiner, which
Persian spelling needs.
"""

import re
import unicodedata
from urllib.parse import urlsplit

_BIDI = dict.fromkeys(
    [0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF]
)
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}  # Unicode's categories
_SPACE = re.compile(r"\s+")
_JOINERS = {"\u200c", "\u200d"}
_WEB = {"http", "https"}
_TRAILING = " ,;:-–—"
_SLUG = 60  # characters


def line(text: str, limit: int | None = None) -> str:
    """Return a text as one visible line, of at most `limit` characters.

    A longer one is cut at a word, and ends in an ellipsis.
    """
    spaced = _SPACE.sub(" ", text).translate(_BIDI)
    visible = "".join(filter(_is_visible, spaced))
    flat = _SPACE.sub(" ", visible).strip()
    if limit is None or len(flat) <= limit:
        return flat

    head = flat[: limit - 1]
    word_end = head.rfind(" ")
    if word_end > limit // 2:
        head = head[:word_end]

    return head.rstrip(_TRAILING) + "…"


def link(url: str) -> str:
    """Return a URL if it leads to the web, else an empty string.

    javascript:, data: and the like never become links.
    """
    flat = "".join(filter(_belongs_into_url, url.strip()))
    try:
        parts = urlsplit(flat)
    except ValueError:
        return ""

    is_web = parts.scheme.lower() in _WEB and parts.netloc

    return flat if is_web else ""


def slug(name: str) -> str:
    """Return a name as an RFC 2919 list label: ASCII letters, digits and dashes, never empty."""
    decomposed = unicodedata.normalize("NFKD", name)
    ascii_only = decomposed.encode("ascii", "ignore").decode("ascii").lower()
    dashed = re.sub(r"[^a-z0-9]+", "-", ascii_only)

    return dashed.strip("-")[:_SLUG] or "watch"


def mask_secret(address: str) -> str:
    """Return an address without the secret that an Apprise URL may hold."""
    scheme, separator, _ = address.partition("://")

    return f"{scheme}://…" if separator else address


def _is_visible(char: str) -> bool:
    """Return whether a character may stand in a header or a mail."""
    return char in _JOINERS or unicodedata.category(char) not in _INVISIBLE


def _belongs_into_url(char: str) -> bool:
    """Return whether a character may stand in a URL."""
    return char > " " and unicodedata.category(char) not in {"Cc", "Cf"}
