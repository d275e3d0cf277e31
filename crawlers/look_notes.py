"""What is remembered of an outlet's sections that no door is: see crawlers.section_look."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from crawlers.note_values import lines, moment

NAMES = frozenset({"look_at", "look_home", "look_sections", "look_seen", "look_beside"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """A link of a section that no door had named when it was seen."""

    section: str
    url: str  # canonical
    seen: datetime  # aware, UTC


@dataclass(frozen=True, slots=True, kw_only=True)
class Looks:
    """The looks at an outlet's sections so far."""

    at: datetime | None = None  # of the last one
    home: datetime | None = None  # when the front page was asked for its sections
    sections: tuple[str, ...] = ()  # the next to be looked at first
    # What each section showed at its last look and no door had named, shortened.
    seen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    beside: tuple[Beside, ...] = ()


NO_LOOKS = Looks()


def read(data: Mapping[str, str]) -> Looks:
    """Return the looks that an outlet's notes hold."""
    seen = {}
    for line in lines(data, "look_seen"):
        section, _, keys = line.partition(" ")
        seen[section] = tuple(keys.split(",")) if keys else ()

    return Looks(
        at=moment(data, "look_at"),
        home=moment(data, "look_home"),
        sections=lines(data, "look_sections"),
        seen=seen,
        beside=tuple(_read_beside(data)),
    )


def _read_beside(data: Mapping[str, str]) -> Iterator[Beside]:
    """Yield the links that no door named: `moment section url`, one a line."""
    for line in lines(data, "look_beside"):
        seen, section, url = line.split(" ", 2)
        yield Beside(section=section, url=url, seen=datetime.fromisoformat(seen))


def written(looks: Looks) -> Iterator[tuple[str, str]]:
    """Yield the notes of the looks by their names, as `read` reads them."""
    if looks.at:
        yield "look_at", looks.at.isoformat()

    if looks.home:
        yield "look_home", looks.home.isoformat()

    yield "look_sections", "\n".join(looks.sections)
    yield "look_seen", _written_seen(looks.seen)
    yield "look_beside", _written_beside(looks.beside)


def _written_seen(seen: Mapping[str, tuple[str, ...]]) -> str:
    """Return what each section showed: `section key,key`, one a line."""
    rows = []
    for section, keys in seen.items():
        shown = ",".join(keys)
        rows.append(f"{section} {shown}")

    return "\n".join(rows)


def _written_beside(links: Iterable[Beside]) -> str:
    """Return the links that no door named, as `_read_beside` reads them."""
    rows = []
    for link in links:
        seen = link.seen.isoformat()
        rows.append(f"{seen} {link.section} {link.url}")

    return "\n".join(rows)
