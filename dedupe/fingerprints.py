"""Fingerprints: a few shingle hashes that two texts with a common passage are sure to share."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from dedupe.tokens import Tokens, Words, tokenise
from dedupe.winnowing import SHINGLE, Keys, batch_shingles, choose, pair_keys, shingles

JOINED = 2  # joined keys a text
# Of what words and keys are made of a text; raise it whenever either changes, so that whoever
# keeps prints makes those of earlier versions anew.
VERSION = 3


@dataclass(frozen=True, slots=True, eq=False)
class Print:
    """What dedupe keeps of a text.

    `words` are its words' hashes in order (4 bytes each); `keys` are sorted and unique.
    """

    words: Words
    keys: Keys

    @property
    def version(self) -> int:
        """The version that prints are made in."""
        return VERSION

    def pack(self) -> bytes:
        """Return the words as bytes, little-endian; `unpack_prints` makes the print again."""
        return self.words.astype("<u4").tobytes()

    @property
    def digest(self) -> int:
        """A number that is equal for texts of the same words, and nothing else (64 bits)."""
        hashed = blake2b(self.pack(), digest_size=8)

        return int.from_bytes(hashed.digest(), "big")


def make_prints(texts: Sequence[str]) -> list[Print]:
    """Return the fingerprint of each text."""
    return _print_tokens(tokenise(texts))


def make_keys(texts: Sequence[str]) -> list[Keys]:
    """Return the keys of each text: sorted, unique.

    About one for 24 words (more of a short text), none only for a text without words.
    """
    return _winnow(tokenise(texts))


def unpack_prints(packed: Sequence[bytes]) -> list[Print]:
    """Return the prints that `Print.pack` wrote."""
    everything = b"".join(packed)
    stored = np.frombuffer(everything, "<u4")
    words = stored.astype(np.uint32)

    counts = [len(item) // 4 for item in packed]
    bounds = np.zeros(len(packed) + 1, np.int64)
    np.cumsum(counts, out=bounds[1:])

    return _print_tokens(Tokens(words, bounds))


def key_places(words: Words) -> tuple[NDArray[np.int64], Keys]:
    """Return where a text's keys stand (index of the first word) and the keys there, in order.

    Repeated ones are there each time.
    """
    hashes = shingles(words, SHINGLE)
    limits = np.array([0, len(hashes)])
    chosen = np.flatnonzero(choose(hashes, limits))

    return chosen, hashes[chosen]


def _print_tokens(tokens: Tokens) -> list[Print]:
    """Return the print of each text of a batch."""
    pairs = zip(tokens.split(), _winnow(tokens), strict=True)

    return [Print(words, keys) for words, keys in pairs]


def _winnow(tokens: Tokens) -> list[Keys]:
    """Return the keys of every text of a batch."""
    hashes, limits = batch_shingles(tokens.words, tokens.bounds)
    chosen = choose(hashes, limits)
    places = np.flatnonzero(chosen)
    keys = hashes[places]
    cuts = np.searchsorted(places, limits)

    winnowed: list[Keys] = []

    for start, end in pairwise(cuts.tolist()):
        own_keys = np.unique(keys[start:end])
        winnowed.append(_with_joined(own_keys))

    return winnowed


def _with_joined(keys: Keys) -> Keys:
    """Return a text's keys and its smallest ones joined by twos.

    These find whole copies of texts that consist of everybody's phrases.
    """
    if len(keys) <= JOINED:
        return keys

    joined = pair_keys(
        keys[:JOINED],
        keys[1 : JOINED + 1],
    )

    return np.unique(np.concatenate([keys, joined]))
