"""A page as a list of text segments: what a reader sees as one paragraph, heading, list item, quote line, table row or caption.

Every later step (voters, profile, rules, explain) speaks of these segments, so that each word of the page is either in the
article or pruned by a rule with a name.
"""

import re
from collections import Counter
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from news.article import BlockKind

BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "caption",
        "optgroup",
        "option",
        "select",
        "button",
    ],
)
SKIPPED = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "math",
        "iframe",
        "object",
        "embed",
        "video",
        "audio",
        "canvas",
        "map",
        "head",
        "title",
        "meta",
        "link",
        "base",
        "input",
        "textarea",
        "select",
        "datalist",
        "noframes",
        "frame",
        "frameset",
        "picture",
        "source",
        "track",
    ],
)
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
# Characters that break words in storage but not on screen. The zero-width non-joiner stays: Persian spells with it.
_INVISIBLE: dict[int, int | None] = dict.fromkeys(
    map(
        ord,
        "\u00ad\u200b\u2060\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
    )
)
# What character references can bring in: controls and halves of characters that no text holds, and windows-1252 by its byte
# numbers, which browsers read as its characters (HTML, "numeric character reference end state").
_INVISIBLE |= dict.fromkeys(
    (*range(9), *range(14, 28), 127, 0xFFFE, 0xFFFF, *range(0xD800, 0xE000))
)
_INVISIBLE |= {
    code: ord(char)
    for code in range(0x80, 0xA0)
    if (char := bytes((code,)).decode("cp1252", "ignore"))
}
_LETTERS = re.compile(r"\w+")
_SENTENCE_END = re.compile(r"[.!?…։。؟:»”\"')\]]\s*$")
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_HIDDEN_CLASS = re.compile(
    r"(?:^|[\s_-])(?:visually-?hidden|sr-only|screen-reader(?:-text)?|a11y-hidden|print-only|visible-print)(?:$|[\s_-])"
)
LONG_RUN = 60  # characters: a line break after a finished sentence this long starts a new paragraph
MAX_SEGMENTS = 8_000  # of a page; what follows is not read


@dataclass(slots=True, eq=False)
class Segment:
    """One run of text. `node` is the block element that holds it; `path` its ancestors' tags, outermost first."""

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
    anchor: tuple[HtmlElement, bool] | None = field(
        default=None, repr=False
    )  # where its first text stands, and whether in the tail

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
    """The state of one walk over a tree."""

    def __init__(self) -> None:
        self.segments: list[Segment] = []
        self.parts: list[str] = []
        self.anchor: tuple[HtmlElement, bool] | None = None
        self.linked = 0
        self.strong = 0
        self.hrefs: list[str] = []
        self.broken = False

    def add(
        self, text: str | None, element: HtmlElement, *, tail: bool, link: bool, strong: bool
    ) -> None:
        """Take a piece of text into the current run."""
        if not text:
            return
        stripped = len(text) if not text.isspace() else 0
        if stripped and self.anchor is None:
            self.anchor = (element, tail)
        if link:
            self.linked += stripped
        if strong:
            self.strong += stripped
        self.parts.append(text)

    def flush(self, block: HtmlElement, state: "_State") -> None:
        """End the current run: it becomes a segment of its block element."""
        if self.anchor is not None:
            text = tidy("".join(self.parts))
            if text and len(self.segments) < MAX_SEGMENTS:
                self.segments.append(
                    Segment(
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
                )
        self.parts, self.anchor, self.linked, self.strong, self.hrefs, self.broken = (
            [],
            None,
            0,
            0,
            [],
            False,
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
    body = root.find("body")
    top = root if body is None else body
    _visit(top, top, _State(), walk)
    walk.flush(top, _State())
    holders = Counter(segment.node for segment in walk.segments)
    for segment in walk.segments:
        segment.shared = holders[segment.node] > 1
    return walk.segments


def _visit(element: HtmlElement, block: HtmlElement, state: _State, walk: _Walk) -> None:
    walk.add(element.text, element, tail=False, link=state.link, strong=state.strong)
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
        walk.add(child.tail, child, tail=True, link=state.link, strong=state.strong)


def _block(child: HtmlElement, tag: str, block: HtmlElement, state: _State, walk: _Walk) -> None:
    inner = _inherit(child, tag, state)
    if state.row and inner.row and tag in {"td", "th"}:
        # Cells of one row are one line.
        if walk.anchor is not None:
            walk.parts.append(" | ")
        _visit(child, block, inner, walk)
        return
    if state.row:
        walk.parts.append(" ")
        _visit(child, block, inner, walk)
        walk.parts.append(" ")
        return
    walk.flush(block, state)
    _visit(child, child, inner, walk)
    walk.flush(child, inner)


def _inherit(child: HtmlElement, tag: str, state: _State) -> _State:
    kind, level, row = state.kind, state.level, state.row
    if tag in HEADINGS:
        kind, level = BlockKind.HEADING, int(tag[1])
    elif tag in {"li", "dd", "dt"}:
        kind, level = BlockKind.ITEM, state.level + 1 if state.kind is BlockKind.ITEM else 1
    elif tag == "blockquote":
        kind, level = BlockKind.QUOTE, 0
    elif tag in {"figcaption", "caption", "figure"}:
        kind, level = BlockKind.CAPTION, 0
    elif tag == "tr" and _is_data_row(child):
        kind, level, row = BlockKind.ROW, 0, True
    return _State(kind, level, state.hidden or is_hidden(child), state.link, state.strong, row)


def _is_data_row(row: HtmlElement) -> bool:
    """Tell a table's row from a layout table's: cells that hold blocks of text are layout."""
    cells = [cell for cell in row if cell.tag in {"td", "th"}]
    if len(cells) < 2:  # noqa: PLR2004
        return False
    return all(
        sum(1 for _ in cell.iter("p", "div", "table", "ul", "h1", "h2", "h3", "li")) <= 1
        for cell in cells
    )


def is_hidden(element: HtmlElement) -> bool:
    """Tell whether mark-up says that a reader does not see this element."""
    attributes = element.attrib
    if not attributes:
        return False
    if "hidden" in attributes:
        return True
    style, names = attributes.get("style"), attributes.get("class")
    return bool(
        (style and _HIDDEN_STYLE.search(style)) or (names and _HIDDEN_CLASS.search(names.lower()))
    )


def _inline(child: HtmlElement, tag: str, block: HtmlElement, state: _State, walk: _Walk) -> None:
    if child.attrib and is_hidden(child):
        state = _State(state.kind, state.level, True, state.link, state.strong, state.row)  # noqa: FBT003
        walk.flush(
            block,
            _State(state.kind, state.level, False, state.link, state.strong, state.row),  # noqa: FBT003
        )
        _visit(child, block, state, walk)
        walk.flush(block, state)
        return
    _space_between(child, tag, walk)
    if tag == "a":
        href = child.get("href")
        if href:
            walk.hrefs.append(href)
        inner = _State(state.kind, state.level, state.hidden, True, state.strong, state.row)  # noqa: FBT003
    elif tag in {"b", "strong", "em", "i"}:
        inner = _State(state.kind, state.level, state.hidden, state.link, True, state.row)  # noqa: FBT003
    else:
        inner = state
    _visit(child, block, inner, walk)
    if tag in {"sup", "sub"} and child.tail and child.tail[0].isalpha():
        walk.parts.append(" ")
    elif child.tail and walk.parts:
        _space_at_seam(child.tail, walk)


def _space_between(child: HtmlElement, tag: str, walk: _Walk) -> None:
    """Set a space where two inline elements touch whose words would run together."""
    if walk.parts and child.text:
        previous = child.getprevious()
        if tag == "a" and previous is not None and previous.tag == "a" and not previous.tail:
            walk.parts.append(" ")
        else:
            _space_at_seam(child.text, walk)


def _space_at_seam(following: str, walk: _Walk) -> None:
    """Set a space between `word` or `word.` and `Word` when only a tag stands between them."""
    before, after = walk.parts[-1][-3:], following[:2]
    if (
        len(after) == 2  # noqa: PLR2004
        and after[0].isupper()
        and after[1].islower()
        and len(before) == 3  # noqa: PLR2004
        and (before[-1] in ".!?…:;,»”" or before.islower() or before[-1].isdigit())
    ):
        walk.parts.append(" ")


def _line_break(child: HtmlElement, block: HtmlElement, state: _State, walk: _Walk) -> None:
    following = child.getnext()
    double = following is not None and following.tag == "br" and not (child.tail or "").strip()
    previous = child.getprevious()
    double = double or (
        previous is not None and previous.tag == "br" and not (previous.tail or "").strip()
    )
    run = "".join(walk.parts[-8:])
    if (
        not state.row
        and walk.anchor is not None
        and (double or (len(run) >= LONG_RUN and _SENTENCE_END.search(run)))
    ):
        walk.flush(block, state)
        walk.broken = True
    else:
        walk.parts.append(" ")
