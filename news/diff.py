"""What changed between two texts: paragraph by paragraph, and word by word inside a paragraph.

There is no limit after which a change goes unseen. The cost stays bounded in another way: what both
texts share at their ends is cut off, words that occur once in each text divide the rest (the
"patience" way of Bram Cohen), and only what is left between them is compared word with word. A
stretch too large even for that counts as wholly removed and wholly added.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from news.rising import Pair, longest_rise

_WORD = re.compile(r"\w+")
_MOST_PAIRS = 250_000  # of words compared with each other between two dividing words
_MOST_PARAGRAPH_PAIRS = 2_500  # of paragraphs whose likeness is measured in one changed stretch
_ALIKE = 0.5  # of the words: from here on a paragraph is the other one, edited


class Kind(StrEnum):
    """What became of a run of words."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Run:
    """Words in a row of which the same became; never empty."""

    kind: Kind
    words: tuple[str, ...]

    @property
    def text(self) -> str:
        """The words with one blank between them."""
        return " ".join(self.words)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph before and after: equal, edited, or (one side empty) added or removed."""

    old: str
    new: str

    @property
    def same(self) -> bool:
        """Whether nothing changed."""
        return self.old == self.new


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Two slices that answer each other, `old[old_start:old_end]` and `new[new_start:new_end]`."""

    same: bool
    old_start: int
    old_end: int
    new_start: int
    new_end: int


def words(old: str, new: str) -> list[Run]:
    """Return the words of two texts in order, white space aside, by what became of them."""
    return runs(old.split(), new.split())


def runs(old: Sequence[str], new: Sequence[str]) -> list[Run]:
    """Return two lists of words as runs; without the added ones they are `old`, and vice versa."""
    found: list[Run] = []
    for stretch in _stretches(old, new):
        removed = tuple(old[stretch.old_start : stretch.old_end])
        added = tuple(new[stretch.new_start : stretch.new_end])

        if stretch.same:
            found.append(Run(Kind.SAME, removed))
            continue

        if removed:
            found.append(Run(Kind.REMOVED, removed))

        if added:
            found.append(Run(Kind.ADDED, added))

    return found


def paragraphs(old: Sequence[str], new: Sequence[str]) -> list[Paragraph]:
    """Return the paragraphs of two texts in order, an edited one beside what it was."""
    pairs: list[Paragraph] = []
    for stretch in _stretches(old, new):
        before = old[stretch.old_start : stretch.old_end]
        after = new[stretch.new_start : stretch.new_end]

        if stretch.same:
            pairs += [Paragraph(line, line) for line in before]
        else:
            pairs += _paired(before, after)

    return pairs


def likeness(old: str, new: str) -> float:
    """Return the share of words, of the longer text's, that two texts have in common: 0 to 1.

    Punctuation does not count. Two texts without any word are alike.
    """
    left = Counter(_WORD.findall(old))
    right = Counter(_WORD.findall(new))
    longer = max(left.total(), right.total())

    return (left & right).total() / longer if longer else 1.0


def _stretches(old: Sequence[str], new: Sequence[str]) -> list[_Stretch]:
    """Return the whole of two lists as stretches, same and changed ones in turn."""
    joined: list[_Stretch] = []
    for stretch in _divided(old, new):
        if joined and joined[-1].same == stretch.same:
            last = joined.pop()
            stretch = _Stretch(  # noqa: PLW2901  (the joined one stands for both)
                stretch.same,
                last.old_start,
                stretch.old_end,
                last.new_start,
                stretch.new_end,
            )
        joined.append(stretch)

    return joined


def _divided(old: Sequence[str], new: Sequence[str]) -> Iterator[_Stretch]:
    """Give the stretches of two lists, not yet joined.

    Gaps wait on a stack of their own instead of Python's: a text may divide ten thousand times.
    """
    waiting = [
        _Stretch(
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
    old: Sequence[str], new: Sequence[str], gap: _Stretch
) -> tuple[_Stretch, _Stretch, _Stretch]:
    """Return what a gap's two sides share at the beginning, what is left, and the shared end."""
    a, b, c, d = gap.old_start, gap.old_end, gap.new_start, gap.new_end
    while a < b and c < d and old[a] == new[c]:
        a, c = a + 1, c + 1

    head = _Stretch(
        same=True,
        old_start=gap.old_start,
        old_end=a,
        new_start=gap.new_start,
        new_end=c,
    )

    while a < b and c < d and old[b - 1] == new[d - 1]:
        b, d = b - 1, d - 1

    tail = _Stretch(
        same=True,
        old_start=b,
        old_end=gap.old_end,
        new_start=d,
        new_end=gap.new_end,
    )

    return (
        head,
        _Stretch(
            same=False,
            old_start=a,
            old_end=b,
            new_start=c,
            new_end=d,
        ),
        tail,
    )


def _anchors(old: Sequence[str], new: Sequence[str], gap: _Stretch) -> list[Pair]:
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


def _between(anchors: list[Pair], gap: _Stretch) -> list[_Stretch]:
    """Return a gap as its anchors and what stands between them."""
    parts: list[_Stretch] = []
    a, c = gap.old_start, gap.new_start

    for old_place, new_place in anchors:
        parts.append(
            _Stretch(
                same=False,
                old_start=a,
                old_end=old_place,
                new_start=c,
                new_end=new_place,
            )
        )

        a, c = old_place + 1, new_place + 1
        parts.append(
            _Stretch(
                same=True,
                old_start=old_place,
                old_end=a,
                new_start=new_place,
                new_end=c,
            )
        )

    parts.append(
        _Stretch(
            same=False,
            old_start=a,
            old_end=gap.old_end,
            new_start=c,
            new_end=gap.new_end,
        )
    )

    return parts


def _compared(old: Sequence[str], new: Sequence[str], gap: _Stretch) -> Iterator[_Stretch]:
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
        yield _Stretch(
            same=tag == "equal",
            old_start=gap.old_start + a,
            old_end=gap.old_start + b,
            new_start=gap.new_start + c,
            new_end=gap.new_start + d,
        )


def _paired(before: Sequence[str], after: Sequence[str]) -> list[Paragraph]:
    """Return a changed stretch's paragraphs, each edited one beside what it was, in order."""
    pairs: list[Paragraph] = []
    a = c = 0

    for old_place, new_place in _edited(before, after):
        pairs += _one_sided(before[a:old_place], after[c:new_place])
        edited = Paragraph(before[old_place], after[new_place])
        if not edited.same:
            pairs.append(edited)

        a = old_place + 1
        c = new_place + 1

    pairs += _one_sided(before[a:], after[c:])

    return pairs


def _one_sided(removed: Sequence[str], added: Sequence[str]) -> Iterator[Paragraph]:
    """Give paragraphs that stand on one side alone, empty lines aside."""
    for line in removed:
        if line:
            yield Paragraph(line, "")

    for line in added:
        if line:
            yield Paragraph("", line)


def _edited(before: Sequence[str], after: Sequence[str]) -> list[Pair]:
    """Return which paragraph became which, rising on both sides."""
    if len(before) == 1 and len(after) == 1:
        return [(0, 0)]

    comparisons = len(before) * len(after)
    if comparisons > _MOST_PARAGRAPH_PAIRS:
        return _edited_in_place(before, after)

    nearest: list[Pair] = []
    for old_place, old in enumerate(before):
        marks = [likeness(old, new) for new in after]
        best = max(marks, default=0.0)
        if best < _ALIKE:
            continue

        new_place = marks.index(best)
        nearest.append((old_place, new_place))

    return longest_rise(nearest)


def _edited_in_place(before: Sequence[str], after: Sequence[str]) -> list[Pair]:
    """Return which paragraphs are alike at the same place of both sides."""
    alike: list[Pair] = []
    both = zip(before, after, strict=False)

    for place, (old, new) in enumerate(both):
        if likeness(old, new) >= _ALIKE:
            alike.append((place, place))

    return alike
