"""Whether two articles have only a refrain in common: an outlet's or a company's standing words.

Boilerplate that many unrelated articles bear is known by them. A refrain that two or three bear
is known by what it is: it names little, whatever stands around it; the headlines are not about
it; or it is one outlet's, in two articles that each report something else.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from dedupe.difference import Side
from dedupe.facts import Facts, is_number, read
from news.story import Doc

EMPTY = 0.34  # of the facts a word of an article's own sentences: what a refrain has at most
WORDS = 15  # in the sentences that are common, at least, for their facts to be counted
STEM = 4  # letters of a word that its forms have in common
ABOUT = 0.3  # of a headline's words: what stands in the sentences that it is about
OWN_REPORT = 0.25  # of a text: its own sentences in an outlet where a refrain may be the rest


def only_refrain_common(
    left: Doc,
    right: Doc,
    one: Facts,
    other: Facts,
) -> bool:
    """Tell whether two articles report different things, and what they share is a refrain."""
    sides = Side.of(one, other), Side.of(other, one)
    if not all(side.reports_alone() for side in sides):
        return False

    mine, theirs = (_Share.of(side) for side in sides)
    if mine.names_little() and theirs.names_little():
        return True

    one_outlet = bool(left.outlet) and left.outlet == right.outlet
    if one_outlet:
        own_part = min(mine.own_part(), theirs.own_part())
        return own_part >= OWN_REPORT

    return mine.headed_by_its_own(left.title) and theirs.headed_by_its_own(right.title)


@dataclass(frozen=True, slots=True)
class _Share:
    """A text's own sentences and those that the other one has too, each as words."""

    side: Side
    own: tuple[str, ...]
    common: tuple[str, ...]

    @classmethod
    def of(cls, side: Side) -> "_Share":
        own = side.own_sentences
        written = set(own)
        common = [sentence for sentence in side.text.sentences if sentence not in written]

        return cls(
            side,
            tuple(chain.from_iterable(own)),
            tuple(chain.from_iterable(common)),
        )

    def own_part(self) -> float:
        """Return what share of the text is its own, in words."""
        return len(self.own) / max(1, self.side.text.length)

    def names_little(self) -> bool:
        """Tell whether what is common has hardly a fact in it, for its length."""
        if len(self.common) < WORDS:
            return False

        in_common = self._density(self.common)
        in_own = self._density(self.own)

        return in_common < EMPTY * in_own

    def _density(self, words: tuple[str, ...]) -> float:
        """Return how many facts a word there are."""
        names = self.side.text.names
        facts = 0

        for word in words:
            facts += word in names
            facts += is_number(word)

        return facts / max(1, len(words))

    def headed_by_its_own(self, title: str) -> bool:
        """Tell whether the headline is about the text's own sentences, not about the common."""
        headline = read(title)
        stems = _stems(chain.from_iterable(headline.sentences))
        if not stems:
            return False

        own = len(stems & _stems(self.own))
        common = len(stems & _stems(self.common))
        enough = ABOUT * len(stems)

        return common < own and common < enough <= own


def _stems(words: Iterable[str]) -> set[str]:
    """Return the beginnings of words, without short ones."""
    stems = set(map(_stem, words))
    stems.discard("")

    return stems


def _stem(word: str) -> str:
    """Return a word's beginning, or nothing of a short word; a number is kept whole."""
    if is_number(word):
        return word

    return word[:STEM] if len(word) >= STEM else ""
