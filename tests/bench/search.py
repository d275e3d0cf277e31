"""Bench of search alone, over an archive that is built once and kept.

    KHABAR_BENCH_ARCHIVE=/var/tmp/bench python -P tests/bench/search.py --size 100000

Newest first, by relevance and facets, p95 and longest by the clock and by the server's CPU, by kind
of query. Without the variable the archive is built anew and discarded. A million articles take
about 9 GB and twenty minutes.

    --size N     articles
    --each N     queries of each kind
    --kinds      a row for each kind of query
    --write      put the figures into docs/benchmarks.md
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

import _articles  # noqa: E402
import _search  # noqa: E402
import _table  # noqa: E402

from news.article import Article  # noqa: E402
from storage import Archive, Batch, OutletBatch, upkeep  # noqa: E402

_WAYS = ("newest", "relevance", "facets")


def build(url: str, size: int) -> None:
    """Load the bench's articles, as many as are missing, in batches of a thousand."""
    upkeep.migrate(url)
    of = _articles.outlets()
    with Archive(url) as archive:
        for number in range(size // _articles.CHUNK):
            archive.load(_batch(_articles.chunk(number, size, of), f"bench-{number}"))

        upkeep.tidy_tables(archive.connection, lambda _: None)
        with archive.transaction() as cursor:
            cursor.execute("analyze articles")


def _batch(articles: list[Article], run: str) -> Batch:
    by_outlet: dict[str, list[Article]] = {}
    for article in articles:
        by_outlet.setdefault(article.outlet, []).append(article)

    parts = []
    for outlet in _articles.outlets():
        if outlet.name in by_outlet:
            parts.append(OutletBatch(outlet=outlet, articles=tuple(by_outlet[outlet.name])))

    return Batch(run=run, started=_articles.END, outlets=tuple(parts))


def main() -> None:
    """Build, ask, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--size", type=int, default=100_000)
    parser.add_argument("--each", type=int, default=8)
    parser.add_argument("--kinds", action="store_true")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    kept = os.environ.get("KHABAR_BENCH_ARCHIVE")
    folder = Path(kept) / str(options.size) if kept else Path(tempfile.mkdtemp(prefix="khabar-"))
    built = folder / "built"
    folder.mkdir(parents=True, exist_ok=True)
    server = upkeep.start_server(folder / "server", settings={"shared_buffers": "512MB"})

    try:
        url = upkeep.create_database(server, "bench")
        if not built.exists():
            build(url, options.size)
            built.touch()

        _show(url, options)
    finally:
        if kept:
            upkeep.stop_server(folder / "server")
        else:
            upkeep.discard_server(folder / "server")


def _show(url: str, options: argparse.Namespace) -> None:
    rows = []
    for way in _WAYS:
        found = _search.measure(url, options.size, way, options.each)
        rows.append(_search.figures(way, found))
        if options.kinds:
            rows += [
                _search.figures(f"{way}: {kind}", {kind: part}) for kind, part in found.items()
            ]

    lines = [
        f"## Search\n\n{_table.machine()}, load average {os.getloadavg()[0]:.1f};"
        f" {options.size} articles, milliseconds:",
        _table.markdown(("", *_search.HEADS), rows),
    ]
    _table.section("search", "\n\n".join(lines), write=options.write)


if __name__ == "__main__":
    main()
