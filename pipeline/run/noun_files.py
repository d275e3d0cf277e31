"""Files of JSON lines in a run's folder, read one noun at a time."""

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from news import codec

T = TypeVar("T")


def nouns(kind: type[T], path: Path) -> Iterator[T]:
    """Yield the nouns of a file of JSON lines; an absent file has none."""
    for line in lines(path):
        yield codec.load(kind, line)


def lines(path: Path) -> Iterator[str]:
    """Yield the lines of a file; an absent file has none."""
    if path.exists():
        with path.open(encoding="utf-8", newline="\n") as file:
            yield from file
