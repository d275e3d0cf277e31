"""Article texts in the state that scripts build pages from: whatever JSON stands in a page's scripts, under names that hold bodies."""

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
# State is assigned (`window.x = {`), handed over (`push({`, `hydrate([`), or a string to parse (`JSON.parse("{`).
_OPENING = re.compile(r"(?:=|\(|,|:|return)\s*(?=[{\[])")
_PARSED = re.compile(r"JSON\.parse\(\s*(\"(?:[^\"\\]|\\.)*\")")
# React's streamed pages: strings that make one stream of rows, `id:JSON` or `id:Tlength,text`.
_FLIGHT = re.compile(r"__next_f\.push\(\[1,\s*(\"(?:[^\"\\]|\\.)*\")\s*\]\)")
_TEXT_ROW = re.compile(r"(?:^|\n)[0-9a-f]+:T([0-9a-f]+),")
_TAG = re.compile(r"<[^<>]*>")
_PLACEHOLDER = re.compile(
    r"\$\$\w+\$\$|\{\{[^{}]*\}\}"
)  # where a page builder sets pictures and boxes
CAPTION = 1 << next(place for place, (name, _) in enumerate(GROUPS) if name == "caption")
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
    """Return the longest article text in a page's script state, as HTML or text; empty when there is none."""
    best, stream = "", []
    for script in root.iter("script"):
        source = script.text or ""
        if len(source) > _MAX_SCRIPT or "ld+json" in attribute(script, "type"):
            continue
        stream += (
            [piece for match in _FLIGHT.finditer(source) if (piece := _decoded(match[1]))]
            if "__next_f" in source
            else []
        )
        if len(source) >= LEAST:
            best = _longest((text for value in _values(source) for text in _strings(value)), best)
    return _longest(_streamed("".join(stream)), best)


def blocks(text: str) -> tuple[Block, ...]:
    """Return the blocks of a text out of script state: its own mark-up read as a page's is, captions and placeholders left out."""
    root = (
        dom.parse(f"<body>{text}</body>")
        if "<" in text and ("<p" in text or "<br" in text or "<div" in text)
        else None
    )
    if root is None:
        return tuple(Block(kind=BlockKind.PARAGRAPH, text=line) for line in stated.paragraphs(text))
    known: dict[HtmlElement, Lineage] = {}
    return tuple(
        Block(kind=one.kind, text=line, level=one.level)
        for one in segments.segments(root)
        if not one.hidden
        and one.kind is not BlockKind.CAPTION
        and one.link_share < LINKED
        and not lineage(one.node, known).all & CAPTION
        and (line := tidy(_PLACEHOLDER.sub(" ", one.text)))
        and key(line)
    )


def _longest(texts: Iterator[str], best: str) -> str:
    for text in texts:
        if len(text) > len(best) and _is_prose(text):
            best = text
    return best


def _values(source: str) -> Iterator[Any]:
    """Give the JSON values that stand in a script, outermost ones alone."""
    start, tried = 0, 0
    if source.lstrip()[:1] in {"{", "["}:
        start = yield from _value(source, len(source) - len(source.lstrip()))
    while tried < _MAX_VALUES and (match := _OPENING.search(source, start)):
        start, tried = (yield from _value(source, match.end())), tried + 1
    for match in _PARSED.finditer(source):
        yield from _nested(_decoded(match[1]))


def _value(source: str, place: int) -> Generator[Any, None, int]:
    """Give the value at a place if there is one; return where to look on."""
    try:
        value, end = _DECODER.raw_decode(source, place)
    except (ValueError, RecursionError):
        return place + 1
    yield value
    return end


def _decoded(quoted: str) -> str:
    try:
        value = _DECODER.decode(quoted)
    except ValueError:
        return ""
    return value if isinstance(value, str) else ""


def _nested(text: str) -> Iterator[Any]:
    if LEAST <= len(text) <= _MAX_NESTED and text[:1] in {"{", "["}:
        try:
            yield _DECODER.decode(text)
        except (ValueError, RecursionError):
            return


def _streamed(stream: str) -> Iterator[str]:
    """Give the texts of a stream of rows: those sent as text, and those in the rows' JSON."""
    for match in _TEXT_ROW.finditer(stream):
        # The length is in bytes; characters are never more.
        yield (
            stream[match.end() : match.end() + int(match[1][:6], 16)]
            .encode("utf-8", "ignore")[: int(match[1][:6], 16)]
            .decode("utf-8", "ignore")
        )
    for row in stream.split("\n"):
        _, _, value = row.partition(":")
        for found in _nested(value):
            yield from _strings(found)


def _strings(value: Any, name: str = "", depth: int = 0) -> Iterator[str]:
    """Give texts under names that hold bodies; lists of paragraphs are joined, JSON in strings is opened."""
    if depth > 30:  # noqa: PLR2004
        return
    if isinstance(value, str):
        if name in _BODY_NAMES and len(value) >= LEAST:
            yield value
        for inner in _nested(value) if depth < 8 else ():  # noqa: PLR2004
            yield from _strings(inner, "", depth + 8)
    elif isinstance(value, dict):
        for inner, item in value.items():
            yield from _strings(item, str(inner).lower(), depth + 1)
    elif isinstance(value, list):
        lines = [line for item in value[:500] if (line := _line(item))]
        if name in _BODY_NAMES and len(lines) > 1 and sum(map(len, lines)) >= LEAST:
            yield "\n".join(lines)
        for item in value[:2000]:
            yield from _strings(item, name, depth + 1)


def _line(item: Any) -> str:
    if isinstance(item, str):
        return item
    if isinstance(item, dict):
        return next(
            (
                text
                for name in ("text", "content", "html", "value", "body")
                if isinstance(text := item.get(name), str)
            ),
            "",
        )
    return ""


def _is_prose(text: str) -> bool:
    """Tell prose from code, addresses and encoded data: sentences, spaces, few brackets."""
    plain = _TAG.sub(" ", text[:4000])
    return (
        plain.count(" ") > len(plain) / 25
        and sum(plain.count(char) for char in "{}[]=;\\") < len(plain) / 50
        and bool(re.search(r"[.!?։۔。؟]", plain))
    )
