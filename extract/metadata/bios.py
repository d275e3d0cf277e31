"""Bylines below the text: a heading that says "Author" above a name, a box that tells who wrote.

Lines of a page become raw bylines; `people` reads the names.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extract.metadata.names import LINE, is_caseless, is_names
from extract.page.segments import Segment
from news.article import BlockKind

_LABEL = re.compile(
    r"^\W*(?:(?:about\s+the\s+|written\s+by|the\s+)?authors?(?:\(s\))?|written\s+by|"
    r"автор(?:ы)?|об\s+авторе|müəllif(?:lər)?|yazar|հեղինակ|ავტორი|نویسنده|autor(?:in|en)?|"
    r"auteurs?|muallif)\s*[:՝]?$",
    re.IGNORECASE,
)
_SENTENCE = re.compile(
    r"^(?:this|the)\s+(?:article|post|story|piece|guide|report|blog\s+post|blog)\s+"
    r"(?:was\s+|is\s+)?(?:originally\s+)?written\s+by\s+([^,;]+?)(?:[,;]|(?<=[a-z])\.|$)",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r",?\s+[^\W\d_A-ZА-ЯЁ]")  # "Jane Roe is", "Jane Roe, our"
REACH = 12  # segments below the text in which a box that tells of its author stands


def under_label(segments: Sequence[Segment]) -> Iterator[str]:
    """Give the first line of names under a line that says "Author" and nothing else.

    All items of names, where it is a list's.
    """
    for label, line in pairwise(segments):
        if not _LABEL.match(label.text) or not is_names(line.text):
            continue

        yield line.text
        for item in segments[line.index + 1 :]:
            listed = item.kind is BlockKind.ITEM and line.kind is BlockKind.ITEM
            if not listed or not is_names(item.text):
                return

            yield item.text


def sentence(segments: Sequence[Segment]) -> Iterator[str]:
    """Give whom a line that opens with "This article was written by" names."""
    for segment in segments:
        match = _SENTENCE.match(segment.text)
        if match:
            yield match[1][: LINE - 1]
            return


def below_text(segments: Sequence[Segment], last: str) -> Iterator[str]:
    """Give a name that stands alone below the text, whose last line is `last`.

    The next line opens with it and goes on: "Jane Roe", "Jane Roe is the head of".
    """
    end = _end(segments, last)
    below = segments[end + 1 : end + 1 + REACH]

    for line, following in pairwise(below):
        name = line.text.strip()
        if not is_names(name) or is_caseless(name) or " " not in name:
            continue

        if following.text.startswith(name) and _GOES_ON.match(following.text[len(name) :]):
            yield name
            return


def _end(segments: Sequence[Segment], last: str) -> int:
    """Return the number of the last segment that says a line; that of the last one for none."""
    for segment in reversed(segments):
        if last and segment.text == last:
            return segment.index

    return len(segments)
