"""Bench of search alone, over an archive that is built once and kept.

    KHABAR_BENCH_ARCHIVE=/var/tmp/bench python -P tests/bench/search.py --size 100000

Newest first, by relevance and facets, p95 and longest by the clock and by the server's CPU, by kind
of query. Without the variable the archive is built anew and discarded. Two writers load a hundred
thousand articles, more are made of these (`_multiplied.py`); the text index is made after it, and
nothing is flushed to disk while it runs. A million take about 14 GB. What is measured here is
searching; what a load costs, `archive.py` measures.

    --size N     articles
    --each N     queries of each kind
    --kinds      a row for each kind of query
    --write      put the figures into docs/benchmarks.md
"""

import argparse
import os
import sys
import tempfile
from multiprocessing import Process
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

import _articles  # noqa: E402
import _multiplied  # noqa: E402
import _search  # noqa: E402
import _table  # noqa: E402

from news.article import Article  # noqa: E402
from storage import Archive, Batch, OutletBatch, upkeep  # noqa: E402

_WAYS = ("newest", "relevance", "facets")
_WRITERS = 2
# While an archive is built that a failure would only send back to its beginning.
_BUILDING = {
    "shared_buffers": "1GB",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "maintenance_work_mem": "1GB",
}
_ASKING = {"shared_buffers": "512MB"}


def build(url: str, size: int) -> None:
    """Load the bench's articles, multiply them, make their text index after it."""
    upkeep.migrate(url)
    index = _without_index(url)
    loaded = min(size, _multiplied.LOADED)
    writers = [Process(target=_write, args=(url, loaded, first)) for first in range(_WRITERS)]
    for writer in writers:
        writer.start()

    for writer in writers:
        writer.join()
        if writer.exitcode:
            sys.exit("a writer of the bench's archive failed")

    _multiplied.multiply(url, size // loaded)
    with Archive(url) as archive:
        with archive.transaction() as cursor:
            cursor.execute(index)

        # As keep_house does: from then on forms that no article has are not looked for.
        upkeep.reindex_terms(archive.connection, everything=False, progress=lambda _: None)
        upkeep.tidy_tables(archive.connection, lambda _: None)
        with archive.transaction() as cursor:
            cursor.execute("analyze articles")


def _without_index(url: str) -> str:
    """Drop the text index of all months; return the command that makes it again."""
    with Archive(url) as archive, archive.transaction() as cursor:
        cursor.execute("select indexdef from pg_indexes where indexname = 'articles_terms'")
        row = cursor.fetchone()
        cursor.execute("drop index if exists articles_terms")

    made = row[0] if row else "create index articles_terms on articles using gin (terms)"

    return str(made).replace(" ON ONLY ", " ON ")


def _write(url: str, size: int, first: int) -> None:
    """Load every second batch, beginning with the one of that number."""
    of = _articles.outlets()
    with Archive(url) as archive:
        for number in range(first, size // _articles.CHUNK, _WRITERS):
            archive.load(_batch(_articles.chunk(number, size, of), f"bench-{number}"))


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

    try:
        if not built.exists():
            server = upkeep.start_server(folder / "server", settings=_BUILDING)
            build(upkeep.create_database(server, "bench"), options.size)
            upkeep.stop_server(folder / "server")
            built.touch()

        server = upkeep.start_server(folder / "server", settings=_ASKING)
        _show(upkeep.create_database(server, "bench"), options)
    finally:
        if kept:
            upkeep.stop_server(folder / "server")
        else:
            upkeep.discard_server(folder / "server")


def _show(url: str, options: argparse.Namespace) -> None:
    rows = []
    for way in _WAYS:
        loaded = min(options.size, _multiplied.LOADED)
        found = _search.measure(url, loaded, way, options.each)
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
