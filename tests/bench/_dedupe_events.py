"""How well and how fast events are told.

The press's own reports of the same events in seven languages.
"""

import time
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from random import Random

import eventgen
import numpy as np

import dedupe
from dedupe.events import SAME, find_contradictions
from news.story import Doc
from press.rosters import roster
from press.world import World


def sample(seed, count):
    """Return (event, doc) of events told in at least four languages, one article a language."""
    world = World(roster("tour"), seed, datetime(2026, 11, 1, tzinfo=UTC))
    told = defaultdict(dict)
    for piece in world.truth(world.start + timedelta(days=3)):
        if piece.kind.value in {"own", "wire"} and not piece.updates:
            told[piece.event].setdefault(piece.language, piece)
    found = []
    for name in [name for name, languages in told.items() if len(languages) >= 4][:count]:
        for language, piece in sorted(told[name].items()):
            draft = world.draft(piece)
            text = "\n".join(block.text for block in draft.blocks if block.kind != "caption")
            found.append(
                (
                    name,
                    Doc(
                        id=len(found),
                        title=draft.title,
                        text=text,
                        language=language,
                        published=piece.published,
                    ),
                )
            )
    return found


def confusable(seed, kinds, encode, silent=0.0):
    """Return figures of pairs of tellings, half of them of the same actor within days.

    Precision, recall, recall with a Persian telling, recall without. `silent` is the share of
    numbers and days that the second telling is made not to give.
    """
    draw = Random(seed)
    together, same, persian = [], [], []
    # Kind by kind: what is rare is rare among reports of one kind.
    for kind in kinds:
        pairs = eventgen.pairs(seed, kinds=(kind,))
        docs = {doc.id: doc for pair in pairs for doc in (pair.left, pair.right)}
        order = list(docs.values())
        known = dict(zip(docs, dedupe.sketch_docs(order, encode), strict=True))
        for pair in pairs:
            sketch = known[pair.right.id]
            marks = {
                mark for mark in sorted(sketch.marks) if mark[0] in "~@^" or draw.random() >= silent
            }
            known[pair.right.id] = dedupe.Sketch(sketch.vector, frozenset(marks))
        rows = {doc.id: row for row, doc in enumerate(order)}
        scores = dedupe.score_pairs(order, known)
        apart = find_contradictions(order, known)
        for pair in pairs:
            left, right = pair.left, pair.right
            where = rows[left.id], rows[right.id]
            together.append(scores[where] >= SAME and not apart[where])
            same.append(pair.same)
            persian.append("fa" in {left.language, right.language})
    found, true, fa = (np.array(flags) for flags in (together, same, persian))
    return (
        float(true[found].mean()),
        float(found[true].mean()),
        float(found[true & fa].mean()),
        float(found[true & ~fa].mean()),
    )


def area(score, same):
    """Return the area under the ROC curve."""
    order = np.argsort(score, kind="stable")
    ranks = np.empty(len(score))
    ranks[order] = np.arange(1, len(score) + 1)
    hits = int(same.sum())
    return (ranks[same].sum() - hits * (hits + 1) / 2) / (hits * (len(score) - hits))


def measure(seed, count):
    """Return figures.

    Articles, pairs, AUC of the cosine alone and of the sum (pairs of two languages), groups'
    precision and recall, speed.
    """
    rows = sample(seed, count)
    docs = [doc for _, doc in rows]
    encode = dedupe.load_encoder()
    wall, cpu = time.perf_counter(), time.process_time()
    sketches = dedupe.sketch_docs(docs, encode)
    known = {doc.id: sketch for doc, sketch in zip(docs, sketches, strict=True)}
    groups = dedupe.find_events(docs, known)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    names, languages = (
        np.array([name for name, _ in rows]),
        np.array([doc.language for doc in docs]),
    )
    one, other = np.triu_indices(len(rows), 1)
    same, cross = names[one] == names[other], languages[one] != languages[other]
    vectors = np.stack([sketch.vector for sketch in sketches])
    cosine, total = (vectors @ vectors.T)[one, other], dedupe.score_pairs(docs, known)[one, other]
    joined = np.zeros((len(rows), len(rows)), np.bool_)
    for group in groups:
        joined[np.ix_(group, group)] = True
    joined = joined[one, other]
    return {
        "articles": len(rows),
        "pairs": int((same & cross).sum()),
        "cosine": area(cosine[cross], same[cross]),
        "sum": area(total[cross], same[cross]),
        "precision": float(same[joined].mean()),
        "recall": float(joined[same].mean()),
        "wall": len(rows) / wall,
        "cpu": len(rows) / cpu,
    }
