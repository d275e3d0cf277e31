"""Where on a page a date stands: to the headline, to the text, in whose box."""

from collections.abc import Iterable, Iterator
from itertools import chain

from lxml.html import HtmlElement

from extract.metadata import date_boxes
from extract.metadata.date_claims import Rank
from extract.metadata.date_lines import text_begins
from extract.page.segments import Segment
from news.article import BlockKind

LEAST_HEADLINE = 12  # letters of a headline by which an h1 is known
NEAREST = 4  # boxes round the headline that are the article's
BEFORE, AFTER = 4, 12  # segments round the headline in which a date can stand


class Places:
    """A page's segments, seen from its headline and the beginning of its text."""

    def __init__(self, segments: list[Segment], at: int | None, carded: Iterable[int]) -> None:
        self.segments = segments
        self.carded = frozenset(carded)
        self.at = _headline_at(segments, at)
        self.begins = text_begins(segments, self.at)
        self.boxes: set[HtmlElement] = set()  # that hold the headline, but not the whole page
        self.held: set[HtmlElement] = set()  # all that hold the headline
        self._hold_headline()
        self.first_of: dict[HtmlElement, int] = {}

        for segment in segments:
            self.first_of.setdefault(segment.node, segment.index)

    def _hold_headline(self) -> None:
        """Note the boxes round the headline."""
        if self.at is None:
            return

        for level, box in enumerate(self.segments[self.at].node.iterancestors()):
            self.held.add(box)
            if level < NEAREST and box.tag not in {"body", "html"}:
                self.boxes.add(box)

    def change_rank(self, index: int | None) -> Rank:
        """Return how much the day of the last change counts, told in this segment."""
        if index is not None and self.is_near(index) and self.is_with(self.segments[index].node):
            return Rank.REVISED

        return Rank.UPDATED

    def is_caption(self, segment: Segment) -> bool:
        """Tell whether a segment is a picture's caption; a figure round the headline has none."""
        if segment.kind is not BlockKind.CAPTION:
            return False

        return not any(box in self.held for box in chain((segment.node,), _figures(segment.node)))

    def is_near(self, index: int) -> bool:
        """Tell whether a segment stands within reach of the headline."""
        return self.at is not None and self.at - BEFORE <= index < self.at + AFTER

    def index_of(self, element: HtmlElement) -> int | None:
        """Return the number of the segment that an element stands in.

        None when it shows nothing.
        """
        one: HtmlElement | None = element

        while one is not None:
            if one in self.first_of:
                return self.first_of[one]

            one = one.getparent()

        return None

    def above(self, index: int) -> Rank | None:
        """Return how much a date over the headline counts; None for one far from it."""
        if self.at is None or index < self.at - BEFORE:
            return Rank.ALOOF

        node = self.segments[index].node
        if self.is_beside(node):
            return Rank.SHOWN

        return Rank.ALOOF if self.is_foreign(node) else Rank.ABOVE

    def is_beside(self, element: HtmlElement) -> bool:
        """Tell whether an element shares a box with the headline that is not the whole page."""
        return any(box in self.boxes for box in element.iterancestors())

    def is_with(self, element: HtmlElement) -> bool:
        """Tell whether an element shares any box with the headline below the page's body."""
        for box in element.iterancestors():
            if box.tag in {"body", "html"}:
                return False

            if box in self.held:
                return True

        return False

    def is_foreign(self, element: HtmlElement) -> bool:
        """Tell whether an element stands in a box that is not the article's, by the boxes' names.

        A box that holds the headline too is the article's, whatever it is called.
        """
        return date_boxes.is_named(element, date_boxes.FOREIGN, self.held)

    def is_closed(self, element: HtmlElement) -> bool:
        """Tell whether an element stands in a footer or a menu, where no article has its date."""
        return date_boxes.is_named(element, date_boxes.CLOSED, self.held)

    def is_readers(self, element: HtmlElement) -> bool:
        """Tell whether an element stands among what readers wrote."""
        return date_boxes.is_named(element, date_boxes.READERS, self.held)

    def is_carded(self, index: int) -> bool:
        """Tell whether a segment is another article's.

        In a teaser card, and not between headline and text.
        """
        if index not in self.carded:
            return False

        if self.at is None:
            return True

        if self.at < index and self.is_near(index) and self.is_beside(self.segments[index].node):
            return False

        return not self.at - BEFORE <= index < self.begins


def _figures(node: HtmlElement) -> Iterator[HtmlElement]:
    """Give the figures that an element stands in, with their captions."""
    yield from node.iterancestors("figure", "figcaption")


def _headline_at(segments: list[Segment], at: int | None) -> int | None:
    """Return the number of the segment that is the headline.

    Menus and paths repeat it; the first h1 with its words is it, and stands for an unknown one.
    """
    if at is None:
        return _first_headline(segments)

    if segments[at].kind is BlockKind.HEADING or len(segments[at].key) < LEAST_HEADLINE:
        return at

    for segment in segments:
        if segment.node.tag == "h1" and segments[at].key in segment.key:
            return segment.index

    return at


def _first_headline(segments: list[Segment]) -> int | None:
    """Return the number of the first h1; None when there is none."""
    for segment in segments:
        if segment.node.tag == "h1":
            return segment.index

    return None
