"""The words of drawn outlets' furniture and of pages that are no articles, by language."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent / "words"
STRANGERS = ("horoscope", "weather", "currency", "terms", "privacy", "about", "advertise")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stranger:
    """The words of a page that is no article: its title and sentences, with slots d, n, k, p."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """One language's words."""

    sections: tuple[str, ...]
    removed: str
    missing: str
    wall_title: str
    wall: str
    archive: str
    strangers: dict[str, Stranger]


@cache
def words(language: str) -> Words:
    """Return a language's words."""
    held = tomllib.loads((_FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
    strangers = {name: _stranger(one) for name, one in held["strangers"].items()}
    return Words(
        sections=tuple(held["sections"]),
        removed=held["removed"],
        missing=held["missing"],
        wall_title=held["wall_title"],
        wall=held["wall"],
        archive=held["archive"],
        strangers=strangers,
    )


def _stranger(held: dict[str, Any]) -> Stranger:
    return Stranger(
        title=held["title"],
        lines=tuple(held["lines"]),
    )
