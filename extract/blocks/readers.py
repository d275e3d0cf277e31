"""What readers wrote under an article.

Comments, known by their heading, their boxes' names, or their build.

A thread is a list of units made alike, each with a name, a date and some words. A box
that holds the headline, or with which the text begins, is never a thread, whatever it
is called.
"""

import re
from dataclasses import dataclass
from functools import cache

from lxml.html import HtmlElement

from extract.blocks import units
from extract.page.segments import Segment
from news import languages
from news.article import BlockKind
from news.dates import is_dateline

HEADING = 60  # characters of a line that heads comments
OTHER_WORDS = 3  # words that it may have
TAKEN = 0.5  # share of a box that the base takes for the article
TEXT = 30  # characters of a sentence before comments can begin
_BOX = re.compile(
    r"\bcomments?\b|comment-?_?(?:list|s-area|section|body|box|thread|content|item)|commentlist|"
    r"commentbox|disqus|\bfb-comments|\brespond\b|kommentar|yorumlar|şərhlər|\bserhler|koment"
)
_NOT_BOX = re.compile(r"comments?-(?:open|closed|off|link|count)|commentary|no-comments")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Threads:
    """The boxes of a page that may be readers', each with its segments."""

    members: dict[HtmlElement, list[Segment]]
    built: frozenset[HtmlElement]  # those built as threads are, whatever they are called

    def written(self, voted: frozenset[int]) -> frozenset[int]:
        """Return the numbers of the segments that readers wrote.

        `voted` are those that the base took for the article: where it took most of a
        box, the box's name alone does not make it a thread.
        """
        found: set[int] = set()

        for box, inside in self.members.items():
            if box in self.built or not _is_article(inside, voted):
                found.update(segment.index for segment in inside)

        return frozenset(found)


def find(segments: list[Segment], at: int | None) -> Threads:
    """Return the boxes that may be readers'; `at` is the number of the headline's segment."""
    start = _text_begins(segments, at)
    if start is None:
        return Threads({}, frozenset())

    held = _holders(segments, at, start)
    called: set[HtmlElement] = set()
    headed: dict[HtmlElement, int] = {}
    following = segments[start + 1 :]

    for segment in following:
        box = _named_box(segment.node, held)
        if box is not None:
            called.add(box)

        if _heads_comments(segment):
            box = _headed_box(segment.node, held)
            if box is not None:
                headed.setdefault(box, segment.index)

    threads = units.threads(segments, start, held)
    threads |= units.signed(segments, start, held)
    boxes = called | headed.keys() | threads
    members = _members(following, boxes)

    for box in headed.keys() - called - threads:
        # A box behind the heading may be empty: scripts fill it.
        inside = members.get(box, [])
        members[box] = _from(headed[box], inside, segments[start:])

    return Threads(
        members=members,
        built=frozenset(threads),
    )


def _from(heading: int, inside: list[Segment], text: list[Segment]) -> list[Segment]:
    """Return a box's segments from the heading of comments on: what stands before is none.

    Up to where the text goes on that stands before it: a thread set into an article ends there.
    `text` are the page's segments from the text's beginning on.
    """
    makes = {_make(segment) for segment in text if segment.index < heading and _is_prose(segment)}
    found = []

    for segment in inside:
        if segment.index < heading:
            continue

        if _is_prose(segment) and _make(segment) in makes:
            break

        found.append(segment)

    return found


def _is_prose(segment: Segment) -> bool:
    """Tell a paragraph of some length from items, headings and links."""
    if segment.kind is not BlockKind.PARAGRAPH or segment.link_share > TAKEN:
        return False

    return len(segment.text) > HEADING


def _make(segment: Segment) -> object:
    """Return what a segment's element and its box are called; the box itself without a name."""
    node = segment.node
    parent = node.getparent()
    own = (node.tag, node.get("class"))
    if parent is None or not parent.get("class"):
        return (own, parent)

    return (own, parent.tag, parent.get("class"))


def _members(
    segments: list[Segment],
    boxes: set[HtmlElement],
) -> dict[HtmlElement, list[Segment]]:
    """Return the segments inside each of some boxes."""
    members: dict[HtmlElement, list[Segment]] = {}

    for segment in segments:
        for box in (segment.node, *segment.node.iterancestors()):
            if box in boxes:
                members.setdefault(box, []).append(segment)

    return members


def _is_article(inside: list[Segment], voted: frozenset[int]) -> bool:
    """Tell whether the base took most of a box's text for the article."""
    total = 0
    taken = 0

    for segment in inside:
        total += len(segment.text)
        if segment.index in voted:
            taken += len(segment.text)

    return taken > TAKEN * total


def _text_begins(segments: list[Segment], at: int | None) -> int | None:
    """Return the number of the first sentence after the headline; None when there is none."""
    first = 0 if at is None else at + 1

    for segment in segments[first:]:
        if segment.kind is BlockKind.HEADING or segment.link_share > 0.5:  # noqa: PLR2004
            continue

        if len(segment.text) >= TEXT and not is_dateline(segment.text):
            return segment.index

    return None


def _holders(segments: list[Segment], at: int | None, start: int) -> set[HtmlElement]:
    """Return the elements that hold the headline or the beginning of the text."""
    held: set[HtmlElement] = set()

    for index in (start, start if at is None else at):
        node = segments[index].node
        held.add(node)
        held.update(node.iterancestors())

    return held


def _named_box(node: HtmlElement, held: set[HtmlElement]) -> HtmlElement | None:
    """Return the outermost box round an element that is called one of comments."""
    found = None
    box: HtmlElement | None = node

    while box is not None and box not in held:
        names = f"{box.get('class') or ''} {box.get('id') or ''}".lower()
        if _BOX.search(names) and not _NOT_BOX.search(names):
            found = box

        box = box.getparent()

    return found


@cache
def _heading_words() -> re.Pattern[str]:
    """Return what heads comments, in all languages, as one pattern of whole words."""
    words = languages.every(lambda language: language.cues.readers)
    stems = [re.escape(word.rstrip("*")) + (r"\w*" if word.endswith("*") else "") for word in words]

    return re.compile(rf"\b(?:{'|'.join(stems)})\b", re.IGNORECASE)


def _heads_comments(segment: Segment) -> bool:
    """Tell whether a line heads comments: "3 comments", "Комментарии (12)", "Leave a comment"."""
    text = segment.text
    if len(text) > HEADING or not _heading_words().search(text):
        return False

    if "?" in text:
        return False

    if segment.kind is BlockKind.HEADING or segment.node.tag in units.HEADERS:
        return len(_WORD.findall(text)) <= OTHER_WORDS

    return len(_WORD.findall(text)) == 1 and any(char.isdigit() for char in text)


def _headed_box(node: HtmlElement, held: set[HtmlElement]) -> HtmlElement | None:
    """Return the box that a heading of comments stands in, or the list or box right behind it."""
    box = node

    while (parent := box.getparent()) is not None and parent not in held:
        box = parent

    if box is not node:
        return box

    following = node.getnext()
    if following is not None and following.tag in {"ol", "ul", "dl", "div", "section"}:
        return following

    return None
