"""How pages look: templates with escaping, and the few filters they use."""

import math
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pipeline import outlet_health

SECTIONS = (
    ("Today", "/today"),
    ("Stories", "/"),
    ("Outlets", "/outlets"),
    ("Watches", "/watches"),
    ("Runs", "/runs"),
)
_RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "ps", "ckb", "ug", "yi"})
_TALLEST_BAR = 7  # the style sheet has the heights h0 to h7


class Look:
    """Renders templates. Everything is escaped; an undefined name is an error, not empty."""

    def __init__(self, folder: Path, root: str) -> None:
        self._root = root
        self._environment = Environment(
            loader=FileSystemLoader(folder),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

        self._environment.filters.update(
            when=when,
            day=day,
            link=link,
            direction=direction,
            bars=bars,
            path=segment,
            level=outlet_health.level_of,
            meaning=outlet_health.meaning_of,
        )

        self._environment.globals.update(root=root, sections=SECTIONS, section="", q="", visit=None)

    def url(self, *parts: str) -> str:
        """Return the path of one of our pages."""
        segments = [segment(part) for part in parts]
        return "/".join([self._root, *segments])

    def page(self, name: str, **values: Any) -> str:
        """Return one page as HTML."""
        return self._environment.get_template(name).render(**values)

    def answer(self, name: str, *, status: int = 200, **values: Any) -> HTMLResponse:
        """Return one page as an HTTP answer."""
        return HTMLResponse(self.page(name, **values), status)


def when(moment: datetime | None, offset: int | None = None) -> str:
    """Return a moment for people: in UTC, or in the zone (minutes east) its page named."""
    if moment is None:
        return "not known"
    if not offset:
        return _minute(moment.astimezone(UTC))

    zone = timezone(timedelta(minutes=offset))
    sign = "+" if offset > 0 else "-"
    hours, minutes = divmod(abs(offset), 60)

    return f"{_minute(moment.astimezone(zone))} {sign}{hours:02}:{minutes:02}"


def _minute(moment: datetime) -> str:
    return f"{moment:%-d %b %Y, %H:%M}"


def day(moment: datetime) -> str:
    """Return the day, in UTC, that a moment lies in, for people."""
    return f"{moment.astimezone(UTC):%A, %-d %B %Y}"


def link(url: str) -> str:
    """Return a URL that is safe as a link: http and https only."""
    safe = urlsplit(url).scheme in {"http", "https"}
    return url if safe else "about:blank"


def segment(text: str) -> str:
    """Return a text as one segment of a path."""
    return quote(text, safe="")


def direction(language: str) -> str:
    """Return the direction a language is written in."""
    return "rtl" if language in _RIGHT_TO_LEFT else "ltr"


def bars(counts: Sequence[int]) -> list[int]:
    """Return the heights, 0 to 7, of a small bar chart; the highest count is 7, any count 1."""
    most = max(counts, default=0)
    if most == 0:
        return [0] * len(counts)

    return [math.ceil(_TALLEST_BAR * count / most) for count in counts]
