"""When a page was published by the state that its scripts carry."""

import json
import re
from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement

from extract.metadata.date_claims import Claim, Rank
from extract.page.dom import attribute
from extract.page.title import key

# Names under which the state of scripts keeps the moment of publication.
_STATE = re.compile(
    r"""["'](?:date_?Published|publish(?:ed)?_?(?:At|Date|On|Time)|pubDate|"""
    r"""first_?pub\w*|created_?At|"""
    r"""publication_?(?:Date|Time)|dateOfPublication|display_?Date)["']"""
    r"""\s*:\s*["']([^"']{8,40})["']""",
    re.IGNORECASE,
)
_HINTS = ("ubli", "pubDate", "reated", "isplay", "irst")
_NAMES = re.compile(
    r"(?:date_?published|published(?:_?(?:at|date|on|time))?|publish_?(?:date|time|at)|pub_?date|"
    r"publication_?(?:date|time)|display_?date|first_?pub\w*|date|created_?at|date_?created)",
    re.IGNORECASE,
)
_TITLES = ("headline", "title", "name", "h1")
_MAX_SCRIPT = 600_000  # characters of one script that are searched
_MAX_STATE = 3_000_000  # characters of one that is JSON and nothing else
_MOST = 40_000  # values of a state that are looked at
_LONGEST, _SHORTEST = 40, 8  # characters of a date


def in_scripts(root: HtmlElement) -> Iterator[Claim]:
    """Give the moment of publication in the state of scripts, if they name one and no other."""
    found: set[str] = set()

    for script in root.iter("script"):
        source = (script.text or "")[:_MAX_SCRIPT]
        if not _may_date(source):
            continue

        plain = source.replace("&quot;", '"').replace('\\"', '"')
        for match in _STATE.finditer(plain):
            found.add(match[1])

    days = {raw[:10] for raw in found}
    if len(days) == 1:
        yield Claim("script", min(found), Rank.OTHERWISE)


def beside_headline(root: HtmlElement, headline: str) -> Iterator[Claim]:
    """Give the date that a page's JSON state keeps in the object with the page's headline."""
    wanted = key(headline)
    if not wanted:
        return

    for script in root.iter("script"):
        text = script.text or ""
        if "json" not in attribute(script, "type") or "ld+json" in attribute(script, "type"):
            continue

        if len(text) > _MAX_STATE or not _may_date(text):
            continue

        try:
            state = json.loads(text)
        except (ValueError, RecursionError):
            continue

        yield from _of_headline(state, wanted)


def _may_date(source: str) -> bool:
    """Tell whether a script may name a moment of publication, without reading it."""
    return any(hint in source for hint in _HINTS)


def _of_headline(state: Any, wanted: str) -> Iterator[Claim]:
    """Give the dates of the first object in a state that has this headline."""
    waiting = [state]

    for _ in range(_MOST):
        if not waiting:
            return

        value = waiting.pop()
        if isinstance(value, list):
            waiting.extend(value)
        elif isinstance(value, dict):
            if _is_called(value, wanted):
                yield from _dates(value)

            waiting.extend(value.values())


def _is_called(value: dict[str, Any], wanted: str) -> bool:
    """Tell whether an object has this headline."""
    for name in _TITLES:
        title = value.get(name)
        if isinstance(title, str) and key(title) == wanted:
            return True

    return False


def _dates(value: dict[str, Any]) -> Iterator[Claim]:
    """Give the dates of publication that an object names."""
    for name, raw in value.items():
        if not isinstance(raw, str) or not _SHORTEST <= len(raw) < _LONGEST:
            continue

        if _NAMES.fullmatch(name):
            yield Claim("script", raw, Rank.OTHERWISE)
