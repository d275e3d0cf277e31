"""Counts of a stage in a sentence for people."""

from collections.abc import Mapping, Sequence
from typing import Any


def counted(counts: Mapping[str, Any], words: Sequence[tuple[str, str]]) -> str:
    """Return those counts that are not nought with their words, in the order of the words."""
    parts: list[str] = []
    for name, word in words:
        count = counts.get(name)
        if count:
            parts.append(f"{count} {word}")

    return ", ".join(parts)
