"""What of a found article is shown: the passage with the most different hits, hits marked. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from news.query import Document, Evidence, Hit, Query, evaluate

_WIDTH = 240  # characters of a passage
_LEAD = 60  # of them before the first hit


@dataclass(frozen=True, slots=True, kw_only=True)
class Snippet:
    """Title and passage in pieces; a piece is (text, whether it is a hit)."""

    title: tuple[tuple[str, bool], ...]
    passage: tuple[tuple[str, bool], ...]
    terms: tuple[str, ...] = ()

    def marked(self, before: str, after: str) -> str:
        """Return the passage as text, hits between two marks."""
        return "".join(f"{before}{text}{after}" if hit else text for text, hit in self.passage)


def snippet(query: Query, document: Document) -> Snippet:
    """Return what to show of a document for a query; without a hit in the text, its beginning."""
    evidence = evaluate(query, document) or Evidence(hits=())
    in_text = [hit for hit in evidence.hits if not hit.title]
    start, end = _window(document.text, in_text)
    return Snippet(
        title=_pieces(
            document.title, [hit for hit in evidence.hits if hit.title], 0, len(document.title)
        ),
        passage=_pieces(document.text, in_text, start, end),
        terms=evidence.terms,
    )


def _window(text: str, hits: Sequence[Hit]) -> tuple[int, int]:
    """Return the stretch of text with the most different words hit, from a word's beginning to a word's end."""
    best = max(
        hits,
        key=lambda first: (
            len(
                {
                    hit.surface.lower()
                    for hit in hits
                    if 0 <= hit.start - first.start < _WIDTH - _LEAD
                }
            ),
            -first.start,
        ),
        default=None,
    )
    start = max(0, best.start - _LEAD) if best else 0
    if start:
        start = text.find(" ", start, best.start if best else None) + 1 or start
    end = min(len(text), start + _WIDTH)
    if end < len(text):
        end = max(text.rfind(" ", start, end), best.end if best else 0, start + 1)
    return start, end


def _pieces(text: str, hits: Sequence[Hit], start: int, end: int) -> tuple[tuple[str, bool], ...]:
    pieces: list[tuple[str, bool]] = []
    place = start
    for hit in hits:
        if place <= hit.start and hit.end <= end:
            if text[place : hit.start]:
                pieces.append((text[place : hit.start], False))
            pieces.append((text[hit.start : hit.end], True))
            place = hit.end
    if text[place:end]:
        pieces.append((text[place:end], False))
    return tuple((piece.replace("\n", " "), hit) for piece, hit in pieces)
