"""Text that a page shows twice: a standfirst, a pull quote, a print version, the whole article again for those who listen."""

from extract.blocks.neighbours import Judged
from news.article import BlockKind

LEAST = 40  # letters and digits from which on a text repeats by design and not by chance
WHOLE = 400  # letters and digits of a block that can be the article's copy
SLICES, SLICE = 16, 40  # places of a long block that are looked up elsewhere, and their length
FOUND, HOLDERS = 0.75, 3  # share of the places that stand in so many other blocks at least


def drop(judged: list[Judged]) -> None:
    """Take out the second showing of a text, what stands whole inside another block, and a block that is the others run together."""
    seen: set[tuple[str, bool]] = set()
    for one in judged:
        # An item may say again what a sentence says.
        text, what = one.segment.key, (one.segment.key, one.segment.kind is BlockKind.ITEM)
        if one.rule or len(text) < LEAST:
            continue
        if what in seen:
            one.rule, one.confidence = "repeats", 1.0
        seen.add(what)
    _drop_copies([one for one in judged if not one.rule])
    _drop_parts([one for one in judged if not one.rule])


def _drop_copies(kept: list[Judged]) -> None:
    """Take out blocks that are the others run together: the finer structure stays."""
    keys = [one.segment.key for one in kept]
    for place, one in enumerate(kept):
        if len(keys[place]) >= WHOLE and _is_copy(keys[place], [*keys[:place], *keys[place + 1 :]]):
            one.rule, one.confidence = "repeats: the other blocks run together", 0.9


def _drop_parts(kept: list[Judged]) -> None:
    """Take out quotes and paragraphs of another make that stand whole inside another block: pull quotes, standfirsts cut from the text.

    Items, rows and headings stay: they may say again what a sentence says. A block that holds others is never part of one that goes.
    """
    keys = [one.segment.key for one in kept]
    whole = "\n".join(keys)
    for one, text in zip(kept, keys, strict=True):
        if (
            len(text) < LEAST
            or one.segment.kind not in {BlockKind.QUOTE, BlockKind.PARAGRAPH}
            or whole.count(text) == 1
        ):
            continue
        holder = next(
            (
                other
                for other, key in zip(kept, keys, strict=True)
                if len(key) > len(text) and text in key
            ),
            None,
        )
        if holder is not None and (
            one.segment.kind is BlockKind.QUOTE or _make(holder) != _make(one)
        ):
            one.rule, one.confidence = "repeats: part of another block", 0.9


def _make(one: Judged) -> tuple[str, str | None]:
    return one.segment.node.tag, one.segment.node.get("class")


def _is_copy(text: str, others: list[str]) -> bool:
    """Tell whether most of a long text stands in several of the others."""
    places = [step * (len(text) - SLICE) // (SLICES - 1) for step in range(SLICES)]
    holders = [
        next(
            (number for number, other in enumerate(others) if text[place : place + SLICE] in other),
            -1,
        )
        for place in places
    ]
    found = [number for number in holders if number >= 0]
    return len(found) >= FOUND * SLICES and len(set(found)) >= HOLDERS
