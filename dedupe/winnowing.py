"""Winnowing: of every few shingle hashes in a row the smallest is kept.

After Schleimer, Wilkerson, Aiken (2003). Any WINDOW + 3 words that two texts have in common give
them a common key, wherever the passage stands and whatever is around it, at two keys per
WINDOW + 1 words; sampling by a remainder keeps the same number and promises nothing. Of a short
text more is kept, so that the promise holds for shorter passages of it.
"""

import numpy as np
from numpy.typing import NDArray

from dedupe.tokens import Words, mix

Keys = NDArray[np.uint64]
_Lengths = NDArray[np.int64]

SHINGLE = 4  # words in a key's shingle
WINDOW = 48  # shingles of which one is kept
# A text has SPANS windows at least: shorter ones have smaller windows, halves of WINDOW down to
# LEAST, so that excerpts of theirs are found too; a smaller window keeps what a larger one would.
SPANS = 8
LEAST = 6
_LARGEST = np.uint64(2**64 - 1)
_FACTORS = (
    0x9E3779B97F4A7C15,
    0xC2B2AE3D27D4EB4F,
    0x165667B19E3779F9,
    0xD6E8FEB86659FD93,
    0xA0761D6478BD642F,
    0xE7037ED1A0B428DB,
)


def shingles(
    words: Words,
    size: int,
) -> Keys:
    """Return the hash of every `size` words in a row; a shorter text is one shingle."""
    if not len(words):
        return np.empty(0, np.uint64)

    size = min(size, len(words))
    count = len(words) - size + 1
    total = np.full(count, size, np.uint64)
    wide = words.astype(np.uint64)

    for offset in range(size):
        total += wide[offset : offset + count] * np.uint64(_FACTORS[offset])

    return mix(total)


def pair_keys(
    first: Keys,
    second: Keys,
) -> Keys:
    """Return one key for each two."""
    return mix(first + second * np.uint64(_FACTORS[0]))


def batch_shingles(
    words: Words,
    bounds: NDArray[np.int64],
) -> tuple[Keys, NDArray[np.int64]]:
    """Return all texts' shingles and their bounds; those across two texts are left out."""
    lengths = np.diff(bounds)
    counts = _count_shingles(lengths)
    limits = np.concatenate([[0], np.cumsum(counts)])
    if not len(words):
        return np.empty(0, np.uint64), limits

    hashes = np.empty(limits[-1], np.uint64)

    if len(words) >= SHINGLE:
        everything = shingles(words, SHINGLE)
        places = _first_words(bounds, limits)
        # Past the last whole shingle there are brief texts alone.
        last = len(everything) - 1
        inside = np.minimum(places, last)
        hashes[:] = everything[inside]

    brief = (lengths > 0) & (lengths < SHINGLE)

    for text in np.flatnonzero(brief):
        start = bounds[text]
        end = bounds[text + 1]
        (only,) = shingles(words[start:end], SHINGLE)
        hashes[limits[text]] = only

    return hashes, limits


def _first_words(
    bounds: _Lengths,
    limits: _Lengths,
) -> _Lengths:
    """Return at which word of the batch each shingle starts.

    `bounds` are those of the texts' words, `limits` those of their shingles.
    """
    counts = np.diff(limits)
    # How much further on a text's words begin than its shingles do.
    shifts = bounds[:-1] - limits[:-1]
    numbers = np.arange(limits[-1])
    places: _Lengths = np.repeat(shifts, counts) + numbers

    return places


def _count_shingles(lengths: _Lengths) -> _Lengths:
    """Return how many shingles texts of so many words have; a brief text is one."""
    whole = lengths - SHINGLE + 1
    brief = np.minimum(lengths, 1)

    return np.where(
        lengths >= SHINGLE,
        whole,
        brief,
    )


def choose(
    hashes: Keys,
    limits: NDArray[np.int64],
) -> NDArray[np.bool_]:
    """Tell for each shingle of a batch whether it is kept, each text in windows of its size."""
    lengths = np.diff(limits)
    chosen = np.zeros(len(hashes), np.bool_)
    window = WINDOW
    longest = len(hashes) + 1

    while window >= LEAST:
        is_last = window // 2 < LEAST
        least = 1 if is_last else window * SPANS
        mine = (lengths >= least) & (lengths < longest)
        if mine.any():
            inside = np.repeat(mine, lengths)
            own_ends = np.cumsum(lengths[mine])
            own_limits = np.concatenate([[0], own_ends])
            chosen[inside] = _choose(
                hashes[inside],
                own_limits,
                window,
            )

        longest = least
        window //= 2

    return chosen


def _choose(
    hashes: Keys,
    limits: NDArray[np.int64],
    window: int,
) -> NDArray[np.bool_]:
    """Tell for each shingle whether it is the smallest of some window of its own text.

    A text shorter than a window is one.
    """
    smallest = _running(hashes, np.minimum, _LARGEST, window)
    lengths = np.diff(limits)
    ends = np.repeat(limits[1:], lengths)
    window_ends = np.arange(len(hashes)) + window
    has_room = window_ends <= ends
    smallest = np.where(
        has_room,
        smallest,
        np.uint64(0),
    )
    # A window that begins at j covers j to j + window - 1: seen from its last shingle backwards,
    # the largest of the windows' minima.
    largest = _running(
        smallest[::-1],
        np.maximum,
        np.uint64(0),
        window,
    )[::-1]

    chosen: NDArray[np.bool_] = hashes == largest

    filled = lengths > 0
    short = filled & (lengths < window)
    if short.any():
        firsts = limits[:-1][filled]
        minima = np.repeat(
            np.minimum.reduceat(hashes, firsts),
            lengths[filled],
        )
        chosen = np.where(
            np.repeat(short, lengths),
            hashes == minima,
            chosen,
        )

    return chosen


def _running(
    values: Keys,
    better: np.ufunc,
    neutral: np.uint64,
    window: int,
) -> Keys:
    """Return better(values[i:i + window]) for each i, by doubling the width."""
    padded = np.concatenate([values, np.full(window, neutral)])
    width = 1

    while width * 2 <= window:
        padded[:-width] = better(padded[:-width], padded[width:])
        width *= 2

    rest = window - width
    if rest:
        padded[:-rest] = better(padded[:-rest], padded[rest:])

    running: Keys = padded[: len(values)]

    return running
