"""Evidence about each segment, as numbers.

Its own shape, where it stands, what its ancestors are called.

The rows are made in a loop over all segments of every page, so that a row is one flat
list of numbers in the order of `columns.NAMES`, and what a page's rows share is summed
up once before the loop.
"""

import math
from typing import Any

import numpy as np
from lxml.html import HtmlElement

from extract.blocks import cues
from extract.blocks.columns import MASKS, NAMES
from extract.blocks.context import LONG, Context, Evidence
from extract.blocks.lineage import Lineage, lineage
from extract.blocks.shape import (
    leads_away,
    nearness,
    shape,
    share_away,
    stated,
)
from extract.page.segments import Segment
from extract.page.title import shared
from news.article import BlockKind

CAPITALS = 300  # characters: the share of capitals in longer texts tells nothing
TITLE_KEY = 400  # letters from which on a segment is no form of the headline
DESCRIBED = (20, 800)  # letters between which a segment can be what the description says
AROUND = 4  # segments before and after whose prose and links are summed up
HEADING_REACH = 6  # segments back in which a heading still speaks for what follows
_CUE_BIT = {name: 1 << position for position, name in enumerate(cues.NAMES)}


def matrix(segments: list[Segment], evidence: Evidence, wanted: list[Segment] | None = None) -> Any:
    """Return a float32 array with one row per segment (of `wanted`, if given), columns `NAMES`."""
    return Rows(segments, evidence).matrix(segments if wanted is None else wanted)


class Rows(Context):
    """The rows of one page, made from what they share."""

    def matrix(self, wanted: list[Segment]) -> Any:
        """Return a float32 array with one row per wanted segment, columns `NAMES`."""
        if not wanted:
            return np.zeros((0, len(NAMES)), dtype=np.float32)

        self.masks = []
        rows = [self.row(segment) for segment in wanted]
        numbers = np.array(rows, dtype=np.float32)
        masks = np.array(self.masks, dtype=np.int64)

        parts: list[Any] = [numbers]

        for position, (_, width) in enumerate(MASKS):
            column = masks[:, position : position + 1]
            bits = (column >> np.arange(width)) & 1
            parts.append(bits)

        return np.hstack(parts).astype(np.float32)

    def row(self, segment: Segment) -> list[float]:
        """Return the numbers of one segment; its masks go to `masks`.

        `columns.NAMES` without those of the masks.
        """
        index = segment.index
        node = segment.node
        line = lineage(node, self.lines)
        parent = node.getparent()
        grand = None if parent is None else parent.getparent()
        self.masks.append(self._row_masks(index, line, parent, grand))

        return [
            *shape(segment),
            *self._claims(index, segment),
            line.positive,
            line.negative,
            line.depth,
            *self._containers(node, parent, grand),
            *self._position(index),
            *self._neighbours(index),
            *self._kin(index, segment),
        ]

    def _row_masks(
        self,
        index: int,
        line: Lineage,
        parent: HtmlElement | None,
        grand: HtmlElement | None,
    ) -> list[int]:
        """Return a segment's bit masks, in the order of `MASKS`.

        Cues of the text, tags of all ancestors, groups of the nearest three elements,
        and groups of everything above those.
        """
        near = line.own
        far = 0

        for element in (parent, grand):
            if element in self.lines:
                near |= self.lines[element].own

        above = None if grand is None else grand.getparent()
        if above in self.lines:
            far = self.lines[above].all

        cue = 0

        for name in self.cues[index]:
            cue |= _CUE_BIT[name]

        return [cue, line.tags, near, far]

    def _claims(self, index: int, segment: Segment) -> list[float]:
        """Return how a segment agrees with what the page says of itself.

        And what teaser card it is in.

        In the order of `columns.NUMBERS`, from `title_like` to `links_away`.
        """
        text = self.keys[index]
        evidence = self.evidence
        card = evidence.cards.get(index)
        shortest, longest = DESCRIBED
        title_like = 0.0
        if len(text) < TITLE_KEY:
            title_like = shared(segment.text, self.title_words)

        description_like = 0.0
        if shortest < len(text) < longest:
            description_like = shared(segment.text, self.description_words)

        peers = -1.0
        long_in_card = 0.0
        card_away = 0.0
        if card is not None:
            peers = math.log1p(card.peers)
            long_in_card = self.prose[index] > 2 * LONG
            card_away = leads_away(card.target, evidence.host)

        return [
            title_like,
            index == self.title or text == self.title_key,
            description_like,
            bool(evidence.body_key),
            stated(text, evidence.body_key),
            math.log(self.counts[text]),
            math.log1p(self.before[index]),
            peers,
            card is not None,
            long_in_card,
            card_away,
            share_away(segment.hrefs, evidence.host),
        ]

    def _containers(
        self, node: HtmlElement, parent: HtmlElement | None, grand: HtmlElement | None
    ) -> list[float]:
        """Return what the boxes round a segment hold, and how near the densest box is.

        In the order of `columns.NUMBERS`, from `parent_long` to `parent_best`; lengths
        are logarithms of characters, shares are 0 to 1.
        """
        best = self.best
        parent = node if parent is None else parent
        grand = parent if grand is None else grand
        inner = self.sums[parent]
        outer = self.sums[grand]
        inner_size = max(1, inner.characters)
        outer_size = max(1, outer.characters)
        most = 1 if best is None else max(1, self.sums[best].long)

        return [
            math.log1p(inner.long),
            inner.linked / inner_size,
            math.log1p(inner.count),
            math.log1p(outer.long),
            outer.linked / outer_size,
            inner.long / most,
            nearness(node, best),
            parent is best,
        ]

    def _position(self, index: int) -> list[float]:
        """Return where a segment stands.

        From the headline, among prose and links, under which heading.

        In the order of `columns.NUMBERS`, from `after_title` to `position`.
        """
        count = len(self.segments)
        low = max(0, index - AROUND)
        high = min(count, index + AROUND + 1)
        behind = index - low
        ahead = high - index - 1
        links_behind = sum(self.links[low:index]) / behind if behind else 1.0
        links_ahead = sum(self.links[index + 1 : high]) / ahead if ahead else 1.0

        titled = self.title >= 0
        from_title = index - self.title if titled else 0
        heading = self._heading_before(index)
        under = heading >= 0

        return [
            titled and from_title > 0,
            math.copysign(math.log1p(abs(from_title)), from_title),
            math.log1p(sum(self.prose[low:index])),
            math.log1p(sum(self.prose[index + 1 : high])),
            links_behind,
            links_ahead,
            1.0 / (index - heading) if under else 0.0,
            under and "related" in self.cues[heading],
            index / count,
        ]

    def _heading_before(self, index: int) -> int:
        """Return the number of the nearest heading before a segment, -1 when none is near."""
        lowest = max(-1, index - 1 - HEADING_REACH)

        for one in range(index - 1, lowest, -1):
            if self.segments[one].kind is BlockKind.HEADING:
                return one

        return -1

    def _neighbours(self, index: int) -> list[float]:
        """Return the shape of the segments beside a segment.

        And whether they are made like it, and which share of them are cards.

        In the order of `columns.NUMBERS`, from `length_1` to `cards_after`. Beyond the
        page's ends stand empty links.
        """
        row: list[float] = []
        end = len(self.segments)

        for step in (1, 2, -1, -2):
            other = index + step
            if 0 <= other < end:
                row.append(self.lengths[other])
                row.append(self.links[other])
            else:
                row += (0.0, 1.0)

        own = self.segments[index].node
        own_class = own.get("class")

        for other in (index + 1, index - 1):
            if not 0 <= other < end:
                row.append(False)
                continue

            node = self.segments[other].node
            row.append(node.tag == own.tag and node.get("class") == own_class)

        cards = self.evidence.cards
        behind = range(index - AROUND, index)
        ahead = range(index + 1, index + 1 + AROUND)

        for span in (behind, ahead):
            carded = 0
            for one in span:
                carded += one in cards

            row.append(carded / AROUND)

        return row

    def _kin(self, index: int, segment: Segment) -> list[float]:
        """Return how much of the page's prose is made and placed like a segment.

        Placed like it: joined to the headline at the same level.

        In the order of `columns.NUMBERS`, from `make_share` to `caps`.
        """
        text = segment.text
        family = self.family
        alike = family.makes.get(family.make(segment.node), 0)
        apart, joins, branch = family.locate(segment.node)
        held = self.sums[branch].long if branch in self.sums else 0
        capitals = 0.0
        if len(text) < CAPITALS:
            capitals = sum(map(str.isupper, text)) / len(text)

        return [
            alike / family.total,
            alike / family.most,
            math.log1p(apart),
            joins - family.joins,
            min(1.0, held / family.total),
            math.log1p(family.headlines[index]),
            "@" in text,
            capitals,
        ]
