"""How extracted articles are judged: against hand-written parsers and human readers."""

import json
import random
import re
import zlib
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

_WORD = re.compile(r"\w+")
LOW = 0.8


def words(text: str) -> Counter[str]:
    """Return the bag of words of a text."""
    return Counter(_WORD.findall(text.lower()))


def overlap(found: str, gold: str) -> tuple[float, float, float]:
    """Return precision, recall and F1 of two texts' bags of words."""
    one, two = words(found), words(gold)
    common = sum((one & two).values())
    if not common:
        return 0.0, 0.0, 0.0
    precision, recall = common / one.total(), common / two.total()
    return precision, recall, 2 * precision * recall / (precision + recall)


def shingles(text: str) -> set[tuple[str, ...]]:
    """Return the runs of four words of a text; the whole of a shorter one."""
    found = _WORD.findall(text.lower())
    if not found:
        return set()
    return {tuple(found[start : start + 4]) for start in range(max(1, len(found) - 3))}


def shingle_overlap(found: str, gold: str) -> tuple[float, float, float]:
    """Return precision, recall and F1 of two texts' runs of four words."""
    one, two = shingles(found), shingles(gold)
    common = len(one & two)
    if not common:
        return 0.0, 0.0, 0.0
    precision, recall = common / len(one), common / len(two)
    return precision, recall, 2 * precision * recall / (precision + recall)


def difference(
    rows: list[dict[str, Any]], ours: dict[str, str], theirs: dict[str, str]
) -> tuple[float, float, float]:
    """Return how much better our texts are, page by page, with the ends of its 95 % interval.

    By runs of four words where whole bodies are known, else by marked sentences; a paired
    bootstrap.
    """
    gains = [_score(row, ours[row["file"]]) - _score(row, theirs[row["file"]]) for row in rows]
    luck = random.Random(0)
    means = sorted(sum(luck.choices(gains, k=len(gains))) / len(gains) for _ in range(1000))
    return round(sum(gains) / len(gains), 4), round(means[25], 4), round(means[975], 4)


def _score(row: dict[str, Any], text: str) -> float:
    if "body" in row:
        return shingle_overlap(text, row["body"])[2]
    hits = sum(segment in text for segment in row["with"])
    wrong = sum(segment in text for segment in row["without"])
    missed = len(row["with"]) - hits
    return 2 * hits / max(1, 2 * hits + wrong + missed)


def bare(text: str) -> str:
    """Return letters and digits in small letters."""
    return "".join(_WORD.findall(text.casefold()))


def same_title(found: str, gold: str) -> bool:
    """Tell whether two titles are the same but for case.

    Punctuation and what surrounds one of them.
    """
    one, two = bare(found), bare(gold)
    return bool(one) and bool(two) and (one == two or one in two or two in one)


def same_day(found: str | None, gold: str) -> bool:
    """Tell whether two moments fall on one day, in the zone of either."""
    if not found:
        return False
    one, two = datetime.fromisoformat(found), datetime.fromisoformat(gold)
    if one.date() == two.date():
        return True
    if one.tzinfo is None or two.tzinfo is None:
        return False
    return (
        one.astimezone(UTC).date() == two.astimezone(UTC).date()
        or one.astimezone(two.tzinfo).date() == two.date()
    )


def half(name: str) -> str:
    """Return the half of the set a publisher belongs to.

    Rules and weights are made on "dev", watched on "held".
    """
    return "dev" if zlib.crc32(name.encode()) % 2 else "held"


def read_index(folder: Path) -> list[dict[str, Any]]:
    """Return the rows of a page set, each with its file's path."""
    rows = [
        json.loads(line)
        for line in (folder / "index.jsonl").read_text(encoding="utf-8").split("\n")
        if line
    ]
    return [{**row, "path": str(folder / row["file"])} for row in rows]


def judge_news(
    rows: Iterable[dict[str, Any]], results: dict[str, dict[str, Any]]
) -> dict[str, float]:
    """Return the figures over pages with whole articles as gold."""
    bodies, titles, authors, days = [], [], [], []
    for row in rows:
        found = results[row["file"]]
        bodies.append(overlap(found["text"], row["body"]))
        titles.append(same_title(found["title"] or "", row["title"] or ""))
        authors.append(
            {bare(name) for name in found["authors"]}
            == {bare(name) for name in row["authors"] or ()}
        )
        days.append(same_day(found["published"], row["published"]))
    count = len(bodies) or 1
    return {
        "pages": len(bodies),
        "P": sum(b[0] for b in bodies) / count,
        "R": sum(b[1] for b in bodies) / count,
        "F1": sum(b[2] for b in bodies) / count,
        "low": sum(b[2] < LOW for b in bodies),
        "title": sum(titles) / count,
        "authors": sum(authors) / count,
        "day": sum(days) / count,
    }


def judge_segments(
    rows: Iterable[dict[str, Any]], results: dict[str, dict[str, Any]]
) -> dict[str, float]:
    """Return precision and recall over sentences that must be, and must not be, in the text."""
    right = wrong = missed = pages = 0
    for row in rows:
        text = results[row["file"]]["text"]
        pages += 1
        hits = sum(segment in text for segment in row["with"])
        right, missed = right + hits, missed + len(row["with"]) - hits
        wrong += sum(segment in text for segment in row["without"])
    precision, recall = right / max(1, right + wrong), right / max(1, right + missed)
    return {
        "pages": pages,
        "P": precision,
        "R": recall,
        "F": 2 * precision * recall / max(1e-9, precision + recall),
    }
