"""Which articles share text: candidates by common keys, each pair of them compared exactly."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

import numpy as np

from dedupe.boilerplate import UNRELATED, find_boilerplate
from dedupe.compare import SeenText, compare_texts, see_text
from dedupe.fingerprints import Print
from dedupe.window import Bearers, Window
from dedupe.winnowing import Keys
from news.story import Edge

# Articles of exactly the same words that are compared with all others; more would be squares of
# them. The rest are related to these, and through them to everything else.
ALIKE = 8

_Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Relations:
    """All edges of the articles `touched`; older edges of theirs lapse.

    Touched are those of the batch, and others whose boilerplate was found out. Edges of the kind
    `updates` only say that the two share passages; `find_follow_ups` decides which are follow-ups.
    """

    edges: tuple[Edge, ...]
    touched: frozenset[int]


def relate_batch(
    batch: Mapping[int, Print],
    window: Window,
) -> Relations:
    """Put a batch into the window and return every relation of its articles.

    What comes out after several batches is a function of the set of articles alone: each pair
    that shares an unmasked key is judged by the two texts and their masked keys, and judged again
    when a key of either is found out.
    """
    window.add(batch)

    return relate_known(batch, window)


def relate_known(
    batch: Mapping[int, Print],
    window: Window,
) -> Relations:
    """Return every relation of articles that stand in the window as `batch` has them."""
    keys = _all_keys(batch.values())
    unmasked = _unmasked(keys, window.masked(keys))
    bearers = window.bearers(unmasked)
    prints = {**_crowd(bearers, window), **batch}

    exposed = _expose(bearers, prints, window)
    older = exposed - batch.keys()
    unread = older - prints.keys()
    prints.update(window.prints(unread))
    older &= prints.keys()
    touched = older.union(batch)
    masked = window.masked(_keys_of(touched, prints))

    sharing = {}

    for key, articles in bearers.items():
        if key not in masked:
            sharing[key] = articles

    older_keys = _unmasked(_keys_of(older, prints), masked)
    is_known = np.isin(older_keys, keys)
    further = older_keys[~is_known]
    sharing.update(window.bearers(further))

    pairs = _pairs(touched, sharing)
    edges = _edges(pairs, prints, window)

    return Relations(tuple(edges), touched)


def _expose(
    bearers: Bearers,
    prints: Mapping[int, Print],
    window: Window,
) -> frozenset[int]:
    """Mask what the bearers show to be boilerplate; return who bears it."""
    keys_of = {article: own.keys for article, own in prints.items()}
    exposed = find_boilerplate(bearers, keys_of)
    window.mask(exposed)
    articles: set[int] = set()
    for key in exposed:
        articles |= bearers[key]

    return frozenset(articles)


def _keys_of(
    articles: Iterable[int],
    prints: Mapping[int, Print],
) -> Keys:
    """Return the keys of some articles, each once."""
    return _all_keys(prints[article] for article in articles)


def _crowd(
    bearers: Bearers,
    window: Window,
) -> dict[int, Print]:
    """Return the prints of everybody who bears a key that many bear."""
    crowd: set[int] = set()
    for articles in bearers.values():
        if len(articles) >= UNRELATED:
            crowd |= articles

    return window.prints(crowd)


def _pairs(
    touched: Collection[int],
    bearers: Bearers,
) -> list[_Pair]:
    """Return the pairs to judge, each once, the smaller id first."""
    inside = set(touched)
    partners: defaultdict[int, set[int]] = defaultdict(set)

    for articles in bearers.values():
        if len(articles) > 1:
            for article in articles & inside:
                partners[article] |= articles

    pairs: set[_Pair] = set()

    for article, others in partners.items():
        for other in others - {article}:
            pair = (min(article, other), max(article, other))
            pairs.add(pair)

    return sorted(pairs)


def _edges(
    pairs: list[_Pair],
    prints: dict[int, Print],
    window: Window,
) -> Iterator[Edge]:
    """Judge every pair; articles that are gone, their keys still in the index, are passed over."""
    paired = set(chain.from_iterable(pairs))
    prints.update(window.prints(paired - prints.keys()))
    known = {article: prints[article] for article in sorted(paired & prints.keys())}
    masked = window.masked(_all_keys(known.values()))
    compared = _without_crowds(known)

    seen: dict[int, SeenText] = {}

    for pair in pairs:
        both_known = known.keys() >= set(pair)
        if not both_known or not _worth_comparing(pair, compared, known):
            continue

        for article in pair:
            if article not in seen:
                seen[article] = see_text(
                    article,
                    known[article],
                    masked,
                )

        one, other = pair
        edge = compare_texts(seen[one], seen[other])
        if edge is not None:
            yield edge


def _worth_comparing(
    pair: _Pair,
    compared: set[int],
    prints: Mapping[int, Print],
) -> bool:
    """Tell whether a pair is compared: both of the first few of their words, or one and a twin."""
    if compared.issuperset(pair):
        return True
    if compared.isdisjoint(pair):
        return False

    one, other = prints[pair[0]], prints[pair[1]]

    return one.words.tobytes() == other.words.tobytes()


def _without_crowds(prints: Mapping[int, Print]) -> set[int]:
    """Return articles without all but the first few of the same words."""
    crowds: defaultdict[bytes, list[int]] = defaultdict(list)
    for article, printed in prints.items():
        words = printed.words.tobytes()
        crowds[words].append(article)

    first: set[int] = set()

    for crowd in crowds.values():
        first.update(crowd[:ALIKE])

    return first


def _all_keys(prints: Iterable[Print]) -> Keys:
    keys = [printed.keys for printed in prints]
    if not keys:
        return np.empty(0, np.uint64)

    return np.unique(np.concatenate(keys))


def _unmasked(
    keys: Keys,
    masked: frozenset[int],
) -> Keys:
    """Return the keys that are no boilerplate."""
    if not masked:
        return keys

    hidden = np.fromiter(
        masked,
        np.uint64,
        len(masked),
    )

    return keys[~np.isin(keys, hidden)]
