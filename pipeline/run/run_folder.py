"""A run is a folder: runs/<time>/<region>/<outlet>/{pages.warc.gz, articles.jsonl, rejected.jsonl, report.json}.

Each stage reads one file and writes the next under a temporary name, then renames it, so that a file that exists is whole.
"""

import contextlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from news.errors import KhabarError

_STAMP = "%Y-%m-%dT%H%M%SZ"
_SAFE = re.compile(r"[a-z0-9][a-z0-9._-]{0,99}")


class RunError(KhabarError):
    """A run folder is missing or not usable."""


@dataclass(frozen=True, slots=True)
class RunFolder:
    """One run's folder."""

    path: Path

    @property
    def name(self) -> str:
        """The run's name: the UTC time it began."""
        return self.path.name

    def outlet(self, region: str, name: str) -> "OutletFolder":
        """Return one outlet's folder, made if missing."""
        for part in (region, name):
            if not _SAFE.fullmatch(part):
                msg = f"{part!r} is no name for an outlet or region: small letters, digits, dot, dash, underscore"
                raise RunError(msg)
        folder = OutletFolder(self.path / region / name)
        folder.path.mkdir(parents=True, exist_ok=True)
        return folder

    def outlets(self) -> list["OutletFolder"]:
        """Return the outlets' folders that exist, by region and name."""
        return [OutletFolder(path) for path in sorted(self.path.glob("*/*/")) if path.is_dir()]


@dataclass(frozen=True, slots=True)
class OutletFolder:
    """One outlet's part of a run."""

    path: Path

    @property
    def outlet(self) -> str:
        """The outlet's name."""
        return self.path.name

    @property
    def region(self) -> str:
        """The outlet's region."""
        return self.path.parent.name

    @property
    def pages(self) -> Path:
        """The fetched pages, WARC 1.1, a gzip member per record."""
        return self.path / "pages.warc.gz"

    @property
    def memory(self) -> Path:
        """What the crawl was told: known URLs and doors (JSON lines), from the archive."""
        return self.path / "memory.jsonl"

    @property
    def crawled(self) -> Path:
        """What the crawl learnt of URLs and doors (JSON lines); `load` writes it into the archive."""
        return self.path / "crawl.jsonl"

    @property
    def articles(self) -> Path:
        """Articles, one JSON line each (news.article.Article)."""
        return self.path / "articles.jsonl"

    @property
    def rejected(self) -> Path:
        """Rejected pages, one JSON line each."""
        return self.path / "rejected.jsonl"

    @property
    def profile(self) -> Path:
        """The outlet's site profile after this run."""
        return self.path / "profile.json"

    @property
    def noticed(self) -> Path:
        """What happened to the outlet's template (JSON: name, detail), by its profile."""
        return self.path / "noticed.json"

    @property
    def report(self) -> Path:
        """Counts of the crawl: pages, statuses, the outlet's state."""
        return self.path / "report.json"


def create(runs: Path, now: datetime) -> RunFolder:
    """Make a new run folder, named by its beginning; a second one in the same second gets a suffix."""
    stamp = now.astimezone(UTC).strftime(_STAMP)
    for suffix in ["", *[f".{number}" for number in range(1, 1000)]]:
        path = runs / f"{stamp}{suffix}"
        with contextlib.suppress(FileExistsError):
            path.mkdir(parents=True)
            return RunFolder(path)
    msg = f"{runs}: a thousand runs in one second"
    raise RunError(msg)


def find(runs: Path, name: str) -> RunFolder:
    """Return an existing run by its name; `latest` is the newest."""
    if name == "latest":
        names = sorted(path.name for path in runs.glob("2*") if path.is_dir())
        if not names:
            msg = f"{runs}: no run yet; `khabar run` makes one"
            raise RunError(msg)
        name = names[-1]
    path = runs / name
    if "/" in name or not path.is_dir():
        msg = f"{path}: there is no such run"
        raise RunError(msg)
    return RunFolder(path)


@contextlib.contextmanager
def writing(path: Path, mode: str = "w") -> Iterator[IO[str]]:
    """Open a file under a temporary name; it takes its own name, durably, when the block ends well."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with temporary.open(mode, encoding="utf-8", newline="\n") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
