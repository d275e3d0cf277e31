"""What of a found article is shown: the passage with the most different hits, hits marked. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from news.query import Document, Evidence, Hit, Query, evaluate

_WIDTH = 240  # characters of a passage
_LEAD = 60  # of them before the first hit

Piece = tuple[str, bool]  # a text, and whether it is a hit


@dataclass(frozen=True, slots=True, kw_only=True)
class Snippet:
    """Title and passage in pieces, and the terms that were hit."""

    title: tuple[Piece, ...]
    passage: tuple[Piece, ...]
    terms: tuple[str, ...] = ()

    def marked(self, before: str, after: str) -> str:
        """Return the passage as text, hits between two marks."""
        parts = []
        for text, is_hit in self.passage:
            parts.append(f"{before}{text}{after}" if is_hit else text)

        return "".join(parts)


def snippet(query: Query, document: Document) -> Snippet:
    """Return what to show of a document for a query; without a hit in the text, its beginning."""
    evidence = evaluate(query, document) or Evidence(hits=())
    in_title = [hit for hit in evidence.hits if hit.title]
    in_text = [hit for hit in evidence.hits if not hit.title]
    start, end = _window(document.text, in_text)

    return Snippet(
        title=_pieces(document.title, in_title, 0, len(document.title)),
        passage=_pieces(document.text, in_text, start, end),
        terms=evidence.terms,
    )


def _window(text: str, hits: Sequence[Hit]) -> tuple[int, int]:
    """Return start and end of the stretch of text with the most different words hit.

    It goes from a word's beginning to a word's end.
    """
    best = _densest(hits)
    if best is None:
        start, last = 0, 0
    else:
        start, last = max(0, best.start - _LEAD), best.end
        if start:
            start = text.find(" ", start, best.start) + 1 or start

    end = min(len(text), start + _WIDTH)
    if end < len(text):
        end = max(text.rfind(" ", start, end), last, start + 1)

    return start, end


def _densest(hits: Sequence[Hit]) -> Hit | None:
    """Return the hit from which on the most different words are hit, the earliest of equals."""
    best, most = None, 0
    for hit in sorted(hits, key=lambda hit: hit.start):
        words = len(_words_from(hit, hits))
        if words > most:
            best, most = hit, words

    return best


def _words_from(first: Hit, hits: Iterable[Hit]) -> set[str]:
    """Return the words that are hit in a passage which shows a hit first."""
    reach = range(first.start, first.start + _WIDTH - _LEAD)
    return {hit.surface.lower() for hit in hits if hit.start in reach}


def _pieces(text: str, hits: Sequence[Hit], start: int, end: int) -> tuple[Piece, ...]:
    """Return a stretch of text as pieces, line breaks as spaces."""
    pieces: list[Piece] = []
    at = start

    for hit in hits:
        if hit.start < at or hit.end > end:
            continue

        pieces.append((text[at : hit.start], False))
        pieces.append((text[hit.start : hit.end], True))
        at = hit.end

    pieces.append((text[at:end], False))

    return tuple((piece.replace("\n", " "), is_hit) for piece, is_hit in pieces if piece)
