"""Counts of a stage in a sentence for people."""

from collections.abc import Mapping, Sequence
from typing import Any


def counted(counts: Mapping[str, Any], words: Sequence[tuple[str, str]]) -> str:
    """Return those counts that are not nought with their words, in the order of the words."""
    return ", ".join(f"{counts[name]} {word}" for name, word in words if counts.get(name))
