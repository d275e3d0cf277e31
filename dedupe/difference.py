"""What two texts that share much do not share, and whether it makes them two reports.

A copy may lack what the other text has, or have more: a dateline, a cut tail, a paragraph of its
own. That is one-sided. Two reports of one form differ on both sides at once, in one of two places:

- a sentence is the same in both but for names or numbers of which neither is in the other text
  ("ambassador to Canada", "ambassador to Japan");
- both open with sentences of their own that name other things, and what they share comes after
  (releases with one "About the company").

A correction is no other report: at the same minute a measure is a little more or less. A count
that has risen is.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cached_property
from itertools import chain

from dedupe.facts import Facts, Sentence, credited, is_number

ALIKE = 0.6  # of two sentences' words that both texts have: from here on they say the same
KEPT = 0.4  # of all their words: with less in common they are other sentences
FEWEST = 3  # words in common at least, for two sentences to be compared
RESPELT = 0.7  # likeness of two names from which one may be the other misspelt or inflected
NUMBER = 3  # what a number weighs, a name being 1: names have spellings, numbers have none
OTHER = 0.12  # of the weight of all facts: from here on they make another report
REWORDED = 0.06  # of a text's words that an editor may replace, where capitals tell no names
NAMED = 0.1  # of a text's words that stand for names, where capitals tell none
OPENING = 6  # words in a sentence at least to open a text: a shorter one is a heading
THEIRS = 0.7  # of a sentence's words in the other text: from here on it is not its own
OWN = 0.2  # of a text: what its own sentences make up at least to be its report
FOREIGN = 0.5  # of the facts of a text's own sentences: what the other text does not name
MOST = 100  # sentences of a text that are compared one by one
CORRECTED = 0.1  # of a measure: by how much its correction differs at most

_Bag = frozenset[str]


def other_report(
    one: Facts,
    other: Facts,
    *,
    one_outlet: bool = False,
) -> bool:
    """Tell whether two texts that share much are reports of different things.

    `one_outlet`: they stand at two addresses of one outlet, so that no other editor has replaced
    words of one in the other.
    """
    reworded = 0.0 if one_outlet else REWORDED
    one, other = sorted((one, other), key=lambda facts: facts.text)
    mine, theirs = Side.of(one, other), Side.of(other, one)
    if not mine.missing or not theirs.missing:
        return False  # nearly every copy: one text has nothing that the other has not
    if not _differ(mine, theirs, reworded) or _corrected(mine, theirs):
        return False

    return _differ(mine.without_credits(), theirs.without_credits(), reworded)


def all_the_same(
    one: Facts,
    other: Facts,
) -> bool:
    """Tell whether neither text names what the other does not; an editor's words are no names."""
    for side in (Side.of(one, other), Side.of(other, one)):
        missing = side.without_credits().missing
        allowed = 0 if side.cased else REWORDED * side.text.length
        if len(missing) > allowed or any(map(is_number, missing)):
            return False

    return True


@dataclass(frozen=True)
class Side:
    """One text of a pair, the other one, all it names, and what of it the other does not name.

    Where the capitals of one of the two tell no names, every word may be one.
    """

    text: Facts
    other: Facts
    stated: frozenset[str]
    missing: frozenset[str]

    @classmethod
    def of(
        cls,
        text: Facts,
        other: Facts,
    ) -> "Side":
        """Return one text's side of a pair."""
        cased = text.cased and other.cased
        stated = text.names | text.numbers if cased else text.words

        return cls(text, other, stated, stated - other.words)

    @property
    def cased(self) -> bool:
        """Whether capitals tell the names of both texts."""
        return self.text.cased and self.other.cased

    def without_credits(self) -> "Side":
        """Return the side without the names of sources: a copy may name another one."""
        return replace(
            self,
            missing=self.missing - credited(self.text.text),
        )

    def differing(self) -> list[_Bag]:
        """Return the words of the first sentences that name what the other text does not."""
        differing: list[_Bag] = []

        for words in self.text.sentences:
            if len(differing) == MOST:
                break
            if not self.missing.isdisjoint(words):
                differing.append(frozenset(words))

        return differing

    @cached_property
    def own_sentences(self) -> list[Sentence]:
        """The sentences that are not in the other text."""
        return [sentence for sentence in self.text.sentences if self.is_own(sentence)]

    def is_own(self, sentence: Sentence) -> bool:
        """Tell whether too few of a sentence's words stand in the other text for it to be there."""
        if sentence in self.other.written:
            return False

        words = set(sentence)

        return len(words & self.other.words) < THEIRS * len(words)

    def reports_alone(self) -> bool:
        """Tell whether the text has a report of its own, of things the other does not name."""
        own = self.own_sentences
        length = sum(map(len, own))
        if length < OWN * self.text.length:
            return False

        stated = self.stated.intersection(chain.from_iterable(own))
        foreign = len(stated & self.missing)

        return bool(stated) and foreign >= FOREIGN * len(stated)

    def opens_alone(self) -> bool:
        """Tell whether the text opens with a report of its own."""
        sentences = (words for words in self.text.sentences if len(words) >= OPENING)
        first = next(sentences, None)

        return first is not None and self.is_own(first) and self.reports_alone()


def _differ(
    one: Side,
    other: Side,
    reworded: float,
) -> bool:
    if _filled_anew(one, other, reworded):
        return True

    return one.opens_alone() and other.opens_alone()


def _corrected(
    one: Side,
    other: Side,
) -> bool:
    """Tell whether two texts report the same minute and differ in a measure or two alone."""
    if one.text.times.isdisjoint(other.text.times) or not one.cased:
        return False

    mine, theirs = one.missing, other.missing
    if len(mine) != len(theirs) or not all(map(is_number, mine | theirs)):
        return False

    measures = sorted(_measures(one))
    others = sorted(_measures(other))
    if not len(measures) == len(others) == len(mine):
        return False

    return all(map(_nearly, measures, others))


def _nearly(
    one: float,
    other: float,
) -> bool:
    """Tell whether two measures differ as a correction does."""
    return abs(one - other) <= CORRECTED * max(one, other)


def _measures(side: Side) -> list[float]:
    """Return the missing numbers that are written with decimals: counts have none."""
    measures = side.text.measures

    return [measures[number] for number in side.missing if number in measures]


def _filled_anew(
    one: Side,
    other: Side,
    reworded: float,
) -> bool:
    """Tell whether like sentences of two texts name different things, and enough of them.

    Where capitals tell no names, a share of the words may be `reworded`.
    """
    names: tuple[set[str], set[str]] = set(), set()
    numbers: tuple[set[str], set[str]] = set(), set()

    for mine, theirs in _like_sentences(one, other):
        stated = mine & one.missing
        denied = theirs & other.missing
        stated_numbers = set(filter(is_number, stated))
        denied_numbers = set(filter(is_number, denied))
        _collect(
            numbers,
            stated_numbers,
            denied_numbers,
        )

        _collect(
            names,
            _names_apart(stated, denied),
            _names_apart(denied, stated),
        )

    changed = float(min(map(len, names)))
    shared = float(len(one.text.numbers & other.text.numbers))
    if one.cased:
        shared += len(one.text.names & other.text.names)
    else:
        shortest = min(one.text.length, other.text.length)
        changed = max(0.0, changed - reworded * shortest)
        shared += NAMED * shortest

    changed += NUMBER * min(map(len, numbers))
    return changed > 0 and changed >= OTHER * (changed + shared)


def _collect(
    collected: tuple[set[str], set[str]],
    mine: set[str],
    theirs: set[str],
) -> None:
    """Keep what two like sentences name, if both name something."""
    if mine and theirs:
        collected[0].update(mine)
        collected[1].update(theirs)


def _like_sentences(
    one: Side,
    other: Side,
) -> Iterator[tuple[_Bag, _Bag]]:
    """Yield sentences that name different things, each with the one that else is most like it."""
    candidates = other.differing()
    for mine in one.differing():
        likeness = [_likeness(mine, theirs, one, other) for theirs in candidates]
        best = max(likeness, default=0.0)
        if best >= ALIKE:
            yield mine, candidates[likeness.index(best)]


def _likeness(
    mine: _Bag,
    theirs: _Bag,
    one: Side,
    other: Side,
) -> float:
    """Return the share of words two sentences have in common, what they alone name left out.

    It is Dice's coefficient (1945); 0 for sentences with too little in common to be one.
    """
    common = len(mine & theirs)
    everything = len(mine) + len(theirs)
    if common < FEWEST or 2 * common < KEPT * everything:
        return 0.0

    named = len(mine & one.missing) + len(theirs & other.missing)

    return 2 * common / (everything - named)


def _names_apart(
    mine: _Bag,
    theirs: _Bag,
) -> set[str]:
    """Return the names of one side that the other does not only spell or inflect otherwise."""
    return {name for name in mine if not is_number(name) and not _respelt(name, theirs)}


def _respelt(
    name: str,
    others: Iterable[str],
) -> bool:
    return any(_alike(name, other) for other in others)


def _alike(
    one: str,
    other: str,
) -> bool:
    if one[0] != other[0] and one[1:] != other[1:]:
        return False  # a name keeps its first letter, or all the rest

    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= RESPELT
