"""Article texts in the state that scripts build pages from.

Whatever JSON stands in a page's scripts, under names that hold bodies.
"""

import json
import re
from collections.abc import Generator, Iterator
from typing import Any

from lxml.html import HtmlElement

from extract.blocks import stated
from extract.blocks.lineage import GROUPS, Lineage, lineage
from extract.page import dom, segments
from extract.page.dom import attribute
from extract.page.segments import tidy
from extract.page.title import key
from news.article import Block, BlockKind

LEAST = 200  # characters: shorter texts are descriptions
_MAX_SCRIPT = 4_000_000  # characters of a script that is read
_MAX_VALUES = 40  # places of a script at which JSON is looked for
_MAX_NESTED = 2_000_000  # characters of JSON inside a string of JSON
# State is assigned (`window.x = {`), handed over (`push({`, `hydrate([`), or a string
# to parse (`JSON.parse("{`).
_OPENING = re.compile(r"(?:=|\(|,|:|return)\s*(?=[{\[])")
_PARSED = re.compile(r"JSON\.parse\(\s*(\"(?:[^\"\\]|\\.)*\")")
# React's streamed pages: strings that make one stream of rows, `id:JSON` or `id:Tlength,text`.
_FLIGHT = re.compile(r"__next_f\.push\(\[1,\s*(\"(?:[^\"\\]|\\.)*\")\s*\]\)")
_TEXT_ROW = re.compile(r"(?:^|\n)[0-9a-f]+:T([0-9a-f]+),")
_TAG = re.compile(r"<[^<>]*>")
_STOP = re.compile(r"[.!?։۔。؟]")
_DEEPEST = 30  # levels of a value that are walked
_OPENED = 8  # levels that JSON inside a string counts for
_PLACEHOLDER = re.compile(
    r"\$\$\w+\$\$|\{\{[^{}]*\}\}"  # where a page builder sets pictures and boxes
)
CAPTION = 1 << [name for name, _ in GROUPS].index("caption")
LINKED = 0.95  # share of a line that is link
_BODY_NAMES = frozenset(
    {
        "articlebody",
        "body",
        "content",
        "contents",
        "text",
        "html",
        "bodyhtml",
        "contenthtml",
        "bodytext",
        "fulltext",
        "full_text",
        "description_full",
        "article_body",
        "content_html",
        "body_html",
        "paragraphs",
        "blocks",
        "maintext",
        "value",
        "rendered",
        "article_text",
        "articletext",
        "story",
        "bodycontent",
        "content_text",
        "articlecontent",
        "detail",
        "post_content",
    }
)
_DECODER = json.JSONDecoder(strict=False)


def find(root: HtmlElement) -> str:
    """Return the longest article text in a page's script state, as HTML or text.

    Empty when there is none.
    """
    best = ""
    stream: list[str] = []

    for script in root.iter("script"):
        source = script.text or ""
        if len(source) > _MAX_SCRIPT or "ld+json" in attribute(script, "type"):
            continue

        if "__next_f" in source:
            stream += _stream_pieces(source)

        if len(source) < LEAST:
            continue

        for value in _values(source):
            best = _longest(_strings(value), best)

    return _longest(_streamed("".join(stream)), best)


def _stream_pieces(source: str) -> Iterator[str]:
    """Give the strings that a script hands over to React's stream."""
    for match in _FLIGHT.finditer(source):
        piece = _decoded(match[1])
        if piece:
            yield piece


def blocks(text: str) -> tuple[Block, ...]:
    """Return the blocks of a text out of script state.

    Its own mark-up is read as a page's is; captions and placeholders are left out.
    """
    root = None
    if "<" in text and any(opening in text for opening in ("<p", "<br", "<div")):
        root = dom.parse(f"<body>{text}</body>")

    if root is None:
        lines = stated.paragraphs(text)
        return tuple(Block(kind=BlockKind.PARAGRAPH, text=line) for line in lines)

    found: list[Block] = []
    known: dict[HtmlElement, Lineage] = {}

    for one in segments.segments(root):
        if one.hidden or one.kind is BlockKind.CAPTION or one.link_share >= LINKED:
            continue

        if lineage(one.node, known).all & CAPTION:
            continue

        line = tidy(_PLACEHOLDER.sub(" ", one.text))
        if line and key(line):
            found.append(Block(kind=one.kind, text=line, level=one.level))

    return tuple(found)


def _longest(texts: Iterator[str], best: str) -> str:
    """Return the longest prose among texts and the best one so far.

    Empty when there is none.
    """
    for text in texts:
        if len(text) > len(best) and _is_prose(text):
            best = text

    return best


def _values(source: str) -> Iterator[Any]:
    """Give the JSON values that stand in a script, outermost ones alone."""
    start = 0
    stripped = source.lstrip()
    if stripped[:1] in {"{", "["}:
        start = yield from _value(source, len(source) - len(stripped))

    for _ in range(_MAX_VALUES):
        opening = _OPENING.search(source, start)
        if opening is None:
            break

        start = yield from _value(source, opening.end())

    for quoted in _PARSED.finditer(source):
        yield from _nested(_decoded(quoted[1]))


def _value(source: str, start: int) -> Generator[Any, None, int]:
    """Give the value that starts at a character if there is one; return where to look on.

    `start` is where the value begins; what is no JSON there is stepped over by one
    character.
    """
    try:
        value, end = _DECODER.raw_decode(source, start)
    except (ValueError, RecursionError):
        return start + 1

    yield value

    return end


def _decoded(quoted: str) -> str:
    """Return the string that a JSON literal stands for; empty when it stands for none."""
    try:
        value = _DECODER.decode(quoted)
    except ValueError:
        return ""

    return value if isinstance(value, str) else ""


def _nested(text: str) -> Iterator[Any]:
    """Give the JSON value that a string holds, if it holds one."""
    if not LEAST <= len(text) <= _MAX_NESTED or text[:1] not in {"{", "["}:
        return

    try:
        yield _DECODER.decode(text)
    except (ValueError, RecursionError):
        return


def _streamed(stream: str) -> Iterator[str]:
    """Give the texts of a stream of rows: those sent as text, and those in the rows' JSON."""
    for match in _TEXT_ROW.finditer(stream):
        # The length is in bytes; characters are never more.
        length = int(match[1][:6], 16)
        text = stream[match.end() : match.end() + length]
        sent = text.encode("utf-8", "ignore")[:length]
        yield sent.decode("utf-8", "ignore")

    for row in stream.split("\n"):
        _, _, value = row.partition(":")
        for found in _nested(value):
            yield from _strings(found)


def _strings(value: Any, name: str = "", depth: int = 0) -> Iterator[str]:
    """Give texts under names that hold bodies.

    Lists of paragraphs are joined, JSON in strings is opened.

    `name` is what the value is called in the object that holds it, `depth` how deep it
    stands.
    """
    if depth > _DEEPEST:
        return

    if isinstance(value, str):
        yield from _texts_of_string(value, name, depth)
    elif isinstance(value, dict):
        for inner, item in value.items():
            yield from _strings(item, str(inner).lower(), depth + 1)
    elif isinstance(value, list):
        yield from _texts_of_list(value, name, depth)


def _texts_of_string(value: str, name: str, depth: int) -> Iterator[str]:
    """Give a string that is a body by its name, and what the JSON inside it holds."""
    if name in _BODY_NAMES and len(value) >= LEAST:
        yield value

    if depth >= _OPENED:
        return

    for inner in _nested(value):
        yield from _strings(inner, "", depth + _OPENED)


def _texts_of_list(value: list[Any], name: str, depth: int) -> Iterator[str]:
    """Give a list of paragraphs as one text, and what its items hold."""
    if name in _BODY_NAMES:
        lines = [line for line in map(_line, value[:500]) if line]
        length = sum(len(line) for line in lines)
        if len(lines) > 1 and length >= LEAST:
            yield "\n".join(lines)

    for item in value[:2000]:
        yield from _strings(item, name, depth + 1)


def _line(item: Any) -> str:
    """Return the text of one item of a list of paragraphs; empty when it has none."""
    if isinstance(item, str):
        return item

    if isinstance(item, dict):
        for name in ("text", "content", "html", "value", "body"):
            text = item.get(name)
            if isinstance(text, str):
                return text

    return ""


def _is_prose(text: str) -> bool:
    """Tell prose from code, addresses and encoded data: sentences, spaces, few brackets."""
    plain = _TAG.sub(" ", text[:4000])
    brackets = sum(plain.count(char) for char in "{}[]=;\\")
    if plain.count(" ") <= len(plain) / 25 or brackets >= len(plain) / 50:
        return False

    return _STOP.search(plain) is not None
