"""Evidence about each segment, as numbers: its own shape, where it stands, what its ancestors are called, how others voted.

The rows are made in a loop over all segments of every page, so that a row is one flat list of numbers in the order of
`columns.NAMES`, and what a page's rows share is summed up once before the loop.
"""

import math
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from lxml.html import HtmlElement

from extract.blocks import cues
from extract.blocks.columns import MASKS, NAMES
from extract.blocks.kinship import Family
from extract.blocks.lineage import Lineage, Tally, lineage, tally
from extract.page.cards import Card
from extract.page.segments import Segment
from extract.page.title import key, shared, words
from news.article import BlockKind

_END = re.compile(r"[.!?…։。؟:;»”\"')\]।]$")
_STOP = re.compile(r"[.!?…։。؟।]")
_DIGIT = re.compile(r"\d")
CAPITALS = 300  # characters: the share of capitals in longer texts tells nothing
LONG = 60  # characters: a segment longer than this, and less linked than LINKED, looks like prose
LINKED = 0.4  # share of a segment that is link
LINE = 80  # characters of an ordinary sentence: full stops are counted per line
TITLE_KEY = 400  # letters from which on a segment is no form of the headline
DESCRIBED = (20, 800)  # letters between which a segment can be what the description says
STATED = 20  # letters: shorter texts stand in a stated body by chance
CLIMB = 6  # levels in which the densest container is sought above a segment
AROUND = 4  # segments before and after whose prose and links are summed up
HEADING_REACH = 6  # segments back in which a heading still speaks for what follows
VOTERS = 3  # segments before and after whose votes are counted
_CUE_BIT = {name: 1 << position for position, name in enumerate(cues.NAMES)}


@dataclass(slots=True)
class Evidence:
    """What is known of the page besides its segments."""

    title: str = ""
    description: str = ""
    body_key: str = ""  # letters of the body the page itself states (JSON-LD or script state)
    kept: frozenset[int] = frozenset()  # what the base voted for
    cards: dict[int, Card] = field(default_factory=dict)


def matrix(segments: list[Segment], evidence: Evidence, wanted: list[Segment] | None = None) -> Any:
    """Return a float32 array with one row per segment (of `wanted`, if given), columns `NAMES`."""
    asked = segments if wanted is None else wanted
    if not segments or not asked:
        return np.zeros((0, len(NAMES)), dtype=np.float32)

    page = _Page(segments, evidence)
    rows = [page.row(segment) for segment in asked]
    numbers = np.array(rows, dtype=np.float32)
    masks = np.array(page.masks, dtype=np.int64)

    parts: list[Any] = [numbers]
    for position, (_, width) in enumerate(MASKS):
        column = masks[:, position : position + 1]
        bits = (column >> np.arange(width)) & 1
        parts.append(bits)
    return np.hstack(parts).astype(np.float32)


def _shape(segment: Segment) -> list[float]:
    """Return what a segment's own text and element show."""
    text = segment.text
    tag = segment.node.tag
    kind = segment.kind
    length = len(text)
    stops = len(_STOP.findall(text))
    digits = len(_DIGIT.findall(text))
    return [
        math.log1p(length),
        segment.link_share,
        math.log1p(len(segment.hrefs)),
        _END.search(text) is not None,
        stops / (1 + length / LINE),
        digits / length,
        segment.strong / length,
        segment.hidden,
        text[:1].isupper(),
        segment.broken,
        tag == "p",
        kind is BlockKind.HEADING,
        segment.level,
        kind is BlockKind.ITEM,
        kind is BlockKind.QUOTE,
        kind is BlockKind.ROW,
        kind is BlockKind.CAPTION,
        tag == "h1",
        tag == "div",
    ]


class _Page:
    """What the rows of one page share."""

    def __init__(self, segments: list[Segment], evidence: Evidence) -> None:
        self.segments = segments
        self.evidence = evidence
        self.sums: dict[HtmlElement, Tally] = tally(segments, evidence.kept)
        self.lines: dict[HtmlElement, Lineage] = {}
        self.masks: list[list[int]] = []

        self.keys = [segment.key for segment in segments]
        self.lengths = [math.log1p(len(segment.text)) for segment in segments]
        self.links = [segment.link_share for segment in segments]
        self.prose = [_prose_length(segment) for segment in segments]
        self.cues = [cues.found(segment.text) for segment in segments]
        self.counts = Counter(self.keys)
        self.before = _earlier(self.keys)

        self.title_words = words(evidence.title)
        self.description_words = words(evidence.description)
        self.title_key = key(evidence.title)
        self.title = self._title_index()

        self.first, self.last = self._voted_span()
        self.voted = self._voted_share()
        self.best = self._densest()
        self.family = Family(segments, self.prose, self.title, self.best)

    def _voted_span(self) -> tuple[int, int]:
        """Return the numbers of the first and last segment voted for; a span of none when none is."""
        kept = self.evidence.kept
        if not kept:
            return len(self.segments), -1
        return min(kept), max(kept)

    def _voted_share(self) -> float:
        """Return which share of the page's characters was voted for, 0 to 1."""
        total = 0
        voted = 0
        for segment in self.segments:
            length = len(segment.text)
            total += length
            if segment.index in self.evidence.kept:
                voted += length
        return voted / (total or 1)

    def _densest(self) -> HtmlElement | None:
        """Return the element whose own children carry most prose; theirs count half for its parent."""
        scores: dict[HtmlElement, float] = {}
        for segment, length in zip(self.segments, self.prose, strict=True):
            if length <= LONG or segment.hidden:
                continue
            parent = segment.node.getparent()
            if parent is None:
                continue
            scores[parent] = scores.get(parent, 0.0) + length
            above = parent.getparent()
            if above is not None:
                scores[above] = scores.get(above, 0.0) + length / 2
        if not scores:
            return None
        return max(scores, key=lambda element: scores[element])

    def _title_index(self) -> int:
        """Return the number of the segment that shows the headline, a heading if one does; -1 for none."""
        if not self.title_key:
            return -1
        first = -1
        for index, text in enumerate(self.keys):
            if text != self.title_key:
                continue
            if self.segments[index].node.tag in {"h1", "h2"}:
                return index
            if first < 0:
                first = index
        return first

    def row(self, segment: Segment) -> list[float]:
        """Return the numbers of one segment; its masks go to `masks`."""
        index = segment.index
        node = segment.node
        line = lineage(node, self.lines)
        parent = node.getparent()
        grand = None if parent is None else parent.getparent()
        self.masks.append(self._row_masks(index, line, parent, grand))
        return [
            *_shape(segment),
            *self._claims(index, segment),
            line.positive,
            line.negative,
            line.depth,
            *self._votes(index),
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
        """Return a segment's bit masks, in the order of `MASKS`."""
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
        """Return how a segment agrees with what the page says of itself, and what cards it is in."""
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
        if card is not None:
            peers = math.log1p(card.peers)
            long_in_card = self.prose[index] > 2 * LONG
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
        ]

    def _votes(self, index: int) -> list[float]:
        """Return how the base voted here, round here, and where its choice begins and ends."""
        kept = self.evidence.kept
        low = max(0, index - VOTERS)
        high = min(len(self.segments), index + VOTERS + 1)
        voters = 0
        for one in range(low, high):
            voters += one in kept
        return [
            index in kept,
            index - 1 in kept,
            index + 1 in kept,
            voters / (high - low),
            self.voted,
            index < self.first,
            index > self.last,
            _signed_distance(index - self.first),
            _signed_distance(index - self.last),
        ]

    def _containers(
        self, node: HtmlElement, parent: HtmlElement | None, grand: HtmlElement | None
    ) -> list[float]:
        """Return what the boxes round a segment hold, and how near the densest box is."""
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
            inner.kept / inner_size,
            math.log1p(inner.count),
            math.log1p(outer.long),
            outer.linked / outer_size,
            outer.kept / outer_size,
            inner.long / most,
            _nearness(node, best),
            parent is best,
        ]

    def _position(self, index: int) -> list[float]:
        """Return where a segment stands: from the headline, among prose and links, under which heading."""
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
        """Return the shape of the segments beside, whether they are made alike, and the cards among them."""
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
        """Return how much of the page's prose is made like a segment and joined to the headline like it."""
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


def _prose_length(segment: Segment) -> int:
    """Return the characters of a segment that are prose: all, or none where links are many."""
    if segment.link_share >= LINKED:
        return 0
    return len(segment.text)


def _signed_distance(steps: int) -> float:
    """Return a number of segments on a logarithmic scale, with its sign."""
    return math.log1p(max(0, steps)) - math.log1p(max(0, -steps))


def _nearness(node: HtmlElement, best: HtmlElement | None) -> float:
    """Return 1 for the densest container itself, less for each level below it, 0 outside."""
    element: HtmlElement | None = node
    for step in range(CLIMB):
        if element is best:
            return 1.0 / (1 + step)
        if element is None:
            break
        element = element.getparent()
        if element is None:
            break
    return 0.0


def _earlier(keys: list[str]) -> list[int]:
    """Return how often each text stood on the page before."""
    seen: Counter[str] = Counter()
    found = []
    for text in keys:
        found.append(seen[text])
        seen[text] += 1
    return found


def stated(text: str, body: str) -> float:
    """Return how surely a text (as key) stands in the body that the page itself states: 1 whole, .7 in part."""
    if not body or len(text) <= STATED:
        return 0.0
    if text in body:
        return 1.0
    if len(text) <= LONG:
        return 0.0
    third = len(text) // 3
    head = text[5 : 5 + third]
    tail = text[-third - 5 : -5]
    return 0.7 * (head in body or tail in body)
