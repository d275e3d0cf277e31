"""What the rows of evidence of one page share: sums, the headline, the densest container."""

import math
from collections import Counter
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from extract.blocks import cues
from extract.blocks.kinship import Family
from extract.blocks.lineage import Lineage, Tally, tally
from extract.page.cards import Card
from extract.page.segments import Segment
from extract.page.title import key, words

LONG = 60  # characters: a segment longer than this, and less linked than LINKED, looks like prose
LINKED = 0.4  # share of a segment that is link


@dataclass(slots=True)
class Evidence:
    """What is known of the page besides its segments."""

    title: str = ""
    description: str = ""
    body_key: str = ""  # letters of the body the page itself states (JSON-LD or script state)
    cards: dict[int, Card] = field(default_factory=dict)
    host: str = ""  # of the page's own address, without "www."


class Context:
    """What the rows of one page share."""

    def __init__(self, segments: list[Segment], evidence: Evidence) -> None:
        self.segments = segments
        self.evidence = evidence
        self.sums: dict[HtmlElement, Tally] = tally(segments)
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

        self.best = self._densest()
        self.family = Family(segments, self.prose, self.title, self.best)

    def _densest(self) -> HtmlElement | None:
        """Return the element whose own children carry most prose.

        Theirs count half for its parent.

        Its own children count whole and their children half, so that an article cut
        into two boxes is found as one. None when no segment looks like prose.
        """
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
        """Return the number of the segment that shows the headline, a heading if one does.

        -1 for none.
        """
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


def _prose_length(segment: Segment) -> int:
    """Return the characters of a segment that are prose: all, or none where links are many."""
    if segment.link_share >= LINKED:
        return 0

    return len(segment.text)


def _earlier(keys: list[str]) -> list[int]:
    """Return how often each text stood on the page before.

    0 for the first showing, 1 for the second, and so on.
    """
    seen: Counter[str] = Counter()
    found = []

    for text in keys:
        found.append(seen[text])
        seen[text] += 1

    return found
