"""What an edit changed, as a mail shows it: unchanged stretches are cut short. Pure."""

from news import diff
from watches.delivery.letter import Piece, PieceKind

_PARAGRAPHS = 8  # changed paragraphs that a mail shows
_CONTEXT = 8  # unchanged words shown on each side of a change
_WORTH_CUTTING = 3  # words beyond the context, from which on a stretch is cut
_GAP = Piece(kind=PieceKind.GAP, text="…")

Change = tuple[Piece, ...]  # of one paragraph


def changes(before: tuple[str, str], after: tuple[str, str]) -> tuple[Change, ...]:
    """Return the changed paragraphs, a changed title first; a gap stands for those left out.

    Each text is (title, body), a body one paragraph a line.
    """
    old_title, old_body = before
    new_title, new_body = after
    shown: list[Change] = []
    if old_title != new_title:
        shown.append(words(old_title, new_title))

    for paragraph in diff.paragraphs(old_body.split("\n"), new_body.split("\n")):
        if paragraph.same:
            continue

        if len(shown) == _PARAGRAPHS:
            shown.append((_GAP,))
            break

        shown.append(words(paragraph.old, paragraph.new))

    return tuple(shown)


def words(old: str, new: str) -> Change:
    """Return one paragraph's change as runs of words."""
    runs = diff.words(old, new)
    last = len(runs) - 1
    pieces: list[Piece] = []
    for place, run in enumerate(runs):
        match run.kind:
            case diff.Kind.SAME:
                pieces += _shortened(
                    run.words,
                    is_first=place == 0,
                    is_last=place == last,
                )
            case diff.Kind.REMOVED:
                pieces.append(Piece(kind=PieceKind.REMOVED, text=run.text))
            case diff.Kind.ADDED:
                pieces.append(Piece(kind=PieceKind.ADDED, text=run.text))

    return tuple(pieces)


def _shortened(same: tuple[str, ...], *, is_first: bool, is_last: bool) -> list[Piece]:
    """Return an unchanged stretch, its middle or far end cut out if it is long."""
    head = same[:_CONTEXT]
    tail = same[-_CONTEXT:]
    if is_first:
        head = ()
    if is_last:
        tail = ()

    shown = len(head) + len(tail)
    is_short = len(same) <= shown + _WORTH_CUTTING
    is_whole = is_first and is_last
    if is_short or is_whole:
        return [_unchanged(same)]

    pieces: list[Piece] = []
    if head:
        pieces.append(_unchanged(head))

    pieces.append(_GAP)
    if tail:
        pieces.append(_unchanged(tail))

    return pieces


def _unchanged(words_: tuple[str, ...]) -> Piece:
    """Return words that stayed as one piece."""
    text = " ".join(words_)

    return Piece(kind=PieceKind.SAME, text=text)
