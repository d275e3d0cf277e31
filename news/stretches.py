"""Two lists divided into stretches that are the same and stretches that changed, in order.

What both share at their ends is cut off, items that occur once in each divide the rest (the
"patience" way of Bram Cohen), and only what is left between them is compared item with item. A
stretch too large even for that counts as changed as a whole, so the cost stays bounded.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from news.rising import Pair, longest_rise

_MOST_PAIRS = 250_000  # of words compared with each other between two dividing words


@dataclass(frozen=True, slots=True)
class Stretch:
    """Two slices that answer each other, `old[old_start:old_end]` and `new[new_start:new_end]`."""

    same: bool
    old_start: int
    old_end: int
    new_start: int
    new_end: int


def divide(old: Sequence[str], new: Sequence[str]) -> list[Stretch]:
    """Return the whole of two lists as stretches, same and changed ones in turn."""
    joined: list[Stretch] = []
    for stretch in _divided(old, new):
        if joined and joined[-1].same == stretch.same:
            last = joined.pop()
            stretch = Stretch(  # noqa: PLW2901  (the joined one stands for both)
                stretch.same,
                last.old_start,
                stretch.old_end,
                last.new_start,
                stretch.new_end,
            )
        joined.append(stretch)

    return joined


def _divided(old: Sequence[str], new: Sequence[str]) -> Iterator[Stretch]:
    """Give the stretches of two lists, not yet joined.

    Gaps wait on a stack of their own instead of Python's: a text may divide ten thousand times.
    """
    waiting = [
        Stretch(
            same=False,
            old_start=0,
            old_end=len(old),
            new_start=0,
            new_end=len(new),
        )
    ]

    while waiting:
        gap = waiting.pop()
        if gap.same:
            yield gap
            continue

        head, inner, tail = _without_ends(old, new, gap)
        if head.old_end > head.old_start:
            yield head

        if tail.old_end > tail.old_start:
            waiting.append(tail)

        anchors = _anchors(old, new, inner)
        if anchors:
            waiting.extend(reversed(_between(anchors, inner)))
        else:
            yield from _compared(old, new, inner)


def _without_ends(
    old: Sequence[str], new: Sequence[str], gap: Stretch
) -> tuple[Stretch, Stretch, Stretch]:
    """Return what a gap's two sides share at the beginning, what is left, and the shared end."""
    a, b, c, d = gap.old_start, gap.old_end, gap.new_start, gap.new_end
    while a < b and c < d and old[a] == new[c]:
        a, c = a + 1, c + 1

    head = Stretch(
        same=True,
        old_start=gap.old_start,
        old_end=a,
        new_start=gap.new_start,
        new_end=c,
    )

    while a < b and c < d and old[b - 1] == new[d - 1]:
        b, d = b - 1, d - 1

    tail = Stretch(
        same=True,
        old_start=b,
        old_end=gap.old_end,
        new_start=d,
        new_end=gap.new_end,
    )

    return (
        head,
        Stretch(
            same=False,
            old_start=a,
            old_end=b,
            new_start=c,
            new_end=d,
        ),
        tail,
    )


def _anchors(old: Sequence[str], new: Sequence[str], gap: Stretch) -> list[Pair]:
    """Return the places of words that occur once on each side, as many as keep one order."""
    old_places = _single(old, gap.old_start, gap.old_end)
    new_places = _single(new, gap.new_start, gap.new_end)
    pairs: list[Pair] = []

    for word, old_place in old_places.items():
        new_place = new_places.get(word)
        if new_place is not None:
            pairs.append((old_place, new_place))

    return longest_rise(pairs)


def _single(words_: Sequence[str], start: int, end: int) -> dict[str, int]:
    """Return where each word that occurs once in a slice stands, in order."""
    slice_ = words_[start:end]
    counts = Counter(slice_)
    places: dict[str, int] = {}

    for place, word in enumerate(slice_, start):
        if counts[word] == 1:
            places[word] = place

    return places


def _between(anchors: list[Pair], gap: Stretch) -> list[Stretch]:
    """Return a gap as its anchors and what stands between them."""
    parts: list[Stretch] = []
    a, c = gap.old_start, gap.new_start

    for old_place, new_place in anchors:
        parts.append(
            Stretch(
                same=False,
                old_start=a,
                old_end=old_place,
                new_start=c,
                new_end=new_place,
            )
        )

        a, c = old_place + 1, new_place + 1
        parts.append(
            Stretch(
                same=True,
                old_start=old_place,
                old_end=a,
                new_start=new_place,
                new_end=c,
            )
        )

    parts.append(
        Stretch(
            same=False,
            old_start=a,
            old_end=gap.old_end,
            new_start=c,
            new_end=gap.new_end,
        )
    )

    return parts


def _compared(old: Sequence[str], new: Sequence[str], gap: Stretch) -> Iterator[Stretch]:
    """Compare word with word what no anchor divides; what is too large for that changed wholly."""
    left = old[gap.old_start : gap.old_end]
    right = new[gap.new_start : gap.new_end]
    if not left and not right:
        return

    if not left or not right or len(left) * len(right) > _MOST_PAIRS:
        yield gap
        return

    for tag, a, b, c, d in SequenceMatcher(
        None,
        left,
        right,
        autojunk=False,
    ).get_opcodes():
        yield Stretch(
            same=tag == "equal",
            old_start=gap.old_start + a,
            old_end=gap.old_start + b,
            new_start=gap.new_start + c,
            new_end=gap.new_start + d,
        )
