"""What a text names: words, names and numbers of each of its sentences, told by their capitals.

Fingerprints fold all that away. Two fillings of one form differ in nothing else.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from dedupe.letters import expand, fold_word
from news.credit import sources

FEWEST_CAPITALS = (
    0.03  # of a text's words: with fewer, its script has none, or its writer used none
)
LONGEST = 120  # words in a sentence at most: what has more is a list without stops
MOST_CAPITALS = 0.6  # with more, all of it is in capitals: they say nothing either
_TOKEN = re.compile(  # a number, a word, or the end of a sentence
    r"\d+(?:[.,:٫٬/–-]\d+)*|[^\W\d_]+(?:['’‘ʻʼ`-][^\W\d_]+)*|[.!?։؟…]+(?=\s|$)|[。！？\n]+"
)
_INVISIBLE = re.compile("[\u200c\u200d\u00ad\u200e\u200fՙ՛՜՞ـ]+")
_POINT = re.compile("[.,:٫٬]")
_HYPHEN = re.compile("[/–-]")
_BY_DASH = re.compile(r"([^\n]{2,60}?)(?:\s-{1,2}|\s?[–—]{1,2})\s")
_BY_STOP = re.compile(r"([^\n]{2,60}?)(?:[.:։]\s|\n)")
_DAY = re.compile(r",\s*(?:[^\W\d_]+\.?\s+)?\d{1,2}\b")
_TIME = re.compile(r"\d{1,2}:\d{2}")
_DECIMALS = re.compile(r"\d{1,6}[.,٫]\d{1,2}")
_BRACKET = re.compile(r"[(/]")


Sentence = tuple[str, ...]  # words in order, folded; numbers as `#digits`


@dataclass(frozen=True, slots=True)
class Facts:
    """A `text` as its sentences, and what stands anywhere in it. `length` counts words.

    `cased`: its capitals tell names. Where they do not, `names` is empty. `measures` are the
    numbers with decimals, by word; `times` are the hours and minutes, as written.
    """

    text: str
    sentences: tuple[Sentence, ...]
    written: frozenset[Sentence]
    words: frozenset[str]
    names: frozenset[str]
    numbers: frozenset[str]
    length: int
    cased: bool
    measures: Mapping[str, float]
    times: frozenset[str]


def read(text: str) -> Facts:
    """Return what a text names, without its dateline."""
    plain = _plain(text)
    report = plain[_dateline(plain) :]
    raw = list(_sentences(report))
    written = set(chain.from_iterable(raw))
    folded = {word: _fold(word) for word in written}
    words = frozenset(folded.values())
    capitals = {word for word in written if word[0].isupper()}
    cased = _tell_names(len(capitals), len(written))
    names: set[str] = set()
    sentences = []

    if cased:
        names = _inside(raw) & capitals

    for sentence in raw:
        in_order = [folded[word] for word in sentence]
        sentences.append(tuple(in_order))

    return Facts(
        text=text,
        sentences=tuple(sentences),
        written=frozenset(sentences),
        words=words,
        names=frozenset(folded[name] for name in names),
        numbers=frozenset(filter(is_number, words)),
        length=sum(map(len, sentences)),
        cased=cased,
        measures=_measures(folded),
        times=frozenset(filter(_TIME.fullmatch, folded)),
    )


def _plain(text: str) -> str:
    """Return a text in composed letters, without what nobody sees."""
    composed = unicodedata.normalize("NFC", text)
    visible = _INVISIBLE.sub("", composed)

    return expand(visible.lstrip())


def _tell_names(
    capitals: int,
    words: int,
) -> bool:
    """Tell whether capitals tell names: some words begin with one, and most do not."""
    fewest = FEWEST_CAPITALS * words
    most = MOST_CAPITALS * words

    return fewest < capitals < most


def _inside(sentences: Iterable[list[str]]) -> set[str]:
    """Return the words that do not begin a sentence."""
    inside: set[str] = set()
    for sentence in sentences:
        inside.update(sentence[1:])

    return inside


def _measures(folded: Mapping[str, str]) -> dict[str, float]:
    """Return the numbers with decimals, given words as written -> folded."""
    measures: dict[str, float] = {}
    for word, number in folded.items():
        if not _DECIMALS.fullmatch(word):
            continue

        with_point = word.replace(",", ".").replace("٫", ".")
        measures[number] = float(with_point)

    return measures


def is_number(word: str) -> bool:
    """Tell whether a folded word is a number."""
    return word[0] == "#"


@lru_cache(maxsize=1 << 10)
def credited(text: str) -> frozenset[str]:
    """Return the words beside the phrases by which a text names its source, folded."""
    phrases = "\n".join(sources(text))
    words = chain.from_iterable(_sentences(phrases))

    return frozenset(map(_fold, words))


def _dateline(text: str) -> int:
    """Return where a text begins after a dateline like "BAKU, Nov 21 (Hazar Wire) - "."""
    opening = _BY_DASH.match(text)
    if opening and _names_desk(opening[1]):
        return opening.end()

    opening = _BY_STOP.match(text)
    if opening and _DAY.search(opening[1]):
        return opening.end()

    return 0


def _names_desk(opening: str) -> bool:
    """Tell whether what stands before a dash is a place, a day or an agency."""
    if opening.isupper():
        return True

    return bool(_BRACKET.search(opening) or _DAY.search(opening))


def _sentences(text: str) -> Iterator[list[str]]:
    """Yield each sentence's words and numbers as written; a line's end ends a sentence too."""
    words: list[str] = []
    for token in _TOKEN.findall(text):
        if token[0].isalnum():
            words.append(token)

        if words and (len(words) == LONGEST or not token[0].isalnum()):
            yield words
            words = []

    if words:
        yield words


@lru_cache(maxsize=1 << 16)
def _fold(word: str) -> str:
    """Return a word without case and marks, a number as `#` and its digits without separators."""
    if not word[0].isdecimal():
        return fold_word(word)

    without_points = _POINT.sub("", word)
    parts = _HYPHEN.split(without_points)
    digits = "-".join(map(_digits, parts))

    return f"#{digits}"


def _digits(part: str) -> str:
    """Return the digits of any script as 0 to 9, without zeros before them."""
    if part.isascii():
        return part.lstrip("0")

    digits = [unicodedata.decimal(sign) for sign in part]
    plain = "".join(map(str, digits))

    return plain.lstrip("0")
