"""Words of many texts at once, as hashes: a vectorised tokeniser over UTF-16 code units.

One table of 65,536 entries says for each code unit whether it separates words (0), is invisible
(1) or is a letter or digit, and then carries the random value of its folded form. A word's hash
is the polynomial of its letters' values modulo 2**64, read off one running sum over the whole
batch, so that nothing is done word by word (Karp and Rabin 1987, with an odd base, which has an
inverse modulo 2**64).

Folding makes copies equal that differ only in typing: see `dedupe.letters`. Texts written without
spaces between words (Chinese, Thai) become single long words: not the material of this room.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from dedupe.letters import BMP, INVISIBLE, SEPARATOR, expand, fold_letter, is_digit

Words = NDArray[np.uint32]
_U64 = NDArray[np.uint64]
_Places = NDArray[np.int64]

NUMBER = np.uint32(1)  # the bit of a word's hash that says: it begins with a digit
_CHUNK = 1 << 16  # code units worked on at once: the arrays stay in the second-level cache
_BASE = 0x9E3779B97F4A7C15  # odd, so invertible modulo 2**64


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of several texts in a row; text i has words[bounds[i]:bounds[i + 1]]."""

    words: Words
    bounds: NDArray[np.int64]

    def split(self) -> list[Words]:
        """Return each text's words, as copies that do not hold the batch in memory."""
        ranges = zip(
            self.bounds[:-1],
            self.bounds[1:],
            strict=True,
        )

        return [self.words[start:end].copy() for start, end in ranges]


def tokenise(texts: Sequence[str]) -> Tokens:
    """Return the hashed words of all texts."""
    parts = [_tokenise_chunk(chunk) for chunk in _chunks(texts)]
    if not parts:
        return Tokens(
            np.empty(0, np.uint32),
            np.zeros(1, np.int64),
        )

    counts = [np.diff(part.bounds) for part in parts]
    lengths = np.concatenate(counts)
    words = np.concatenate([part.words for part in parts])
    bounds = np.concatenate([[0], np.cumsum(lengths)])

    return Tokens(words, bounds)


def mix(values: _U64) -> _U64:
    """Return the finaliser of splitmix64 (Steele, Lea, Flood 2014).

    Every bit of the result depends on every bit of the value.
    """
    values = values ^ (values >> np.uint64(30))
    values *= np.uint64(0xBF58476D1CE4E5B9)
    values ^= values >> np.uint64(27)
    values *= np.uint64(0x94D049BB133111EB)
    values ^= values >> np.uint64(31)
    return values


def _chunks(texts: Sequence[str]) -> Iterator[list[bytes]]:
    """Yield runs of encoded texts of about _CHUNK code units; a longer text is alone in its run."""
    run: list[bytes] = []
    size = 0

    for text in texts:
        encoded = expand(text).encode("utf-16-le", "surrogatepass")
        if run and size + len(encoded) > 2 * _CHUNK:
            yield run
            run = []
            size = 0

        run.append(encoded)
        size += len(encoded) + 2

    if run:
        yield run


def _tokenise_chunk(run: Sequence[bytes]) -> Tokens:
    """Return the words of a run of texts: a few passes over all of it, none over single words."""
    units, ends = _visible_units(run)
    values = _table()[units]
    starts, stops = _find_words(values)
    hashes = _hash_words(values, starts, stops)

    upper = hashes >> np.uint64(32)
    short = upper.astype(np.uint32) & ~NUMBER
    first_units = units[starts]
    digits = _digits()[first_units]
    words = short | digits

    from_nothing = np.concatenate([[0], ends])
    bounds = np.searchsorted(starts, from_nothing)

    return Tokens(words, bounds.astype(np.int64))


def _visible_units(run: Sequence[bytes]) -> tuple[NDArray[np.uint16], _Places]:
    """Return the code units of a run of texts without invisible ones, and where each text ends."""
    # A line's end separates words, so that none reaches from one text into the next.
    ended = [*run, b""]
    joined = b"\n\0".join(ended)
    units = np.frombuffer(joined, np.uint16)
    lengths = [len(encoded) // 2 + 1 for encoded in run]
    ends = np.cumsum(lengths)

    visible = _table()[units] != INVISIBLE
    if bool(visible.all()):
        return units, ends

    seen_before = np.cumsum(visible)
    last_units = ends - 1

    return units[visible], seen_before[last_units]


def _find_words(values: _U64) -> tuple[_Places, _Places]:
    """Return where words start and where they stop."""
    inside = values != SEPARATOR
    changes = np.diff(inside, prepend=False)
    edges = np.flatnonzero(changes)
    starts = edges[0::2]
    # The last unit is a separator, so that every word stops.
    stops = edges[1::2]

    return starts, stops


def _hash_words(
    values: _U64,
    starts: _Places,
    stops: _Places,
) -> _U64:
    """Return the hash of each word, from one running sum over all letters."""
    powers, inverses = _powers(len(values))
    sums = np.empty(len(values) + 1, np.uint64)
    sums[0] = 0
    np.cumsum(values * powers, out=sums[1:])

    inside_words = sums[stops] - sums[starts]
    # The same wherever a word stands.
    moved = inside_words * inverses[starts]

    return mix(moved)


@cache
def _digits() -> Words:
    """Return NUMBER for every code unit that is a digit, else 0."""
    flags = np.array(
        [is_digit(chr(code)) for code in range(BMP)],
        np.uint32,
    )

    return flags * NUMBER


_longest: list[tuple[_U64, _U64]] = []


def _powers(count: int) -> tuple[_U64, _U64]:
    """Return the base's powers 0 to count - 1 modulo 2**64, and their inverses.

    Those of the usual length are kept.
    """
    if count > _CHUNK * 2:
        return _compute_powers(count)
    if not _longest:
        _longest.append(_compute_powers(_CHUNK * 2))

    powers, inverses = _longest[0]

    return powers[:count], inverses[:count]


def _compute_powers(count: int) -> tuple[_U64, _U64]:
    inverse = pow(_BASE, -1, 1 << 64)
    powers = _rising(_BASE, count)
    inverses = _rising(inverse, count)

    return powers, inverses


def _rising(
    base: int,
    count: int,
) -> _U64:
    """Return 1, base, base**2 and so on, modulo 2**64."""
    factors = np.full(count, base, np.uint64)
    factors[:1] = 1

    return np.cumprod(factors)


@cache
def _table() -> _U64:
    """Return the value of every UTF-16 code unit.

    Halves of surrogate pairs (emoji, rare scripts) separate words.
    """
    folded = np.array(
        [fold_letter(chr(code)) for code in range(BMP)],
        np.uint64,
    )
    letters = folded > INVISIBLE
    spread = mix(folded[letters] * np.uint64(_BASE))
    # No letter may have one of the two values that mean something else.
    folded[letters] = np.maximum(spread, np.uint64(2))

    return folded
