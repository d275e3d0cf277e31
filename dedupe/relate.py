"""Which articles share text, and how much: candidates by common keys, then an exact count of common three-word shingles."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dedupe.boilerplate import UNRELATED, found_out, hidden
from dedupe.fingerprints import GRAM, Keys, Print, shingles
from dedupe.tokens import NUMBER
from dedupe.window import Bearers, Window
from news.story import Edge, EdgeKind

CONTAINED = 0.5  # of the smaller text's shingles: from here on it is the same report
ANY_ORDER = 0.8  # of the smaller text's: below it what is common must stand in the same order in both, or it is
ORDERED = 0.8  # not a copy but another report made of the same statements; this share of it in order is enough
CONTAINED_COMMON = 0.8  # the same for a text that is nearly all boilerplate
OWN = 0.4  # of a text: if less is not boilerplate, boilerplate counts as well
COPIED = 0.5  # of the larger text's shingles: from here on the two are copies, below it one contains the other
BACKGROUND = 0.12  # of the smaller text's: from here on the two share passages, as a follow-up does with what it follows
COMMON = 25  # shingles in common at least; fewer are a quotation
BRIEF = 5  # for texts that are the same throughout
NUMBERS = 10  # shingles with a number in them: from here on they have a say
FORM = 0.4  # of the agreement among the other shingles; a copy keeps its numbers
NEAR = 8  # shingles: how far from common text a number may stand to have a say
TWINS = 8  # articles of exactly the same words that are compared with all others; more would be squares of them
PARTS = 64  # of a text, of which an edge says whether they are common text
SAME = 0.9  # of the larger text's shingles: the same throughout


@dataclass(frozen=True, slots=True)
class Relations:
    """All edges of the articles `touched`, of the batch and of others whose boilerplate was found out; older edges of theirs lapse.

    Edges of the kind `updates` here only say that the two share passages; `dedupe.follow_ups` decides which are follow-ups.
    """

    edges: tuple[Edge, ...]
    touched: frozenset[int]


@dataclass(frozen=True, slots=True, eq=False)
class _Seen:
    """A text as the exact check sees it: its shingles, sorted, where each stands, whether a number is in it, whether it is its own.

    What is not a text's own is boilerplate. It does not count, unless there is little else: then everything does, and much must agree.
    """

    grams: Keys
    places: NDArray[np.int64]
    numeric: NDArray[np.bool_]
    own: NDArray[np.bool_]

    @property
    def common(self) -> bool:
        """Whether nearly all of it is boilerplate."""
        return bool(self.own.sum() < OWN * len(self.grams))


@dataclass(frozen=True, slots=True, eq=False)
class _Side:
    """One text of a pair: what counts of it, what of that stands in the other one, and where there; `alike` stands there, counting or not."""

    article: int
    seen: _Seen
    counts: NDArray[np.bool_]
    met: NDArray[np.bool_]
    alike: NDArray[np.bool_]
    there: NDArray[np.int64]

    @property
    def share(self) -> float:
        """The share of what counts that stands in the other text."""
        return float(self.met.sum() / max(1, self.counts.sum()))


def relate_batch(batch: Mapping[int, Print], window: Window) -> Relations:
    """Put a batch into the window and return every relation of its articles.

    What comes out after several batches is a function of the set of articles alone: each pair that shares an unmasked key is
    judged by the two texts and their masked keys, and judged again when a key of either is found out.
    """
    window.add(batch)
    keys = _all_keys(batch.values())
    bearers = window.bearers(_without(keys, window.masked(keys)))
    prints = {**_crowd(bearers, window), **batch}
    exposed = found_out(bearers, {article: held.keys for article, held in prints.items()})
    window.mask(exposed)
    older = frozenset().union(*(bearers[key] for key in exposed)) - batch.keys()
    prints.update(window.prints(older - prints.keys()))
    touched = frozenset(batch) | (older & prints.keys())
    masked = window.masked(_all_keys(prints[article] for article in touched))
    known = {key: held for key, held in bearers.items() if key not in masked}
    further = _without(_all_keys(prints[article] for article in touched - batch.keys()), masked)
    known.update(window.bearers(further[~np.isin(further, keys)]))
    return Relations(tuple(_edges(_pairs(touched, known), prints, window)), touched)


def _crowd(bearers: Bearers, window: Window) -> dict[int, Print]:
    """Return the prints of everybody who bears a key that many bear."""
    crowd = {
        article
        for articles in bearers.values()
        if len(articles) >= UNRELATED
        for article in articles
    }
    return window.prints(crowd)


def _edges(
    pairs: list[tuple[int, int]], prints: dict[int, Print], window: Window
) -> Iterator[Edge]:
    """Judge every pair."""
    paired = {article for pair in pairs for article in pair}
    prints.update(window.prints(paired - prints.keys()))
    masked = window.masked(_all_keys(prints[article] for article in paired & prints.keys()))
    seen: dict[int, _Seen] = {}
    few = _without_crowds({article: prints[article] for article in sorted(paired & prints.keys())})
    for pair in pairs:
        if not prints.keys() >= set(pair):
            continue  # gone since, its keys still in the index
        if not few.issuperset(pair) and (
            few.isdisjoint(pair)
            or prints[pair[0]].words.tobytes() != prints[pair[1]].words.tobytes()
        ):
            continue
        for article in pair:
            if article not in seen:
                seen[article] = _see(prints[article], masked)
        edge = _judge(*((article, seen[article]) for article in pair))
        if edge is not None:
            yield edge


def _without_crowds(prints: Mapping[int, Print]) -> set[int]:
    """Return articles without all but the first TWINS of the same words: the others are related to those, and through them to the rest."""
    twins: defaultdict[bytes, list[int]] = defaultdict(list)
    for article, printed in prints.items():
        twins[printed.words.tobytes()].append(article)
    return {article for crowd in twins.values() for article in crowd[:TWINS]}


def _pairs(touched: Collection[int], bearers: Bearers) -> list[tuple[int, int]]:
    """Return the pairs to judge, each once, the smaller id first."""
    inside = set(touched)
    found: defaultdict[int, set[int]] = defaultdict(set)
    for articles in bearers.values():
        if len(articles) > 1:
            for article in articles & inside:
                found[article] |= articles
    return sorted({(min(a, b), max(a, b)) for a, others in found.items() for b in others if a != b})


def _see(printed: Print, masked: frozenset[int]) -> _Seen:
    """Return a text as the exact check sees it."""
    hashes = shingles(printed.words, GRAM)
    grams, places = np.unique(hashes, return_index=True)
    numbers = np.concatenate([[0], np.cumsum(printed.words & NUMBER, dtype=np.int64)])
    numeric = numbers[np.minimum(places + GRAM, len(printed.words))] > numbers[places]
    return _Seen(grams, places, numeric, ~hidden(printed.words, masked, len(hashes))[places])


def _judge(one: tuple[int, _Seen], other: tuple[int, _Seen]) -> Edge | None:
    """Return the relation of two texts, the larger on the left unless they are copies."""
    if not len(one[1].grams) or not len(other[1].grams):
        return None
    everything = one[1].common or other[1].common
    whole, part = sorted(
        _sides(one, other, everything=everything),
        key=lambda side: (-int(side.counts.sum()), side.article),
    )
    count, score, share = int(part.met.sum()), part.share, whole.share
    few = count < COMMON and (count < BRIEF or share < SAME)
    if few or score < (CONTAINED_COMMON if everything else BACKGROUND) or _form(part):
        return None
    same = score >= CONTAINED and (score >= ANY_ORDER or _ordered(part) >= ORDERED)
    kind = (
        EdgeKind.UPDATES if not same else EdgeKind.CONTAINS if share < COPIED else EdgeKind.COPY_OF
    )
    left, right = (part, whole) if kind is EdgeKind.COPY_OF else (whole, part)
    return Edge(
        left=left.article,
        right=right.article,
        kind=kind,
        score=round(score, 4),
        share=round(share, 4),
        left_cover=_cover(left),
        right_cover=_cover(right),
    )


def _sides(one: tuple[int, _Seen], other: tuple[int, _Seen], *, everything: bool) -> list[_Side]:
    """Return both texts of a pair with what counts and what is common; a shingle of both that is boilerplate in one counts in neither."""
    (left, a), (right, b) = one, other
    spots = np.searchsorted(a.grams, b.grams)
    spots[spots == len(a.grams)] = 0
    alike = a.grams[spots] == b.grams
    met = alike & (everything | (b.own & a.own[spots]))
    held, found, there = (
        np.zeros(len(a.grams), np.bool_),
        np.zeros(len(a.grams), np.bool_),
        np.zeros(len(a.grams), np.int64),
    )
    held[spots[met]], found[spots[alike]], there[spots[met]] = True, True, b.places[met]
    return [
        _Side(left, a, (a.own | everything) & (held | ~found), held, found, there),
        _Side(right, b, (b.own | everything) & (met | ~alike), met, alike, a.places[spots]),
    ]


def _ordered(part: _Side) -> float:
    """Return what share of the common shingles stands in the same order in both texts: the longest rising run of places (Fredman 1975)."""
    tails: list[int] = []
    met = np.flatnonzero(part.met)
    for place in part.there[met[np.argsort(part.seen.places[met])]].tolist():
        spot = bisect_left(tails, place)
        tails[spot : spot + 1] = [place]
    return len(tails) / len(met)


def _cover(side: _Side) -> int:
    """Return which of a text's 64 equal parts are common text for at least half of what counts there, a bit each.

    Where nothing counts, everything does: a digest takes over a report's boilerplate as well.
    """
    length = int(side.seen.places.max()) + 1
    starts = np.arange(PARTS) * length // PARTS
    stops = np.maximum(starts + 1, (np.arange(PARTS) + 1) * length // PARTS)

    def within(which: NDArray[np.bool_]) -> NDArray[np.int64]:
        sums = np.zeros(length + 1, np.int64)
        sums[side.seen.places[which] + 1] = 1
        sums = np.cumsum(sums)
        found: NDArray[np.int64] = sums[stops] - sums[starts]
        return found

    counted, everything = within(side.counts), np.ones(len(side.alike), np.bool_)
    common = np.where(counted > 0, within(side.met), within(side.alike))
    covered = 2 * common >= np.maximum(1, np.where(counted > 0, counted, within(everything)))
    return int.from_bytes(np.packbits(covered, bitorder="little").tobytes(), "little")


def _form(part: _Side) -> bool:
    """Tell whether only the words agree and not the numbers between them: two fillings of one form (rates, weather, results)."""
    seen, met = part.seen, part.met
    sums = np.zeros(int(seen.places.max()) + 2 * NEAR + 2, np.int64)
    sums[seen.places[met] + NEAR + 1] = 1
    sums = np.cumsum(sums)
    near = part.counts & (sums[seen.places + 2 * NEAR + 1] > sums[seen.places])
    numbers, words = met[near & seen.numeric], met[near & ~seen.numeric]
    return (
        len(numbers) >= NUMBERS
        and len(words) > 0
        and float(numbers.mean()) < FORM * float(words.mean())
    )


def _all_keys(prints: Iterable[Print]) -> Keys:
    held = [printed.keys for printed in prints]
    return np.unique(np.concatenate(held)) if held else np.empty(0, np.uint64)


def _without(keys: Keys, masked: frozenset[int]) -> Keys:
    """Return the keys that are not masked."""
    return keys[~np.isin(keys, np.fromiter(masked, np.uint64, len(masked)))] if masked else keys
