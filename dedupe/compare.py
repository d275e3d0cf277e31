"""How much text two articles share: an exact count of common three-word shingles."""

from bisect import bisect_left
from dataclasses import dataclass

import numpy as np

from dedupe.boilerplate import hidden_shingles
from dedupe.fingerprints import Print
from dedupe.parts import Flags, Places, count_in_parts, in_runs, part_places
from dedupe.tokens import NUMBER, Words
from dedupe.winnowing import Keys, shingles
from news.story import Edge, EdgeKind

GRAM = 3  # words in a shingle of the exact check
CONTAINED = 0.5  # of the smaller text's shingles: from here on it is the same report
# Of the smaller text's: below it what is common must stand in the same order in both, ORDERED of
# it at least, or it is another report made of the same statements.
ANY_ORDER = 0.8
ORDERED = 0.8
CONTAINED_COMMON = 0.8  # CONTAINED for a text that is nearly all boilerplate
OWN = 0.4  # of a text: if less is not boilerplate, boilerplate counts as well
COPIED = 0.5  # of the larger text's shingles: below it one text contains the other
# Of the smaller text's: from here on the two share passages, as a follow-up does with what it
# follows.
BACKGROUND = 0.12
COMMON = 25  # shingles in common at least; fewer are a quotation
BRIEF = 5  # for texts that are the same throughout
CUT_BRIEF = 12  # for a brief that lacks its end in one of the two
SAME = 0.9  # of the larger text's shingles: the same throughout
NUMBERS = 10  # shingles with a number in them: from here on they have a say
FORM = 0.4  # of the agreement among the other shingles; a copy keeps its numbers
NEAR = 8  # shingles: how far from common text a number may stand to have a say


@dataclass(frozen=True, slots=True, eq=False)
class SeenText:
    """A text as the exact check sees it: its different shingles, sorted by hash.

    Of each: its first place, whether a number is in it, whether it is the text's `own`. What is
    not is boilerplate: it does not count, unless there is little else. `rows` says for every
    place of the text which of the shingles stands there, `first` whether for the first time.
    `parts` are the places where the text's PARTS equal parts start and stop.
    """

    article: int
    grams: Keys
    rows: Places
    places: Places
    numeric: Flags
    own: Flags
    first: Flags
    parts: tuple[Places, Places]

    @property
    def repeats(self) -> bool:
        """Whether it says anything a second time."""
        return len(self.rows) > len(self.grams)

    @property
    def common(self) -> bool:
        """Whether nearly all of it is boilerplate."""
        return bool(self.own.sum() < OWN * len(self.grams))


@dataclass(frozen=True, slots=True, eq=False)
class _Side:
    """One text of a pair: of each shingle what it is to the other text.

    `counts` has a say, `alike` stands in the other text, `met` does both; `there` is its place in
    the other text, where it stands there.
    """

    seen: SeenText
    counts: Flags
    met: Flags
    alike: Flags
    there: Places

    @property
    def share(self) -> float:
        """The share of what counts that stands in the other text."""
        common = self.met.sum()
        everything = max(1, self.counts.sum())

        return float(common / everything)


def see_text(
    article: int,
    printed: Print,
    masked: frozenset[int],
) -> SeenText:
    """Return a text as the exact check sees it."""
    hashes = shingles(printed.words, GRAM)
    grams, places, rows = np.unique(hashes, return_index=True, return_inverse=True)
    words = printed.words
    own = ~hidden_shingles(words, masked, len(hashes))
    first = np.zeros(len(hashes), np.bool_)
    first[places] = True

    return SeenText(
        article=article,
        grams=grams,
        rows=rows.astype(np.int64),
        places=places,
        numeric=_hold_numbers(words, places),
        own=own[places],
        first=first,
        parts=part_places(len(hashes)),
    )


def _hold_numbers(
    words: Words,
    places: Places,
) -> Flags:
    """Tell whether the shingles at some places have a number in them."""
    numbers = np.zeros(len(words) + 1, np.int64)
    np.cumsum(words & NUMBER, out=numbers[1:])
    ends = np.minimum(places + GRAM, len(words))
    before = numbers[places]
    after = numbers[ends]
    numeric: Flags = after > before

    return numeric


def compare_texts(
    one: SeenText,
    other: SeenText,
) -> Edge | None:
    """Return the relation of two texts, the larger on the left unless they are copies."""
    if not len(one.grams) or not len(other.grams):
        return None

    everything = one.common or other.common
    sides = _sides(one, other, everything=everything)
    whole, part = sorted(sides, key=_by_size)

    if not _enough(whole, part) or _is_form(part):
        return None
    least = CONTAINED_COMMON if everything else BACKGROUND
    if part.share < least:
        return None

    kind = _kind(whole, part)
    left, right = (part, whole) if kind is EdgeKind.COPY_OF else (whole, part)

    return Edge(
        left=left.seen.article,
        right=right.seen.article,
        kind=kind,
        score=round(part.share, 4),
        share=round(whole.share, 4),
        left_cover=_cover(left),
        right_cover=_cover(right),
    )


def _by_size(side: _Side) -> tuple[int, int]:
    """Return what orders the texts of a pair: the larger one first."""
    size = int(side.counts.sum())

    return -size, side.seen.article


def _enough(
    whole: _Side,
    part: _Side,
) -> bool:
    """Tell whether two texts have more than a quotation in common.

    Fewer shingles do for a brief: two that are the same throughout, or one of which all stands in
    a text that it makes up half of.
    """
    count = int(part.met.sum())
    if count >= COMMON:
        return True
    if count >= CUT_BRIEF and part.share >= SAME and whole.share >= COPIED:
        return True

    return count >= BRIEF and whole.share >= SAME


def _kind(
    whole: _Side,
    part: _Side,
) -> EdgeKind:
    """Return what two texts that share something are to one another."""
    if part.share < CONTAINED:
        return EdgeKind.UPDATES
    if part.share < ANY_ORDER and _ordered(part) < ORDERED:
        return EdgeKind.UPDATES

    return EdgeKind.CONTAINS if whole.share < COPIED else EdgeKind.COPY_OF


def _sides(
    one: SeenText,
    other: SeenText,
    *,
    everything: bool,
) -> list[_Side]:
    """Return both texts of a pair.

    A shingle of both that is boilerplate in one counts in neither, unless `everything` counts.
    """
    count = len(one.grams)
    spots = np.searchsorted(one.grams, other.grams)
    spots[spots == count] = 0
    alike = one.grams[spots] == other.grams
    own_in_both = other.own & one.own[spots]
    met = alike & (everything | own_in_both)
    met_spots = spots[met]
    alike_spots = spots[alike]

    one_met = np.zeros(count, np.bool_)
    one_met[met_spots] = True
    one_alike = np.zeros(count, np.bool_)
    one_alike[alike_spots] = True
    one_there = np.zeros(count, np.int64)
    one_there[met_spots] = other.places[met]

    one_counts = (one.own | everything) & (one_met | ~one_alike)
    other_counts = (other.own | everything) & (met | ~alike)

    return [
        _Side(one, one_counts, one_met, one_alike, one_there),
        _Side(
            other,
            other_counts,
            met,
            alike,
            one.places[spots],
        ),
    ]


def _ordered(part: _Side) -> float:
    """Return what share of the common shingles stands in the same order in both texts.

    It is the longest rising run of places (Fredman 1975).
    """
    tails: list[int] = []
    met = np.flatnonzero(part.met)
    in_order = met[np.argsort(part.seen.places[met])]

    for place in part.there[in_order].tolist():
        spot = bisect_left(tails, place)
        tails[spot : spot + 1] = [place]

    return len(tails) / len(met)


def _cover(side: _Side) -> int:
    """Return which of a text's 64 equal parts are common text for at least half of what counts.

    A bit each. A shingle counts where it stands first, and wherever a passage is said again.
    Where nothing counts, everything does: a digest takes over a report's boilerplate as well.
    """
    seen = side.seen
    alike = side.alike[seen.rows]
    relevant = seen.first
    if seen.repeats:
        relevant = relevant | in_runs(alike)

    common = count_in_parts(relevant & alike, seen.parts)
    total = count_in_parts(relevant, seen.parts)

    # Where all counts, what is alike is met: nearly every text.
    if not side.counts.all():
        counting = relevant & side.counts[seen.rows]
        meeting = relevant & side.met[seen.rows]
        counted = count_in_parts(counting, seen.parts)
        met = count_in_parts(meeting, seen.parts)
        some = counted > 0
        common = np.where(some, met, common)
        total = np.where(some, counted, total)

    covered = 2 * common >= np.maximum(1, total)

    bits = np.packbits(covered, bitorder="little")

    return int.from_bytes(bits.tobytes(), "little")


def _near_met(part: _Side) -> Flags:
    """Tell which shingles of a text stand near one that is common."""
    places = part.seen.places
    last = int(places.max())
    around = 2 * NEAR + 1
    flags = np.zeros(last + around + 1, np.int64)
    met = places[part.met]
    middle = met + NEAR + 1
    flags[middle] = 1

    sums = np.cumsum(flags)
    before = sums[places]
    after = sums[places + around]
    near: Flags = after > before

    return near


def _is_form(part: _Side) -> bool:
    """Tell whether only the words agree and not the numbers between them.

    Then two texts are fillings of one form (rates, weather, results).
    """
    near = part.counts & _near_met(part)
    numeric = part.seen.numeric
    numbers = part.met[near & numeric]
    words = part.met[near & ~numeric]
    if len(numbers) < NUMBERS or not len(words):
        return False

    numbers_agree = float(numbers.mean())
    words_agree = float(words.mean())

    return numbers_agree < FORM * words_agree
