"""Flashes: the one sentence under a headline that a door announced.

Judges learn from whole articles and find little to go by in one sentence. Where a feed or a
listing named the page by its headline, the sentence that follows it and speaks of the same is
the article.
"""

from collections.abc import Iterator

from extract.blocks import cues
from extract.blocks.neighbours import SENTENCE, Judged, kept_of, length_of
from extract.page.reading import Reading
from extract.page.segments import Segment
from extract.page.title import shares_word
from news.article import BlockKind
from news.dates import is_dateline

SHORT = 250  # characters of a text that is as short as a flash
NEAR = 6  # segments after the headline in which a flash begins
WORDS = 3  # of a sentence at least


def keep(judged: list[Judged], reading: Reading) -> None:
    """Keep the sentences under an announced headline where next to nothing else is kept.

    What was kept of the page above its headline is no part of a flash.
    """
    at = reading.at
    if at is None or not reading.announced:
        return

    if length_of(kept_of(judged)) >= SHORT:
        return

    sentences = list(_sentences(judged, reading, at))
    if not sentences:
        return

    for one in sentences:
        one.keep(0.5)

    for one in kept_of(judged[:at]):
        one.drop("above a flash", 0.8)


def _sentences(judged: list[Judged], reading: Reading, at: int) -> Iterator[Judged]:
    """Give the sentence near the headline that speaks of the same, and those after it in its box.

    `at` is the number of the segment that shows the headline.
    """
    box = None

    for one in judged[at + 1 :]:
        segment = one.segment
        if segment.index in reading.cards or not is_sentence(segment):
            if box is not None:
                return
        elif box is None:
            if segment.index <= at + NEAR and shares_word(segment.text, reading.headline):
                box = segment.node.getparent()
                yield one
        elif segment.node.getparent() is box:
            yield one
        else:
            return


def is_sentence(segment: Segment) -> bool:
    """Tell whether a segment is a sentence that is no link, no date and no label."""
    text = segment.text
    if segment.kind is not BlockKind.PARAGRAPH:
        return False

    if segment.hidden or segment.link_share > 0:
        return False

    if len(text.split()) < WORDS or not SENTENCE.search(text):
        return False

    if is_dateline(text):
        return False

    return not cues.found(text)
