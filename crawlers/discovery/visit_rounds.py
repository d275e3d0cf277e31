"""The rounds of a first visit: each an ordinary crawl of a few pages in a folder of its own.

A round knows the robots.txt that the one before has read, and begins after the pause that it asks
for.
"""

import json
import time
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from protego import Protego

from crawlers import job as jobs
from crawlers.warc import records
from news.article import Page
from news.outlet import Outlet

_LONGEST_PAUSE = 60.0  # seconds between two rounds
_FOUND = 200


@dataclass(slots=True)
class Round:
    """What one round brought: pages by address, robots.txt, why nothing came."""

    pages: dict[str, Page]
    robots: str
    why: str
    folder: Path


@dataclass(frozen=True, slots=True)
class Visit:
    """Where the rounds of one visit lie, when it is, and how it may ask."""

    folder: Path
    now: datetime
    options: jobs.CrawlOptions


def ask(
    way: Visit, name: str, outlet: Outlet, urls: list[str], before: Round | None = None
) -> Round:
    """Ask for some pages, knowing what the round before has learnt of the site's hosts."""
    folder = way.folder / name
    if before is not None:
        carry(before, folder, outlet)

    asked = replace(
        way.options,
        urls=tuple(urls),
        tries=1,
    )

    job = jobs.CrawlJob(
        outlet=outlet,
        folder=folder,
        now=way.now,
        options=asked,
    )

    report = jobs.run(job, progress=False)
    pages = {}

    for page in records.read_pages(folder / "pages.warc.gz"):
        if page.status == _FOUND:
            pages[page.url] = page

    texts = [door["data"].get("text", "") for door in _robots(folder)]
    why = ", ".join(report.faults) or "nothing came"

    return Round(
        pages=pages,
        robots=texts[0] if texts else "",
        why=why,
        folder=folder,
    )


def carry(before: Round, folder: Path, outlet: Outlet) -> None:
    """Give a round the robots.txt files that are known, and wait as long as they ask."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = []

    for door in _robots(before.folder):
        line = json.dumps({"door": door}, ensure_ascii=False)
        lines.append(f"{line}\n")

    memory = folder / "memory.jsonl"
    memory.write_text("".join(lines) or "\n", encoding="utf-8")

    rules = Protego.parse(before.robots)
    asked = float(rules.crawl_delay("Khabar") or 0)
    pause = max(outlet.pace.delay, asked)
    time.sleep(min(pause, _LONGEST_PAUSE))


def _robots(folder: Path) -> list[dict[str, Any]]:
    """Return what is known of robots.txt files after a round, as its memory and journal have it."""
    doors = {}
    for name in ("memory.jsonl", "crawl.jsonl"):
        path = folder / name
        if not path.exists():
            continue

        for line in path.read_text(encoding="utf-8").splitlines():
            if not line.strip():
                continue

            door = json.loads(line).get("door", {})
            url = door.get("url", "")
            if url.endswith("/robots.txt"):
                doors[url] = door

    return list(doors.values())
