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
THRESHOLD = 0.45  # probability from which on the judges take a segment for the article's at first
READIEST, STRICTEST = 0.2, 0.5  # between which each page's own threshold lies
UNSURE = 0.2  # mean doubt of a page's text, by length, from which on the base is asked
LITTLE = 400  # characters of text below which it is asked in any case


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the judges say of a page.

    `chances` by the segment's number: those not asked about are no text. `kept` is the
    base's vote, or what the first judge keeps where it was sure. `readers` are the
    numbers of what readers wrote. `pieces` of evidence only where they were asked for.
    `threshold` is the probability from which on a segment is the article's on this page.
    """

    chances: dict[int, float]
    kept: frozenset[int]
    readers: frozenset[int]
    pieces: dict[int, tuple[Piece, ...]]
    threshold: float


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
    threads = readers.find(reading.segments, reading.at)
    # Lines that are nothing but links are menus and tickers: no evidence is gathered
    # for them unless the base takes them.
    plain = [segment for segment in reading.segments if segment.link_share < ALL_LINK]
    page = features.Rows(reading.segments, evidence(reading, said))
    rows = page.matrix(plain)
    chances = model.judge(rows, judges.first)
    comments = threads.written(frozenset())
    taken = _taken(plain, chances)

    if not is_unsure(plain, chances) and not taken & comments:
        look = _Look(plain, rows, chances, judges.first)

        return Opinion(
            chances=look.answers(),
            kept=taken,
            readers=comments,
            pieces=look.pieces(taken) if explain else {},
            threshold=threshold(plain, chances),
        )

    kept = base.vote(reading.root, reading.segments).kept
    look = _second_look(page, plain, kept, judges.second)
    comments = threads.written(kept)

    return Opinion(
        chances=look.answers(),
        kept=kept,
        readers=comments,
        pieces=look.pieces(kept) if explain else {},
        threshold=threshold(look.segments, look.chances),
    )


@dataclass(frozen=True, slots=True)
class _Look:
    """One judge's look at a page: the segments, their rows of evidence, its answers."""

    segments: Sequence[Segment]
    rows: Any
    chances: Any
    judge: model.Model

    def answers(self) -> dict[int, float]:
        """Return the answers by their segments' numbers."""
        found: dict[int, float] = {}

        for segment, chance in zip(self.segments, self.chances, strict=True):
            found[segment.index] = float(chance)

        return found

    def pieces(self, kept: frozenset[int]) -> dict[int, tuple[Piece, ...]]:
        """Return the strongest evidence for and against each segment that could be text.

        `kept` are those that are worth telling in any case.
        """
        found: dict[int, tuple[Piece, ...]] = {}

        for place, segment in enumerate(self.segments):
            possible = self.chances[place] >= DOUBT / 10
            if possible or segment.index in kept:
                row = self.rows[place]
                found[segment.index] = weigh(row, self.judge.stored)

        return found


def _second_look(
    page: features.Rows,
    plain: Sequence[Segment],
    kept: frozenset[int],
    judge: model.Model,
) -> _Look:
    """Return the second judge's look, who knows the base's vote.

    It is asked about the lines of links that the base took, too.
    """
    asked = list(plain)

    for segment in page.segments:
        if segment.link_share >= ALL_LINK and segment.index in kept:
            asked.append(segment)

    asked.sort(key=lambda segment: segment.index)
    own = page.matrix(asked)
    votes = voted.matrix(page.segments, asked, kept)
    rows = np.hstack([own, votes])

    return _Look(asked, rows, model.judge(rows, judge), judge)


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
    taken = lengths[chances >= THRESHOLD]
    if taken.sum() < LITTLE:
        return True

    certain = np.abs(2.0 * chances - 1.0)
    doubt = lengths * (1.0 - certain)
    live = chances >= DOUBT
    most = UNSURE * lengths[live].sum()

    return bool(doubt[live].sum() > most)


def threshold(segments: Sequence[Segment], chances: Any) -> float:
    """Return the probability from which on a page's segments are to be kept.

    Of what is kept down to some probability, precision and recall can be expected from the
    probabilities alone, by length. The best F1 that can be expected is sought, and half of it is
    the threshold that reaches it (Lipton et al., Optimal Thresholding of Classifiers, 2014): a
    page on which the judge is sure is read strictly, one full of doubts readily.
    """
    if not len(segments):
        return THRESHOLD

    order = np.argsort(-chances, kind="stable")
    lengths = np.array([len(segment.text) for segment in segments], dtype=np.float64)[order]
    right = chances[order] * lengths
    whole = right.sum()
    if not whole:
        return THRESHOLD

    expected = 2.0 * np.cumsum(right) / (np.cumsum(lengths) + whole)
    half = float(expected.max()) / 2.0

    return min(STRICTEST, max(READIEST, half))


def _taken(segments: Sequence[Segment], chances: Any) -> frozenset[int]:
    """Return the numbers of the segments that a judge takes for the article's."""
    numbers = []

    for segment, chance in zip(segments, chances, strict=True):
        if chance >= THRESHOLD:
            numbers.append(segment.index)

    return frozenset(numbers)
