"""Every way in which editors, syndication and broken feeds change a text."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random

from press import names
from press.copies import AGENCY, boilerplate
from press.lexicon import lexicon

TODAY = datetime(2026, 2, 1, tzinfo=UTC)  # of the datelines
_NOISE = 0.01  # share of letters that a bad scan changes


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """An original: its number, its language, and its title and paragraphs as lines."""

    story: int
    language: str
    lines: tuple[str, ...]


Edit = Callable[[Source, Source, Random], Sequence[str]]


def _spaces(source: Source, _other: Source, _rng: Random) -> list[str]:
    return [
        " ".join(source.lines)
        .replace(", ", ",  ")
        .replace(
            ". ",
            ".\u00a0",
        )
    ]


def _dateline(source: Source, _other: Source, rng: Random) -> list[str]:
    town = names.place(rng.randrange(24), source.language)
    return [
        source.lines[0],
        f"{town.upper()}, {names.day_month(TODAY.date(), source.language)} ({AGENCY}) – "
        f"{source.lines[1]}",
        *source.lines[2:],
    ]


def _trim(share: float) -> Edit:
    return lambda source, _other, _rng: source.lines[
        : max(3, round(len(source.lines) * (1 - share)))
    ]


def _boilerplate(source: Source, _other: Source, rng: Random) -> list[str]:
    return [
        *source.lines,
        boilerplate(source.language, f"Outlet {rng.randrange(12)}"),
    ]


def _paraphrase(every: int) -> Edit:
    """Replace one word in `every` by another of the same article.

    Of 3-word shingles three times as many change.
    """

    def edit(source: Source, _other: Source, rng: Random) -> list[str]:
        pool = " ".join(source.lines).split()

        def other_word(word: str) -> str:
            if rng.randrange(every) == 0:
                return rng.choice(pool)

            return word

        return [" ".join(map(other_word, line.split())) for line in source.lines]

    return edit


def _reorder(source: Source, other: Source, rng: Random) -> list[str]:
    """Shuffle the paragraphs and put a sentence of another article among them."""
    body = list(source.lines[2:])
    rng.shuffle(body)
    body.insert(
        rng.randrange(len(body) + 1),
        re.split(r"(?<=[.։]) ", other.lines[-1])[0],
    )

    return [*source.lines[:2], *body]


def merge(source: Source, other: Source, _rng: Random) -> list[str]:
    """Put a second text below the first."""
    return [*source.lines, *other.lines[1:]]


def _halves(source: Source, other: Source, _rng: Random) -> list[str]:
    return [
        *source.lines[: -(-len(source.lines) // 2)],
        *other.lines[len(other.lines) // 2 :],
    ]


def _noise(source: Source, _other: Source, rng: Random) -> list[str]:
    """Change one letter in a hundred, as bad scans and encodings do."""

    def noisy(line: str) -> str:
        letters = []
        for letter in line:
            if letter.isalpha() and rng.random() < _NOISE:
                letters.append(rng.choice(line))
            else:
                letters.append(letter)

        return "".join(letters)

    return [noisy(line) for line in source.lines]


def _combo(source: Source, other: Source, rng: Random) -> list[str]:
    lines = tuple(_dateline(source, other, rng))
    lines = tuple(
        _paraphrase(26)(
            Source(story=0, language=source.language, lines=lines),
            other,
            rng,
        )
    )

    return [
        *lines[: max(3, round(len(lines) * 0.8))],
        boilerplate(source.language, f"Outlet {rng.randrange(12)}"),
    ]


def _excerpt(source: Source, _other: Source, _rng: Random) -> list[str]:
    """Keep the title and the first three sentences, and send the reader on."""
    sentences = re.split(
        r"(?<=[.։]) ",
        " ".join(source.lines[1:5]),
    )[:3]
    return [
        source.lines[0],
        " ".join(sentences),
        lexicon(source.language).labels["more"] + "...",
    ]


KINDS: dict[str, Edit] = {
    "base": lambda source, _other, _rng: source.lines,
    "exact+ws": _spaces,
    "dateline": _dateline,
    "trim_tail_30": _trim(0.3),
    "trim_tail_50": _trim(0.5),
    "boilerplate": _boilerplate,
    "para_1in7": _paraphrase(70),
    "para_1in3": _paraphrase(26),
    "reorder+insert": _reorder,
    "merge_two_wires": merge,
    "half+half": _halves,
    "noise_1pct_chars": _noise,
    "combo": _combo,
    "excerpt_lead3": _excerpt,
}
