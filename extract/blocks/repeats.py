"""Text that a page shows twice.

A standfirst, a pull quote, a print version, the whole article again for those who
listen.
"""

from extract.blocks.neighbours import Judged, kept_of, made_alike
from news.article import BlockKind

LEAST = 40  # letters and digits from which on a text repeats by design and not by chance
WHOLE = 400  # letters and digits of a block that can be the article's copy
SLICES, SLICE = 16, 40  # positions of a long block that are looked up elsewhere, and their length
FOUND, HOLDERS = 0.75, 3  # share of the slices that stand in so many other blocks at least


def drop(judged: list[Judged]) -> None:
    """Take out what the page says again.

    That is the second showing of a text, what stands whole inside another block, and a
    block that is the others run together.
    """
    seen: set[tuple[str, bool]] = set()

    for one in judged:
        text = one.segment.key
        if one.rule or len(text) < LEAST:
            continue

        # An item may say again what a sentence says.
        said = (text, one.segment.kind is BlockKind.ITEM)
        if said in seen:
            one.drop("repeats", 1.0)

        seen.add(said)

    _drop_copies(kept_of(judged))
    _drop_parts(kept_of(judged))


def _drop_copies(kept: list[Judged]) -> None:
    """Take out blocks that are the others run together: the finer structure stays."""
    keys = [one.segment.key for one in kept]

    for number, one in enumerate(kept):
        if len(keys[number]) < WHOLE:
            continue

        others = keys[:number] + keys[number + 1 :]
        if _is_copy(keys[number], others):
            one.drop("repeats: the other blocks run together", 0.9)


def _drop_parts(kept: list[Judged]) -> None:
    """Take out quotes and paragraphs of another make that stand whole inside another block.

    They are pull quotes, and standfirsts cut from the text. Items, rows and headings
    stay: they may say again what a sentence says. A block that holds others is never
    part of one that goes.
    """
    keys = [one.segment.key for one in kept]
    everything = "\n".join(keys)

    for one, text in zip(kept, keys, strict=True):
        kind = one.segment.kind
        if len(text) < LEAST or kind not in {BlockKind.QUOTE, BlockKind.PARAGRAPH}:
            continue

        if everything.count(text) == 1:
            continue

        holder = _holder(text, kept, keys)
        if holder is None:
            continue

        if kind is BlockKind.QUOTE or not made_alike(holder.segment, one.segment):
            one.drop("repeats: part of another block", 0.9)


def _holder(text: str, kept: list[Judged], keys: list[str]) -> Judged | None:
    """Return the first longer block in which a text stands whole.

    None when no block holds it.
    """
    for other, key in zip(kept, keys, strict=True):
        if len(key) > len(text) and text in key:
            return other

    return None


def _is_copy(text: str, others: list[str]) -> bool:
    """Tell whether most of a long text stands in several of the others.

    `text` and `others` are keys. Some slices may be missing: the copy may be an older
    state of the text.
    """
    holders: list[int] = []

    for step in range(SLICES):
        start = step * (len(text) - SLICE) // (SLICES - 1)
        part = text[start : start + SLICE]

        for number, other in enumerate(others):
            if part in other:
                holders.append(number)
                break

    return len(holders) >= FOUND * SLICES and len(set(holders)) >= HOLDERS
