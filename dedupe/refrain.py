"""Whether two articles have only a refrain in common: an outlet's or a company's standing words.

Boilerplate that many unrelated articles bear is known by them. A refrain that two or three bear
is known by what it is: it names little, whatever stands around it; the headlines are not about
it; or it is one outlet's, in two articles that each report something else.
"""

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

    shares = [_Share.of(side) for side in sides]
    if all(share.names_little() for share in shares):
        return True
    if left.outlet and left.outlet == right.outlet:
        return all(share.own_part() >= OWN_REPORT for share in shares)

    titles = left.title, right.title

    return all(share.headed_by_its_own(title) for share, title in zip(shares, titles, strict=True))


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

        return self._density(self.common) < EMPTY * self._density(self.own)

    def _density(self, words: tuple[str, ...]) -> float:
        """Return how many facts a word there are."""
        text = self.side.text
        names = [word for word in words if word in text.names]
        numbers = [word for word in words if is_number(word)]
        facts = len(names) + len(numbers)

        return facts / max(1, len(words))

    def headed_by_its_own(self, title: str) -> bool:
        """Tell whether the headline is about the text's own sentences, not about the common."""
        headline = read(title)
        words = chain.from_iterable(headline.sentences)
        stems = set(map(_stem, words)) - {""}
        if not stems:
            return False

        own = len(stems.intersection(map(_stem, self.own)))
        common = len(stems.intersection(map(_stem, self.common)))
        enough = ABOUT * len(stems)

        return common < own and common < enough <= own


def _stem(word: str) -> str:
    """Return a word's beginning, or nothing of a short word; a number is kept whole."""
    if is_number(word):
        return word

    return word[:STEM] if len(word) >= STEM else ""
