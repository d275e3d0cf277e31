"""What changed between two texts: paragraph by paragraph, and word by word inside a paragraph.

There is no limit after which a change goes unseen: the cost stays bounded by how texts are divided
(news.stretches). A stretch too large to be compared counts as wholly removed and wholly added.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from news.rising import Pair, longest_rise
from news.stretches import divide

_WORD = re.compile(r"\w+")
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


def words(old: str, new: str) -> list[Run]:
    """Return the words of two texts in order, white space aside, by what became of them."""
    return runs(old.split(), new.split())


def runs(old: Sequence[str], new: Sequence[str]) -> list[Run]:
    """Return two lists of words as runs; without the added ones they are `old`, and vice versa."""
    found: list[Run] = []
    for stretch in divide(old, new):
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
    for stretch in divide(old, new):
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

    if not longer:
        return 1.0

    common = left & right

    return common.total() / longer


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
