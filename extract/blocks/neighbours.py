"""What a segment's neighbours say of it.

Gaps in the text are filled, its ends followed, a bare page is not thrown away.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from lxml.html import HtmlElement

from extract.blocks.evidence import Piece
from extract.page.reading import Reading
from extract.page.segments import Segment
from news.article import BlockKind

DOUBT = 0.1  # probability below which a segment is not worth recording unless the base voted for it
ENOUGH = 250  # characters from which on the judge's own choice stands
LITTLE = 80  # characters that a way out of a bare page must bring at least
FOREIGN = ("teaser card", "hidden", "headline", "links", "no words", "caption", "readers")
STEPS = 3  # segments of other kinds that may stand between the text and its continuation
LINKED = 0.3  # share of links from which on a segment is no running text
FOLLOW_CHANCE = 0.12  # probability from which on the end of a container is kept
SENTENCE = re.compile(r"[.!?…։。؟;”»\"]$")
LIST_CHANCE = 0.004  # the same for a list or table without links
GAP_CHANCE = 0.05  # probability from which on a gap is filled
GAP_TEXT = 40  # characters of the neighbours between which it is
_PARTS = frozenset({BlockKind.ITEM, BlockKind.ROW, BlockKind.QUOTE})
_LISTS = frozenset({"ul", "ol", "dl", "table", "blockquote"})


@dataclass(slots=True)
class Judged:
    """One segment with what was decided of it: `rule` is empty when it is kept."""

    segment: Segment
    chance: float
    rule: str = ""
    confidence: float = 1.0
    pieces: tuple[Piece, ...] = ()  # of evidence, where they were asked for

    def keep(self, least: float) -> None:
        """Keep the segment, as surely as the judge is, and at least so surely."""
        self.rule = ""
        self.confidence = max(self.chance, least)

    def drop(self, rule: str, confidence: float) -> None:
        """Take the segment out by a rule with a name."""
        self.rule = rule
        self.confidence = confidence


def kept_of(judged: Iterable[Judged]) -> list[Judged]:
    """Return the segments that no rule has taken out so far.

    In page order.
    """
    return [one for one in judged if not one.rule]


def length_of(judged: Iterable[Judged]) -> int:
    """Return how many characters segments have together."""
    return sum(len(one.segment.text) for one in judged)


def fall_back(judged: list[Judged], voted: frozenset[int]) -> None:
    """Find a text where the judge keeps next to nothing.

    What the base voted for is kept, or else what reads like prose.

    A bare page is no error.
    """
    length = length_of(kept_of(judged))
    if length >= ENOUGH:
        return

    base: list[Judged] = []
    prose: list[Judged] = []

    for one in judged:
        if not _is_recoverable(one):
            continue

        if one.segment.index in voted:
            base.append(one)

        if _is_prose(one):
            prose.append(one)

    for chosen in (base, prose):
        if length_of(chosen) > max(length, LITTLE):
            for one in chosen:
                one.keep(0.3)

            return


def _is_recoverable(one: Judged) -> bool:
    """Tell what was taken out for no plain reason; a cue of related stories is a plain one."""
    return bool(one.rule) and one.rule not in FOREIGN and not one.rule.startswith("cue: r")


def _is_prose(one: Judged) -> bool:
    """Tell whether a segment looks like running text."""
    segment = one.segment
    long = len(segment.text) >= GAP_TEXT

    return one.chance >= DOUBT and long and segment.link_share < LINKED


def fill_gaps(judged: list[Judged], reading: Reading) -> None:
    """Keep what stands between kept neighbours of one container and is built like them.

    That is a list, a short paragraph, a table's row.
    """
    kept = [one for one in kept_of(judged) if len(one.segment.text) >= GAP_TEXT]
    if len(kept) < 2:  # noqa: PLR2004 - a gap has two sides
        return

    left = 0

    for one in judged[kept[0].segment.index : kept[-1].segment.index]:
        while kept[left + 1].segment.index <= one.segment.index:
            left += 1

        if not one.rule or not _fits(one, reading):
            continue

        if _alike(one.segment, kept[left].segment, kept[left + 1].segment):
            one.keep(0.5)


def follow_on(judged: list[Judged], reading: Reading) -> None:
    """Keep sentences that go on beyond the first and last kept text in its container.

    It is followed up to the first thing that does not.
    """
    kept = kept_of(judged)
    if not kept:
        return

    first = kept[0].segment
    last = kept[-1].segment
    _extend(judged[last.index + 1 :], last, reading)
    if first.index:
        _extend(judged[first.index - 1 :: -1], first, reading)


def _extend(beyond: list[Judged], edge: Segment, reading: Reading) -> None:
    """Keep a run of sentences that leads away from the edge of what is kept.

    A box of another kind in between is stepped over.
    """
    run: list[Judged] = []
    stepped = 0

    for one in beyond:
        if _continues(one, edge, reading, strict=stepped > 0):
            run.append(one)
        elif stepped == STEPS:
            break
        else:
            stepped += 1

    while run and _announces(run[-1].segment):
        run.pop()

    for one in run:
        one.keep(0.4)


def _continues(one: Judged, edge: Segment, reading: Reading, *, strict: bool) -> bool:
    """Tell whether a segment goes on from an edge: the same container, and sentences.

    Past a box (`strict`) it must be made like the edge too, and have some length.
    """
    segment = one.segment
    if not _fits(one, reading) or one.chance < FOLLOW_CHANCE:
        return False

    if container(segment) is not container(edge):
        return False

    ends = SENTENCE.search(segment.text) is not None
    if strict:
        return ends and len(segment.text) > GAP_TEXT and made_alike(segment, edge)

    return ends or _announces(segment)


def _announces(segment: Segment) -> bool:
    """Tell a heading, or a line that ends with a colon: nothing without what follows."""
    return segment.kind is BlockKind.HEADING or segment.text.endswith(":")


def _fits(one: Judged, reading: Reading) -> bool:
    """Tell whether a segment was left out for its looks alone, and not by much.

    Captions, cards and what a plainer rule took out are never brought back.
    """
    segment = one.segment
    least = GAP_CHANCE
    if segment.kind in {BlockKind.ITEM, BlockKind.ROW} and not segment.linked:
        least = LIST_CHANCE

    if one.chance < least or one.rule != "unlike the article":
        return False

    if segment.link_share >= LINKED or segment.kind is BlockKind.CAPTION:
        return False

    return segment.index not in reading.cards


def made_alike(segment: Segment, other: Segment) -> bool:
    """Tell whether two segments stand in elements of one tag and class."""
    one = segment.node
    two = other.node

    return bool(one.tag == two.tag and one.get("class") == two.get("class"))


def _alike(segment: Segment, before: Segment, after: Segment) -> bool:
    """Tell whether a segment's container is that of the text before and after it.

    Items count for their list.

    Items, rows, quotes and headings are never made like paragraphs.
    """
    box = container(segment)
    if box is None or box is not container(before) or box is not container(after):
        return False

    if segment.kind in _PARTS or segment.kind is BlockKind.HEADING:
        return True

    return segment.shared or made_alike(segment, before)


def container(segment: Segment) -> HtmlElement | None:
    """Return the element that a segment stands in beside its neighbours.

    An item's is its list's.
    """
    element: HtmlElement | None = segment.node
    if segment.kind in _PARTS:
        while element is not None and element.tag not in _LISTS:
            element = element.getparent()
    elif segment.shared:
        return element

    if element is None:
        return None

    return element.getparent()
