"""What pages change by themselves: counters, clocks and "updated" lines.

A line is judged by its form and by the words of all languages, never by its outlet. Text without
this noise is canonical: equal canonical texts are the same text.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from news.languages import every
from news.page_lines import plain

_DIGITS = re.compile(r"\d+(?:[.,:\s]\d+)*")
_WORD = re.compile(r"\w+")
_MOST_WORDS_OF_A_LABEL = 9
_LONGEST_LABEL = 120  # characters: a longer line is never noise
_ENDING = 7  # letters that may follow a stem
_CELL = "|"  # between the cells of a table's row
_SENTENCE_ENDS = (".", "!", "?", "…")
_BEFORE_A_STAMP = ' -|•:"(['


class _Stems:
    """Words that begin with one of some stems and go on for an ending's length at most."""

    def __init__(self, stems: frozenset[str]) -> None:
        self._stems = stems
        self._lengths = sorted({len(stem) for stem in stems})

    def has(self, word: str) -> bool:
        """Return whether a word in small letters is a form of one of the stems."""
        for length in self._lengths:
            near = length <= len(word) <= length + _ENDING
            if near and word[:length] in self._stems:
                return True

        return False


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of all languages that make a line noise."""

    counters: _Stems
    ago: _Stems
    counters_of_time: _Stems  # where a word of "ago" stands beside them
    stamps: tuple[str, ...]


@cache
def _words() -> _Words:
    counters = frozenset(every(lambda known: known.edits.counters))
    ago = frozenset(every(lambda known: known.edits.ago))
    units = frozenset(every(lambda known: known.edits.units))
    stamps = every(lambda known: known.edits.stamps)

    return _Words(
        counters=_Stems(counters),
        ago=_Stems(ago),
        counters_of_time=_Stems(counters | ago | units),
        stamps=stamps,
    )


def is_noise(line: str) -> bool:
    """Return whether a plain line is a counter, a clock or a stamp: short, and that as a whole."""
    if _CELL in line:
        return False

    without_numbers = _DIGITS.sub(" ", line)
    words = [word for word in _WORD.findall(without_numbers) if not word.isdigit()]
    if not words:
        return True
    if len(words) > _MOST_WORDS_OF_A_LABEL or line.endswith(_SENTENCE_ENDS):
        return False
    if not _DIGITS.search(line):
        return False

    lowered = line.lower().lstrip(_BEFORE_A_STAMP)

    return lowered.startswith(_words().stamps) or _is_counter(words)


def _is_counter(words: list[str]) -> bool:
    """Return whether the words beside a number are a counter's: "Views 1 234", "5 minutes ago".

    At most one of them may be another word, and only if it does not stand alone.
    """
    known = _words()
    lowered = [word.lower() for word in words]
    timed = any(known.ago.has(word) for word in lowered)
    stems = known.counters_of_time if timed else known.counters
    others = [word for word in lowered if not stems.has(word)]
    if len(words) == 1:
        return not others

    return len(others) <= 1


def lines(body: str) -> list[str]:
    """Return the lines of a body that are compared, in plain form, noise left out."""
    kept: list[str] = []
    for raw in plain(body).split("\n"):
        line = raw.strip()
        if not line:
            continue

        too_long = len(line) > _LONGEST_LABEL
        if too_long or not is_noise(line):
            kept.append(line)

    return kept


class Canonical(NamedTuple):
    """A text in plain form and without noise: equal ones are the same text."""

    title: str
    standfirst: str
    body: str  # one block a line

    @property
    def headings(self) -> tuple[str, str]:
        """Title and standfirst."""
        return self.title, self.standfirst

    @property
    def blocks(self) -> list[str]:
        """The blocks of the body; one empty block where there is no text."""
        return self.body.split("\n")

    @property
    def text(self) -> str:
        """All of it, with a blank between the parts."""
        return " ".join(self)


def canonical(title: str, standfirst: str, body: str) -> Canonical:
    """Return a text in plain form and without noise."""
    kept = lines(body)

    return Canonical(
        title=plain(title).strip(),
        standfirst=plain(standfirst).strip(),
        body="\n".join(kept),
    )
