"""The dates that a page shows, each judged by where it stands.

What stands in a clock, a sidebar, a teaser card, a comment or a footer is no claim, and neither
is a date inside the headline, a caption or a sentence: those are what the text tells of.
"""

import re
from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

from extract.blocks import cues
from extract.metadata import date_boxes
from extract.metadata.date_claims import Claim, Rank
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
    opening_dateline,
    said,
    split_line,
)
from extract.metadata.date_places import AFTER, BEFORE, Places
from extract.page.dom import attribute
from extract.page.segments import Segment, tidy
from news.article import BlockKind
from news.dates import is_dateline, month, read_clock

_CLOCK_ALONE = re.compile(r"^\W*(?:[01]?\d|2[0-3])[:.][0-5]\d(?:[:.][0-5]\d)?\W*$")
HEADINGS = frozenset(("h1", "h2", "h3", "h4"))
LONGEST_LABEL = 30  # characters of a line that labels the next one
BARE_WORDS = 3  # words beside a date that nothing calls one
ELEMENTS = 8  # elements of one kind that are read
FURTHER = 12  # lines elsewhere on the page that are read


class Shown(Places):
    """The dates that a page shows, each judged by where it stands."""

    def elements(self, root: HtmlElement) -> Iterator[Claim]:
        """Give what elements made for dates say, in page order."""
        path = ".//*[@itemprop='datePublished' or @itemprop='dateCreated' or @pubdate]"
        marked = root.xpath(path)[:ELEMENTS]

        for element in marked:
            rank = self._element_rank(element, Rank.MARKED)
            if rank is not None:
                raw = attribute(element, "content") or said(element)
                yield Claim("itemprop", raw, rank)

        for element in islice(root.iter("time", "abbr"), 16 * ELEMENTS):
            if element in marked or (element.tag == "abbr" and not _is_dated(element)):
                continue

            rank = self._element_rank(element, Rank.SHOWN)
            if rank is not None:
                yield Claim("time", said(element), rank)

    def _element_rank(self, element: HtmlElement, most: Rank) -> Rank | None:
        """Return how much an element's date counts; None for one that is another thing's."""
        if self.is_readers(element):
            return None

        names = names_of(element)
        index = self.index_of(element)
        if date_boxes.UPDATED.search(names) or is_update(label_before(element)):
            return self.change_rank(index)

        if date_boxes.PUBLISHED.search(names):
            most = Rank.MARKED

        if index is None:
            return None if self.is_foreign(element) else most

        if self.is_caption(self.segments[index]) or self.is_carded(index):
            return None

        return self._rank_at(index, element, most)

    def _rank_at(self, index: int, element: HtmlElement, most: Rank) -> Rank | None:
        """Return how much a date counts by where it stands to headline and text."""
        if self.at is not None and self.at <= index < self.begins:
            return most

        if self.at is not None and index < self.at:
            return self.above(index)

        labelled = PUBLISHED_LABEL.search(label_before(element)) is not None
        if self.is_foreign(element):
            if self.is_closed(element):
                return None

            return Rank.ELSEWHERE if labelled else Rank.ALOOF

        if self.at is None:
            return most

        if self.is_near(index) and self.is_with(element):
            return Rank.SHOWN

        if most is Rank.MARKED or labelled:
            return Rank.ELSEWHERE

        return Rank.ALOOF

    def lines(self) -> Iterator[Claim]:
        """Give the short lines that are nothing but a date: near the headline, then elsewhere."""
        if self.at is not None:
            yield from self._in_headline()
            yield from self._called_dates()
            for segment in self.segments[self.at + 1 : self.at + AFTER]:
                rank = Rank.SHOWN
                if segment.index >= self.begins and not self.is_with(segment.node):
                    rank = Rank.ALOOF

                yield from self._line(segment, rank)

            for segment in reversed(self.segments[max(0, self.at - BEFORE) : self.at]):
                rank = self.above(segment.index) or Rank.ALOOF
                yield from self._line(segment, rank)

        yield from islice(self._further(), FURTHER)

    def _in_headline(self) -> Iterator[Claim]:
        """Give the date in an element of its own inside the headline's, or a heading's below."""
        if self.at is None:
            return

        last = min(self.begins, self.at + AFTER)
        for segment in self.segments[self.at : last]:
            if segment.kind is BlockKind.HEADING:
                yield from self._set_apart(segment.node, ("small", "span", "em", "i"))

    def _called_dates(self) -> Iterator[Claim]:
        """Give dates that open a text's line in an element which is called a date."""
        if self.at is None:
            return

        last = min(self.begins + 2, self.at + AFTER)
        for segment in self.segments[self.at + 1 : last]:
            if segment.kind is BlockKind.CAPTION or self.is_carded(segment.index):
                continue

            tags = ("span", "b", "em", "strong", "font")
            for claim in self._set_apart(segment.node, tags):
                if segment.text.startswith(claim.raw):
                    yield claim

    def _set_apart(self, node: HtmlElement, tags: tuple[str, ...]) -> Iterator[Claim]:
        """Give dates in elements of these kinds inside another, as far as they are called one."""
        for element in islice(node.iter(*tags), ELEMENTS):
            called = node.tag in HEADINGS or CALLED_DATE.search(names_of(element))
            if not called:
                continue

            text = tidy(" ".join(element.itertext()))
            dated = dated_part(text)
            if len(text) < LINE and is_dateline(dated):
                yield Claim("text", dated, Rank.SHOWN)

    def _further(self) -> Iterator[Claim]:
        """Give the dates further away from the headline.

        What is called a date stands there with the article; what is not stands aloof.
        """
        for segment in self.segments:
            if self.is_near(segment.index) or segment.link_share > 0.5:  # noqa: PLR2004
                continue

            if not 0 < len(segment.text) < LINE or not is_dateline(segment.text):
                continue

            if _CLOCK_ALONE.match(segment.text):
                continue

            called = DATE_NAMES.search(names_of(segment.node)) is not None
            called = called or PUBLISHED_LABEL.search(segment.text) is not None
            called = called or self._is_labelled(segment.index)
            rank = Rank.ELSEWHERE if called else Rank.ALOOF
            if self.at is not None and segment.index < self.at:
                rank = Rank.ALOOF

            yield from self._line(segment, rank)

    def _is_labelled(self, index: int) -> bool:
        """Tell whether the line before a segment is nothing but a label of publication."""
        before = self.segments[index - 1].text if index else ""
        return len(before) < LONGEST_LABEL and PUBLISHED_LABEL.match(before) is not None

    def opening(self) -> Iterator[Claim]:
        """Give the date that opens the text: "BAKU, 12 May. ...", "12.05.2026 - ..."."""
        if self.at is None:
            return

        for segment in self.segments[self.at + 1 : self.begins + 2]:
            if segment.kind is BlockKind.PARAGRAPH and not self.is_carded(segment.index):
                dateline = opening_dateline(segment.text)
                if dateline:
                    yield Claim("text", dateline, Rank.OPENING)

    def _line(self, segment: Segment, rank: Rank) -> Iterator[Claim]:
        """Give what a line claims.

        Nothing when it is a sentence, a caption, a card's or a heading.
        """
        if len(segment.text) >= LINE or self.is_caption(segment):
            return

        if segment.kind is BlockKind.HEADING and not is_date_heading(segment):
            return

        if self.is_carded(segment.index) or date_boxes.OTHER_THINGS.search(segment.text):
            return

        node = segment.node
        if self.is_readers(node):
            return

        settled = self.at is not None and self.at <= segment.index < self.begins
        if not settled and self.is_foreign(node):
            if self.is_closed(node):
                return

            rank = Rank.ALOOF

        text = dated_part(segment.text)
        if len(text) > LABELLED and not is_dateline(text):
            text = labelled_part(text)

        published, updated = split_line(text)
        if published and self._is_bare(segment, published, rank):
            yield Claim("text", self._with_clock(segment, published), rank)

        if updated and is_dateline(updated):
            yield Claim("text", updated, self.change_rank(segment.index))

    def _is_bare(self, segment: Segment, text: str, rank: Rank) -> bool:
        """Tell a date from words with a date in them.

        Few words stand beside it, or a label or the name of its element calls it a date.
        """
        if not is_dateline(text):
            return False

        words = [word for word in WORD.findall(text) if month(word) is None]
        most = 1 if rank is Rank.ALOOF else BARE_WORDS
        if len(words) <= most:
            return True

        if PUBLISHED_LABEL.search(text) or DATE_NAMES.search(names_of(segment.node)):
            return True

        if rank is Rank.ALOOF:
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


def _is_dated(element: HtmlElement) -> bool:
    """Tell an abbreviation that states a moment from one that explains a word."""
    title = element.get("title") or ""
    return any(char.isdigit() for char in title)
