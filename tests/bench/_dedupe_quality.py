"""How well stories are told.

The shared set of near-duplicates where it is present, mixtures made here, the press's world.
"""

import json
import lzma
from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from pathlib import Path

import storygen

import dedupe
from news.story import Doc
from press.rosters import roster
from press.world import World

SET = Path(__file__).resolve().parents[3] / "shared" / "pages" / "near_duplicates.jsonl.xz"
APART = {"merge_two_wires", "half+half", "excerpt_lead3", "merged", "half", "excerpt"}


def shared_set():
    """Return (kind, story, text) of the shared set, none if it is not here."""
    if not SET.exists():
        return []
    with lzma.open(SET, "rt", encoding="utf-8") as file:
        return [(line["kind"], line["story"], line["text"]) for line in map(json.loads, file)]


def mixtures(seed):
    """Return the same of a mixture in three scripts."""
    found = []
    for language in ("en", "ru", "hy"):
        samples = storygen.mixture(seed, 60, language=language, alone=150)
        found += [(sample.kind, f"{language}{sample.story}", sample.text) for sample in samples]
    return found


def pressed(seed, days):
    """Return the same of the press: every article of its tour."""
    world = World(roster("tour"), seed, datetime(2026, 11, 1, tzinfo=UTC))
    return [
        (
            piece.kind.value,
            piece.story,
            "\n".join(block.text for block in world.draft(piece).blocks if block.kind != "caption"),
        )
        for piece in world.truth(world.start + timedelta(days=days))
    ]


def label(rows):
    """Return the label of each text's story."""
    prints = dict(enumerate(dedupe.make_prints([text for _, _, text in rows])))
    docs = [Doc(id=number, text=text) for number, (_, _, text) in enumerate(rows)]
    edges = dedupe.decide_edges(docs, dedupe.relate_batch(prints, dedupe.MemoryWindow()).edges)
    found = dedupe.form_stories(docs, edges)
    return {member: story.lead for story in found for member in story.members}


def pairs(counts):
    return sum(count * (count - 1) // 2 for count in counts.values())


def agreement(rows, labels):
    """Return ARI (Hubert, Arabie 1985).

    Pair precision and pair recall over the kinds that are not told apart.
    """
    kept = [number for number, (kind, _, _) in enumerate(rows) if kind not in APART]
    truth, found = (
        Counter(rows[number][1] for number in kept),
        Counter(labels[number] for number in kept),
    )
    both = pairs(Counter((rows[number][1], labels[number]) for number in kept))
    true, said, every = pairs(truth), pairs(found), len(kept) * (len(kept) - 1) // 2
    chance = true * said / every
    return (both - chance) / ((true + said) / 2 - chance), both / max(1, said), both / max(1, true)


def by_kind(rows, labels):
    """Return kind -> share of the story's ordinary texts that each text of that kind is with."""
    homes, found = defaultdict(list), defaultdict(list)
    for number, (kind, story, _) in enumerate(rows):
        if kind not in APART:
            homes[story].append(number)
    for number, (kind, story, _) in enumerate(rows):
        others = [other for other in homes[story] if other != number]
        if others:
            found[kind].append(
                sum(labels[other] == labels[number] for other in others) / len(others)
            )
    return {kind: sum(values) / len(values) for kind, values in sorted(found.items())}


def strangers(rows, labels):
    """Return how many stories hold ordinary texts of more than one true story."""
    held = defaultdict(set)
    for number, (kind, story, _) in enumerate(rows):
        if kind not in APART:
            held[labels[number]].add(story)
    return sum(len(stories) > 1 for stories in held.values())
