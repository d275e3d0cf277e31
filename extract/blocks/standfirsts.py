"""The standfirst: a sentence between headline and text, in a box of its own.

A page that does not state it shows it all the same, and what is never read is never seen to
change.
"""

from collections.abc import Sequence
from itertools import islice

from extract.blocks import cues
from extract.blocks.neighbours import (
    DOUBT,
    GAP_TEXT,
    LINKED,
    SENTENCE,
    Judged,
    kept_of,
)
from extract.page.reading import Reading
from news.article import BlockKind
from news.dates import is_dateline

MOST = 600  # characters of a standfirst
REACH = 8  # segments behind the headline in which it stands
_KINDS = frozenset({BlockKind.PARAGRAPH, BlockKind.HEADING})


def keep(judged: Sequence[Judged], reading: Reading) -> None:
    """Keep the first sentence between the headline and the text, where none is kept there yet.

    The judges must have thought it possible, and no other block may say the same.
    """
    kept = [one for one in kept_of(judged) if len(one.segment.text) >= GAP_TEXT]
    if reading.at is None or not kept:
        return

    text = kept[0].segment.index
    between = islice(judged, reading.at + 1, min(text, reading.at + 1 + REACH))

    for one in between:
        if _is_standfirst(one, reading):
            one.keep(0.4)
            return


def _is_standfirst(one: Judged, reading: Reading) -> bool:
    """Tell a sentence that was left out for its looks alone."""
    segment = one.segment
    if one.rule != "unlike the article" or one.chance < DOUBT:
        return False

    if segment.kind not in _KINDS or segment.index in reading.cards:
        return False

    if not GAP_TEXT <= len(segment.text) < MOST or segment.link_share >= LINKED:
        return False

    if is_dateline(segment.text) or cues.found(segment.text):
        return False

    return SENTENCE.search(segment.text) is not None
