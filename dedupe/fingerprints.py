"""Fingerprints: a few shingle hashes that two texts with a common passage are sure to share.

Keys are winnowed from the hashes of all four-word shingles (Schleimer, Wilkerson, Aiken 2003): of every WINDOW shingles in a row
the smallest is kept. So any WINDOW + 3 words that two texts have in common give them a common key, wherever the passage stands
and whatever is around it, at two keys per WINDOW + 1 words; sampling by a remainder keeps the same number and promises nothing.
Of a short text more is kept, so that the promise holds for shorter passages of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from dedupe.tokens import Tokens, Words, mix, tokenise

Keys = NDArray[np.uint64]

SHINGLE = 4  # words in a key's shingle
WINDOW = 48  # shingles of which one is kept
SPANS = 8  # windows in a text at least: shorter texts have smaller windows, halves of WINDOW down to LEAST, so that
LEAST = 6  # excerpts of theirs are found too; a smaller window keeps all that a larger one would
JOINED = 2  # joined keys a text
GRAM = 3  # words in a shingle of the exact check
_LARGEST = np.uint64(2**64 - 1)
_FACTORS = (
    0x9E3779B97F4A7C15,
    0xC2B2AE3D27D4EB4F,
    0x165667B19E3779F9,
    0xD6E8FEB86659FD93,
    0xA0761D6478BD642F,
    0xE7037ED1A0B428DB,
)


@dataclass(frozen=True, slots=True, eq=False)
class Print:
    """What dedupe keeps of a text: its words' hashes in order (4 bytes each), and its keys (sorted, unique)."""

    words: Words
    keys: Keys

    def pack(self) -> bytes:
        """Return the words as bytes, little-endian; `unpack_prints` makes the print again."""
        return self.words.astype("<u4").tobytes()

    @property
    def digest(self) -> int:
        """A number that is equal for texts of the same words, and nothing else (64 bits)."""
        return int.from_bytes(blake2b(self.pack(), digest_size=8).digest(), "big")


def make_prints(texts: Sequence[str]) -> list[Print]:
    """Return the fingerprint of each text."""
    tokens = tokenise(texts)
    return [
        Print(words, keys)
        for words, keys in zip(tokens.split(), _winnow(tokens.words, tokens.bounds), strict=True)
    ]


def make_keys(texts: Sequence[str]) -> list[Keys]:
    """Return the keys of each text: sorted, unique, about one for 24 words (more of a short text), none only for a text without words."""
    tokens = tokenise(texts)
    return _winnow(tokens.words, tokens.bounds)


def unpack_prints(packed: Sequence[bytes]) -> list[Print]:
    """Return the prints that `Print.pack` wrote."""
    counts = [len(item) // 4 for item in packed]
    words = np.frombuffer(b"".join(packed), "<u4").astype(np.uint32)
    tokens = Tokens(
        words, np.concatenate([[0], np.cumsum(counts, dtype=np.int64)]).astype(np.int64)
    )
    return [
        Print(held, keys)
        for held, keys in zip(tokens.split(), _winnow(tokens.words, tokens.bounds), strict=True)
    ]


def shingles(words: Words, size: int) -> Keys:
    """Return the hash of every `size` words in a row, in order; a shorter text is one shingle of what it has."""
    if not len(words):
        return np.empty(0, np.uint64)
    size = min(size, len(words))
    count = len(words) - size + 1
    total = np.full(count, size, np.uint64)
    wide = words.astype(np.uint64)
    for offset in range(size):
        total += wide[offset : offset + count] * np.uint64(_FACTORS[offset])
    return mix(total)


def key_places(words: Words) -> tuple[NDArray[np.int64], Keys]:
    """Return where a text's keys stand (index of the first word), in order, and the keys there, repeated ones too."""
    hashes = shingles(words, SHINGLE)
    chosen = np.flatnonzero(_all_chosen(hashes, np.array([0, len(hashes)])))
    return chosen, hashes[chosen]


def _winnow(words: Words, bounds: NDArray[np.int64]) -> list[Keys]:
    """Return the keys of every text of a batch."""
    hashes, limits = _batch_shingles(words, bounds)
    places = np.flatnonzero(_all_chosen(hashes, limits))
    keys = hashes[places]
    cuts = np.searchsorted(places, limits)
    return [_with_joined(np.unique(keys[start:end])) for start, end in pairwise(cuts.tolist())]


def _all_chosen(hashes: Keys, limits: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Tell for each shingle of a batch whether it is kept, each text in windows of its size."""
    lengths = np.diff(limits)
    chosen = np.zeros(len(hashes), np.bool_)
    window, longest = WINDOW, len(hashes) + 1
    while window >= LEAST:
        least = window * SPANS if window // 2 >= LEAST else 1
        mine = (lengths >= least) & (lengths < longest)
        if mine.any():
            inside = np.repeat(mine, lengths)
            chosen[inside] = _chosen(
                hashes[inside], np.concatenate([[0], np.cumsum(lengths[mine])]), window
            )
        window, longest = window // 2, least
    return chosen


def _with_joined(keys: Keys) -> Keys:
    """Return a text's keys and, for whole copies of texts that consist of everybody's phrases, its smallest ones joined by twos."""
    if len(keys) <= JOINED:
        return keys
    joined = mix(keys[:JOINED] + keys[1 : JOINED + 1] * np.uint64(_FACTORS[0]))
    return np.unique(np.concatenate([keys, joined]))


def _batch_shingles(words: Words, bounds: NDArray[np.int64]) -> tuple[Keys, NDArray[np.int64]]:
    """Return all texts' shingles, those across two texts left out, and their bounds."""
    lengths = np.diff(bounds)
    counts = np.where(lengths >= SHINGLE, lengths - SHINGLE + 1, np.minimum(lengths, 1))
    limits = np.concatenate([[0], np.cumsum(counts)])
    if not len(words):
        return np.empty(0, np.uint64), limits
    hashes = np.empty(limits[-1], np.uint64)
    if len(words) >= SHINGLE:
        everything = shingles(words, SHINGLE)
        starts = np.repeat(bounds[:-1] - limits[:-1], counts) + np.arange(limits[-1])
        hashes[:] = everything[np.minimum(starts, len(everything) - 1)]
    for short in np.flatnonzero((lengths > 0) & (lengths < SHINGLE)):
        hashes[limits[short]] = shingles(words[bounds[short] : bounds[short + 1]], SHINGLE)[0]
    return hashes, limits


def _chosen(hashes: Keys, limits: NDArray[np.int64], window: int) -> NDArray[np.bool_]:
    """Tell for each shingle whether it is the smallest of some window of its own text; a text shorter than that is one window."""
    smallest = _running(hashes, np.minimum, _LARGEST, window)
    lengths = np.diff(limits)
    filled = lengths > 0
    room = np.arange(len(hashes)) + window <= np.repeat(limits[1:], lengths)
    smallest = np.where(room, smallest, np.uint64(0))
    # A window that begins at j covers j to j + window - 1: seen from its last shingle backwards, the largest of the windows' minima.
    largest = _running(smallest[::-1], np.maximum, np.uint64(0), window)[::-1]
    chosen: NDArray[np.bool_] = hashes == largest
    short = filled & (lengths < window)
    if short.any():
        minima = np.repeat(np.minimum.reduceat(hashes, limits[:-1][filled]), lengths[filled])
        chosen = np.where(np.repeat(short, lengths), hashes == minima, chosen)
    return chosen


def _running(values: Keys, better: np.ufunc, neutral: np.uint64, window: int) -> Keys:
    """Return better(values[i:i + window]) for each i, by doubling the width."""
    padded = np.concatenate([values, np.full(window, neutral)])
    width = 1
    while width * 2 <= window:
        padded[:-width] = better(padded[:-width], padded[width:])
        width *= 2
    rest = window - width
    if rest:
        padded[:-rest] = better(padded[:-rest], padded[rest:])
    found: Keys = padded[: len(values)]
    return found
