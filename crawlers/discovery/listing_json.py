"""Lists of articles inside JSON: pieces of HTML that a script asks for, and pages' own data."""

import json
from collections.abc import Iterator
from typing import Any

_LINKS = frozenset({"url", "link", "href", "permalink", "path", "canonical_url", "web_url"})
_FOLLOWING = frozenset({"next", "next_page", "next_page_url", "nextpage", "next_url", "nexturl"})
_TITLES = ("title", "name", "headline", "header")
_DEEPEST = 12
_MOST = 5000  # values looked at


def parse(text: str | bytes) -> Any:
    """Return what a JSON text holds; None for what is none."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def pieces_of_html(value: Any) -> Iterator[str]:
    """Yield the texts that hold links as HTML."""
    for found in _walk(value):
        if isinstance(found, str) and "<a " in found:
            yield found


def links(value: Any) -> Iterator[tuple[str, str]]:
    """Yield (address as written, title) of objects that have an address."""
    for found in _walk(value):
        if not isinstance(found, dict):
            continue

        title = _title(found)
        for address in _named(found, _LINKS):
            yield address, title


def objects(value: Any) -> Iterator[dict[str, Any]]:
    """Yield the objects in a value."""
    for found in _walk(value):
        if isinstance(found, dict):
            yield found


def has_address(found: dict[str, Any]) -> bool:
    """Tell whether an object names an address."""
    return any(_named(found, _LINKS))


def _title(found: dict[str, Any]) -> str:
    """Return the title of an object; an empty text for none."""
    for name in _TITLES:
        title = found.get(name)
        if isinstance(title, str):
            return title

    return ""


def _named(found: dict[str, Any], names: frozenset[str]) -> Iterator[str]:
    """Yield the addresses that an object has under one of these names, in small letters."""
    for name, address in found.items():
        is_meant = str(name).lower() in names
        if is_meant and _is_address(address):
            yield address


def next_address(value: Any) -> str | None:
    """Return the address of the following page that a list in JSON names; None for none."""
    for found in _walk(value):
        if not isinstance(found, dict):
            continue

        for address in _named(found, _FOLLOWING):
            return address

    return None


def _is_address(value: Any) -> bool:
    """Tell whether a value of the data is written like an address."""
    return isinstance(value, str) and value.startswith(("http://", "https://", "/", "?"))


def _walk(value: Any) -> Iterator[Any]:
    """Yield all values in a value, itself first."""
    waiting = [(value, 0)]
    count = 0

    while waiting and count < _MOST:
        found, depth = waiting.pop()
        count += 1
        yield found

        if depth >= _DEEPEST:
            continue

        inner = list(found.values()) if isinstance(found, dict) else found

        if isinstance(inner, list):
            waiting += [(one, depth + 1) for one in reversed(inner)]
