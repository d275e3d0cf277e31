"""Pure: what of a text is shown in a list, with the found words marked; and what changed between two texts, word by word."""

import difflib
import re
from collections.abc import Iterable, Sequence

from news.query import Hit

Pieces = list[tuple[str, bool]]  # a text and whether it is marked
Changes = list[tuple[str, str]]  # a kind (same, ins or del) and a text

_WORDS = re.compile(r"\s+|\S+")
_MOST_WORDS = 4_000  # beyond, a changed paragraph is shown as replaced: the comparison is quadratic


def marked(text: str, spans: Iterable[tuple[int, int]]) -> Pieces:
    """Cut a text at the spans; the spans are marked. Overlapping ones are joined."""
    pieces: Pieces = []
    place = 0
    for start, end in sorted(spans):
        if end <= place:
            continue
        begin = max(start, place)
        if begin > place:
            pieces.append((text[place:begin], False))
        pieces.append((text[begin:end], True))
        place = end
    if place < len(text):
        pieces.append((text[place:], False))
    return pieces


def title(text: str, hits: Sequence[Hit]) -> Pieces:
    """Return a title with its found words marked."""
    return marked(text, [(hit.start, hit.end) for hit in hits if hit.title])


def excerpt(text: str, hits: Sequence[Hit], length: int = 280) -> Pieces:
    """Return a stretch of text around its first found word, or its beginning."""
    spans = [(hit.start, hit.end) for hit in hits if not hit.title]
    start = max(0, spans[0][0] - length // 3) if spans else 0
    if start:
        start = text.find(" ", start, start + 40) + 1 or start
    stop = min(len(text), start + length)
    if stop < len(text):
        stop = max(text.rfind(" ", start + length // 2, stop), start + length // 2)
    inside = [
        (max(one, start) - start, min(two, stop) - start)
        for one, two in spans
        if one < stop and two > start
    ]
    pieces = marked(text[start:stop].replace("\n", " "), inside)
    return [
        *([("… ", False)] if start else []),
        *pieces,
        *([(" …", False)] if stop < len(text) else []),
    ]


def changed(before: str, after: str) -> list[tuple[str, Changes]]:
    """Compare two texts of one block a line; return per block ("same" or "changed", its pieces)."""
    old, new = before.split("\n"), after.split("\n")
    found: list[tuple[str, Changes]] = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            found += [("same", [("same", line)]) for line in old[a:b]]
            continue
        for index in range(max(b - a, d - c)):
            left = old[a + index] if a + index < b else ""
            right = new[c + index] if c + index < d else ""
            found.append(("changed", words_changed(left, right)))
    return found


def words_changed(before: str, after: str) -> Changes:
    """Compare two lines word by word."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if not old or not new or len(old) + len(new) > _MOST_WORDS:
        return [(kind, text) for kind, text in (("del", before), ("ins", after)) if text]
    pieces: Changes = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(("same", "".join(old[a:b])))
            continue
        pieces += [
            (name, text)
            for name, text in (("del", "".join(old[a:b])), ("ins", "".join(new[c:d])))
            if text
        ]
    return pieces
