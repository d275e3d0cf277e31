"""A page as a list of text segments.

What a reader sees as one paragraph, heading, list item, quote line, table row or
caption.

Every later step (voters, profile, rules, explain) speaks of these segments, so that
each word of the page is either in the article or pruned by a rule with a name.
"""

import re
from collections import Counter
from dataclasses import dataclass, field, replace

from lxml.html import HtmlElement

from extract.page.tags import BLOCKS, HEADINGS, SKIPPED, is_data_row, is_hidden
from news.article import BlockKind

# Characters that break words in storage but not on screen. The zero-width non-joiner
# stays: Persian spells with it.
_INVISIBLE: dict[int, int | None] = dict.fromkeys(
    map(
        ord,
        "\u00ad\u200b\u2060\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
        "\u2066\u2067\u2068\u2069",
    )
)
# What character references can bring in: controls and halves of characters that no text
# holds, and windows-1252 by its byte
# numbers, which browsers read as its characters (HTML, "numeric character reference end state").
_INVISIBLE |= dict.fromkeys(
    (*range(9), *range(14, 28), 127, 0xFFFE, 0xFFFF, *range(0xD800, 0xE000))
)
for _code in range(0x80, 0xA0):
    _char = bytes((_code,)).decode("cp1252", "ignore")
    if _char:
        _INVISIBLE[_code] = ord(_char)
_LETTERS = re.compile(r"\w+")
_SENTENCE_END = re.compile(r"[.!?…։。؟:»”\"')\]]\s*$")
LONG_RUN = 60  # characters: a line break after a finished sentence this long starts a new paragraph
MAX_SEGMENTS = 8_000  # of a page; what follows is not read


@dataclass(slots=True, eq=False)
class Segment:
    """One run of text; `node` is the block element that holds it."""

    index: int
    text: str
    node: HtmlElement
    kind: BlockKind
    level: int = 0
    linked: int = 0  # characters inside links
    hrefs: tuple[str, ...] = ()
    hidden: bool = False
    strong: int = 0  # characters in bold or emphasised
    broken: bool = False  # cut out of a longer run at a line break
    shared: bool = False  # its block element directly holds other segments too
    bare: str | None = field(default=None, repr=False)
    # Where its first text stands: in the text of an element, or (True) behind it.
    anchor: tuple[HtmlElement, bool] | None = field(default=None, repr=False)

    @property
    def key(self) -> str:
        """Its letters and digits alone, in small letters; computed once."""
        if self.bare is None:
            self.bare = "".join(_LETTERS.findall(self.text.casefold())).replace("_", "")

        return self.bare

    @property
    def link_share(self) -> float:
        """The share of its characters that are links, 0 to 1."""
        return min(1.0, self.linked / max(1, len(self.text)))


def tidy(text: str) -> str:
    """Return text with single spaces and without invisible characters."""
    return " ".join(text.translate(_INVISIBLE).split())


class _Walk:
    """The state of one walk over a tree.

    The segments so far, and the run of text that is being read.
    """

    def __init__(self) -> None:
        self.segments: list[Segment] = []
        self._begin_run()

    def _begin_run(self) -> None:
        """Forget the current run."""
        self.parts: list[str] = []
        self.anchor: tuple[HtmlElement, bool] | None = None
        self.linked = 0
        self.strong = 0
        self.hrefs: list[str] = []
        self.broken = False

    def add(self, text: str | None, element: HtmlElement, state: "_State", *, tail: bool) -> None:
        """Take a piece of text into the current run.

        `tail` says that it stands behind the element.
        """
        if not text:
            return

        self.parts.append(text)
        if text.isspace():
            return

        if self.anchor is None:
            self.anchor = (element, tail)

        if state.link:
            self.linked += len(text)

        if state.strong:
            self.strong += len(text)

    def flush(self, block: HtmlElement, state: "_State") -> None:
        """End the current run: it becomes a segment of its block element."""
        if self.anchor is not None and len(self.segments) < MAX_SEGMENTS:
            text = tidy("".join(self.parts))
            if text:
                self.segments.append(self._segment(text, block, state))

        self._begin_run()

    def _segment(self, text: str, block: HtmlElement, state: "_State") -> Segment:
        """Return the current run as a segment."""
        return Segment(
            index=len(self.segments),
            text=text,
            node=block,
            kind=state.kind,
            level=state.level,
            linked=min(self.linked, len(text)),
            hrefs=tuple(self.hrefs),
            hidden=state.hidden,
            strong=min(self.strong, len(text)),
            broken=self.broken,
            anchor=self.anchor,
        )


@dataclass(frozen=True, slots=True)
class _State:
    """What a run of text inherits from its ancestors."""

    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    hidden: bool = False
    link: bool = False
    strong: bool = False
    row: bool = False


def segments(root: HtmlElement) -> list[Segment]:
    """Return the text segments of a page in reading order."""
    walk = _Walk()
    top = root.find("body")
    if top is None:
        top = root

    _visit(top, top, _State(), walk)
    walk.flush(top, _State())

    holders = Counter(segment.node for segment in walk.segments)

    for segment in walk.segments:
        segment.shared = holders[segment.node] > 1

    return walk.segments


def _visit(element: HtmlElement, block: HtmlElement, state: _State, walk: _Walk) -> None:
    """Read an element's text and children; `block` is the block element it stands in.

    Comments are gone, and what is never text (scripts, players, forms' fields) is
    stepped over.
    """
    walk.add(element.text, element, state, tail=False)

    for child in element:
        tag = child.tag
        if not isinstance(tag, str) or tag in SKIPPED:
            pass
        elif tag == "br":
            _line_break(child, block, state, walk)
        elif tag in BLOCKS:
            _block(child, tag, block, state, walk)
        else:
            _inline(child, tag, block, state, walk)

        walk.add(child.tail, child, state, tail=True)


def _block(child: HtmlElement, tag: str, block: HtmlElement, state: _State, walk: _Walk) -> None:
    """Read a block element; inside a row of a table it is part of the row's line."""
    inner = _inherit(child, tag, state)
    if not state.row:
        walk.flush(block, state)
        _visit(child, child, inner, walk)
        walk.flush(child, inner)

        return

    if inner.row and tag in {"td", "th"}:
        # Cells of one row are one line.
        if walk.anchor is not None:
            walk.parts.append(" | ")

        _visit(child, block, inner, walk)
        return

    walk.parts.append(" ")
    _visit(child, block, inner, walk)
    walk.parts.append(" ")


def _inherit(child: HtmlElement, tag: str, state: _State) -> _State:
    """Return what text in a block element inherits, by the element's tag.

    Lists count their depth; what a hidden element holds is hidden too.
    """
    kind = state.kind
    level = state.level
    row = state.row
    if tag in HEADINGS:
        kind = BlockKind.HEADING
        level = int(tag[1])
    elif tag in {"li", "dd", "dt"}:
        level = level + 1 if kind is BlockKind.ITEM else 1
        kind = BlockKind.ITEM
    elif tag == "blockquote":
        kind = BlockKind.QUOTE
        level = 0
    elif tag in {"figcaption", "caption", "figure"}:
        kind = BlockKind.CAPTION
        level = 0
    elif tag == "tr" and is_data_row(child):
        kind = BlockKind.ROW
        level = 0
        row = True

    hidden = state.hidden or is_hidden(child)

    return _State(kind, level, hidden, state.link, state.strong, row)


def _inline(child: HtmlElement, tag: str, block: HtmlElement, state: _State, walk: _Walk) -> None:
    """Read an inline element as part of the current run; what is hidden is a run of its own."""
    if child.attrib and is_hidden(child):
        walk.flush(block, replace(state, hidden=False))
        hidden = replace(state, hidden=True)
        _visit(child, block, hidden, walk)
        walk.flush(block, hidden)

        return

    _space_between(child, tag, walk)
    inner = state
    if tag == "a":
        href = child.get("href")
        if href:
            walk.hrefs.append(href)

        inner = replace(state, link=True)
    elif tag in {"b", "strong", "em", "i"}:
        inner = replace(state, strong=True)

    _visit(child, block, inner, walk)

    if not child.tail:
        return

    if tag in {"sup", "sub"} and child.tail[0].isalpha():
        walk.parts.append(" ")
    elif walk.parts:
        _space_at_seam(child.tail, walk)


def _space_between(child: HtmlElement, tag: str, walk: _Walk) -> None:
    """Set a space where two inline elements touch whose words would run together."""
    if not walk.parts or not child.text:
        return

    previous = child.getprevious()
    touching = previous is not None and previous.tag == tag and not previous.tail
    if touching and (tag == "a" or _is_number_seam(walk.parts[-1], child.text)):
        walk.parts.append(" ")
    else:
        _space_at_seam(child.text, walk)


def _is_number_seam(before: str, after: str) -> bool:
    """Tell whether a time of day and a date would run together: "17:4421 May"."""
    return before[-1:].isdigit() and after[:1].isdigit() and ":" in before + after


def _space_at_seam(following: str, walk: _Walk) -> None:
    """Set a space between `word` or `word.` and `Word` when only a tag stands between them.

    Capital after small letter, stop or digit: nobody writes that inside a word.
    """
    before = walk.parts[-1][-3:]
    after = following[:2]
    if len(after) < 2 or len(before) < 3:  # noqa: PLR2004
        return

    if not after[0].isupper() or not after[1].islower():
        return

    last = before[-1]
    if last in ".!?…:;,»”" or last.isdigit() or before.islower():
        walk.parts.append(" ")


def _line_break(child: HtmlElement, block: HtmlElement, state: _State, walk: _Walk) -> None:
    """End a paragraph at a double break, or at one after a finished sentence of some length.

    Else set a space.
    """
    if state.row or walk.anchor is None:
        walk.parts.append(" ")
        return

    run = "".join(walk.parts[-8:])
    finished = len(run) >= LONG_RUN and _SENTENCE_END.search(run)
    if finished or _is_double(child):
        walk.flush(block, state)
        walk.broken = True
    else:
        walk.parts.append(" ")


def _is_double(child: HtmlElement) -> bool:
    """Tell whether a line break has another one right before or after it."""
    following = child.getnext()
    if following is not None and following.tag == "br" and not (child.tail or "").strip():
        return True

    previous = child.getprevious()
    if previous is None or previous.tag != "br":
        return False

    return not (previous.tail or "").strip()
