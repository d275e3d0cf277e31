"""How probably each of a page's segments is the article's.

The first judge looks at what the page itself shows. Where it is unsure, or takes for
the article what may be readers' comments, trafilatura reads the page and votes, and the
second judge decides, who knows the vote too. Most pages are plain enough for the first
alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import numpy as np

from extract.blocks import features, model, readers, voted
from extract.blocks import vote as base
from extract.blocks.context import Evidence
from extract.blocks.evidence import Piece, weigh
from extract.blocks.neighbours import DOUBT
from extract.page.reading import Reading
from extract.page.segments import Segment, tidy
from extract.page.title import key

ALL_LINK = 0.95  # share of a line that is link
THRESHOLD = 0.45  # probability from which on a segment is the article's
UNSURE = 0.2  # mean doubt of a page's text, by length, from which on the base is asked
LITTLE = 400  # characters of text below which it is asked in any case


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the judges say of a page.

    `chances` by the segment's number: those not asked about are no text. `kept` is the
    base's vote, or what the first judge keeps where it was sure. `readers` are the
    numbers of what readers wrote. `pieces` of evidence only where they were asked for.
    """

    chances: dict[int, float]
    kept: frozenset[int]
    readers: frozenset[int]
    pieces: dict[int, tuple[Piece, ...]]


def judge(
    reading: Reading,
    said: Sequence[str],
    judges: model.Judges | None = None,
    *,
    explain: bool = False,
) -> Opinion:
    """Return how probably each segment of a page is the article's.

    `said` are the paragraphs of the body that the page states; `judges` are others than
    those that ship; with `explain` the evidence of doubtful and kept segments is told.
    """
    judges = judges or model.load()
    # Lines that are nothing but links are menus and tickers: no evidence is gathered
    # for them unless the base takes them.
    plain = [segment for segment in reading.segments if segment.link_share < ALL_LINK]
    known = evidence(reading, said)
    page = features.Rows(reading.segments, known)
    own = page.matrix(plain)
    first = model.judge(own, judges.first)
    threads = readers.find(reading.segments, reading.at)
    comments = threads.written(frozenset())
    if not is_unsure(plain, first) and not _keeps(comments, plain, first):
        answers = _by_number(plain, first)
        taken = frozenset(number for number, chance in answers.items() if chance >= THRESHOLD)
        pieces = _pieces(plain, own, first, taken, judges.first) if explain else {}

        return Opinion(answers, taken, comments, pieces)

    kept = base.vote(reading.root, reading.segments).kept
    links = [one for one in reading.segments if one.link_share >= ALL_LINK and one.index in kept]
    if links:
        plain = sorted([*plain, *links], key=lambda segment: segment.index)
        own = page.matrix(plain)

    rows = np.hstack([own, voted.matrix(reading.segments, plain, kept)])
    second = model.judge(rows, judges.second)
    pieces = _pieces(plain, rows, second, kept, judges.second) if explain else {}

    return Opinion(_by_number(plain, second), kept, threads.written(kept), pieces)


def evidence(reading: Reading, said: Sequence[str]) -> Evidence:
    """Return what is known of a page besides its segments."""
    description = reading.head.meta("og:description", "description", "twitter:description")
    host = urlsplit(reading.address).hostname or ""

    return Evidence(
        title=reading.headline,
        description=tidy(description),
        body_key=key(" ".join(said)),
        cards=reading.cards,
        host=host.removeprefix("www."),
    )


def is_unsure(segments: Sequence[Segment], chances: Any) -> bool:
    """Tell whether a judge's answers leave a page in doubt.

    Many of them are near a half, or next to nothing is kept.
    """
    lengths = np.array([len(segment.text) for segment in segments], dtype=np.float64)
    if lengths[chances >= THRESHOLD].sum() < LITTLE:
        return True

    live = chances >= DOUBT
    doubt = lengths * (1.0 - np.abs(2.0 * chances - 1.0))

    return bool(doubt[live].sum() > UNSURE * lengths[live].sum())


def _keeps(numbers: frozenset[int], segments: Sequence[Segment], chances: Any) -> bool:
    """Tell whether a judge keeps one of the segments with these numbers."""
    for segment, chance in zip(segments, chances, strict=True):
        if chance >= THRESHOLD and segment.index in numbers:
            return True

    return False


def _by_number(segments: Sequence[Segment], chances: Any) -> dict[int, float]:
    """Return answers by their segments' numbers."""
    return {segment.index: float(chance) for segment, chance in zip(segments, chances, strict=True)}


def _pieces(
    segments: Sequence[Segment],
    rows: Any,
    chances: Any,
    kept: frozenset[int],
    trees: model.Model,
) -> dict[int, tuple[Piece, ...]]:
    """Return the strongest pieces of evidence for and against each segment that could be text."""
    found: dict[int, tuple[Piece, ...]] = {}

    for segment, row, chance in zip(segments, rows, chances, strict=True):
        if chance >= DOUBT / 10 or segment.index in kept:
            found[segment.index] = weigh(row, trees.stored)

    return found
