"""Endings of words, composed of their parts, and how the longest is cut."""

from itertools import product

LEAST = 3  # letters that always stay


def compose(*slots: str) -> frozenset[str]:
    """Return all endings that one choice from each slot makes; "-" is the empty choice."""
    choices: list[list[str]] = []
    for slot in slots:
        parts = slot.split()
        choices.append([part.replace("-", "") for part in parts])

    endings = map("".join, product(*choices))

    return frozenset(filter(None, endings))


def longest_of(endings: frozenset[str]) -> int:
    """Return the length of the longest ending, in letters."""
    return max(map(len, endings))


def cut(
    word: str,
    endings: frozenset[str],
    longest: int,
    *,
    least: int = LEAST,
) -> str:
    """Cut the longest known ending that leaves enough letters."""
    length = len(word)
    earliest = max(least, length - longest)

    for start in range(earliest, length):
        if word[start:] in endings:
            return word[:start]

    return word
