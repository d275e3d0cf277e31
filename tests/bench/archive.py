"""Bench of the archive: load by two writers, search while idle and while loading, export.

Run as `khabar bench archive`.

    --size 1000000     articles (about 9 GB a million, removed at the end)
    --folder PATH      where the server's data lie; with --keep they stay, and the next call
                       measures search on them without loading again
    --articles PATH    keep the made articles there (4 GB a million) for the next run, or take
                       them from there
    --write            put the figures into docs/benchmarks.md

Load is durable (fsync, one commit a batch of 1,000) with the text index current. Its peer in the
same run: one INSERT per article with the same analysis and the same indexes, one commit per 1,000,
one writer. Search is timed around the statement, round trip on loopback included. On a machine that
does other things too, trust the ratios and the CPU seconds.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import _articles
import _table
from _search import HEADS, backend_cpu, figures, measure

from news.article import Article
from storage import Archive, Batch, OutletBatch, search, upkeep
from storage.archive import article_row, partitions, rows, terms

_PEER = 2000  # articles of the row-by-row peer


def batch_of(articles: Sequence[Article], run: str) -> Batch:
    """Return articles as one batch of their outlets."""
    parts: dict[str, list[Article]] = {}
    for article in articles:
        parts.setdefault(article.outlet, []).append(article)
    return Batch(
        run=run,
        started=_articles.END,
        outlets=tuple(
            OutletBatch(outlet=outlet, articles=tuple(parts[outlet.name]))
            for outlet in _articles.outlets()
            if outlet.name in parts
        ),
    )


def write(  # noqa: PLR0917
    url: str, first: int, step: int, size: int, stop: int, kept: Path | None
) -> None:
    """Load every `step`th chunk; print articles, seconds of loading, CPU seconds of loading."""
    loaded, wall, spent = 0, 0.0, 0.0
    with Archive(url) as archive:
        served = backend_cpu(archive)
        for number in range(first, stop, step):
            batch = batch_of(
                _articles.chunk(number, size, _articles.outlets(), kept), f"bench-{number}"
            )
            begun, cpu = time.perf_counter(), time.process_time()
            loaded += archive.load(batch).total("new")
            wall, spent = wall + time.perf_counter() - begun, spent + time.process_time() - cpu
        print(
            json.dumps(
                {
                    "articles": loaded,
                    "seconds": wall,
                    "cpu": spent,
                    "served": backend_cpu(archive) - served,
                }
            )
        )


def writers(
    url: str, count: int, chunks: tuple[int, int], options: argparse.Namespace
) -> list["subprocess.Popen[str]"]:
    """Start writers over a range of chunks, each its share."""
    rest = [
        str(options.size),
        str(chunks[1]),
        *([str(options.articles)] if options.articles else []),
    ]
    return [
        subprocess.Popen(
            [sys.executable, __file__, "--worker", url, str(chunks[0] + number), str(count), *rest],
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in range(count)
    ]


def finish(processes: list["subprocess.Popen[str]"]) -> tuple[int, float, float, float]:
    """Wait for writers.

    Return articles, the longest loading time, CPU seconds of the clients and of their server
    processes.
    """
    said = [json.loads(process.communicate()[0].splitlines()[-1]) for process in processes]
    return (
        sum(item["articles"] for item in said),
        max(item["seconds"] for item in said),
        sum(item["cpu"] for item in said),
        sum(item["served"] for item in said),
    )


def row_by_row(url: str, size: int) -> tuple[float, float, float]:
    """Load by single INSERTs.

    Return articles a second, CPU milliseconds an article of client and server.
    """
    articles = [
        article
        for number in range(_PEER // 1000)
        for article in _articles.chunk(number, size, _articles.outlets())
    ]
    by_name = {outlet.name: outlet for outlet in _articles.outlets()}
    with Archive(url) as archive:
        archive.load(batch_of(articles[:1], "peer"))
        with archive.transaction() as cursor:
            cursor.execute("select name, id from outlets")
            known = dict(cursor.fetchall())
        for outlet in by_name.values():
            if outlet.name not in known:
                with archive.transaction() as cursor:
                    cursor.execute(
                        "insert into outlets (name) values (%s) returning id", (outlet.name,)
                    )
                    known[outlet.name] = cursor.fetchone()[0]  # type: ignore[index]
        partitions.ensure(
            archive.connection,
            "articles",
            {partitions.month_of(article.fetched_at) for article in articles},
        )
        begun, cpu, served = time.perf_counter(), time.process_time(), backend_cpu(archive)
        for start in range(1, len(articles), 1000):
            with archive.transaction() as cursor:
                for article in articles[start : start + 1000]:
                    _insert(
                        cursor,
                        article,
                        known[article.outlet],
                        terms.literal(
                            article, article_row.marks_of(by_name[article.outlet], article)
                        ),
                    )
        count = len(articles) - 1
        return (
            count / (time.perf_counter() - begun),
            1000 * (time.process_time() - cpu) / count,
            1000 * (backend_cpu(archive) - served) / count,
        )


def _insert(cursor: object, article: Article, outlet: int, literal: str) -> None:
    cursor.execute(  # type: ignore[attr-defined]
        "with u as (insert into article_urls (key, url, outlet_id, at, checked_at) values "
        "(url_key(%(url)s), %(url)s, %(outlet)s, %(at)s, %(at)s) returning id) "
        "insert into articles (id, at, outlet_id, run_id, language, title, body, words, "
        "text_key, meta_key, first_seen_at, terms, analyser) "
        "select id, %(at)s, %(outlet)s, 1, %(language)s, %(title)s, %(body)s, 1, %(key)s, "
        "%(key)s, %(at)s, %(terms)s, 1 from u",
        {
            "url": article.url,
            "outlet": outlet,
            "at": article.published,
            "language": article.language,
            "title": article.title,
            "body": rows.body_of(article),
            "key": str(rows.hash_of(article.title, rows.body_of(article))),
            "terms": literal,
        },
    )


def main() -> None:
    """Run the bench."""
    if sys.argv[1:2] == ["--worker"]:
        url, first, step, size, stop, *kept = sys.argv[2:]
        write(url, int(first), int(step), int(size), int(stop), Path(kept[0]) if kept else None)
        return
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--size", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--articles", type=Path)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    folder = options.folder or Path(tempfile.mkdtemp(prefix="khabar-bench-"))
    server = upkeep.start_server(folder, settings={"max_wal_size": "4GB", "shared_buffers": "1GB"})
    try:
        run(server, options)
    finally:
        if options.keep:
            upkeep.stop_server(folder)
        else:
            upkeep.discard_server(folder)


def run(server: upkeep.Server, options: argparse.Namespace) -> None:
    """Load, search, export; print and write the tables."""
    size, lines = (
        options.size,
        [
            f"## Archive\n\n{_table.machine()}, load average {os.getloadavg()[0]:.1f}; "
            f"{options.size} articles, five years, 15% copies\n"
        ],
    )
    url = upkeep.create_database(server, "bench")
    upkeep.migrate(url)
    with Archive(url) as archive, archive.transaction() as cursor:
        cursor.execute("select count(*) from article_urls")
        there = next(iter(cursor.fetchall()))[0]
    chunks = size // 1000
    held = max(1, min(20, chunks // 10))  # the last chunks are loaded while searching
    if not there:
        lines.append(load_table(server, url, options, chunks - held))
    with Archive(url) as archive:
        upkeep.tidy_tables(archive.connection, lambda _: None)
    table = [
        figures("newest first, idle", idle := measure(url, size, "newest", 25)),
        figures("by relevance, idle", measure(url, size, "relevance", 8)),
        figures("facets, idle", measure(url, size, "facets", 8)),
    ]
    if not there:
        loading = writers(url, 1, (chunks - held, chunks), options)
        table.append(figures("newest first, while loading", measure(url, size, "newest", 8)))
        finish(loading)
    lines.append(
        "Search, top 20, milliseconds in the database:\n\n" + _table.markdown(("", *HEADS), table)
    )
    lines.append(
        "Newest first by kind:\n\n"
        + _table.markdown(
            ("kind", *HEADS), [figures(kind, {kind: part}) for kind, part in idle.items()]
        )
    )
    lines.append(export_line(url))
    _table.section("archive", "\n\n".join(lines), write=options.write)


def load_table(server: upkeep.Server, url: str, options: argparse.Namespace, chunks: int) -> str:
    """Load all but the last chunks by two writers, and the peer into a database of its own.

    Return the table.
    """
    peer = upkeep.create_database(server, "peer")
    upkeep.migrate(peer)
    slow, slow_client, slow_server = row_by_row(peer, options.size)
    with Archive(url) as archive:
        months = [
            partitions.after(partitions.month_of(_articles.END), -count)
            for count in range(12 * _articles.YEARS + 2)
        ]
        partitions.ensure(archive.connection, "articles", months)
        partitions.ensure(archive.connection, "pages", months)
    articles, seconds, cpu, served = finish(writers(url, 2, (0, chunks), options))
    with Archive(url) as archive:
        told = upkeep.forecast(archive.connection, _articles.END, None)
    fast = articles / seconds
    return "Load, durable, index current:\n\n" + _table.markdown(
        (
            "",
            "articles/s",
            "ratio",
            "CPU ms an article: client",
            "server",
            "articles/s two free cores have CPU for",
            "kB an article",
        ),
        [
            (
                "row by row, one writer",
                f"{slow:.0f}",
                "1.00",
                f"{slow_client:.2f}",
                f"{slow_server:.2f}",
                f"{1000 / (slow_client + slow_server):.0f} (one writer, in turn)",
                "",
            ),
            (
                "batches of 1,000, two writers",
                f"{fast:.0f}",
                f"{fast / slow:.2f}",
                f"{1000 * cpu / articles:.2f}",
                f"{1000 * served / articles:.2f}",
                f"{2 * articles / (cpu + served):.0f}",
                f"{told.bytes_per_article / 1000:.1f}",
            ),
        ],
    )


def export_line(url: str) -> str:
    """Export some to each form; return a sentence."""
    said = []
    with Archive(url) as archive, tempfile.TemporaryDirectory() as folder:
        for form in search.ExportFormat:
            begun = time.perf_counter()
            count = search.export_results(
                (hit for hit, _ in zip(archive.walk(), range(20_000), strict=False)),
                Path(folder) / f"x.{form}",
                form,
                lambda _: None,
            )
            said.append(f"{form} {count / (time.perf_counter() - begun):.0f}")
    return f"Export, articles a second: {', '.join(said)}."


if __name__ == "__main__":
    main()
