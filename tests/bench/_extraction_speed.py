"""CPU of whole extraction against trafilatura's own, page by page in turn in one process."""

import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from extract import api
from news.article import Page
from pipeline.run.sites import outlet_of

NOW = datetime(2026, 11, 1, tzinfo=UTC)
Row = dict[str, Any]


def interleaved(sets: Sequence[Sequence[Row]]) -> list[str]:
    """Return a line for the ratio over these pages.

    Ours (body, metadata, language, provenance), then trafilatura's, turn about.
    """
    pages = [row for rows in sets for row in rows]
    measure(pages[:5])  # what is loaded on first use is not the pages'
    mine, base = measure(pages)
    return [
        f"In one process, page by page in turn ({len(pages)} pages): "
        f"{1000 * mine / len(pages):.1f} ms of CPU a page for whole extraction with "
        "metadata and language, "
        f"{1000 * base / len(pages):.1f} ms for `bare_extraction` with metadata: "
        f"{mine / base:.2f} times."
    ]


def measure(pages: Sequence[Row]) -> tuple[float, float]:
    """Return the CPU seconds of ours and of trafilatura's over these pages.

    Who goes first alternates.
    """
    spent = [0.0, 0.0]
    for place, row in enumerate(pages):
        body = Path(row["path"]).read_bytes()
        for who in (0, 1) if place % 2 else (1, 0):
            started = time.process_time()
            (_ours, _base)[who](body, row["url"])
            spent[who] += time.process_time() - started
    return spent[0], spent[1]


def _ours(body: bytes, url: str) -> None:
    api.extract(
        Page(url=url, final_url=url, status=200, headers=(), body=body, fetched_at=NOW),
        outlet_of(url),
        None,
    )


def _base(body: bytes, url: str) -> None:
    from trafilatura import bare_extraction

    bare_extraction(body, url=url, with_metadata=True, include_comments=False)
