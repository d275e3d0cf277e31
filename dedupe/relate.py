"""Which articles share text, and how much: candidates by common keys, then an exact count of common three-word shingles."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dedupe.boilerplate import UNRELATED, found_out, hidden
from dedupe.prints import GRAM, Keys, Print, shingles
from dedupe.tokens import NUMBER
from dedupe.window import Bearers, Window
from news.story import Edge, EdgeKind

CONTAINED = 0.45       # of the smaller text's shingles: from here on it is the same report
COPIED = 0.5           # of the larger text's shingles: from here on the two are copies, below it one contains the other
BACKGROUND = 0.12      # of the smaller text's: from here on the two share passages, as a follow-up does with what it follows
COMMON = 25            # shingles in common at least; fewer are a quotation
BRIEF = 5              # for texts that are the same throughout
NUMBERS = 10           # shingles with a number in them: from here on they have a say
FORM = 0.4             # of the agreement among the other shingles; a copy keeps its numbers
NEAR = 8               # shingles: how far from common text a number may stand to have a say
PARTS = 64             # of a text, of which an edge says whether they are common text
SAME = 0.9             # of the larger text's shingles: the same throughout


@dataclass(frozen=True, slots=True)
class Relations:
    """All edges of the articles `touched`, of the batch and of others whose boilerplate was found out; older edges of theirs lapse.

    Edges of the kind `updates` here only say that the two share passages; `dedupe.follow` decides which are follow-ups.
    """

    edges: tuple[Edge, ...]
    touched: frozenset[int]


@dataclass(frozen=True, slots=True, eq=False)
class _Seen:
    """A text as the exact check sees it: its visible shingles, sorted, and where each stands, and whether a number is in it."""

    grams: Keys
    places: NDArray[np.int64]
    numeric: NDArray[np.bool_]


def relate(batch: Mapping[int, Print], window: Window) -> Relations:
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
    crowd = {article for articles in bearers.values() if len(articles) >= UNRELATED for article in articles}
    return window.prints(crowd)


def _edges(pairs: list[tuple[int, int]], prints: dict[int, Print], window: Window) -> Iterator[Edge]:
    """Judge every pair."""
    paired = {article for pair in pairs for article in pair}
    prints.update(window.prints(paired - prints.keys()))
    masked = window.masked(_all_keys(prints[article] for article in paired & prints.keys()))
    seen: dict[int, _Seen] = {}
    for pair in pairs:
        if pair[0] not in prints or pair[1] not in prints:
            continue
        for article in pair:
            if article not in seen:
                seen[article] = _see(prints[article], masked)
        edge = _judge(*((article, seen[article]) for article in pair))
        if edge is not None:
            yield edge


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
    """Return a text without its boilerplate."""
    hashes = shingles(printed.words, GRAM)
    visible = np.flatnonzero(~hidden(printed.words, masked, len(hashes)))
    grams, first = np.unique(hashes[visible], return_index=True)
    places = visible[first]
    numbers = np.concatenate([[0], np.cumsum(printed.words & NUMBER, dtype=np.int64)])
    numeric = numbers[np.minimum(places + GRAM, len(printed.words))] > numbers[places]
    return _Seen(grams, places, numeric)


def _judge(one: tuple[int, _Seen], other: tuple[int, _Seen]) -> Edge | None:
    """Return the relation of two texts, the larger on the left unless they are copies."""
    (larger, whole), (smaller, part) = sorted((one, other), key=lambda item: (-len(item[1].grams), item[0]))
    if not len(part.grams):
        return None
    spots = np.searchsorted(whole.grams, part.grams)
    spots[spots == len(whole.grams)] = 0
    met = whole.grams[spots] == part.grams
    common = spots[met]
    count = len(common)
    score, share = count / len(part.grams), count / len(whole.grams)
    if score < BACKGROUND or (count < COMMON and (count < BRIEF or share < SAME)):
        return None
    if _form(part, met):
        return None
    kind = EdgeKind.UPDATES if score < CONTAINED else EdgeKind.CONTAINS if share < COPIED else EdgeKind.COPY_OF
    ends = [(larger, _cover(whole.places, common)), (smaller, _cover(part.places, np.flatnonzero(met)))]
    (left, left_cover), (right, right_cover) = ends[::-1] if kind is EdgeKind.COPY_OF else ends
    return Edge(
        left=left, right=right, kind=kind, score=round(score, 4), share=round(share, 4), left_cover=left_cover, right_cover=right_cover,
    )


def _cover(places: NDArray[np.int64], common: NDArray[np.int64]) -> int:
    """Return which of a text's 64 equal parts are common text for at least half, a bit each."""
    length = int(places.max()) + 1
    visible, met = np.zeros(length + 1, np.int64), np.zeros(length + 1, np.int64)
    visible[places + 1] = 1
    met[places[common] + 1] = 1
    visible, met = np.cumsum(visible), np.cumsum(met)
    starts = np.arange(PARTS) * length // PARTS
    stops = np.maximum(starts + 1, (np.arange(PARTS) + 1) * length // PARTS)
    covered = 2 * (met[stops] - met[starts]) >= np.maximum(1, visible[stops] - visible[starts])
    return int.from_bytes(np.packbits(covered, bitorder="little").tobytes(), "little")


def _form(part: _Seen, met: NDArray[np.bool_]) -> bool:
    """Tell whether only the words agree and not the numbers between them: two fillings of one form (rates, weather, results)."""
    sums = np.zeros(int(part.places.max()) + 2 * NEAR + 2, np.int64)
    sums[part.places[met] + NEAR + 1] = 1
    sums = np.cumsum(sums)
    near = sums[part.places + 2 * NEAR + 1] > sums[part.places]
    numbers, words = met[near & part.numeric], met[near & ~part.numeric]
    return len(numbers) >= NUMBERS and len(words) > 0 and float(numbers.mean()) < FORM * float(words.mean())


def _all_keys(prints: Iterable[Print]) -> Keys:
    held = [printed.keys for printed in prints]
    return np.unique(np.concatenate(held)) if held else np.empty(0, np.uint64)


def _without(keys: Keys, masked: frozenset[int]) -> Keys:
    """Return the keys that are not masked."""
    return keys[~np.isin(keys, np.fromiter(masked, np.uint64, len(masked)))] if masked else keys
