"""Dedupe.

Quality of stories, speed of fingerprints beside datasketch and rensa, the full look-back window,
events.

./khabar bench dedupe [--write] [--quick] [--window ARTICLES] a full run takes some ten minutes and
4 GB of disk
"""

import argparse
import re
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# The root first: tests/dedupe must not stand in for the package of that name, nor this file.
sys.path[:] = [
    str(ROOT),
    *[path for path in sys.path if Path(path or ".").resolve() != Path(__file__).resolve().parent],
    str(ROOT / "tests"),
    str(Path(__file__).parent),
]

import _dedupe_events as happenings  # noqa: E402
import _dedupe_quality as quality  # noqa: E402
import _dedupe_window as window  # noqa: E402
import eventgen  # noqa: E402
import storygen  # noqa: E402
from _table import machine, markdown, section  # noqa: E402

import dedupe  # noqa: E402

WORD = re.compile(r"\w+")


def told(*, quick):
    """Return the tables of quality."""
    sources = [("near_duplicates (shared set)", quality.shared_set())]
    sources += [
        (f"mixture, seed {seed}", quality.mixtures(seed))
        for seed in ((101,) if quick else (101, 102, 103))
    ]
    sources += [
        (f"press, seed {seed}", quality.pressed(seed, 2)) for seed in ((7,) if quick else (7, 8))
    ]
    rows, kinds = [], []
    for name, texts in sources:
        if texts:
            began = time.process_time()
            labels = quality.label(texts)
            spent = time.process_time() - began
            ari, precision, recall = quality.agreement(texts, labels)
            held = quality.by_kind(texts, labels)
            rows.append(
                (
                    name,
                    len(texts),
                    f"{ari:.4f}",
                    f"{precision:.5f}",
                    f"{recall:.4f}",
                    quality.strangers(texts, labels),
                    f"{len(texts) / spent:,.0f}",
                )
            )
            kinds.append((name, ", ".join(f"{kind} {value:.3f}" for kind, value in held.items())))
    first = markdown(
        (
            "texts",
            "count",
            "ARI",
            "pair precision",
            "pair recall",
            "stories with more than one",
            "texts/s, all of it",
        ),
        rows,
    )
    head = ("texts", "recall by kind (pairs with the ordinary texts of the story)")
    return f"{first}\n\n{markdown(head, kinds)}"


def rate(work, texts, turns):
    """Return texts/s by CPU, the best of some turns.

    What else runs on the machine can only make it slower.
    """
    work(texts[:50])
    best = 0.0
    for _ in range(turns):
        began = time.process_time()
        work(texts)
        best = max(best, len(texts) / (time.process_time() - began))
    return best


def by_datasketch(texts):
    from datasketch import MinHash

    for text in texts:
        words = WORD.findall(text.lower())
        MinHash(num_perm=128).update_batch(
            [" ".join(words[at : at + 3]).encode() for at in range(len(words) - 2)]
        )


def by_rensa(texts):
    from rensa import RMinHash

    for text in texts:
        words = WORD.findall(text.lower())
        sketch = RMinHash(num_perm=128, seed=1)
        sketch.update([" ".join(words[at : at + 3]) for at in range(len(words) - 2)])
        sketch.digest()


def speed():
    """Return the table of fingerprints: texts of 3,000 characters, one core, from the text on."""
    rows = []
    for language in ("en", "ru", "fa"):
        writer = storygen.Writer(9, language)
        texts = [writer.report(40)[:3000] for _ in range(2500)]
        ours = rate(dedupe.make_prints, texts, 5)
        rensa, datasketch = rate(by_rensa, texts[:500], 3), rate(by_datasketch, texts[:200], 3)
        rows.append(
            (
                language,
                f"{ours:,.0f}",
                f"{rensa:,.0f}",
                f"{datasketch:,.0f}",
                f"{ours / rensa:.1f} / {ours / datasketch:.0f}",
            )
        )
    return markdown(
        ("language", "ours, texts/s", "rensa 128", "datasketch 128", "ours to theirs"), rows
    )


def full(articles):
    """Return the table of the window."""
    rates, (keys, words) = window.measure(articles)
    rows = [(f"{size:,}", f"{wall:,.0f}", f"{cpu:,.0f}") for size, wall, cpu in rates]
    table = markdown(
        ("batch", "articles/s by the clock", "articles/s by CPU of client and server"), rows
    )
    return (
        f"{table}\n\nOn disk: keys with their indexes {keys / articles:,.0f} bytes an article, "
        f"words {words / articles:,.0f}."
    )


def events(*, quick):
    """Return the table of events."""
    held = happenings.measure(6, 20 if quick else 70)
    return markdown(
        (
            "articles",
            "same-event pairs of two languages",
            "AUC, vectors alone",
            "AUC, with names and numbers",
            "groups: precision",
            "recall",
            "articles/s by the clock",
            "by CPU",
        ),
        [
            (
                held["articles"],
                held["pairs"],
                f"{held['cosine']:.4f}",
                f"{held['sum']:.4f}",
                f"{held['precision']:.3f}",
                f"{held['recall']:.3f}",
                f"{held['wall']:.1f}",
                f"{held['cpu']:.1f}",
            )
        ],
    )


def hard_pairs(encode):
    """Return the table of pairs that are easily confused."""
    sets = (("the terms were set by", eventgen.KINDS), ("kept apart", eventgen.KINDS_APART))
    rows = []
    for name, kinds in sets:
        for silent in (0.0, 0.5):
            held = happenings.confusable(5, kinds, encode, silent)
            rows.append((name, len(kinds), f"{silent:.0%}", *(f"{value:.3f}" for value in held)))
    head = (
        "kinds of events",
        "kinds",
        "numbers and days the second telling keeps to itself",
        "precision",
        "recall",
        "recall, Persian",
        "recall, the others",
    )
    return markdown(head, rows)


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument(
        "--write", action="store_true", help="put the tables into docs/benchmarks.md"
    )
    options.add_argument(
        "--quick", action="store_true", help="fewer seeds and events, a small window"
    )
    options.add_argument(
        "--window",
        type=int,
        default=1_000_000,
        metavar="ARTICLES",
        help="articles in the look-back window; 0: leave it out",
    )
    chosen = options.parse_args()
    parts = [
        "## Dedupe",
        machine(),
        "Stories:",
        told(quick=chosen.quick),
        "Fingerprints, from text to keys, one core, CPU time:",
        speed(),
    ]
    parts += ["Events in the press's world:", events(quick=chosen.quick)]
    parts += [
        "Pairs of tellings in seven languages, half of them of one actor within days:",
        hard_pairs(dedupe.load_encoder()),
    ]
    size = min(chosen.window, 50_000) if chosen.quick else chosen.window
    if size:
        parts += [
            f"Look-back window with {size:,} articles in PostgreSQL, lookup and insert of a batch:",
            full(size),
        ]
    section("dedupe", "\n\n".join(parts), write=chosen.write)


if __name__ == "__main__":
    main()
