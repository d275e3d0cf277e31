"""What an edit changed, word by word, for people: unchanged stretches are cut short. Pure."""

from collections.abc import Iterator
from difflib import SequenceMatcher

from watches.delivery.letter import Piece, PieceKind

_PARAGRAPHS = 8  # changed paragraphs that a mail shows
_CONTEXT = 8  # unchanged words shown on each side of a change
_MOST_WORDS = 400  # of one paragraph; and _MOST_LINES of a text: comparing costs their product
_MOST_LINES = 400

Change = tuple[Piece, ...]


def changes(before: tuple[str, str], after: tuple[str, str]) -> tuple[Change, ...]:
    """Return the changed paragraphs, a changed title first.

    Each text is (title, body), a body one paragraph a line.
    """
    found: list[Change] = []
    if before[0] != after[0]:
        found.append(words(before[0], after[0]))
    for old, new in _paragraphs(
        before[1].split("\n")[:_MOST_LINES], after[1].split("\n")[:_MOST_LINES]
    ):
        found.append(words(old, new))
        if len(found) > _PARAGRAPHS:
            return (*found[:_PARAGRAPHS], (Piece(kind=PieceKind.GAP, text="…"),))
    return tuple(found)


def words(old: str, new: str) -> Change:
    """Return one paragraph's change as runs of words."""
    left, right = old.split()[:_MOST_WORDS], new.split()[:_MOST_WORDS]
    pieces: list[Piece] = []
    codes = SequenceMatcher(None, left, right, autojunk=False).get_opcodes()
    for place, (tag, a, b, c, d) in enumerate(codes):
        if tag == "equal":
            pieces.extend(_context(left[a:b], first=place == 0, last=place == len(codes) - 1))
            continue
        if b > a:
            pieces.append(Piece(kind=PieceKind.REMOVED, text=" ".join(left[a:b])))
        if d > c:
            pieces.append(Piece(kind=PieceKind.ADDED, text=" ".join(right[c:d])))
    return tuple(pieces)


def _paragraphs(old: list[str], new: list[str]) -> Iterator[tuple[str, str]]:
    """Yield pairs of paragraphs that differ; one side is empty where a paragraph came or went."""
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        removed, added = old[a:b], new[c:d]
        for index in range(max(len(removed), len(added))):
            pair = (
                removed[index] if index < len(removed) else "",
                added[index] if index < len(added) else "",
            )
            if pair[0] != pair[1]:
                yield pair


def _context(same: list[str], *, first: bool, last: bool) -> list[Piece]:
    """Return an unchanged stretch, its middle or far end cut out if it is long."""
    head = [] if first else same[:_CONTEXT]
    tail = [] if last else same[-_CONTEXT:]
    if len(same) <= len(head) + len(tail) + 3 or (first and last):
        return [Piece(kind=PieceKind.SAME, text=" ".join(same))]
    pieces = [Piece(kind=PieceKind.SAME, text=" ".join(head))] if head else []
    pieces.append(Piece(kind=PieceKind.GAP, text="…"))
    return [*pieces, Piece(kind=PieceKind.SAME, text=" ".join(tail))] if tail else pieces
