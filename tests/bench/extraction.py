"""Quality and speed of extraction against its peers, in one run.

Two sets of real pages (../shared/pages) and the sample press.

./khabar bench extraction [--write] [--quick] [--peers NAME,NAME]

The peers run in an environment of their own under KHABAR_HOME, made on first use from
requirements/bench.txt. CPU seconds are process time without start-up; every extractor gets the same
bytes.
"""

import argparse
import json
import os
import subprocess
import sys
import tarfile
import tempfile
import time
import venv
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import _extraction_metrics as metrics
import _extraction_speed as speed
import _table
from _extraction_peers import PEERS
from _extraction_press import press_pages, seed_pages

from extract import api
from news.article import Page
from pipeline.run.sites import outlet_of

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("SHARED_PAGES") or ROOT.parent / "shared" / "pages")
NOW = datetime.now(UTC)
Results = dict[str, dict[str, Any]]
Pair = tuple[Results, Results]  # of news pages, of pages with marked segments


def main() -> None:
    """Run everything and show it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--write", action="store_true", help="put the tables into docs/benchmarks.md"
    )
    parser.add_argument("--quick", action="store_true", help="every eighth page")
    parser.add_argument("--peers", default=",".join(PEERS), help="which peers, by name")
    parser.add_argument(
        "--step", type=int, default=4, help="peers other than trafilatura read every Nth page"
    )
    parser.add_argument(
        "--keep",
        type=Path,
        help="a folder that keeps each part's findings: a run that was cut short goes on from "
        "there",
    )
    options = parser.parse_args()
    keep = Keep(options.keep)
    wanted = [name for name in options.peers.split(",") if name]
    parts = ["## Extraction", "", f"`./khabar bench extraction`, {_table.machine()}"]
    if SHARED.is_dir():
        with tempfile.TemporaryDirectory(prefix="khabar-pages-") as folder:
            parts += real_pages(
                Path(folder), wanted, keep, step=8 if options.quick else 1, thin=options.step
            )
    else:
        parts += ["", "../shared/pages is not here: the real page sets were not measured."]
    parts += [*keep("seeds", seed_pages), *keep("press", press_pages)]
    _table.section("extraction", "\n".join(parts), write=options.write)


class Keep:
    """Findings of parts, in a folder if one is given."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder

    def __call__(self, name: str, make: Callable[[], Any]) -> Any:
        """Return what was kept under this name, else what is made now."""
        path = self.folder / f"{name.replace(' ', '_')}.json" if self.folder else None
        if path and path.exists():
            return json.loads(path.read_text(encoding="utf-8"))
        found = make()
        if path:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(found), encoding="utf-8")
        return found


def real_pages(folder: Path, peers: list[str], keep: Keep, *, step: int, thin: int) -> list[str]:
    """Return the tables over both sets of real pages.

    Slow peers read every `thin`th page; ours on the same pages stand beside.
    """
    news, marked = unpack("fundus", folder)[::step], unpack("trafilatura", folder)[::step]
    few = news[::thin], marked[::thin]
    mine: Pair = (
        keep("ours on news", lambda: ours(news)),
        keep("ours on marked", lambda: ours(marked)),
    )
    python = peers_python() if peers else ""
    theirs_: dict[str, Pair] = {}
    for name in peers:
        one, two = (news, marked) if name == "trafilatura" else few
        theirs_[name] = (
            keep(f"{name} on news", partial(theirs, python, name, one)),
            keep(f"{name} on marked", partial(theirs, python, name, two)),
        )
    base = theirs_.get("trafilatura", mine)
    rows = [row("Khabar", news, marked, mine, base)]
    rows += [
        row(name, news, marked, found, base)
        for name, found in theirs_.items()
        if name == "trafilatura"
    ]
    rows.append(row("Khabar, every " + str(thin) + "th page", *few, mine, base))
    rows += [
        row(name, *few, found, base) for name, found in theirs_.items() if name != "trafilatura"
    ]
    heads = [
        "extractor",
        "news pages",
        "P",
        "R",
        "token F1",
        "pages < .8",
        "title",
        "authors",
        "same day",
        "marked pages",
        "P",
        "R",
        "F",
        "CPU",
    ]
    said = (
        "CPU: trafilatura's `bare_extraction` with metadata on the same pages = 1, each in a "
        "process of its own."
    )
    return [
        "",
        "News pages with whole articles as gold, and pages with marked segments, each page "
        "alone; the judge was fitted on these sets (held-out figures: docs/extraction.md).",
        said,
        "",
        _table.markdown(heads, rows),
        "",
        *halves(news, mine[0]),
        "",
        *keep("speed", lambda: speed.interleaved((news[::3], marked[::3]))),
    ]


def row(
    name: str, news: list[dict[str, Any]], marked: list[dict[str, Any]], results: Pair, base: Pair
) -> list[object]:
    """Return one extractor's row over these pages."""
    body, cut = metrics.judge_news(news, results[0]), metrics.judge_segments(marked, results[1])
    return [
        name,
        len(news),
        *(f"{body[key]:.3f}" for key in ("P", "R", "F1")),
        int(body["low"]),
        *(f"{body[key]:.3f}" for key in ("title", "authors", "day")),
        len(marked),
        *(f"{cut[key]:.3f}" for key in ("P", "R", "F")),
        f"{seconds(results, news, marked) / seconds(base, news, marked):.2f}",
    ]


def halves(rows: list[dict[str, Any]], results: Results) -> list[str]:
    """Return our own figures by half of the publishers.

    Rules were made looking at the first half only.
    """
    lines = []
    for half in ("dev", "held"):
        found = metrics.judge_news(
            [row for row in rows if metrics.half(row["publisher"]) == half], results
        )
        lines.append(
            [
                half,
                int(found["pages"]),
                *(f"{found[key]:.3f}" for key in ("P", "R", "F1", "title", "authors", "day")),
            ]
        )
    return [
        _table.markdown(
            ["half", "pages", "P", "R", "token F1", "title", "authors", "same day"], lines
        )
    ]


def unpack(name: str, folder: Path) -> list[dict[str, Any]]:
    """Unpack a page set and return its rows."""
    with tarfile.open(SHARED / f"{name}.tar.xz") as archive:
        archive.extractall(folder, filter="data")
    inside = name.split("_", maxsplit=1)[0]
    index = next(path for path in folder.rglob("index.jsonl") if inside in str(path))
    return metrics.read_index(index.parent)


def ours(rows: list[dict[str, Any]]) -> Results:
    """Return what Khabar finds on each page alone, with the CPU seconds of each."""
    results: Results = {}
    for row in rows:
        page = Page(
            url=row["url"],
            final_url=row["url"],
            status=200,
            headers=(),
            body=Path(row["path"]).read_bytes(),
            fetched_at=NOW,
        )
        outlet = outlet_of(row["url"])
        started = time.process_time()
        found = api.extract(page, outlet, None)
        spent = time.process_time() - started
        published = found.published.isoformat() if found.published else None
        results[row["file"]] = {
            "title": found.title,
            "text": found.text,
            "published": published,
            "seconds": spent,
            "authors": list(found.authors),
        }
    return results


def theirs(python: str, name: str, rows: list[dict[str, Any]]) -> Results:
    """Return what a peer finds, run in its own environment and process."""
    lines = "".join(
        json.dumps({"id": row["file"], "path": row["path"], "url": row["url"]}) + "\n"
        for row in rows
    )
    done = subprocess.run(
        [python, str(Path(__file__).with_name("_extraction_peers.py")), name],
        input=lines,
        capture_output=True,
        text=True,
        check=True,
    )
    return {found["id"]: found for found in map(json.loads, done.stdout.splitlines())}


def seconds(results: Pair, *rows: list[dict[str, Any]]) -> float:
    """Return the CPU seconds over these pages of both sets."""
    return sum(
        part[row["file"]]["seconds"]
        for part, pages in zip(results, rows, strict=True)
        for row in pages
    )


def peers_python() -> str:
    """Return the Python of the peers' environment, made first if it is missing."""
    home = Path(os.environ.get("KHABAR_HOME") or ROOT / ".khabar")
    folder = home / "env" / "bench-peers"
    python = folder / "bin" / "python"
    if not (folder / "complete").exists():
        print("making the peers' environment (once)", file=sys.stderr)
        venv.create(folder, with_pip=True, clear=True)
        uv = Path(sys.executable).with_name("uv")
        install = (
            [str(uv), "pip", "install", "--quiet", "--python", str(python)]
            if uv.exists()
            else [str(python), "-m", "pip", "install", "--quiet"]
        )
        for requirements in (
            ["--require-hashes", "-r", str(ROOT / "requirements" / "bench.txt")],
            ["trafilatura>=2.3,<2.4"],
        ):
            subprocess.run([*install, *requirements], check=True)
        (folder / "complete").touch()
    return str(python)


if __name__ == "__main__":
    main()
