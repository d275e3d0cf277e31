"""Overlap proposes; what is not shared decides: two fillings of one form are no copies.

A copy may lack what the other text has, or have more: a dateline, a cut tail, a paragraph of its
own. That is one-sided. Two reports of one form differ on both sides at once, in one of two places:

- a sentence is the same in both but for names or numbers of which neither is in the other text
  ("ambassador to Canada", "ambassador to Japan");
- both open with sentences of their own that name other things, and what they share comes after
  (releases with one "About the company").

The outcome depends on the two texts alone.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import chain, islice

from dedupe.compare import CONTAINED
from dedupe.facts import Facts, Sentence, credited, is_number, read
from news.story import Doc, Edge, EdgeKind

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

_Bag = frozenset[str]


def decide_edges(
    docs: Sequence[Doc],
    edges: Iterable[Edge],
) -> list[Edge]:
    """Return the edges, those between two fillings of one form turned into what `form_alone` knows.

    An edge of an article that is not among `docs` stays as it is.
    """
    texts = {doc.id: doc.text for doc in docs}
    known: dict[int, Facts] = {}

    return [_decided(edge, texts, known) for edge in edges]


def form_alone(edge: Edge) -> bool:
    """Tell whether two articles have only a form in common.

    No story holds both, neither quotes or follows the other. Such an edge has a copy's score, and
    covers nothing of either text.
    """
    covers = edge.left_cover | edge.right_cover

    return edge.kind is EdgeKind.UPDATES and edge.score >= CONTAINED and not covers


def other_report(
    one: Facts,
    other: Facts,
) -> bool:
    """Tell whether two texts that share much are reports of different things."""
    one, other = sorted((one, other), key=lambda facts: facts.text)
    mine, theirs = _Side.of(one, other), _Side.of(other, one)
    if not mine.missing or not theirs.missing:
        return False  # nearly every copy: one text has nothing that the other has not
    if not _differ(mine, theirs):
        return False

    return _differ(mine.without_credits(), theirs.without_credits())


def _decided(
    edge: Edge,
    texts: Mapping[int, str],
    known: dict[int, Facts],
) -> Edge:
    ends = edge.left, edge.right
    proposed = edge.kind in {EdgeKind.COPY_OF, EdgeKind.CONTAINS}
    same_words = edge.score == edge.share == 1
    if not proposed or same_words or not texts.keys() >= set(ends):
        return edge

    for article in ends:
        if article not in known:
            known[article] = read(texts[article])

    if other_report(known[edge.left], known[edge.right]):
        return replace(edge, kind=EdgeKind.UPDATES, left_cover=0, right_cover=0)

    return edge


@dataclass(frozen=True, slots=True)
class _Side:
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
    ) -> "_Side":
        cased = text.cased and other.cased
        stated = text.names | text.numbers if cased else text.words

        return cls(text, other, stated, stated - other.words)

    def without_credits(self) -> "_Side":
        """Return the side without the names of sources: a copy may name another one."""
        return replace(self, missing=self.missing - credited(self.text.text))

    def differing(self) -> list[_Bag]:
        """Return the words of the first sentences that name what the other text does not."""
        found = (words for words in self.text.sentences if not self.missing.isdisjoint(words))

        return [frozenset(words) for words in islice(found, MOST)]


def _differ(
    one: _Side,
    other: _Side,
) -> bool:
    return _filled_anew(one, other) or (_opens_alone(one) and _opens_alone(other))


def _filled_anew(
    one: _Side,
    other: _Side,
) -> bool:
    """Tell whether like sentences of two texts name different things, and enough of them."""
    names: tuple[set[str], set[str]] = set(), set()
    numbers: tuple[set[str], set[str]] = set(), set()

    for mine, theirs in _like(one, other):
        stated, denied = mine & one.missing, theirs & other.missing
        _collect(
            numbers,
            set(filter(is_number, stated)),
            set(filter(is_number, denied)),
        )

        _collect(
            names,
            _names_apart(stated, denied),
            _names_apart(denied, stated),
        )

    changed = float(min(map(len, names)))
    shared = float(len(one.text.numbers & other.text.numbers))
    if one.text.cased and other.text.cased:
        shared += len(one.text.names & other.text.names)
    else:
        shortest = min(one.text.length, other.text.length)
        changed = max(0.0, changed - REWORDED * shortest)
        shared += NAMED * shortest

    changed += NUMBER * min(map(len, numbers))
    return changed > 0 and changed >= OTHER * (changed + shared)


def _collect(
    held: tuple[set[str], set[str]],
    mine: set[str],
    theirs: set[str],
) -> None:
    """Keep what two like sentences name, if both name something."""
    if mine and theirs:
        held[0].update(mine)
        held[1].update(theirs)


def _like(
    one: _Side,
    other: _Side,
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
    one: _Side,
    other: _Side,
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


def _opens_alone(side: _Side) -> bool:
    """Tell whether a text opens with a report of its own, of things the other does not name."""
    opening = (s for s in side.text.sentences if len(s) >= OPENING)
    first = next(opening, None)
    if first is None or not _is_own(first, side.other):
        return False

    own = [sentence for sentence in side.text.sentences if _is_own(sentence, side.other)]
    stated = side.stated.intersection(chain.from_iterable(own))
    length = sum(map(len, own))

    return length >= OWN * side.text.length and len(stated & side.missing) >= FOREIGN * len(stated)


def _is_own(
    sentence: Sentence,
    other: Facts,
) -> bool:
    """Tell whether too few of a sentence's words stand in the other text for it to be there."""
    words = set(sentence)

    return len(words & other.words) < THEIRS * len(words)
