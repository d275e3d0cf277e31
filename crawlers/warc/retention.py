"""Kept WARC files: which answers led to an article, finding a page again, and not filling the disk."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator

from crawlers.warc import records as warc
from news.urls import UrlError, canonical

NAME = "pages.warc.gz"
DOORS = "doors.warc.gz"
_HOP = 64 << 10  # bytes kept of a redirect's body


class DoorWriter:
    """Keeps what doors answered when they named new articles, and the redirects on the way there; makes no file for nothing."""

    def __init__(self, folder: Path, software: str = "khabar") -> None:
        self.path, self._software = folder / DOORS, software
        kept = warc.recover(self.path)
        self._writer = warc.Writer(self.path, software) if kept else None

    def write(self, exchanges: Iterable[warc.Exchange]) -> None:
        """Append answers."""
        self._writer = self._writer or warc.Writer(self.path, self._software)
        for exchange in exchanges:
            self._writer.write(exchange)

    def close(self) -> None:
        """Make the file durable under its own name, if there is one."""
        if self._writer is not None:
            self._writer.close()


@dataclass(frozen=True, slots=True)
class Kept:
    """Where a crawl writes what it fetched."""

    pages: warc.Writer
    doors: DoorWriter

    def close(self) -> None:
        """Give the files their names; the doors first, since a crawl counts as done by its pages."""
        self.doors.close()
        self.pages.close()


def hop(exchange: warc.Exchange) -> warc.Exchange:
    """Return a redirect as it is kept: its body, which nobody reads, cut short."""
    return (
        exchange
        if len(exchange.body) <= _HOP
        else replace(exchange, body=exchange.body[:_HOP], truncated="length")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a page lies: file, offset of its record, when it was fetched, HTTP status."""

    url: str
    path: Path
    offset: int
    fetched_at: str
    status: int


def index(path: Path) -> Iterator[Place]:
    """Yield the places of a WARC's pages; the index is written beside it (one line a page) and read from there the next time."""
    kept = path.with_name(f"{path.name}.index")
    if not kept.exists() or kept.stat().st_mtime < path.stat().st_mtime:
        lines = [
            f"{place.url}\t{place.offset}\t{place.fetched_at}\t{place.status}\n"
            for place in _scan(path)
        ]
        temporary = kept.with_name(f".{kept.name}.{os.getpid()}")
        temporary.write_text("".join(lines), encoding="utf-8")
        temporary.replace(kept)
    for line in kept.read_text(encoding="utf-8").splitlines():
        url, offset, fetched_at, status = line.split("\t")
        yield Place(
            url=url, path=path, offset=int(offset), fetched_at=fetched_at, status=int(status)
        )


def _scan(path: Path) -> Iterator[Place]:
    with path.open("rb") as file:
        records = ArchiveIterator(file)
        for record in records:
            if record.rec_type not in {"response", "revisit"} or record.http_headers is None:
                continue
            status = record.http_headers.get_statuscode() or "0"
            if status.startswith("3"):
                continue
            url = (
                record.rec_headers.get_header("Khabar-Asked")
                or record.rec_headers.get_header("WARC-Target-URI")
                or ""
            )
            try:
                name = canonical(url.strip("<>"))
            except UrlError:
                continue
            yield Place(
                url=name,
                path=path,
                offset=records.get_record_offset(),
                fetched_at=record.rec_headers.get_header("WARC-Date") or "",
                status=int(status) if status.isdigit() else 0,
            )


def find(runs: Path, url: str) -> Iterator[warc.Exchange]:
    """Yield every kept exchange of an article, newest run first."""
    wanted = canonical(url)
    for path in sorted(runs.glob(f"*/*/*/{NAME}"), reverse=True):
        for place in index(path):
            if place.url == wanted:
                yield next(warc.read(path, offset=place.offset))


@dataclass(frozen=True, slots=True, kw_only=True)
class Pruned:
    """What retention took away: files and bytes; `left` bytes are kept."""

    files: int
    bytes: int
    left: int


def prune(
    runs: Path, now: datetime, *, age: timedelta, most: int, spare: frozenset[str] = frozenset()
) -> Pruned:
    """Remove WARC files of runs older than `age`, then the oldest until at most `most` bytes are left.

    Files of the last day are never touched, nor those of the runs named in `spare`.
    """
    found = sorted(
        (path for name in (NAME, DOORS) for path in runs.glob(f"*/*/*/{name}")),
        key=lambda path: path.parents[2].name,
    )
    stats = {path: path.stat() for path in found if path.exists()}
    left, files, gone = sum(stat.st_size for stat in stats.values()), 0, 0
    for path, stat in stats.items():
        born = datetime.fromtimestamp(stat.st_mtime, now.tzinfo)
        if (
            path.parents[2].name in spare
            or now - born < timedelta(days=1)
            or (now - born < age and left <= most)
        ):
            continue
        path.with_name(f"{path.name}.index").unlink(missing_ok=True)
        path.unlink(missing_ok=True)
        left, files, gone = left - stat.st_size, files + 1, gone + stat.st_size
    return Pruned(files=files, bytes=gone, left=left)
