"""The dates that a page shows, each judged by where it stands.

What stands in a clock, a sidebar, a teaser card, a comment or a footer is no claim, and neither
is a date inside the headline, a caption or a sentence: those are what the text tells of.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from lxml.html import HtmlElement

from extract.blocks import cues
from extract.metadata.date_claims import Claim, Rank
from extract.metadata.date_lines import (
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
from extract.page.segments import Segment
from news.article import BlockKind
from news.dates import is_dateline, month, read_clock

_UPDATED_NAMES = re.compile(r"updat|modif|edited|lastmod")
_PUBLISHED_NAMES = re.compile(r"publish|posted|pubdate|created|entry-date|post-date")
# Names of boxes that are not the article's: its clock, its lists; where no date is its
# own; its readers'.
_READERS_NAMES = re.compile(
    r"comment(?!ary)|\breply|respond|disqus|commentlist|kommentar|yorum|şərh"
)
_CLOSED_NAMES = re.compile(r"<footer>|<nav>|(?<![a-z-])foot(?:er)?\b|site-footer|\bnav\b|\bmenu\b")
_FOREIGN_NAMES = re.compile(
    r"<aside>|<footer>|<nav>|side-?bar|aside|related|recommend|popular|latest|ticker|widget|foot|"
    r"\bnav|menu|today|current|clock|weather|calendar|\bnow\b|copyright|teaser|promo\b"
)
_RIGHTS = re.compile(r"©|copyright|all rights|\(c\)", re.IGNORECASE)
_CLOCK_ALONE = re.compile(r"^\W*(?:[01]?\d|2[0-3])[:.][0-5]\d(?:[:.][0-5]\d)?\W*$")
BARE_WORDS = 3  # words beside a date that nothing calls one
ELEMENTS = 8  # elements of one kind that are read
FURTHER = 12  # lines elsewhere on the page that are read
NEAREST = 4  # boxes round the headline that are the article's
LEVELS = 7  # boxes round an element by whose names it is judged
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
            rank = self._element_rank(element, Rank.MARKED)
            if rank is not None:
                raw = attribute(element, "content") or said(element)
                yield Claim("itemprop", raw, rank)

        for element in islice(root.iter("time", "abbr"), 4 * ELEMENTS):
            if element in marked or (element.tag == "abbr" and not element.get("title")):
                continue

            rank = self._element_rank(element, Rank.SHOWN)
            if rank is not None:
                yield Claim("time", said(element), rank)

    def _element_rank(self, element: HtmlElement, most: Rank) -> Rank | None:
        """Return how much an element's date counts; None for one that is another thing's."""
        if self._is_readers(element):
            return None

        names = names_of(element)
        if _UPDATED_NAMES.search(names) or is_update(label_before(element)):
            return Rank.UPDATED

        if _PUBLISHED_NAMES.search(names):
            most = Rank.MARKED

        index = self._index_of(element)
        if index is None:
            return None if self._is_foreign(element) else most

        if self.segments[index].kind is BlockKind.CAPTION or self._is_carded(index):
            return None

        return self._rank_at(index, element, most)

    def _rank_at(self, index: int, element: HtmlElement, most: Rank) -> Rank | None:
        """Return how much a date counts by where it stands to headline and text."""
        if self.at is not None and self.at <= index < self.begins:
            return most

        if self.at is not None and index < self.at:
            return self._above(index)

        if self._is_foreign(element):
            return None if self._is_closed(element) else Rank.ALOOF

        if self.at is None:
            return most

        if self._is_near(index) and self._is_with(element):
            return Rank.SHOWN

        if most is Rank.MARKED or PUBLISHED_LABEL.search(label_before(element)):
            return Rank.ELSEWHERE

        return Rank.ALOOF

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

    def _above(self, index: int) -> Rank | None:
        """Return how much a date over the headline counts; None for one far from it."""
        if self.at is None or index < self.at - BEFORE:
            return Rank.ALOOF

        node = self.segments[index].node
        if self._is_beside(node):
            return Rank.SHOWN

        return Rank.ALOOF if self._is_foreign(node) else Rank.ABOVE

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
        return self._box_named(element, _FOREIGN_NAMES)

    def _is_closed(self, element: HtmlElement) -> bool:
        """Tell whether an element stands in a footer or a menu, where no article has its date."""
        return self._box_named(element, _CLOSED_NAMES)

    def _is_readers(self, element: HtmlElement) -> bool:
        """Tell whether an element stands among what readers wrote."""
        return self._box_named(element, _READERS_NAMES)

    def _box_named(self, element: HtmlElement, pattern: re.Pattern[str]) -> bool:
        """Tell whether one of the boxes round an element, up to the headline's, has such a name."""
        box: HtmlElement | None = element

        for _ in range(LEVELS):
            if box is None or box.tag in {"body", "html"} or box in self.held:
                return False

            if pattern.search(f"<{box.tag}> {names_of(box)}"):
                return True

            box = box.getparent()

        return False

    def lines(self) -> Iterator[Claim]:
        """Give the short lines that are nothing but a date: near the headline, then elsewhere."""
        if self.at is not None:
            for segment in self.segments[self.at + 1 : self.at + AFTER]:
                rank = Rank.SHOWN
                if segment.index >= self.begins and not self._is_with(segment.node):
                    rank = Rank.ALOOF

                yield from self._line(segment, rank)

            for segment in reversed(self.segments[max(0, self.at - BEFORE) : self.at]):
                rank = self._above(segment.index) or Rank.ALOOF
                yield from self._line(segment, rank)

        yield from islice(self._further(), FURTHER)

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
            rank = Rank.ELSEWHERE if called else Rank.ALOOF
            if self.at is not None and segment.index < self.at:
                rank = Rank.ALOOF

            yield from self._line(segment, rank)

    def _line(self, segment: Segment, rank: Rank) -> Iterator[Claim]:
        """Give what a line claims.

        Nothing when it is a sentence, a caption, a card's or a heading.
        """
        if len(segment.text) >= LINE or segment.kind is BlockKind.CAPTION:
            return

        if segment.kind is BlockKind.HEADING and not is_date_heading(segment):
            return

        if self._is_carded(segment.index) or _RIGHTS.search(segment.text):
            return

        node = segment.node
        if self._is_readers(node):
            return

        settled = self.at is not None and self.at <= segment.index < self.begins
        if not settled and self._is_foreign(node):
            if self._is_closed(node):
                return

            rank = Rank.ALOOF

        text = dated_part(segment.text)
        if len(text) > LABELLED and not is_dateline(text):
            text = labelled_part(text)

        published, updated = split_line(text)
        if published and self._is_bare(segment, published, rank):
            yield Claim("text", self._with_clock(segment, published), rank)

        if updated and is_dateline(updated):
            yield Claim("text", updated, Rank.UPDATED)

    def _is_carded(self, index: int) -> bool:
        """Tell whether a segment is another article's.

        In a teaser card, and not between headline and text.
        """
        if index not in self.carded:
            return False

        return self.at is None or not self.at - BEFORE <= index < self.begins

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


def _first_headline(segments: list[Segment]) -> int | None:
    """Return the number of the first h1; None when there is none."""
    for segment in segments:
        if segment.node.tag == "h1":
            return segment.index

    return None
