"""The evidence of every page of ../shared/pages in every make, with labels: what the judges learn.

News pages count most and come in most makes: as they are, without names, with cards of others,
with threads of readers' comments, and bare. Whole articles of other hosts count half, pages with
marked sentences tell of those sentences alone.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import _extraction_metrics as metrics
import _extraction_threads as threads
import _extraction_variants as variants
import numpy as np
from extraction import unpack

from extract.blocks import features, judging, stated, vote, voted
from extract.page import reading, segments
from extract.page.decode import decode
from extract.page.dom import parse
from news.article import Page
from pipeline.run.sites import outlet_of

NOW = datetime.now(UTC)
Sample = dict[str, Any]
AS_IT_IS = ("as it is", "marked", "whole")  # the makes that whole extraction is measured on


def samples_of(folder: Path, first: int, every: int) -> Iterator[Sample]:
    """Give the evidence of every Nth page of each set, in every make, from the `first` on."""
    news = unpack("fundus", folder)
    for place, row in list(enumerate(news))[first::every]:
        yield from _news(place, row, news)
    for row in unpack("trafilatura", folder)[first::every]:
        yield _marked(row)
    for number, row in list(enumerate(unpack("wcxb_dev", folder)))[first::every]:
        named = {**row, "publisher": urlsplit(row["url"]).hostname}
        hidden = variants.disguise(number, tags=number % 2 == 1)
        yield _whole("wcxb", named, "whole", 0.5)
        yield _whole("wcxb", named, "whole, disguised", 0.25, edit=hidden)


def _news(place: int, row: dict[str, Any], news: list[dict[str, Any]]) -> Iterator[Sample]:
    others = [
        other
        for other in news
        if other["publisher"] != row["publisher"]
        and metrics.half(other["publisher"]) == metrics.half(row["publisher"])
    ]
    plain = place % 2 == 1
    disguise = variants.disguise

    def gold(runs: Any) -> list[int]:
        return variants.labels(runs, row["body"])

    planted = variants.plant(place + 1000, others, row["body"])
    said = threads.set_in(place + 9000, others, gold)
    makes = (
        ("as it is", 1.0, None),
        ("disguised", 0.5, disguise(place, tags=plain)),
        ("planted and disguised", 0.7, disguise(place + 1000, tags=plain, before=planted)),
        ("planted", 0.5, variants.plant(place + 5000, others, row["body"])),
        ("thread", 0.4, threads.set_in(place, others, gold)),
        ("thread, disguised", 0.4, disguise(place + 3000, tags=plain, before=said)),
    )
    for kind, weight, edit in makes:
        yield _whole("fundus", row, kind, weight, edit=edit)
    for turn in range(2):
        shorter, page = variants.bare(row, place * 7 + turn, others)
        yield _whole("fundus", shorter, "bare", 0.18, raw=page)


def _whole(
    name: str,
    row: dict[str, Any],
    kind: str,
    weight: float,
    *,
    edit: Any = None,
    raw: bytes | None = None,
) -> Sample:
    """Return a page's evidence with labels from its gold body, weighed by length."""
    found, runs = _evidence(row, edit, raw)
    lengths = np.array([len(run.text) for run in runs])
    wanted = np.array(variants.labels(runs, row["body"]))
    total = lengths[wanted == 1].sum() or 1
    return {
        **found,
        "set": name,
        "kind": kind,
        "group": f"{name} {row['publisher']}",
        "y": wanted,
        "w": (lengths + 20) / (total + 20 * max(1, len(runs))) * 100 * weight,
    }


def _marked(row: dict[str, Any]) -> Sample:
    """Return a page's evidence with labels where its marked sentences tell."""
    found, runs = _evidence(row, None, None)
    wanted = []
    for run in runs:
        inside = any(text in run.text for text in row["with"])
        outside = any(text in run.text for text in row["without"])
        wanted.append(-1 if inside == outside else int(inside))
    return {
        **found,
        "set": "trafilatura",
        "kind": "marked",
        "group": f"trafilatura {urlsplit(row['url']).hostname}",
        "y": np.array(wanted, dtype=int),
        "w": np.full(len(runs), 2.5),
    }


def _evidence(
    row: dict[str, Any], edit: Any, raw: bytes | None
) -> tuple[Sample, list[segments.Segment]]:
    """Return what the judges know of a page's segments, as extraction sees them, and these.

    An edited page is not told what its JSON-LD states.
    """
    page = Page(
        url=row["url"],
        final_url=row["url"],
        status=200,
        headers=(),
        body=raw or Path(row["path"]).read_bytes(),
        fetched_at=NOW,
    )
    decoded = decode(page.body)
    root = parse(decoded.text if decoded else "<p></p>")
    if edit:
        edit(root)
    read = reading.of_tree(page, outlet_of(row["url"]), root)
    kept = vote.vote(root, read.segments).kept
    plain = [run.link_share < judging.ALL_LINK for run in read.segments]
    runs = [run for run in read.segments if plain[run.index] or run.index in kept]
    said = [] if edit else stated.paragraphs(stated.from_head(read.head))
    known = judging.evidence(read, said)
    return {
        "row": row,
        "texts": [run.text for run in runs],
        "own": features.matrix(read.segments, known, runs),
        "votes": voted.matrix(read.segments, runs, kept),
        "plain": np.array([plain[run.index] for run in runs], dtype=bool),
    }, runs
