"""How pages look: templates with escaping, and the few filters they use."""

import math
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

SECTIONS = (("Stories", "/"), ("Outlets", "/outlets"), ("Watches", "/watches"), ("Runs", "/runs"))
_RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "ps", "ckb", "ug", "yi"})


class Look:
    """Renders templates. Everything is escaped; an undefined name is an error, not an empty string."""

    def __init__(self, folder: Path, root: str) -> None:
        self._environment = Environment(
            loader=FileSystemLoader(folder),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters.update(
            when=when, day=day, link=link, direction=direction, bars=bars, path=segment
        )
        self._root = root
        self._environment.globals.update(root=root, sections=SECTIONS, section="", q="")

    def url(self, *parts: str) -> str:
        """Return the path of one of our pages."""
        return "/".join([self._root, *[segment(part) for part in parts]])

    def page(self, name: str, **values: Any) -> str:
        """Return one page."""
        return self._environment.get_template(name).render(**values)


def when(moment: datetime | None, offset: int | None = None) -> str:
    """Return a moment for people: in UTC, or in the zone (minutes east) its page named."""
    if moment is None:
        return "not known"
    if offset:
        sign, minutes = ("+" if offset > 0 else "-"), abs(offset)
        return f"{moment.astimezone(timezone(timedelta(minutes=offset))):%-d %b %Y, %H:%M} {sign}{minutes // 60:02}:{minutes % 60:02}"
    return f"{moment.astimezone(UTC):%-d %b %Y, %H:%M}"


def day(moment: datetime) -> str:
    """Return a day for people."""
    return f"{moment.astimezone(UTC):%A, %-d %B %Y}"


def link(url: str) -> str:
    """Return a URL that is safe as a link: http and https only."""
    return url if urlsplit(url).scheme in {"http", "https"} else "about:blank"


def segment(text: str) -> str:
    """Return a text as one segment of a path."""
    return quote(text, safe="")


def direction(language: str) -> str:
    """Return the direction a language is written in."""
    return "rtl" if language in _RIGHT_TO_LEFT else "ltr"


def bars(counts: Sequence[int]) -> list[int]:
    """Return the heights, 0 to 7, of a small bar chart."""
    most = max(counts, default=0)
    return [math.ceil(7 * count / most) if most else 0 for count in counts]
