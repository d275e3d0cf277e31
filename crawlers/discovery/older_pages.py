"""Where a listing goes on that a script continues as the reader scrolls.

Three habits are known: an element that says "more" carries the address of what follows; a script
adds a moment or a number to an address, and holds it itself or the last entry of the list carries
it; and a piece of such a list goes on in the same way as it was asked for.
"""

import re
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit

from crawlers.discovery import dates

_MOMENTS = ("date", "time", "ts", "timestamp", "datetime", "before", "older", "until", "to", "max")
_NUMBERS = ("last", "lastid", "last_id", "last-id", "from", "from_id", "offset_id", "id", "cursor")
_PAGES = ("page", "paged", "p", "pg", "sayfa", "str", "pagenum", "page_num")
_NAMES = "|".join(re.escape(name) for name in (*_MOMENTS, *_NUMBERS))
_ASKED = "|".join(re.escape(name) for name in (*_MOMENTS, *_NUMBERS, *_PAGES))
# A text in a script that ends where a value is to be added: '/latest/?ajax=1&date=', and the
# variable that is added to it.
_STEM = re.compile(
    rf"[\"'`]([^\"'`\s<>]{{0,300}}[?&]({_ASKED})=)"
    rf"(?:[\"'`](?:\s*\+\s*(?P<added>[a-z_$][\w$]{{0,40}}))?|\$\{{\s*(?P<within>[a-z_$][\w$]{{0,40}})?)",
    re.IGNORECASE,
)
# What a script gives a variable at first: 2, "1772391600", '28.02.2026'.
_GIVEN = re.compile(r"(?<![\w$.])([a-zA-Z_$][\w$]{0,40})\s*[=:]\s*[\"'`]?(\d[\d.-]{0,18})\b")
_MORE = re.compile(
    r"(?:^|[\s_-])(?:more|loadmore|load-more|next|older|daha|devam|devamı|davamı|davamını|digər|ещё|еще|далее|показать|"
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
_STAMPED = ("data-date", "data-time", "data-timestamp", "data-ts")
_WORDS_AT_MOST = 60  # letters of a button
_STAMP = re.compile(r"\d{1,19}")
_LEAST_DIGITS = 4  # of a moment or of an article's number
_SCRIPT_AT_MOST = 200_000  # letters of scripts looked at


def address(
    root: Any,
    base: str,
) -> str | None:
    """Return the address of what follows a page or a piece of one; None where nothing tells."""
    return _of_button(root, base) or _of_piece(root, base) or _of_script(root, base)


def _of_button(
    root: Any,
    base: str,
) -> str | None:
    """Return the address that an element which says "more" carries."""
    for name in _ADDRESSES:
        for element in root.xpath(f"//*[@{name}]"):
            value = str(element.get(name)).strip()
            is_meant = _says_more(element) or _counts(value)
            if not value or not is_meant:
                continue

            found = urljoin(base, value)
            if _is_another(found, base):
                return found

    return None


def _counts(address: str) -> bool:
    """Tell whether an address asks for a page by its number, or for what is older than a moment."""
    query = urlsplit(address).query

    for name, value in parse_qsl(query):
        is_known_name = re.fullmatch(_ASKED, name, re.IGNORECASE)
        if is_known_name and value[:1].isdigit():
            return True

    return False


def _says_more(element: Any) -> bool:
    """Tell whether an element's words, class or id promise the rest of a list."""
    words = " ".join(element.text_content().split())
    names = f"{element.get('class') or ''} {element.get('id') or ''}"

    if len(words) <= _WORDS_AT_MOST and _MORE.search(words):
        return True

    return _MORE.search(names) is not None


def _of_script(
    root: Any,
    base: str,
) -> str | None:
    """Return the address that a script would make of its own value, or of the last entry's."""
    texts = root.xpath("//script[not(@src)]/text()")
    scripts = map(str, texts)
    code = "\n".join(scripts)[:_SCRIPT_AT_MOST]
    given = dict(_GIVEN.findall(code))

    for match in _STEM.finditer(code):
        name = match[2].lower()
        variable = match["added"] or match["within"] or ""
        value = _held(given.get(variable, ""), name) or _oldest(root, name)
        if not value:
            continue

        found: str = urljoin(base, match[1] + value)
        if _is_another(found, base):
            return found

    return None


def _held(
    value: str,
    name: str,
) -> str:
    """Return what a variable holds where it tells what follows; an empty text where it does not."""
    if name not in _PAGES:
        return value if len(value) >= _LEAST_DIGITS else ""

    # A count that begins with this page is raised before it is used.
    is_this_page = value in {"0", "1"}

    return str(int(value) + 1) if is_this_page else value


def _of_piece(
    root: Any,
    base: str,
) -> str | None:
    """Return the address of the next piece, where this one was asked for with a moment."""
    query = urlsplit(base).query

    for name, value in parse_qsl(query):
        is_known_name = re.fullmatch(_NAMES, name, re.IGNORECASE)
        if not is_known_name or not _STAMP.fullmatch(value):
            continue

        older = _oldest(root, name.lower())
        if older and older != value:
            asked = f"{name}={value}"
            return base.replace(asked, f"{name}={older}")

    return None


def _oldest(
    root: Any,
    name: str,
) -> str:
    """Return the oldest moment, or the lowest number, that the entries of a list carry."""
    if name in _PAGES:
        # Only the script knows how far its reader has come.
        return ""

    is_moment = name in _MOMENTS

    for attribute in _attributes(name):
        numbers = []
        for value in root.xpath(f"//*/@{attribute}"):
            stamp = value.strip()
            if _STAMP.fullmatch(stamp):
                numbers.append(int(stamp))

        if numbers:
            return str(min(numbers))

    return _seconds(root) if is_moment else ""


def _attributes(name: str) -> tuple[str, ...]:
    """Return the attributes in which entries carry what a parameter asks for, the surest first."""
    own = f"data-{name}"
    if name in _MOMENTS:
        return (*_STAMPED, own)

    return own, "data-id"


def _seconds(root: Any) -> str:
    """Return the oldest of the marked-up times of a page in seconds since 1970."""
    seconds = []
    for text in root.xpath("//time/@datetime"):
        moment = dates.read(str(text))
        if moment is not None:
            seconds.append(int(moment.timestamp()))

    if not seconds:
        return ""

    return str(min(seconds))


def _same_host(
    left: str,
    right: str,
) -> bool:
    """Tell whether two addresses lie on one host; no address lies on any."""
    try:
        one = urlsplit(left).netloc
        other = urlsplit(right).netloc
    except ValueError:
        return False

    return one == other


def _is_another(
    found: str,
    base: str,
) -> bool:
    """Tell whether an address is another one of the same host."""
    return found != base and _same_host(found, base)
