"""The dates that a page shows, each judged by where it stands.

What stands in a clock, a sidebar, a teaser card, a comment or a footer is no claim, and neither
is a date inside the headline, a caption or a sentence: those are what the text tells of.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice

from lxml.html import HtmlElement

from extract.blocks import cues
from extract.metadata import date_boxes
from extract.metadata.date_claims import Claim, Standing
from extract.metadata.date_lines import (
    CALLED_DATE,
    DATE_NAMES,
    LABELLED,
    LINE,
    PUBLISHED_LABEL,
    WORD,
    dated_part,
    is_date_heading,
    is_update,
    label_before,
    labelled_part,
    names_of,
    said,
    split_line,
    text_begins,
)
from extract.page.dom import attribute
from extract.page.segments import Segment, tidy
from news.article import BlockKind
from news.dates import is_dateline, month, read_clock

_CLOCK_ALONE = re.compile(r"^\W*(?:[01]?\d|2[0-3])[:.][0-5]\d(?:[:.][0-5]\d)?\W*$")
BARE_WORDS = 3  # words beside a date that nothing calls one
ELEMENTS = 8  # elements of one kind that are read
FURTHER = 12  # lines elsewhere on the page that are read
NEAREST = 4  # boxes round the headline that are the article's
BEFORE, AFTER = 4, 12  # segments round the headline in which a date can stand


class Shown:
    """The dates that a page shows, each judged by where it stands."""

    def __init__(self, segments: list[Segment], at: int | None, carded: Iterable[int]) -> None:
        self.segments = segments
        self.carded = frozenset(carded)
        self.at = _first_headline(segments) if at is None else at
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

    def elements(self, root: HtmlElement) -> Iterator[Claim]:
        """Give what elements made for dates say, in page order."""
        path = ".//*[@itemprop='datePublished' or @itemprop='dateCreated' or @pubdate]"
        marked = root.xpath(path)[:ELEMENTS]

        for element in marked:
            standing = self._element_standing(element, Standing.MARKED)
            if standing is not None:
                raw = attribute(element, "content") or said(element)
                yield Claim("itemprop", raw, standing)

        for element in islice(root.iter("time", "abbr"), 4 * ELEMENTS):
            if element in marked or (element.tag == "abbr" and not element.get("title")):
                continue

            standing = self._element_standing(element, Standing.SHOWN)
            if standing is not None:
                yield Claim("time", said(element), standing)

    def _element_standing(self, element: HtmlElement, most: Standing) -> Standing | None:
        """Return how much an element's date counts; None for one that is another thing's."""
        if self._is_readers(element):
            return None

        names = names_of(element)
        index = self._index_of(element)
        if date_boxes.UPDATED.search(names) or is_update(label_before(element)):
            return self._change_standing(index)

        if date_boxes.PUBLISHED.search(names):
            most = Standing.MARKED

        if index is None:
            return None if self._is_foreign(element) else most

        if self._is_caption(self.segments[index]) or self._is_carded(index):
            return None

        return self._standing_at(index, element, most)

    def _standing_at(self, index: int, element: HtmlElement, most: Standing) -> Standing | None:
        """Return how much a date counts by where it stands to headline and text."""
        if self.at is not None and self.at <= index < self.begins:
            return most

        if self.at is not None and index < self.at:
            return self._above(index)

        labelled = PUBLISHED_LABEL.search(label_before(element)) is not None
        if self._is_foreign(element):
            if self._is_closed(element):
                return None

            return Standing.ELSEWHERE if labelled else Standing.ALOOF

        if self.at is None:
            return most

        if self._is_near(index) and self._is_with(element):
            return Standing.SHOWN

        if most is Standing.MARKED or labelled:
            return Standing.ELSEWHERE

        return Standing.ALOOF

    def _change_standing(self, index: int | None) -> Standing:
        """Return how much the day of the last change counts, told in this segment."""
        if index is not None and self._is_near(index) and self._is_with(self.segments[index].node):
            return Standing.REVISED

        return Standing.UPDATED

    def _is_caption(self, segment: Segment) -> bool:
        """Tell whether a segment is a picture's caption; a figure round the headline has none."""
        if segment.kind is not BlockKind.CAPTION:
            return False

        return not any(box in self.held for box in chain((segment.node,), _figures(segment.node)))

    def _is_near(self, index: int) -> bool:
        """Tell whether a segment stands within reach of the headline."""
        return self.at is not None and self.at - BEFORE <= index < self.at + AFTER

    def _index_of(self, element: HtmlElement) -> int | None:
        """Return the number of the segment that an element stands in.

        None when it shows nothing.
        """
        one: HtmlElement | None = element

        while one is not None:
            if one in self.first_of:
                return self.first_of[one]

            one = one.getparent()

        return None

    def _above(self, index: int) -> Standing | None:
        """Return how much a date over the headline counts; None for one far from it."""
        if self.at is None or index < self.at - BEFORE:
            return Standing.ALOOF

        node = self.segments[index].node
        if self._is_beside(node):
            return Standing.SHOWN

        return Standing.ALOOF if self._is_foreign(node) else Standing.ABOVE

    def _is_beside(self, element: HtmlElement) -> bool:
        """Tell whether an element shares a box with the headline that is not the whole page."""
        return any(box in self.boxes for box in element.iterancestors())

    def _is_with(self, element: HtmlElement) -> bool:
        """Tell whether an element shares any box with the headline below the page's body."""
        for box in element.iterancestors():
            if box.tag in {"body", "html"}:
                return False

            if box in self.held:
                return True

        return False

    def _is_foreign(self, element: HtmlElement) -> bool:
        """Tell whether an element stands in a box that is not the article's, by the boxes' names.

        A box that holds the headline too is the article's, whatever it is called.
        """
        return date_boxes.is_named(element, date_boxes.FOREIGN, self.held)

    def _is_closed(self, element: HtmlElement) -> bool:
        """Tell whether an element stands in a footer or a menu, where no article has its date."""
        return date_boxes.is_named(element, date_boxes.CLOSED, self.held)

    def _is_readers(self, element: HtmlElement) -> bool:
        """Tell whether an element stands among what readers wrote."""
        return date_boxes.is_named(element, date_boxes.READERS, self.held)

    def lines(self) -> Iterator[Claim]:
        """Give the short lines that are nothing but a date: near the headline, then elsewhere."""
        if self.at is not None:
            yield from self._in_headline()
            yield from self._called_dates()
            for segment in self.segments[self.at + 1 : self.at + AFTER]:
                standing = Standing.SHOWN
                if segment.index >= self.begins and not self._is_with(segment.node):
                    standing = Standing.ALOOF

                yield from self._line(segment, standing)

            for segment in reversed(self.segments[max(0, self.at - BEFORE) : self.at]):
                standing = self._above(segment.index) or Standing.ALOOF
                yield from self._line(segment, standing)

        yield from islice(self._further(), FURTHER)

    def _in_headline(self) -> Iterator[Claim]:
        """Give the date in an element of its own inside the headline's."""
        if self.at is not None:
            yield from self._set_apart(self.segments[self.at].node, ("small", "span", "em", "i"))

    def _called_dates(self) -> Iterator[Claim]:
        """Give dates that open a text's line in an element which is called a date."""
        if self.at is None:
            return

        for segment in self.segments[self.at + 1 : min(self.begins + 2, self.at + AFTER)]:
            if segment.kind is not BlockKind.CAPTION and not self._is_carded(segment.index):
                for claim in self._set_apart(segment.node, ("span", "b", "em", "strong", "font")):
                    if segment.text.startswith(claim.raw):
                        yield claim

    def _set_apart(self, node: HtmlElement, tags: tuple[str, ...]) -> Iterator[Claim]:
        """Give dates in elements of these kinds inside another, as far as they are called one."""
        for element in islice(node.iter(*tags), ELEMENTS):
            text = tidy(" ".join(element.itertext()))
            called = element.tag == "small" or CALLED_DATE.search(names_of(element))
            if called and len(text) < LINE and is_dateline(dated_part(text)):
                yield Claim("text", dated_part(text), Standing.SHOWN)

    def _further(self) -> Iterator[Claim]:
        """Give the dates further away from the headline.

        What is called a date stands there with the article; what is not stands aloof.
        """
        for segment in self.segments:
            if self._is_near(segment.index) or segment.link_share > 0.5:  # noqa: PLR2004
                continue

            if not 0 < len(segment.text) < LINE or not is_dateline(segment.text):
                continue

            called = DATE_NAMES.search(names_of(segment.node)) is not None
            called = called or PUBLISHED_LABEL.search(segment.text) is not None
            standing = Standing.ELSEWHERE if called else Standing.ALOOF
            if self.at is not None and segment.index < self.at:
                standing = Standing.ALOOF

            yield from self._line(segment, standing)

    def _line(self, segment: Segment, standing: Standing) -> Iterator[Claim]:
        """Give what a line claims.

        Nothing when it is a sentence, a caption, a card's or a heading.
        """
        if len(segment.text) >= LINE or self._is_caption(segment):
            return

        if segment.kind is BlockKind.HEADING and not is_date_heading(segment):
            return

        if self._is_carded(segment.index) or date_boxes.OTHER_THINGS.search(segment.text):
            return

        node = segment.node
        if self._is_readers(node):
            return

        settled = self.at is not None and self.at <= segment.index < self.begins
        if not settled and self._is_foreign(node):
            if self._is_closed(node):
                return

            standing = Standing.ALOOF

        text = dated_part(segment.text)
        if len(text) > LABELLED and not is_dateline(text):
            text = labelled_part(text)

        published, updated = split_line(text)
        if published and self._is_bare(segment, published, standing):
            yield Claim("text", self._with_clock(segment, published), standing)

        if updated and is_dateline(updated):
            yield Claim("text", updated, self._change_standing(segment.index))

    def _is_carded(self, index: int) -> bool:
        """Tell whether a segment is another article's.

        In a teaser card, and not between headline and text.
        """
        if index not in self.carded:
            return False

        if self.at is None:
            return True

        if self.at < index and self._is_near(index) and self._is_beside(self.segments[index].node):
            return False

        return not self.at - BEFORE <= index < self.begins

    def _is_bare(self, segment: Segment, text: str, standing: Standing) -> bool:
        """Tell a date from words with a date in them.

        Few words stand beside it, or a label or the name of its element calls it a date.
        """
        if not is_dateline(text):
            return False

        words = [word for word in WORD.findall(text) if month(word) is None]
        most = 1 if standing is Standing.ALOOF else BARE_WORDS
        if len(words) <= most:
            return True

        if PUBLISHED_LABEL.search(text) or DATE_NAMES.search(names_of(segment.node)):
            return True

        if standing is Standing.ALOOF:
            return False

        return any(mark in text for mark in "|•·/:-–,") or "byline" in cues.found(text)

    def _with_clock(self, segment: Segment, text: str) -> str:
        """Return a date with the time of day that stands on a line of its own beside it."""
        if read_clock(text):
            return text

        for index in (segment.index + 1, segment.index - 1):
            if 0 <= index < len(self.segments):
                beside = self.segments[index].text
                if _CLOCK_ALONE.match(beside):
                    return f"{text} {beside.strip()}"

        return text


def _figures(node: HtmlElement) -> Iterator[HtmlElement]:
    """Give the figures that an element stands in, with their captions."""
    return node.iterancestors("figure", "figcaption")


def _first_headline(segments: list[Segment]) -> int | None:
    """Return the number of the first h1; None when there is none."""
    for segment in segments:
        if segment.node.tag == "h1":
            return segment.index

    return None
