"""Links that are the text.

The headings of a digest, a sentence that is one link, the items of a list.

A line that is nothing but a link mostly leads away. It is the article's where the
article's own text surrounds it: each of several linked headings is followed by a
paragraph in the same container.
"""

import re
from itertools import pairwise

from lxml.html import HtmlElement

from extract.blocks.neighbours import ENOUGH, Judged, container, kept_of, length_of, made_alike
from extract.page.reading import Reading
from extract.page.segments import Segment
from news.article import BlockKind

HEADINGS = 3  # linked headings that make a digest
APART = 3  # paragraphs that follow each of them at most, on average
LINKED = 0.85  # share of a line that is link
HALF = 0.5  # share of links from which on a text is not the article's own
SENTENCE = 50  # characters of a sentence that is one link, and of a paragraph under a heading
_END = re.compile(r"[.!?։۔؟]\W*$")
_CUT = re.compile(r"(?:\.\.\.|…)\W*$")
_LEFT = frozenset({"teaser card", "links", "unlike the article"})  # rules that may be taken back


def keep_headings(judged: list[Judged]) -> None:
    """Keep the linked headings of a digest.

    Each is followed by a kept paragraph beside it. Headings few and far between in a
    long text are other articles' that the outlet offers there.
    """
    by_box: dict[HtmlElement, list[Judged]] = {}

    for one, following in pairwise(judged):
        if one.rule not in _LEFT or following.rule or not _is_linked_heading(one.segment):
            continue

        box = container(one.segment)
        if box is None or box is not container(following.segment):
            continue

        if len(following.segment.text) >= SENTENCE and following.segment.link_share < HALF:
            by_box.setdefault(box, []).append(one)

    for box, headings in by_box.items():
        if len(headings) < HEADINGS:
            continue

        paragraphs = _follow(box, headings[0], judged)
        if paragraphs > APART * len(headings):
            continue

        for one in headings:
            one.keep(0.6)


def _follow(box: HtmlElement, first: Judged, judged: list[Judged]) -> int:
    """Return how many kept paragraphs a box holds behind its first linked heading."""
    paragraphs = 0

    for one in judged[first.segment.index :]:
        if not one.rule and one.segment.node.getparent() is box:
            paragraphs += 1

    return paragraphs


def _is_linked_heading(segment: Segment) -> bool:
    """Tell a line that is one link, and a heading or in bold."""
    if segment.link_share < LINKED:
        return False

    return segment.kind is BlockKind.HEADING or segment.strong >= LINKED * len(segment.text)


def keep_items(judged: list[Judged]) -> None:
    """Keep the items of a list of which one is kept, but for those that are links."""
    lists: set[HtmlElement | None] = set()

    for one in kept_of(judged):
        if one.segment.kind is BlockKind.ITEM:
            lists.add(container(one.segment))

    for one in judged:
        segment = one.segment
        if segment.kind is not BlockKind.ITEM or one.rule != "unlike the article":
            continue

        box = container(segment)
        if segment.link_share < HALF and box is not None and box in lists:
            one.keep(0.5)


def keep_linked(judged: list[Judged]) -> None:
    """Keep a sentence that is one link between kept paragraphs that are made like it."""
    for before, one, after in zip(judged, judged[1:], judged[2:], strict=False):
        segment = one.segment
        if before.rule or after.rule or one.rule not in _LEFT:
            continue

        if segment.link_share < LINKED:
            continue

        if len(segment.text) < SENTENCE or not _END.search(segment.text):
            continue

        if _is_beside(segment, before.segment) and _is_beside(segment, after.segment):
            one.keep(0.6)


def _is_beside(segment: Segment, other: Segment) -> bool:
    """Tell whether two segments stand in one container and are made alike."""
    return container(segment) is container(other) and made_alike(segment, other)


def keep_cards(judged: list[Judged], reading: Reading) -> None:
    """Keep a digest whose items stand in boxes of their own, when there is no other text.

    Its introduction stands beside the boxes, and their paragraphs are sentences, not excerpts.
    """
    places = _introduced(judged, reading)
    items: dict[HtmlElement, list[Judged]] = {}

    for one in judged:
        card = reading.cards.get(one.segment.index)
        if card is None or card.box.getparent() not in places:
            continue

        if not one.rule or one.rule in _LEFT:
            items.setdefault(card.box, []).append(one)

    if len(items) < HEADINGS or not all(map(_is_whole, items.values())):
        return

    for members in items.values():
        for one in members:
            one.keep(0.6)


def _introduced(judged: list[Judged], reading: Reading) -> set[HtmlElement | None]:
    """Return the boxes in which the paragraphs that are in no card stand.

    None where they are a text by themselves.
    """
    kept = []

    for one in kept_of(judged):
        segment = one.segment
        if segment.kind is BlockKind.PARAGRAPH and segment.index not in reading.cards:
            kept.append(one)

    places: set[HtmlElement | None] = set()
    if length_of(kept) >= ENOUGH:
        return places

    for one in kept:
        if len(one.segment.text) >= SENTENCE:
            places.add(container(one.segment))

    return places


def _is_whole(members: list[Judged]) -> bool:
    """Tell whether a card ends with a whole sentence."""
    text = members[-1].segment.text
    if len(text) < SENTENCE or _CUT.search(text):
        return False

    return _END.search(text) is not None
