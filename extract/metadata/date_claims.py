"""Where a page says when it was published.

What is stated to machines, and what is shown and where.

A claim is a raw string with its standing. What stands in a clock, a sidebar, a teaser
card, a comment or a footer is no claim at all, and neither is a date inside the
headline, a caption or a sentence: those are what the text tells of.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from itertools import islice

from lxml.html import HtmlElement

from extract.blocks import cues
from extract.page.dom import attribute
from extract.page.head import Head
from extract.page.segments import Segment
from news.article import BlockKind
from news.dates import is_dateline, month, read_clock

PUBLISHED = (
    "article:published_time",
    "og:published_time",
    "og:article:published_time",
    "datepublished",
    "date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "article.published",
    "published_at",
    "sailthru.date",
    "parsely-pub-date",
    "dc.date.issued",
    "dc.date",
    "dcterms.created",
    "dcterms.date",
    "dc.date.created",
    "cxenseparse:recs:publishtime",
    "article_date_original",
    "citation_publication_date",
    "originalpublicationdate",
    "timestamp",
    "rnews:datepublished",
    "prism.publicationdate",
    "iso-8601-publish-date",
    "bt:pubdate",
    "shareaholic:article_published_time",
    "datecreated",
    "published-date",
    "publication_date",
    "publicationdate",
    "article:published",
)
MODIFIED = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "lastmod",
    "last-modified",
    "dcterms.modified",
    "dc.date.modified",
    "article:updated_time",
    "cxenseparse:recs:articlemodified",
)

# In addresses: parts set apart may have one digit, parts run together (`/20261120/`,
# `/2026/1120/`) have two.
_URL_DATES = (
    re.compile(
        r"/((?:19|20)\d\d)"
        r"(?:[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])"
        r"|[/-](1[0-2]|0?[1-9])[/-](3[01]|[12]\d|0?[1-9]))"
        r"(?=[/_-]|$)"
    ),
    re.compile(r"(?<=[/_-])((?:19|20)\d\d)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?!\d)"),
)
_URL_DAY_FIRST = re.compile(
    r"(?<=[/_-])(0[1-9]|[12]\d|3[01])[-.](0[1-9]|1[0-2])[-.]((?:19|20)\d\d)(?!\d)"
)
_PUBLISHED_LABEL = re.compile(
    r"\b(?:datum|date|published|posted|created|erstellt|veröffentlicht|geschrieben|publiziert|"
    r"gespeichert|publié|публикация|дата|опубликован\w*|"
    r"размещен\w*|dərc olun\w*|tarix|tarih|yayın\w*|ekl[eə]nm[eə]\w*|ամսաթիվ|հրապարակ\w*|"
    r"გამოქვეყნ\w*|თარიღი|жарияланған|жарыяланган|chop etil\w*)\b|تاریخ|انتشار",
    re.IGNORECASE,
)
_UPDATED_LABEL = re.compile(
    r"\b(?:updated?|last (?:modified|changed|edited|reviewed)|modified|aktualisiert|geändert|"
    r"mis à jour|обновлен\w*|обновлён\w*|изменен\w*|изменён\w*|yenilən\w*|güncelle\w*|"
    r"թարմաց\w*|განახლ\w*|жаңарт\w*|yangilan\w*)|به ?روز|بروزرسانی",
    re.IGNORECASE,
)
_UPDATED_NAMES = re.compile(r"updat|modif|edited|lastmod")
_PUBLISHED_NAMES = re.compile(r"publish|posted|pubdate|created|entry-date|post-date")
_DATE_NAMES = re.compile(r"date|time|publish|posted|tarix|tarih|дата|meta\b|byline|authored|info\b")
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
_PARTS = re.compile(r"\s*[|•·⋅∙]\s*")
# Names under which the state of scripts keeps the moment of publication.
_STATE = re.compile(
    r"""["'](?:datePublished|publish(?:ed)?_?(?:At|Date|On|Time)|pubDate|first_?published\w*)["']"""
    r"""\s*:\s*["']([^"']{8,40})["']""",
    re.IGNORECASE,
)
_MAX_SCRIPT = 600_000  # characters of one script that are searched
_LABELLED = 45  # characters behind a label in which its date stands
# Names of a date that need not be that of publication: what the page shows comes before them.
_GENERAL = frozenset(
    (
        "date",
        "dc.date",
        "dcterms.date",
        "dcterms.created",
        "dc.date.created",
        "timestamp",
        "datecreated",
    )
)
_RIGHTS = re.compile(r"©|copyright|all rights|\(c\)", re.IGNORECASE)
_CLOCK_ALONE = re.compile(r"^\W*(?:[01]?\d|2[0-3])[:.][0-5]\d(?:[:.][0-5]\d)?\W*$")
_WORD = re.compile(r"[^\W\d_]{2,}")
_SENTENCE = re.compile(r"[.!?։۔؟]\W*$")
LINE = 120  # characters of a line that can be a date's
BEFORE, AFTER = 4, 12  # segments round the headline in which a date can stand
TEXT_LENGTH = 60  # characters of a sentence by which the text has begun
BARE_WORDS = 3  # words beside a date that nothing calls one
ELEMENTS = 8  # elements of one kind that are read
FURTHER = 12  # lines elsewhere on the page that are read
NEAREST = 4  # boxes round the headline that are the article's
LEVELS = 7  # boxes round an element by whose names it is judged


class Standing(IntEnum):
    """How much a claim counts, the most first."""

    STATED = 0  # to machines, of this article
    MARKED = 1  # by an element made for the date of publication, in the article's place
    SHOWN = 2  # between headline and text
    SAID = 3  # to machines, as a date of whatever kind
    ADDRESS = 4
    ABOVE = 5  # over the headline
    ELSEWHERE = 6  # on a line that is called a date, with the article
    OTHERWISE = 7  # to machines, of the page
    ALOOF = 8  # away from the article; it counts when the page shows no other day
    UPDATED = 9  # only the last change is told


@dataclass(frozen=True, slots=True)
class Claim:
    """A string that says when a page was published, and where it stands.

    "json-ld", "meta:NAME", "time".
    """

    source: str
    raw: str
    standing: Standing


def stated(head: Head) -> Iterator[Claim]:
    """Give what the page says of its date to machines."""
    for item in head.articles[:1] if head.matched else head.articles:
        for name in ("datePublished", "dateCreated", "uploadDate"):
            if item.get(name):
                yield Claim("json-ld", str(item[name]), Standing.STATED)
    for name in PUBLISHED:
        standing = Standing.SAID if name in _GENERAL else Standing.STATED
        for value in head.metas.get(name, ())[:1]:
            yield Claim(f"meta:{name}", value, standing)


def otherwise(head: Head) -> Iterator[Claim]:
    """Give what the page says to machines of itself as a page."""
    for item in head.objects:
        for name in ("datePublished", "dateCreated", "uploadDate"):
            if item.get(name):
                yield Claim("json-ld", str(item[name]), Standing.OTHERWISE)


def in_scripts(root: HtmlElement) -> Iterator[Claim]:
    """Give the moment of publication in the state of scripts, if they name one and no other."""
    found: set[str] = set()
    for script in root.iter("script"):
        source = (script.text or "")[:_MAX_SCRIPT]
        if "ublish" in source or "pubDate" in source:
            found.update(match[1] for match in _STATE.finditer(source))
    if len({raw[:10] for raw in found}) == 1:
        yield Claim("script", min(found), Standing.OTHERWISE)


def changes(head: Head) -> Iterator[Claim]:
    """Give what the page says of its last change to machines."""
    for item in head.articles:
        if item.get("dateModified"):
            yield Claim("json-ld", str(item["dateModified"]), Standing.UPDATED)
    for name in MODIFIED:
        for value in head.metas.get(name, ())[:1]:
            yield Claim(f"meta:{name}", value, Standing.UPDATED)


def in_address(url: str) -> Iterator[Claim]:
    """Give the day that an address names as YEAR-MONTH-DAY."""
    for pattern in _URL_DATES:
        match = pattern.search(url)
        if match is not None:
            day = "-".join(part for part in match.groups() if part)
            yield Claim("url", day, Standing.ADDRESS)
            return
    match = _URL_DAY_FIRST.search(url)
    if match is not None:
        yield Claim("url", f"{match[3]}-{match[2]}-{match[1]}", Standing.ADDRESS)


class Shown:
    """The dates that a page shows, each judged by where it stands."""

    def __init__(self, segments: list[Segment], at: int | None, carded: Iterable[int]) -> None:
        self.segments = segments
        self.carded = frozenset(carded)
        self.at = _first_headline(segments) if at is None else at
        self.begins = self._text_begins()
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

    def _text_begins(self) -> int:
        """Return the number of the segment with which the text begins.

        One past the last when none does.
        """
        start = 0 if self.at is None else self.at + 1
        for segment in self.segments[start:]:
            if segment.kind in {BlockKind.HEADING, BlockKind.CAPTION} or segment.link_share > 0.5:  # noqa: PLR2004
                continue
            if len(segment.text) >= TEXT_LENGTH and _SENTENCE.search(segment.text):
                return segment.index
            if len(segment.text) > LINE:
                return segment.index
        return len(self.segments)

    def elements(self, root: HtmlElement) -> Iterator[Claim]:
        """Give what elements made for dates say, in page order."""
        path = ".//*[@itemprop='datePublished' or @itemprop='dateCreated' or @pubdate]"
        marked = root.xpath(path)[:ELEMENTS]
        for element in marked:
            standing = self._element_standing(element, Standing.MARKED)
            if standing is not None:
                raw = attribute(element, "content") or _said(element)
                yield Claim("itemprop", raw, standing)

        for element in islice(root.iter("time", "abbr"), 4 * ELEMENTS):
            if element in marked or (element.tag == "abbr" and not element.get("title")):
                continue
            standing = self._element_standing(element, Standing.SHOWN)
            if standing is not None:
                yield Claim("time", _said(element), standing)

    def _element_standing(self, element: HtmlElement, most: Standing) -> Standing | None:
        """Return how much an element's date counts; None for one that is another thing's."""
        if self._is_readers(element):
            return None
        names = _names(element)
        if _UPDATED_NAMES.search(names) or _is_update(_label_before(element)):
            return Standing.UPDATED
        if _PUBLISHED_NAMES.search(names):
            most = Standing.MARKED
        index = self._index_of(element)
        if index is None:
            return None if self._is_foreign(element) else most
        if self.segments[index].kind is BlockKind.CAPTION or self._is_carded(index):
            return None
        return self._standing_at(index, element, most)

    def _standing_at(self, index: int, element: HtmlElement, most: Standing) -> Standing | None:
        """Return how much a date counts by where it stands to headline and text."""
        if self.at is not None and self.at <= index < self.begins:
            return most
        if self.at is not None and index < self.at:
            return self._above(index)
        if self._is_foreign(element):
            return None if self._is_closed(element) else Standing.ALOOF
        if self.at is None:
            return most
        if self._is_near(index) and self._is_with(element):
            return Standing.SHOWN
        if most is Standing.MARKED or _PUBLISHED_LABEL.search(_label_before(element)):
            return Standing.ELSEWHERE
        return Standing.ALOOF

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
            if pattern.search(f"<{box.tag}> {_names(box)}"):
                return True
            box = box.getparent()
        return False

    def lines(self) -> Iterator[Claim]:
        """Give the short lines that are nothing but a date: near the headline, then elsewhere."""
        if self.at is not None:
            for segment in self.segments[self.at + 1 : self.at + AFTER]:
                standing = Standing.SHOWN
                if segment.index >= self.begins and not self._is_with(segment.node):
                    standing = Standing.ALOOF
                yield from self._line(segment, standing)
            for segment in reversed(self.segments[max(0, self.at - BEFORE) : self.at]):
                standing = self._above(segment.index) or Standing.ALOOF
                yield from self._line(segment, standing)
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
            called = _DATE_NAMES.search(_names(segment.node)) is not None
            called = called or _PUBLISHED_LABEL.search(segment.text) is not None
            standing = Standing.ELSEWHERE if called else Standing.ALOOF
            if self.at is not None and segment.index < self.at:
                standing = Standing.ALOOF
            yield from self._line(segment, standing)

    def _line(self, segment: Segment, standing: Standing) -> Iterator[Claim]:
        """Give what a line claims.

        Nothing when it is a sentence, a caption, a card's or a heading.
        """
        if len(segment.text) >= LINE or segment.kind is BlockKind.CAPTION:
            return
        if segment.kind is BlockKind.HEADING and not self._is_date_heading(segment):
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
            standing = Standing.ALOOF
        text = _dated_part(segment.text)
        if len(text) > _LABELLED and not is_dateline(text):
            text = _labelled_part(text)
        published, updated = _split(text)
        if published and self._is_bare(segment, published, standing):
            yield Claim("text", self._with_clock(segment, published), standing)
        if updated and is_dateline(updated):
            yield Claim("text", updated, Standing.UPDATED)

    def _is_date_heading(self, segment: Segment) -> bool:
        """Tell a heading that is a date from one that has a date in it."""
        if _DATE_NAMES.search(_names(segment.node)):
            return True
        words = [word for word in _WORD.findall(segment.text) if month(word) is None]
        return len(words) <= 1

    def _is_carded(self, index: int) -> bool:
        """Tell whether a segment is another article's.

        In a teaser card, and not between headline and text.
        """
        if index not in self.carded:
            return False
        return self.at is None or not self.at - BEFORE <= index < self.begins

    def _is_bare(self, segment: Segment, text: str, standing: Standing) -> bool:
        """Tell a date from words with a date in them.

        Few words stand beside it, or a label or the name of its element calls it a date.
        """
        if not is_dateline(text):
            return False
        words = [word for word in _WORD.findall(text) if month(word) is None]
        most = 1 if standing is Standing.ALOOF else BARE_WORDS
        if len(words) <= most:
            return True
        if _PUBLISHED_LABEL.search(text) or _DATE_NAMES.search(_names(segment.node)):
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


def _first_headline(segments: list[Segment]) -> int | None:
    """Return the number of the first h1; None when there is none."""
    for segment in segments:
        if segment.node.tag == "h1":
            return segment.index
    return None


def _said(element: HtmlElement) -> str:
    """Return the moment that an element states to machines, else the one it shows."""
    shown = " ".join(element.itertext())
    return attribute(element, "datetime") or attribute(element, "title") or shown


def _names(element: HtmlElement) -> str:
    """Return an element's class, id and itemprop, in small letters."""
    names = (element.get(name) or "" for name in ("class", "id", "itemprop"))
    return " ".join(names).lower()


def _labelled_part(text: str) -> str:
    """Return what follows the label of a date on a longer line; the line itself without one."""
    label = _PUBLISHED_LABEL.search(text)
    if label is None:
        return text
    part = text[label.start() : label.end() + _LABELLED]
    return part.rsplit(" ", 1)[0]


def _dated_part(text: str) -> str:
    """Return the part of a line of several parts that is a date.

    The line itself when it has none.
    """
    if is_dateline(text):
        return text
    for part in _PARTS.split(text):
        if is_dateline(part):
            return part
    return text


def _label_before(element: HtmlElement) -> str:
    """Return the text right before an element, inside its parent."""
    previous = element.getprevious()
    if previous is not None:
        said = (previous.tail or "").strip() or " ".join(previous.itertext())
        return said[-LINE:]
    parent = element.getparent()
    return "" if parent is None else (parent.text or "")[-LINE:]


def _is_update(label: str) -> bool:
    return _UPDATED_LABEL.search(label) is not None and not _PUBLISHED_LABEL.search(label)


def _split(text: str) -> tuple[str, str]:
    """Return what a line says of publication and of the last change, by the labels on it."""
    updated = _UPDATED_LABEL.search(text)
    if updated is None:
        return text, ""
    published = _PUBLISHED_LABEL.search(text)
    if published is None:
        before = text[: updated.start()]
        if any(char.isdigit() for char in before):
            return before, text[updated.start() :]
        return "", text
    if published.start() < updated.start():
        return text[: updated.start()], text[updated.start() :]
    return text[published.start() :], text[: published.start()]
