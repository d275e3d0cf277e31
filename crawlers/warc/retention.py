"""Kept WARC files.

Which answers led to an article, finding a page again, and not filling the disk.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator

from crawlers.warc import records as warc
from news.urls import UrlError, canonical

NAME = "pages.warc.gz"
DOORS = "doors.warc.gz"
NO_ARTICLES = warc.NO_ARTICLES
_HOP = 64 << 10  # bytes kept of a redirect's body


class DoorWriter:
    """Keeps what doors answered when they named new articles, and the redirects on the way there.

    It makes no file for nothing.
    """

    def __init__(self, folder: Path, software: str = "khabar") -> None:
        self.path = folder / DOORS
        self._software = software
        self._writer: warc.Writer | None = None

        if warc.recover(self.path):
            # A crawl that was killed goes on.
            self._writer = warc.Writer(self.path, software)

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
class Evidence:
    """Where a crawl writes what it fetched."""

    pages: warc.Writer
    doors: DoorWriter

    def close(self) -> None:
        """Give the files their names.

        The doors first, since a crawl counts as done by its pages.
        """
        self.doors.close()
        self.pages.close()


def hop(exchange: warc.Exchange) -> warc.Exchange:
    """Return a redirect as it is kept: its body, which nobody reads, cut short."""
    if len(exchange.body) <= _HOP:
        return exchange

    return replace(
        exchange,
        body=exchange.body[:_HOP],
        truncated="length",
    )


@dataclass(
    frozen=True,
    slots=True,
    kw_only=True,
)
class RecordPlace:
    """Where a page lies: file, offset of its record, when it was fetched, HTTP status."""

    url: str
    path: Path
    offset: int
    fetched_at: str
    status: int


def index(path: Path) -> Iterator[RecordPlace]:
    """Yield the places of a WARC's pages.

    The index is written beside it (one line a page) and read from there the next time.
    """
    kept = path.with_name(f"{path.name}.index")
    if not kept.exists() or kept.stat().st_mtime < path.stat().st_mtime:
        _write_index(path, kept)

    for line in kept.read_text(encoding="utf-8").splitlines():
        url, offset, fetched_at, status = line.split("\t")
        yield RecordPlace(
            url=url, path=path, offset=int(offset), fetched_at=fetched_at, status=int(status)
        )


def _write_index(path: Path, kept: Path) -> None:
    """Write where each record of a file lies, under a temporary name first."""
    temporary = kept.with_name(f".{kept.name}.{os.getpid()}")
    with temporary.open("w", encoding="utf-8") as file:
        for place in _scan(path):
            fields = (
                place.url,
                str(place.offset),
                place.fetched_at,
                str(place.status),
            )
            line = "\t".join(fields)
            file.write(f"{line}\n")

    temporary.replace(kept)


def _scan(path: Path) -> Iterator[RecordPlace]:
    """Yield the places of the pages in a WARC, redirects left out."""
    with path.open("rb") as file:
        records = ArchiveIterator(file)
        for record in records:
            if record.rec_type not in {"response", "revisit"} or record.http_headers is None:
                continue

            fields = record.rec_headers
            status = record.http_headers.get_statuscode() or "0"
            url = fields.get_header("Khabar-Asked") or fields.get_header("WARC-Target-URI") or ""
            name = _canonical(url.strip("<>"))

            if name is None or status.startswith("3"):
                continue

            yield RecordPlace(
                url=name,
                path=path,
                offset=records.get_record_offset(),
                fetched_at=fields.get_header("WARC-Date") or "",
                status=int(status) if status.isdigit() else 0,
            )


def _canonical(url: str) -> str | None:
    """Return an address as the archive has it; None for what is none."""
    try:
        return canonical(url)
    except UrlError:
        return None


def find(runs: Path, url: str) -> Iterator[warc.Exchange]:
    """Yield every kept exchange of an article, newest run first."""
    wanted = canonical(url)
    paths = runs.glob(f"*/*/*/{NAME}")

    for path in sorted(paths, reverse=True):
        for place in index(path):
            if place.url != wanted:
                continue

            exchanges = warc.read(path, offset=place.offset)
            yield next(exchanges)


@dataclass(
    frozen=True,
    slots=True,
    kw_only=True,
)
class Pruned:
    """What retention took away: files and bytes; `left` bytes are kept."""

    files: int
    bytes: int
    left: int


def prune(
    runs: Path,
    now: datetime,
    *,
    age: timedelta,
    most: int,
    spare: frozenset[str] = frozenset(),
    rescue: Callable[[Sequence[Path]], object] = len,
) -> Pruned:
    """Remove WARC files of runs older than `age`, then the oldest above `most` bytes.

    Files of the last day are never touched, nor those of the runs named in `spare`. `rescue` is
    called with the pages' files that are to go, before any of them goes.
    """
    paths = [*runs.glob(f"*/*/*/{NAME}"), *runs.glob(f"*/*/*/{DOORS}")]
    paths.sort(key=_run_of)
    stats = {path: path.stat() for path in paths if path.exists()}
    left = sum(stat.st_size for stat in stats.values())
    removed = 0
    going: list[Path] = []

    for path, stat in stats.items():
        held = now - datetime.fromtimestamp(stat.st_mtime, now.tzinfo)
        is_spared = _run_of(path) in spare or held < timedelta(days=1)
        if is_spared or (held < age and left <= most):
            continue

        going.append(path)
        removed += stat.st_size
        left -= stat.st_size

    pages = [path for path in going if path.name == NAME]
    if pages:
        rescue(pages)

    for path in going:
        path.with_name(f"{path.name}.index").unlink(missing_ok=True)
        path.unlink(missing_ok=True)

    return Pruned(
        files=len(going),
        bytes=removed,
        left=left,
    )


def _run_of(path: Path) -> str:
    """Return the name of the run in whose folder a file lies."""
    return path.parents[2].name
