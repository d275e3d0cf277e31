"""Cheap articles by the million.

Invented vocabularies with Zipf's frequencies, names, dates, topics; a share of them copies.

They mean nothing, but they load an index, a fingerprint table or a tokeniser as news does: few
words make most of the text, most words are rare, an article keeps to its topic, copies come within
days. About 60 to 90 microseconds each on one core.
"""

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from random import Random

import numpy as np

from press import names
from press.lexicon import LANGUAGES, lexicon

_WORDS = 40_000  # distinct forms in a language's vocabulary
_TABLE = 1 << 20  # entries of the inverse distribution: a draw is one look-up
_BATCH = 128
_TOPICS = 400
_TOPIC_WORDS = 60
_END = datetime(2026, 11, 1, tzinfo=UTC)
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_KINDS = ("exact", "dateline", "trimmed", "boilerplate", "lead")


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkArticle:
    """One article.

    `text` has a paragraph a line; `story` is the number of the original, equal for its copies;
    `published` is aware, UTC.
    """

    number: int
    outlet: str
    url: str
    title: str
    text: str
    byline: str
    published: datetime
    language: str
    story: int
    kind: str = "own"


class Vocabulary:
    """One language's words in order of frequency, and the table that draws them."""

    def __init__(self, language: str, seed: int) -> None:
        self.words = np.array(
            _words(language, seed),
            dtype=object,
        )
        ranks = np.arange(1, len(self.words) + 1)
        weights = 1.0 / (ranks + 2.7) ** 1.05  # Zipf-Mandelbrot
        edges = np.cumsum(weights / weights.sum())
        self.table = np.searchsorted(
            edges,
            (np.arange(_TABLE) + 0.5) / _TABLE,
        ).astype(np.int32)
        rng = np.random.default_rng(
            [
                seed,
                len(language),
                ord(language[0]),
                ord(language[-1]),
            ]
        )

        self.topics = rng.integers(
            300, len(self.words), size=(_TOPICS, _TOPIC_WORDS), dtype=np.int32
        )
        self.people = [names.person(number * 37, language) for number in range(300)]
        self.places = [names.place(number, language) for number in range(len(names.PLACES))]


def _words(language: str, seed: int) -> list[str]:
    """Return real words of the press in front (they are the frequent ones).

    Then invented ones made from their syllables.
    """
    lines = itertools.chain.from_iterable(lexicon(language).lines.values())
    text = re.sub(r"\{\w+\}", " ", " ".join(lines))
    real = list(dict.fromkeys(word.lower() for word in _LETTERS.findall(text)))
    rng = Random(f"vocabulary:{seed}:{language}")  # noqa: S311 - reproducible, not cryptographic
    heads = _pieces(
        real,
        (2, 3, 4),
        slice_of=lambda word, cut: word[:cut],
    )

    tails = _pieces(
        real,
        (2, 3, 4, 5),
        slice_of=lambda word, cut: word[-cut:],
    )

    rng.shuffle(real)

    made = dict.fromkeys(sorted(real, key=len)[:60] + real)
    while len(made) < _WORDS:
        middle = rng.choice(heads) if rng.random() < 0.35 else ""  # noqa: PLR2004
        made[rng.choice(heads) + middle + rng.choice(tails)] = None

    return list(made)


def _pieces(
    words: Sequence[str],
    lengths: Sequence[int],
    slice_of: Callable[[str, int], str],
) -> list[str]:
    """Return the beginnings or ends of words in each of some lengths, sorted."""
    pieces = set()
    for word in words:
        for length in lengths:
            if len(word) > length:
                pieces.add(slice_of(word, length))

    return sorted(pieces)


@cache
def vocabulary(language: str, seed: int = 0) -> Vocabulary:
    """Return a language's vocabulary for a seed."""
    return Vocabulary(language, seed)


def articles(
    n: int,
    seed: int,
    languages: Sequence[str] = LANGUAGES,
    *,
    copies: float = 0.15,
    years: float = 5,
    words: tuple[int, int] = (180, 520),
) -> Iterator[BulkArticle]:
    """Yield n articles, oldest first, spread evenly over the years before November 2026.

    A share `copies` repeats an earlier one.
    """
    rng = np.random.default_rng(seed)
    begin = _END - timedelta(days=365.25 * years)
    step = timedelta(days=365.25 * years) / max(n, 1)
    recent: dict[str, list[BulkArticle]] = {language: [] for language in languages}

    for first in range(0, n, _BATCH):
        size = min(_BATCH, n - first)
        language = languages[int(rng.integers(len(languages)))]
        texts = _texts(
            vocabulary(language),
            rng,
            size,
            words,
        )

        luck = rng.random((size, 4))
        for index, (title, text) in enumerate(texts):
            number = first + index
            made = _article(
                number,
                (title, text),
                begin + step * number,
                language,
                luck[index],
            )

            held = recent[language]
            if held and luck[index, 0] < copies:
                made = _copy(
                    made,
                    held[int(luck[index, 1] * len(held))],
                    luck[index],
                )
            elif len(held) < 400:  # noqa: PLR2004
                held.append(made)
            else:
                held[int(luck[index, 2] * 400)] = made

            yield made


def _article(
    number: int, text: tuple[str, str], at: datetime, language: str, luck: np.ndarray
) -> BulkArticle:
    outlet = f"outlet{int(luck[3] * 200):03d}"
    person = vocabulary(language).people[int(luck[2] * 300)]
    return BulkArticle(
        number=number,
        outlet=outlet,
        url=f"https://{outlet}.example/{at:%Y/%m/%d}/{number}/",
        title=text[0],
        text=text[1],
        byline=person,
        published=at,
        language=language,
        story=number,
    )


def _copy(made: BulkArticle, original: BulkArticle, luck: np.ndarray) -> BulkArticle:
    kind = _KINDS[int(luck[2] * len(_KINDS))]
    lines = original.text.split("\n")
    if kind == "dateline":
        lines[0] = (
            f"{vocabulary(made.language).places[int(luck[3] * 20)]}, {made.published.day}. "
            f"{lines[0]}"
        )
    elif kind == "trimmed":
        lines = lines[: max(2, len(lines) * 2 // 3)]
    elif kind == "boilerplate":
        lines.append(f"{made.outlet}: {lexicon(made.language).labels['rights']}")
    elif kind == "lead":
        lines[0] = made.text.split("\n", 1)[0]

    return replace(
        made, title=original.title, text="\n".join(lines), story=original.story, kind=kind
    )


def _texts(
    words: Vocabulary, rng: np.random.Generator, size: int, span: tuple[int, int]
) -> list[tuple[str, str]]:
    """Return (title, text) of `size` articles of one language, drawn together."""
    lengths = rng.integers(*span, size=size)
    total = int(lengths.sum()) + 9 * size
    drawn = words.table[rng.integers(0, _TABLE, size=total)]
    topics = words.topics[rng.integers(_TOPICS, size=size)]
    made = []

    start = 0
    for index in range(size):
        stop = start + int(lengths[index]) + 9
        own = drawn[start:stop]
        own[::6] = topics[index][own[::6] % _TOPIC_WORDS]  # every sixth word is of the topic
        made.append(
            _sentences(
                words,
                words.words[own].tolist(),
                int(own[0]) + int(own[-1]),
            )
        )

        start = stop

    return made


def _sentences(
    words: Vocabulary,
    drawn: list[str],
    salt: int,
) -> tuple[str, str]:
    title = " ".join(drawn[:9]).capitalize()
    paragraphs = []
    sentences = list[str]()

    at = 9
    while at < len(drawn):
        salt = (salt * 1_103_515_245 + 12_345) & 0x7FFFFFFF
        length = 8 + (salt >> 8) % 15
        body = " ".join(drawn[at : at + length])
        at += length

        if salt % 5 == 0:
            body = (
                f"{words.people[(salt >> 4) % 300]} {body}, {words.places[(salt >> 12) % 24]} "
                f"{(salt >> 5) % 1000}"
            )

        sentences.append(body[:1].upper() + body[1:] + ".")
        if len(sentences) > 1 + (salt >> 16) % 4:
            paragraphs.append(" ".join(sentences))
            sentences = []

    if sentences:
        paragraphs.append(" ".join(sentences))

    return title, "\n".join(paragraphs)
