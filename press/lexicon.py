"""The words of the press.

One text file per language, line by line aligned, so that line i means the same in all of them.

Marks in the lines: `[a|b]` is a choice of wordings, `{x}` a slot filled from an event's facts (see
press.prose).
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from press.errors import PressError

LANGUAGES = ("az", "hy", "ka", "ru", "tr", "fa", "en")
_FOLDER = Path(__file__).parent / "words"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """One language's lines by section, and the words of its sites' furniture."""

    language: str
    lines: dict[str, tuple[str, ...]]
    labels: dict[str, str]

    def __getitem__(self, section: str) -> tuple[str, ...]:
        return self.lines[section]


@cache
def lexicon(language: str) -> Lexicon:
    """Return the lexicon of one of LANGUAGES."""
    if language not in LANGUAGES:
        raise PressError(
            f"the press does not write in {language!r}: it knows {', '.join(LANGUAGES)}"
        )

    lines: dict[str, list[str]] = {}
    for line in (_FOLDER / f"{language}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            current = lines.setdefault(line[3:], [])
        elif line:
            current.append(line)

    labels = dict(line.split("=", 1) for line in lines.pop("labels"))

    return Lexicon(
        language=language, lines={name: tuple(held) for name, held in lines.items()}, labels=labels
    )
