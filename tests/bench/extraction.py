"""Quality and speed of extraction against its peers, in one run: two sets of real pages (../shared/pages) and the sample press.

    ./khabar bench extraction [--write] [--quick] [--peers NAME,NAME]

The peers run in an environment of their own under KHABAR_HOME, made on first use from requirements/bench.txt. CPU seconds are
process time without start-up; every extractor gets the same bytes.
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
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import _extraction_metrics as metrics
import _table
from _extraction_peers import PEERS

from extract import api
from news.article import Article, Page
from pipeline.commands.extract import outlet_of

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared" / "pages"
NOW = datetime.now(UTC)
Results = dict[str, dict[str, Any]]


def main() -> None:
    """Run everything and show it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="put the tables into docs/benchmarks.md")
    parser.add_argument("--quick", action="store_true", help="every eighth page")
    parser.add_argument("--peers", default=",".join(PEERS), help="which peers, by name")
    options = parser.parse_args()
    wanted = [name for name in options.peers.split(",") if name]
    parts = ["## Extraction", "", f"`./khabar bench extraction`, {_table.machine()}"]
    if SHARED.is_dir():
        with tempfile.TemporaryDirectory(prefix="khabar-pages-") as folder:
            parts += real_pages(Path(folder), wanted, step=8 if options.quick else 1)
    else:
        parts += ["", "../shared/pages is not here: the real page sets were not measured."]
    parts += press_pages()
    _table.section("extraction", "\n".join(parts), write=options.write)


def real_pages(folder: Path, peers: list[str], *, step: int) -> list[str]:
    """Return the tables over both sets of real pages."""
    news, marked = unpack("fundus", folder)[::step], unpack("trafilatura", folder)[::step]
    everything = {"Khabar": (ours(news), ours(marked))}
    python = peers_python() if peers else ""
    for name in peers:
        everything[name] = (theirs(python, name, news), theirs(python, name, marked))
    base = seconds(everything.get("trafilatura", everything["Khabar"]))
    rows = []
    for name, results in everything.items():
        body, cut = metrics.judge_news(news, results[0]), metrics.judge_segments(marked, results[1])
        rows.append([name, *(f"{body[key]:.3f}" for key in ("P", "R", "F1")), int(body["low"]), *(f"{body[key]:.3f}" for key in ("title", "authors", "day")),
                     *(f"{cut[key]:.3f}" for key in ("P", "R", "F")), f"{seconds(results) / base:.2f}"])
    heads = ["extractor", "P", "R", "token F1", "pages < .8", "title", "authors", "same day", "segments P", "R", "F", "CPU (trafilatura with metadata = 1)"]
    return ["", f"{len(news)} news pages and {len(marked)} pages with marked segments:", "", _table.markdown(heads, rows), "", *halves(news, everything["Khabar"][0])]


def halves(rows: list[dict[str, Any]], results: Results) -> list[str]:
    """Return our own figures by half of the publishers: rules were made looking at the first half only."""
    lines = []
    for half in ("dev", "held"):
        found = metrics.judge_news([row for row in rows if metrics.half(row["publisher"]) == half], results)
        lines.append([half, int(found["pages"]), *(f"{found[key]:.3f}" for key in ("P", "R", "F1", "title", "authors", "day"))])
    return [_table.markdown(["half", "pages", "P", "R", "token F1", "title", "authors", "same day"], lines)]


def unpack(name: str, folder: Path) -> list[dict[str, Any]]:
    """Unpack a page set and return its rows."""
    with tarfile.open(SHARED / f"{name}.tar.xz") as archive:
        archive.extractall(folder, filter="data")
    index = next(path for path in folder.rglob("index.jsonl") if name in str(path))
    return metrics.read_index(index.parent)


def ours(rows: list[dict[str, Any]]) -> Results:
    """Return what Khabar finds on each page alone, with the CPU seconds of each."""
    results: Results = {}
    for row in rows:
        page = Page(url=row["url"], final_url=row["url"], status=200, headers=(), body=Path(row["path"]).read_bytes(), fetched_at=NOW)
        outlet = outlet_of(row["url"])
        started = time.process_time()
        found = api.extract(page, outlet, None)
        spent = time.process_time() - started
        published = found.published.isoformat() if found.published else None
        results[row["file"]] = {"title": found.title, "text": found.text, "published": published, "seconds": spent, "authors": list(found.authors)}
    return results


def theirs(python: str, name: str, rows: list[dict[str, Any]]) -> Results:
    """Return what a peer finds, run in its own environment and process."""
    lines = "".join(json.dumps({"id": row["file"], "path": row["path"], "url": row["url"]}) + "\n" for row in rows)
    done = subprocess.run([python, str(Path(__file__).with_name("_extraction_peers.py")), name], input=lines, capture_output=True, text=True, check=True)
    return {found["id"]: found for found in map(json.loads, done.stdout.splitlines())}


def seconds(results: tuple[Results, Results]) -> float:
    """Return the CPU seconds over both sets."""
    return sum(found["seconds"] for part in results for found in part.values())


def peers_python() -> str:
    """Return the Python of the peers' environment, made first if it is missing."""
    home = Path(os.environ.get("KHABAR_HOME") or ROOT / ".khabar")
    folder = home / "env" / "bench-peers"
    python = folder / "bin" / "python"
    if not (folder / "complete").exists():
        print("making the peers' environment (once)", file=sys.stderr)
        venv.create(folder, with_pip=True, clear=True)
        uv = Path(sys.executable).with_name("uv")
        install = [str(uv), "pip", "install", "--quiet", "--python", str(python)] if uv.exists() else [str(python), "-m", "pip", "install", "--quiet"]
        for requirements in (["--require-hashes", "-r", str(ROOT / "requirements" / "bench.txt")], ["trafilatura>=2.3,<2.4"]):
            subprocess.run([*install, *requirements], check=True)
        (folder / "complete").touch()
    return str(python)


def press_pages() -> list[str]:
    """Return the table over the sample press: every theme as it is and disguised, and templates drawn by seed; 5 pages each."""
    from press.templates import THEMES, Disguise

    rows = []
    plain = [(theme, language, None) for theme in THEMES for language in ("en", "az", "ru")]
    rows.append(press_row("themes as they are", plain))
    rows.append(press_row("opaque class names", [(theme, language, Disguise(seed=7, tags=False)) for theme, language, _ in plain]))
    rows.append(press_row("opaque names, no semantic tags, cards inside", [(theme, language, Disguise(seed=5)) for theme, language, _ in plain]))
    languages = ("en", "ru", "ka", "hy", "fa", "tr", "az")
    rows.append(press_row("unknown templates (seeds 0 to 20)", [(seed, languages[seed % 7], None) for seed in range(21)]))
    heads = ["sample press", "pages", "alone P", "alone R", "paragraphs lost", "lines of other articles", "5 pages seen: P", "R", "paragraphs lost", "lines of other articles"]
    return ["", "Token precision counts the standfirst as the article's.", "", _table.markdown(heads, rows)]


def press_row(name: str, cases: list[tuple[Any, str, Any]]) -> list[object]:
    """Return one row: pages alone, and with a profile learnt from the template's five pages."""
    alone, learnt = Score(), Score()
    for case in cases:
        pages = press_case(*case)
        outlet = outlet_of(pages[0][0].url)
        site = api.learn(None, [page for page, _ in pages], outlet)
        for page, truth in pages:
            alone.add(api.extract(page, outlet, None), truth)
            learnt.add(api.extract(page, outlet, site), truth)
    return [name, alone.pages, *alone.cells(), *learnt.cells()]


class Score:
    """Running sums over judged pages."""

    def __init__(self) -> None:
        self.pages, self.precision, self.recall, self.lost, self.foreign = 0, 0.0, 0.0, 0, 0

    def add(self, found: Any, truth: Any) -> None:
        """Judge one page."""
        text = found.text if isinstance(found, Article) else ""
        precision, recall, _ = metrics.overlap(text, "\n".join((truth.standfirst, *truth.paragraphs)))
        _, body_recall, _ = metrics.overlap(text, "\n".join(truth.paragraphs))
        del recall
        lines = set(text.split("\n"))
        own = {" ".join(line.split()) for line in truth.paragraphs}
        self.pages += 1
        self.precision += precision
        self.recall += body_recall
        self.lost += sum(line not in text for line in own)
        self.foreign += sum(line in lines and line not in own for line in truth.clutter)

    def cells(self) -> list[str]:
        """Return the means and counts as cells."""
        return [f"{self.precision / self.pages:.4f}", f"{self.recall / self.pages:.4f}", str(self.lost), str(self.foreign)]


def press_case(theme: Any, language: str, disguise: Any) -> list[tuple[Page, Any]]:
    """Return five pages of one template with their truth; a number is the seed of a drawn template."""
    from press.templates import render, samples, unknown

    articles = samples(11 + (theme if isinstance(theme, int) else 0), language, 9)
    made = []
    for place, article in enumerate(articles[:5]):
        others = [other for other in articles if other is not article]
        others = others[place % 3 :] + others[: place % 3]
        html, truth = unknown(article, others, seed=theme) if isinstance(theme, int) else render(article, others, theme=theme, disguise=disguise)
        made.append((Page(url=truth.url, final_url=truth.url, status=200, headers=(), body=html.encode(), fetched_at=NOW), truth))
    return made


if __name__ == "__main__":
    main()
