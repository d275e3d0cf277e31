"""Bench of evidence: what noting, signing and checking a day cost, and a package of 500 articles.

Run as `khabar bench evidence`.

    --articles 25000   pages of the day
    --packed 500       articles of the package
    --write            put the figures into docs/benchmarks.md

The pages are the sample press's, each made different, in 100 outlets' WARC files; they are written
first, and not counted. CPU seconds are those of this process and of the database's server process.
"""

import argparse
import os
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

# A script's own folder comes first, and this one bears the name of the room.
_HERE = Path(__file__).resolve().parent
sys.path[:] = [
    str(_HERE.parents[1]),
    *[path for path in sys.path if Path(path or ".").resolve() != _HERE],
    str(_HERE),
]

import _table  # noqa: E402
from _search import backend_cpu  # noqa: E402

from crawlers.warc import records  # noqa: E402
from evidence.verify import verify  # noqa: E402
from news.article import Article, Block, BlockKind  # noqa: E402
from news.outlet import Door, DoorKind, Outlet  # noqa: E402
from news.urls import canonical  # noqa: E402
from pipeline import settings  # noqa: E402
from pipeline.evidence import check, days, noting, packing  # noqa: E402
from press.templates import render, samples  # noqa: E402
from storage import Archive, Batch, OutletBatch, upkeep  # noqa: E402

_OUTLETS = 100
_SHAPES = 40
NOW = datetime.now(UTC)


def outlet(number: int) -> Outlet:
    home = f"https://o{number}.example/"
    return Outlet(
        name=f"o{number}",
        region="bench",
        title=f"O {number}",
        home=home,
        country="AZ",
        languages=("en",),
        timezone="Asia/Baku",
        doors=(Door(kind=DoorKind.FEED, url=f"{home}rss"),),
    )


def shapes() -> list[str]:
    """Return pages of the press, as they are served."""
    made = []
    themes = ("field", "broad", "tabloid")
    for seed in range(_SHAPES):
        articles = samples(seed, "en", 9)
        for theme in themes:
            html, _ = render(articles[0], articles[1:], theme=theme)
            made.append(html)
    return made


def fill(house: settings.Settings, count: int) -> tuple[int, int]:
    """Write the day's WARC files; return their bytes and those of a page."""
    pages = shapes()
    size = plain = 0
    for number in range(_OUTLETS):
        folder = house.runs / "2026-11-27T050000Z" / "bench" / f"o{number}"
        folder.mkdir(parents=True)
        writer = records.Writer(folder / "pages.warc.gz")
        for place in range(count // _OUTLETS):
            url = f"https://o{number}.example/{place}"
            html = pages[(number * 7 + place) % len(pages)].replace("</p>", f" {url}</p>")
            plain += len(html)
            writer.write(
                records.Exchange(
                    asked=url,
                    url=url,
                    status=200,
                    headers=(("Content-Type", "text/html; charset=utf-8"),),
                    body=html.encode(),
                    fetched_at=NOW,
                    request_headers=(("User-Agent", "khabar"),),
                )
            )
        writer.close()
        (folder / "load.json").write_text("{}")
        size += writer.path.stat().st_size
    return size, plain // count


def load(archive: Archive, count: int) -> None:
    """Put the articles that are packed into the archive."""
    urls = [canonical(f"https://o{n % _OUTLETS}.example/{n // _OUTLETS}") for n in range(count)]
    parts = []
    for number in range(_OUTLETS):
        mine = [url for url in urls if url.startswith(f"https://o{number}.example/")]
        articles = [
            Article(
                url=url,
                outlet=f"o{number}",
                title=f"Title {url}",
                blocks=(
                    Block(kind=BlockKind.PARAGRAPH, text=f"A body of some words at {url}. " * 60),
                ),
                language="en",
                fetched_at=NOW,
            )
            for url in mine
        ]
        parts.append(OutletBatch(outlet=outlet(number), articles=tuple(articles)))
    archive.load(Batch(run="2026-11-27T050000Z", started=NOW, outlets=tuple(parts)))


def table_bytes(archive: Archive) -> int:
    with archive.transaction() as cursor:
        cursor.execute(
            "select sum(pg_total_relation_size(c.oid)) from pg_class c "
            "where c.relkind = 'r' and c.relname like 'evidence%'"
        )
        return int(cursor.fetchone()[0])


def peak() -> float:
    """Return the most memory that this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@contextmanager
def measured(archive: Archive, rows: list[Any], name: str, count: int) -> Iterator[None]:
    """Add a row: what was done, seconds, CPU seconds, CPU milliseconds for each of `count`."""
    begun, cpu, served = time.perf_counter(), time.process_time(), backend_cpu(archive)
    yield
    seconds = time.perf_counter() - begun
    spent = time.process_time() - cpu + backend_cpu(archive) - served
    rows.append((name, f"{seconds:.1f}", f"{spent:.1f}", f"{1000 * spent / count:.2f}"))


def run(count: int, packed: int) -> str:
    with tempfile.TemporaryDirectory(prefix="khabar-evidence-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        server = upkeep.start_server(folder / "postgres")
        try:
            url = upkeep.create_database(server, "evidence")
            upkeep.migrate(url)
            given = {"KHABAR_HOME": str(folder / "home"), "KHABAR_DATABASE_URL": url}
            return figures(settings.read(given), count, packed)
        finally:
            upkeep.stop_server(folder / "postgres")


def figures(house: settings.Settings, count: int, packed: int) -> str:
    size, page = fill(house, count)
    rows: list[Any] = []
    later = NOW + timedelta(days=1)
    with Archive(house.database_url) as archive:
        empty = table_bytes(archive)
        load(archive, packed)
        with measured(archive, rows, "note the day's records (read, unpack, hash, store)", count):
            noted = noting.note_missed(archive, house)
        with measured(archive, rows, "sign the day (tree, head)", count):
            days.close_days(archive, house, later)
        held = table_bytes(archive) - empty
        with measured(archive, rows, "check: heads, tree, rows, a seventh of the bytes", count):
            check.check(archive, house, later)
        with measured(archive, rows, "check: every byte", count):
            faults = check.check(archive, house, later, everything=True)
        if noted != count or faults:
            raise SystemExit(f"{noted} noted, {faults}")
        before = peak()
        file = house.home / "x.wacz"
        with measured(archive, rows, f"pack {packed} articles", packed):
            done = packing.export(house, "country:AZ", file, most=packed, now=NOW)
        grown = peak() - before
        data = file.read_bytes()
        with measured(archive, rows, f"verify them ({len(data) / 1e6:.1f} MB)", packed):
            bad = [item for item in verify(BytesIO(data)) if item.outcome == "no"]
        if bad or done.records != packed:
            raise SystemExit(f"{done}, {bad}")
    heads = ("step", "seconds", "CPU seconds", "CPU ms each")
    return "\n".join(
        [
            "## Evidence",
            "",
            f"{_table.machine()}, load average {os.getloadavg()[0]:.0f} at the end",
            "",
            f"{count} pages of {page / 1000:.0f} kB, {size / 1e6:.0f} MB of WARC. The archive "
            f"keeps {held / count:.0f} bytes a page of them for good, {held / 1e6:.1f} MB a day. "
            f"Packing raised the most memory that the process had had by {grown:.0f} MB.",
            "",
            _table.markdown(heads, rows),
        ]
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=25_000)
    parser.add_argument("--packed", type=int, default=500)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    text = run(options.articles, options.packed)
    _table.section("evidence", text, write=options.write)


if __name__ == "__main__":
    main()
