"""What a text names: the words, names and numbers of each of its sentences, read with their capitals.

Fingerprints fold all that away. Two fillings of one form differ in nothing else.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from news.credit import sources

FEWEST_CAPITALS = 0.03     # of a text's words: with fewer, its script has none, or its writer used none
MOST_CAPITALS = 0.6        # with more, all of it is in capitals: they say nothing either
_TOKEN = re.compile(        # a number, a word, or the end of a sentence
    r"\d+(?:[.,:٫٬/–-]\d+)*|[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*|[.!?։؟…]+(?=\s|$)|\n+"
)
_INVISIBLE = dict.fromkeys(map(ord, "\u200c\u200d\u00ad\u200e\u200fՙ՛՜՞ـ"))
_POINT = re.compile("[.,:٫٬]")
_HYPHEN = re.compile("[/–-]")
_BY_DASH = re.compile(r"\s*([^\n]{2,60}?)(?:\s-{1,2}|\s?[–—]{1,2})\s")
_BY_STOP = re.compile(r"\s*([^\n]{2,60}?)(?:[.:։]\s|\n)")
_DAY = re.compile(r",\s*(?:[^\W\d_]+\.?\s+)?\d{1,2}\b")
_BRACKET = re.compile(r"[(/]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its words in order, folded, numbers as `#digits`; and which of them are what."""

    words: tuple[str, ...]
    bag: frozenset[str]
    names: frozenset[str]
    numbers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Facts:
    """A text as its sentences, and what stands anywhere in it. `length` counts words.

    `cased`: its capitals tell names. Where they do not, `names` is empty.
    """

    sentences: tuple[Sentence, ...]
    written: frozenset[tuple[str, ...]]
    words: frozenset[str]
    names: frozenset[str]
    numbers: frozenset[str]
    length: int
    cased: bool


def read(text: str) -> Facts:
    """Return what a text names, without its dateline and without those it names as its source."""
    plain = unicodedata.normalize("NFC", text).translate(_INVISIBLE)
    plain = plain[_dateline(plain):]
    raw = list(_sentences(plain))
    length = sum(map(len, raw))
    capitals = sum(word[0].isupper() for word in chain.from_iterable(raw))
    cased = FEWEST_CAPITALS * length < capitals < MOST_CAPITALS * length
    names = _names(raw, plain) if cased else frozenset()
    sentences = tuple(_sentence(words, names) for words in raw)
    return Facts(
        sentences=sentences,
        written=frozenset(sentence.words for sentence in sentences),
        words=_union(sentence.bag for sentence in sentences),
        names=_union(sentence.names for sentence in sentences),
        numbers=_union(sentence.numbers for sentence in sentences),
        length=length,
        cased=cased,
    )


def _dateline(text: str) -> int:
    """Return where a text begins after its dateline: "BAKU, Nov 21 (Hazar Wire) - ", "Баку, 21 ноября. "."""
    opening = _BY_DASH.match(text)
    if opening and (_BRACKET.search(opening[1]) or _DAY.search(opening[1]) or opening[1].isupper()):
        return opening.end()
    opening = _BY_STOP.match(text)
    return opening.end() if opening and _DAY.search(opening[1]) else 0


def _sentences(text: str) -> Iterator[list[str]]:
    """Yield the words and numbers of each sentence as they are written; a line's end ends it too."""
    words: list[str] = []
    for token in _TOKEN.findall(text):
        if token[0].isalnum():
            words.append(token)
        elif words:
            yield words
            words = []
    if words:
        yield words


def _names(raw: Iterable[list[str]], text: str) -> frozenset[str]:
    """Return the words that have a capital where no sentence begins, those in credits left out."""
    inside = {_fold(word) for words in raw for word in words[1:] if word[0].isupper()}
    credited = {_fold(word) for words in _sentences(" ".join(sources(text))) for word in words}
    return frozenset(inside - credited)


def _sentence(raw: list[str], names: frozenset[str]) -> Sentence:
    words = tuple(map(_fold, raw))
    bag = frozenset(words)
    numbers = frozenset(word for word in bag if word[0] == "#")
    return Sentence(words, bag, bag & names, numbers)


@lru_cache(maxsize=1 << 16)
def _fold(word: str) -> str:
    """Return a word without case and marks, a number as `#` and its digits without separators."""
    if word[0].isdigit():
        plain = _HYPHEN.split(_POINT.sub("", word))
        return "#" + "-".join(str(int(part)) for part in plain)
    word = word.casefold()
    if word.isascii():
        return word
    letters = unicodedata.normalize("NFKD", word)
    return "".join(part for part in letters if not unicodedata.combining(part)).replace("ı", "i")


def _union(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset(chain.from_iterable(sets))
