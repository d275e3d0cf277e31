"""How the values of notes are written and read: the archive keeps them as text by name."""

from collections.abc import Mapping
from datetime import datetime


def counts(counts: Mapping[str, int]) -> dict[str, str]:
    """Return the counts that are not 0, as text."""
    written = {}
    for name, count in counts.items():
        if count:
            written[name] = str(count)

    return written


def whole(data: Mapping[str, str], name: str) -> int:
    """Return a whole number; 0 where there is none."""
    return int(data.get(name, 0))


def number(data: Mapping[str, str], name: str) -> float:
    """Return a number; 0 where there is none."""
    return float(data.get(name, 0))


def moment(data: Mapping[str, str], name: str) -> datetime | None:
    """Return an aware moment; None where there is none."""
    text = data.get(name)
    if not text:
        return None

    return datetime.fromisoformat(text)


def lines(data: Mapping[str, str], name: str) -> tuple[str, ...]:
    """Return the lines of a note that are not empty."""
    text = data.get(name, "")
    written = text.split("\n")

    return tuple(filter(None, written))


def pairs(data: Mapping[str, str], name: str) -> dict[str, str]:
    """Return the pairs `key:words` of a note."""
    text = data.get(name, "")
    pairs = {}

    for item in text.split(" "):
        key, colon, words = item.partition(":")
        if colon:
            pairs[key] = words

    return pairs


def without(data: Mapping[str, str], names: frozenset[str]) -> dict[str, str]:
    """Return the notes that have none of these names."""
    others = {}
    for name, text in data.items():
        if name not in names:
            others[name] = text

    return others
