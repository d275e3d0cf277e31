"""Evidence about each segment, as numbers: its own shape, where it stands, what its ancestors are called, how others voted."""

import math
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from lxml.html import HtmlElement

from extract.blocks import cues
from extract.blocks.kinship import Family
from extract.blocks.lineage import GROUPS, TAGS, Lineage, Tally, lineage, tally
from extract.page.cards import Card
from extract.page.segments import Segment
from extract.page.title import key, shared, words
from news.article import BlockKind

_END = re.compile(r"[.!?…։。؟:;»”\"')\]।]$")
_STOP = re.compile(r"[.!?…։。؟।]")
_DIGIT = re.compile(r"\d")
CAPITALS = 300  # characters: the share of capitals in longer texts tells nothing
LONG, LINKED = (
    60,
    0.4,
)  # characters, share: a segment longer and less linked than this looks like prose


@dataclass(slots=True)
class Evidence:
    """What is known of the page besides its segments."""

    title: str = ""
    description: str = ""
    body_key: str = ""  # letters of the body the page itself states (JSON-LD or script state)
    kept: frozenset[int] = frozenset()  # what the base voted for
    cards: dict[int, Card] = field(default_factory=dict)


NUMBERS: tuple[str, ...] = (
    "log_length",
    "link_share",
    "links",
    "ends",
    "stops",
    "digits",
    "strong",
    "hidden",
    "upper",
    "broken",
    "is_p",
    "is_heading",
    "level",
    "is_item",
    "is_quote",
    "is_row",
    "is_caption",
    "is_h1",
    "is_div",
    "title_like",
    "is_title",
    "description_like",
    "has_body",
    "in_body",
    "repeats",
    "repeats_before",
    "card_peers",
    "in_card",
    "long_in_card",
    "positive",
    "negative",
    "depth",
    "voted",
    "voted_before",
    "voted_after",
    "voted_near",
    "page_voted",
    "before_first",
    "after_last",
    "from_first",
    "from_last",
    "parent_long",
    "parent_links",
    "parent_voted",
    "parent_count",
    "grand_long",
    "grand_links",
    "grand_voted",
    "best_share",
    "under_best",
    "parent_best",
    "after_title",
    "from_title",
    "long_before",
    "long_after",
    "links_before",
    "links_after",
    "heading_before",
    "heading_related",
    "position",
    "length_1",
    "link_1",
    "length_2",
    "link_2",
    "length-1",
    "link-1",
    "length-2",
    "link-2",
    "same_1",
    "same-1",
    "cards_before",
    "cards_after",
    "make_share",
    "make_top",
    "apart",
    "joins",
    "branch_share",
    "other_h1",
    "email",
    "caps",
)
MASKS: tuple[tuple[str, int], ...] = (
    ("cue", len(cues.NAMES)),
    ("in", len(TAGS)),
    ("near", len(GROUPS)),
    ("far", len(GROUPS)),
)
NAMES: tuple[str, ...] = (
    *NUMBERS,
    *(f"cue_{name}" for name in cues.NAMES),
    *(f"in_{name}" for name in TAGS),
    *(f"near_{name}" for name, _ in GROUPS),
    *(f"far_{name}" for name, _ in GROUPS),
)
_CUE_BIT = {name: 1 << place for place, name in enumerate(cues.NAMES)}


def matrix(segments: list[Segment], evidence: Evidence, wanted: list[Segment] | None = None) -> Any:
    """Return an array with one row per segment (of `wanted`, if given) and the columns `NAMES`."""
    if not segments or (wanted is not None and not wanted):
        return np.zeros((0, len(NAMES)), dtype=np.float32)
    page = _Page(segments, evidence)
    numbers = np.array(
        [page.row(segment) for segment in (segments if wanted is None else wanted)],
        dtype=np.float32,
    )
    masks = np.array(page.masks, dtype=np.int64)
    bits = [
        (masks[:, place : place + 1] >> np.arange(width)) & 1
        for place, (_, width) in enumerate(MASKS)
    ]
    return np.hstack([numbers, *bits]).astype(np.float32)


def _own(segment: Segment) -> list[float]:
    text, tag, kind = segment.text, segment.node.tag, segment.kind
    length = len(text)
    return [
        math.log1p(length),
        segment.link_share,
        math.log1p(len(segment.hrefs)),
        _END.search(text) is not None,
        len(_STOP.findall(text)) / (1 + length / 80),
        len(_DIGIT.findall(text)) / length,
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
        self.segments, self.evidence = segments, evidence
        self.sums: dict[HtmlElement, Tally] = tally(segments, evidence.kept)
        self.lines: dict[HtmlElement, Lineage] = {}
        self.keys = [segment.key for segment in segments]
        self.lengths = [math.log1p(len(segment.text)) for segment in segments]
        self.links = [segment.link_share for segment in segments]
        self.prose = [
            0 if share >= LINKED else len(segment.text)
            for segment, share in zip(segments, self.links, strict=True)
        ]
        self.counts = Counter(self.keys)
        self.before = _earlier(self.keys)
        self.title_words, self.description_words = (
            words(evidence.title),
            words(evidence.description),
        )
        kept = sorted(evidence.kept)
        self.first, self.last = (kept[0], kept[-1]) if kept else (len(segments), -1)
        total = sum(len(segment.text) for segment in segments) or 1
        self.voted = (
            sum(len(segments[index].text) for index in kept if index < len(segments)) / total
        )
        self.best = self._best()
        self.wanted = key(evidence.title)
        self.title = self._title()
        self.cues = [cues.found(segment.text) for segment in segments]
        self.family = Family(segments, self.prose, self.title, self.best)
        self.masks: list[list[int]] = []

    def _best(self) -> HtmlElement | None:
        """Return the element whose own children carry most prose: the densest container."""
        scores: dict[HtmlElement, float] = {}
        for segment, length in zip(self.segments, self.prose, strict=True):
            parent = segment.node.getparent() if length > LONG and not segment.hidden else None
            if parent is None:
                continue
            scores[parent] = scores.get(parent, 0.0) + length
            above = parent.getparent()
            if above is not None:
                scores[above] = scores.get(above, 0.0) + length / 2
        return max(scores, key=lambda element: scores[element]) if scores else None

    def _title(self) -> int:
        exact = (
            [index for index, text in enumerate(self.keys) if text == self.wanted]
            if self.wanted
            else []
        )
        headings = [index for index in exact if self.segments[index].node.tag in {"h1", "h2"}]
        return (headings or exact or [-1])[0]

    def row(self, segment: Segment) -> list[float]:
        """Return the numbers of one segment; its masks go to `masks`."""
        index, node = segment.index, segment.node
        line = lineage(node, self.lines)
        parent = node.getparent()
        grand = None if parent is None else parent.getparent()
        above = None if grand is None else grand.getparent()
        near = (
            line.own
            | (self.lines[parent].own if parent in self.lines else 0)
            | (self.lines[grand].own if grand in self.lines else 0)
        )
        cue = sum(_CUE_BIT[name] for name in self.cues[index])
        self.masks.append(
            [cue, line.tags, near, self.lines[above].all if above in self.lines else 0]
        )
        return [
            *_own(segment),
            *self._claims(index, segment),
            line.positive,
            line.negative,
            line.depth,
            *self._votes(index),
            *self._containers(node, parent, grand),
            *self._place(index),
            *self._neighbours(index),
            *self._kin(index, segment),
        ]

    def _claims(self, index: int, segment: Segment) -> list[float]:
        text, evidence = self.keys[index], self.evidence
        before = self.before[index]
        card = evidence.cards.get(index)
        return [
            shared(segment.text, self.title_words) if len(text) < 400 else 0.0,  # noqa: PLR2004
            index == self.title or text == self.wanted,
            shared(segment.text, self.description_words) if 20 < len(text) < 800 else 0.0,  # noqa: PLR2004
            bool(evidence.body_key),
            stated(text, evidence.body_key),
            math.log(self.counts[text]),
            math.log1p(before),
            math.log1p(card.peers) if card else -1.0,
            card is not None,
            self.prose[index] > 2 * LONG if card else 0.0,
        ]

    def _votes(self, index: int) -> list[float]:
        kept = self.evidence.kept
        low, high = max(0, index - 3), min(len(self.segments), index + 4)
        return [
            index in kept,
            index - 1 in kept,
            index + 1 in kept,
            sum(one in kept for one in range(low, high)) / (high - low),
            self.voted,
            index < self.first,
            index > self.last,
            math.log1p(max(0, index - self.first)) - math.log1p(max(0, self.first - index)),
            math.log1p(max(0, index - self.last)) - math.log1p(max(0, self.last - index)),
        ]

    def _containers(
        self, node: HtmlElement, parent: HtmlElement | None, grand: HtmlElement | None
    ) -> list[float]:
        parent = node if parent is None else parent
        grand = parent if grand is None else grand
        one, two, best = self.sums[parent], self.sums[grand], self.best
        under, element = 0.0, node
        for step in range(6):
            if element is best:
                under = 1.0 / (1 + step)
                break
            element = element.getparent()
            if element is None:
                break
        top = self.sums[best].long if best is not None else 1
        return [
            math.log1p(one.long),
            one.linked / max(1, one.characters),
            one.kept / max(1, one.characters),
            math.log1p(one.count),
            math.log1p(two.long),
            two.linked / max(1, two.characters),
            two.kept / max(1, two.characters),
            one.long / max(1, top),
            under,
            parent is best,
        ]

    def _place(self, index: int) -> list[float]:
        low, high, end = max(0, index - 4), min(len(self.segments), index + 5), len(self.segments)
        from_title = index - self.title if self.title >= 0 else 0
        heading = next(
            (
                one
                for one in range(index - 1, max(-1, index - 7), -1)
                if self.segments[one].kind is BlockKind.HEADING
            ),
            -1,
        )
        return [
            self.title >= 0 and from_title > 0,
            math.copysign(math.log1p(abs(from_title)), from_title),
            math.log1p(sum(self.prose[low:index])),
            math.log1p(sum(self.prose[index + 1 : high])),
            sum(self.links[low:index]) / (index - low) if index > low else 1.0,
            sum(self.links[index + 1 : high]) / (high - index - 1) if high > index + 1 else 1.0,
            1.0 / (index - heading) if heading >= 0 else 0.0,
            heading >= 0 and "related" in self.cues[heading],
            index / end,
        ]

    def _neighbours(self, index: int) -> list[float]:
        row: list[float] = []
        end = len(self.segments)
        for step in (1, 2, -1, -2):
            other = index + step
            row += [self.lengths[other], self.links[other]] if 0 <= other < end else [0.0, 1.0]
        own = self.segments[index].node
        for other in (index + 1, index - 1):
            node = self.segments[other].node if 0 <= other < end else None
            row.append(
                node is not None and node.tag == own.tag and node.get("class") == own.get("class")
            )
        cards = self.evidence.cards
        row += [
            sum(one in cards for one in range(index - 4, index)) / 4,
            sum(one in cards for one in range(index + 1, index + 5)) / 4,
        ]
        return row

    def _kin(self, index: int, segment: Segment) -> list[float]:
        text, family, total = segment.text, self.family, self.family.total
        made = family.makes.get(family.make(segment.node), 0)
        apart, joins, branch = family.place(segment.node)
        held = self.sums[branch].long if branch in self.sums else 0
        return [
            made / total,
            made / family.most,
            math.log1p(apart),
            joins - family.joins,
            min(1.0, held / total),
            math.log1p(family.headlines[index]),
            "@" in text,
            sum(map(str.isupper, text)) / len(text) if len(text) < CAPITALS else 0.0,
        ]


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
    if not body or len(text) <= 20:  # noqa: PLR2004
        return 0.0
    if text in body:
        return 1.0
    third = len(text) // 3
    return 0.7 * (
        len(text) > LONG and (text[5 : 5 + third] in body or text[-third - 5 : -5] in body)
    )
