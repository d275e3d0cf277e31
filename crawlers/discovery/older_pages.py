"""Where a listing goes on that a script continues as the reader scrolls.

Three habits are known: an element that says "more" carries the address of what follows; a script
adds a moment or a number to an address, and the last entry of the list carries it; and a piece of
such a list goes on in the same way as it was asked for.
"""

import re
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit

from crawlers.discovery import dates

_MOMENTS = ("date", "time", "ts", "timestamp", "datetime", "before", "older", "until", "to", "max")
_NUMBERS = ("last", "lastid", "last_id", "last-id", "from", "from_id", "offset_id", "id", "cursor")
_NAMES = "|".join(re.escape(name) for name in (*_MOMENTS, *_NUMBERS))
# A text in a script that ends where a value is to be added: '/latest/?ajax=1&date='.
_STEM = re.compile(rf"[\"'`]([^\"'`\s<>]{{0,300}}[?&]({_NAMES})=)(?:[\"'`]|\$\{{)", re.IGNORECASE)
_MORE = re.compile(
    r"(?:^|[\s_-])(?:more|loadmore|load-more|next|older|daha|devam|digər|ещё|еще|далее|показать|"
    r"მეტი|ավելին|بیشتر|yana|ko'proq|көбірек)(?:$|[\s_-])",
    re.IGNORECASE,
)
_ADDRESSES = (
    "data-url",
    "data-href",
    "data-next",
    "data-next-url",
    "data-ajax",
    "data-ajax-url",
    "data-load",
    "hx-get",
)
_WORDS_AT_MOST = 60  # letters of a button
_STAMP = re.compile(r"\d{1,19}")
_SCRIPT_AT_MOST = 200_000  # letters of scripts looked at


def address(root: Any, base: str) -> str | None:
    """Return the address of what follows a page or a piece of one; None where nothing tells."""
    return _of_button(root, base) or _of_piece(root, base) or _of_script(root, base)


def _of_button(root: Any, base: str) -> str | None:
    """Return the address that an element which says "more" carries."""
    for name in _ADDRESSES:
        for element in root.xpath(f"//*[@{name}]"):
            value = element.get(name).strip()
            if value and _says_more(element):
                found = urljoin(base, value)
                if found != base and _same_host(found, base):
                    return str(found)

    return None


def _says_more(element: Any) -> bool:
    words = " ".join(element.text_content().split())
    names = f"{element.get('class') or ''} {element.get('id') or ''}"

    if len(words) <= _WORDS_AT_MOST and _MORE.search(words):
        return True

    return _MORE.search(names) is not None


def _of_script(root: Any, base: str) -> str | None:
    """Return the address that a script would make of the last entry's moment or number."""
    texts = root.xpath("//script[not(@src)]/text()")
    code = "\n".join(str(text) for text in texts)[:_SCRIPT_AT_MOST]

    for match in _STEM.finditer(code):
        value = _oldest(root, match[2].lower())
        found = urljoin(base, match[1] + value) if value else ""
        if found and found != base and _same_host(found, base):
            return found

    return None


def _of_piece(root: Any, base: str) -> str | None:
    """Return the address of the next piece, where this one was asked for with a moment."""
    for name, value in parse_qsl(urlsplit(base).query):
        if not re.fullmatch(_NAMES, name, re.IGNORECASE) or not _STAMP.fullmatch(value):
            continue

        older = _oldest(root, name.lower())
        if older and older != value:
            return base.replace(f"{name}={value}", f"{name}={older}")

    return None


def _oldest(root: Any, name: str) -> str:
    """Return the oldest moment, or the lowest number, that the entries of a list carry."""
    is_moment = name in _MOMENTS
    attributes = ("data-date", "data-time", "data-timestamp", "data-ts") if is_moment else ()

    for attribute in (*attributes, f"data-{name}", *(() if is_moment else ("data-id",))):
        values = [value.strip() for value in root.xpath(f"//*/@{attribute}")]
        numbers = [int(value) for value in values if _STAMP.fullmatch(value)]
        if numbers:
            return str(min(numbers))

    return _seconds(root) if is_moment else ""


def _seconds(root: Any) -> str:
    """Return the oldest of the marked-up times of a page in seconds since 1970."""
    moments = [dates.read(str(text)) for text in root.xpath("//time/@datetime")]
    seconds = [int(moment.timestamp()) for moment in moments if moment is not None]

    return str(min(seconds)) if seconds else ""


def _same_host(left: str, right: str) -> bool:
    try:
        return urlsplit(left).netloc == urlsplit(right).netloc
    except ValueError:
        return False
