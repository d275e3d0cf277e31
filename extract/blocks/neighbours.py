"""What a segment's neighbours say of it: gaps in the text are filled, its ends followed, and a bare page is not thrown away."""

import re
from dataclasses import dataclass

from lxml.html import HtmlElement

from extract.page.reading import Reading
from extract.page.segments import Segment
from news.article import BlockKind

DOUBT = 0.1  # probability below which a segment is not worth recording unless the base voted for it
ENOUGH = 250  # characters from which on the judge's own choice stands
FOREIGN = ("teaser card", "hidden", "headline", "links", "no words", "caption")
STEPS = 3  # segments of other kinds that may stand between the text and its continuation
FOLLOW_CHANCE = 0.12  # probability from which on the end of a container is kept
SENTENCE = re.compile(r"[.!?…։。؟;”»\"]$")
LIST_CHANCE = 0.004  # the same for a list or table without links
GAP_CHANCE, GAP_TEXT = (
    0.05,
    40,
)  # probability and characters of neighbours from which on a gap is filled


@dataclass(slots=True)
class Judged:
    """One segment with what was decided of it: `rule` is empty when it is kept."""

    segment: Segment
    chance: float
    rule: str = ""
    confidence: float = 1.0


def fall_back(judged: list[Judged], voted: frozenset[int]) -> None:
    """When the judge keeps next to nothing, keep what the base voted for, or else what reads like prose: a bare page is no error."""
    length = sum(len(one.segment.text) for one in judged if not one.rule)
    if length >= ENOUGH:
        return
    possible = [
        one
        for one in judged
        if one.rule and one.rule not in FOREIGN and not one.rule.startswith("cue: r")
    ]
    base = [one for one in possible if one.segment.index in voted]
    prose = [
        one
        for one in possible
        if one.chance >= DOUBT
        and len(one.segment.text) >= GAP_TEXT
        and one.segment.link_share < 0.3  # noqa: PLR2004
    ]
    for chosen in (base, prose):
        if sum(len(one.segment.text) for one in chosen) > max(length, 80):
            for one in chosen:
                one.rule, one.confidence = "", max(0.3, one.chance)
            return


def fill_gaps(judged: list[Judged], reading: Reading) -> None:
    """Keep what stands between kept neighbours of one container and is built like them: a list, a short paragraph, a table's row."""
    kept = [one for one in judged if not one.rule and len(one.segment.text) >= GAP_TEXT]
    if len(kept) < 2:  # noqa: PLR2004
        return
    place = 0
    for one in judged[kept[0].segment.index : kept[-1].segment.index]:
        while kept[place + 1].segment.index <= one.segment.index:
            place += 1
        if (
            one.rule
            and _fits(one, reading)
            and _alike(one.segment, kept[place].segment, kept[place + 1].segment)
        ):
            one.rule, one.confidence = "", max(one.chance, 0.5)


def follow_on(judged: list[Judged], reading: Reading) -> None:
    """Keep what goes on beyond the first and last kept text in its own container and reads like sentences, up to the first thing that does not."""
    kept = [one for one in judged if not one.rule]
    if not kept:
        return
    first, last = kept[0].segment, kept[-1].segment
    _extend(judged[last.index + 1 :], last, reading)
    _extend(judged[first.index - 1 :: -1] if first.index else [], first, reading)


def _extend(beyond: list[Judged], edge: Segment, reading: Reading) -> None:
    """Keep a run of sentences that leads away from the edge of what is kept; a box of another kind in between is stepped over."""
    run: list[Judged] = []
    stepped = 0
    for one in beyond:
        if _continues(one, edge, reading, strict=stepped > 0):
            run.append(one)
        elif stepped == STEPS:
            break
        else:
            stepped += 1
    while run and run[-1].segment.kind is BlockKind.HEADING:
        run.pop()
    for one in run:
        one.rule, one.confidence = "", max(one.chance, 0.4)


def _continues(one: Judged, edge: Segment, reading: Reading, *, strict: bool) -> bool:
    """Tell whether a segment goes on from an edge: the same container and sentences; past a box, the same make and some length too."""
    segment = one.segment
    if (
        not _fits(one, reading)
        or one.chance < FOLLOW_CHANCE
        or container(segment) is not container(edge)
    ):
        return False
    if strict:
        alike = segment.node.tag == edge.node.tag and segment.node.get("class") == edge.node.get(
            "class"
        )
        return alike and len(segment.text) > GAP_TEXT and SENTENCE.search(segment.text) is not None
    return segment.kind is BlockKind.HEADING or SENTENCE.search(segment.text) is not None


def _fits(one: Judged, reading: Reading) -> bool:
    segment = one.segment
    least = (
        LIST_CHANCE
        if segment.kind in {BlockKind.ITEM, BlockKind.ROW} and not segment.linked
        else GAP_CHANCE
    )
    return (
        one.chance >= least
        and one.rule == "unlike the article"
        and segment.link_share < 0.3  # noqa: PLR2004
        and segment.kind is not BlockKind.CAPTION
        and segment.index not in reading.cards
    )


def _alike(segment: Segment, before: Segment, after: Segment) -> bool:
    """Tell whether a segment's container is that of the text before and after it; items count for their list."""
    box = container(segment)
    if box is None or box is not container(before) or box is not container(after):
        return False
    if segment.kind in {BlockKind.ITEM, BlockKind.ROW, BlockKind.QUOTE, BlockKind.HEADING}:
        return True
    return segment.shared or bool(
        segment.node.tag == before.node.tag
        and segment.node.get("class") == before.node.get("class")
    )


def container(segment: Segment) -> HtmlElement | None:
    """Return the element that a segment stands in beside its neighbours: an item's is its list's."""
    element: HtmlElement | None = segment.node
    if segment.kind in {BlockKind.ITEM, BlockKind.ROW, BlockKind.QUOTE}:
        while element is not None and element.tag not in {"ul", "ol", "dl", "table", "blockquote"}:
            element = element.getparent()
    elif segment.shared:
        return element
    return None if element is None else element.getparent()
