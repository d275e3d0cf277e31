"""Words of many texts at once, as hashes: a vectorised tokeniser over UTF-16 code units.

One table of 65,536 entries says for each code unit whether it separates words (0), is invisible (1) or is a letter or digit, and
then carries the random value of its folded form. A word's hash is the polynomial of its letters' values modulo 2**64, read off
one running sum over the whole batch, so that nothing is done word by word (Karp and Rabin 1987, with an odd base, which has an
inverse modulo 2**64).

Folding makes copies equal that differ only in typing: case, all four of i I ı İ, diacritics (so NFC and NFD are one), Arabic and
Persian forms of yeh and kaf, digits of every script, the Armenian ligature, soft hyphens, joiners, direction marks. Texts written
without spaces between words (Chinese, Thai) become single long words: not the material of this room.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.uint32]
_U64 = NDArray[np.uint64]

NUMBER = np.uint32(1)  # the bit of a word's hash that says: it begins with a digit
_CHUNK = 1 << 16  # code units worked on at once: the arrays stay in the second-level cache
_BASE = 0x9E3779B97F4A7C15  # odd, so invertible modulo 2**64
_SEPARATOR, _INVISIBLE = 0, 1
_BMP = 1 << 16
# One letter that stands for two or more; each is looked for once a chunk, and rarely there.
_EXPANDED = {"և": "եւ", "ß": "ss", "ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff"}
# Letters of one sound that keyboards of the region mix.
_SAME = {"ı": "i", "ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "ۀ": "ه", "ە": "ه"}
_TATWEEL = "ـ"
_SKIPPED_CATEGORIES = {"Mn", "Me", "Cf"}
# Armenian marks of stress, question and exclamation stand inside the word.
_SKIPPED = {_TATWEEL, "՛", "՜", "՞"}


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of several texts, one after the other; text i has words[bounds[i]:bounds[i + 1]]."""

    words: Words
    bounds: NDArray[np.int64]

    def split(self) -> list[Words]:
        """Return each text's words, as copies that do not hold the batch in memory."""
        return [
            self.words[start:end].copy()
            for start, end in zip(self.bounds[:-1], self.bounds[1:], strict=True)
        ]


def tokenise(texts: Sequence[str]) -> Tokens:
    """Return the hashed words of all texts."""
    parts = [_tokenise_chunk(chunk) for chunk in _chunks(texts)]
    if not parts:
        return Tokens(np.empty(0, np.uint32), np.zeros(1, np.int64))
    counts = np.concatenate([np.diff(part.bounds) for part in parts])
    return Tokens(
        np.concatenate([part.words for part in parts]), np.concatenate([[0], np.cumsum(counts)])
    )


def mix(values: _U64) -> _U64:
    """Return the finaliser of splitmix64 (Steele, Lea, Flood 2014): every bit of the result depends on every bit of the value."""
    values = values ^ (values >> np.uint64(30))
    values *= np.uint64(0xBF58476D1CE4E5B9)
    values ^= values >> np.uint64(27)
    values *= np.uint64(0x94D049BB133111EB)
    values ^= values >> np.uint64(31)
    return values


def _chunks(texts: Sequence[str]) -> Iterator[list[bytes]]:
    """Yield runs of encoded texts of about _CHUNK code units; a longer text is a run of its own."""
    run: list[bytes] = []
    size = 0
    for text in texts:
        encoded = expand(text).encode("utf-16-le", "surrogatepass")
        if run and size + len(encoded) > 2 * _CHUNK:
            yield run
            run, size = [], 0
        run.append(encoded)
        size += len(encoded) + 2
    if run:
        yield run


def expand(text: str) -> str:
    """Return the text with letters that stand for several written out."""
    if text.isascii():
        return text
    for letter, letters in _EXPANDED.items():
        if letter in text:
            text = text.replace(letter, letters)
    return text


def _tokenise_chunk(run: Sequence[bytes]) -> Tokens:
    units = np.frombuffer(b"\n\0".join([*run, b""]), dtype=np.uint16)
    ends = np.cumsum([len(encoded) // 2 + 1 for encoded in run])
    values = _table()[units]
    if run and bool((invisible := values == _INVISIBLE).any()):
        kept = ~invisible
        ends = np.cumsum(kept)[ends - 1]
        units, values = units[kept], values[kept]
    inside = values != _SEPARATOR
    edges = np.flatnonzero(np.diff(inside, prepend=False))
    starts, stops = (
        edges[0::2],
        edges[1::2],
    )  # the last unit is a separator, so that every word stops
    powers, inverses = _powers(len(values))
    sums = np.empty(len(values) + 1, np.uint64)
    sums[0] = 0
    np.cumsum(values * powers, out=sums[1:])
    words = mix((sums[stops] - sums[starts]) * inverses[starts])
    bounds = np.searchsorted(starts, np.concatenate([[0], ends]))
    short = (words >> np.uint64(32)).astype(np.uint32) & ~NUMBER
    return Tokens(short | _digits()[units[starts]], bounds.astype(np.int64))


@cache
def _digits() -> Words:
    """Return NUMBER for every code unit that is a digit, else 0."""
    return np.array(
        [NUMBER if unicodedata.digit(chr(code), None) is not None else 0 for code in range(_BMP)],
        np.uint32,
    )


_longest: list[tuple[_U64, _U64]] = []


def _powers(count: int) -> tuple[_U64, _U64]:
    """Return the base's powers 0 to count - 1 modulo 2**64 and their inverses; the usual length is kept."""
    if count > _CHUNK * 2:
        return _compute_powers(count)
    if not _longest:
        _longest.append(_compute_powers(_CHUNK * 2))
    powers, inverses = _longest[0]
    return powers[:count], inverses[:count]


def _compute_powers(count: int) -> tuple[_U64, _U64]:
    def rising(base: int) -> _U64:
        factors = np.full(count, base, np.uint64)
        factors[:1] = 1
        return np.cumprod(factors)

    return rising(_BASE), rising(pow(_BASE, -1, 1 << 64))


@cache
def _table() -> _U64:
    """Return the value of every UTF-16 code unit; halves of surrogate pairs (emoji, rare scripts) separate."""
    folded = np.array([_folded(chr(code)) for code in range(_BMP)], np.uint64)
    letters = folded > _INVISIBLE
    folded[letters] = np.maximum(mix(folded[letters] * np.uint64(_BASE)), np.uint64(2))
    return folded


def _folded(letter: str) -> int:
    """Return 0 for a separator, 1 for an invisible sign, else a number that is equal for letters that count as the same."""
    category = unicodedata.category(letter)
    if letter in _SKIPPED or category in _SKIPPED_CATEGORIES:
        return _INVISIBLE
    if category[0] not in "LN":
        return _SEPARATOR
    digit = unicodedata.digit(letter, None)
    if digit is not None:
        return ord("0") + int(digit)
    plain = _bare(_bare(letter).casefold())
    plain = "".join(_SAME.get(part, part) for part in plain) or letter
    number = 0
    for part in plain:
        number = (number << 21) + ord(part)
    return number % (1 << 63)


def _bare(letters: str) -> str:
    """Return letters without their marks."""
    return "".join(
        part
        for part in unicodedata.normalize("NFKD", letters)
        if unicodedata.category(part) not in _SKIPPED_CATEGORIES
    )
