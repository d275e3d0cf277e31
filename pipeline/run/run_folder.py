"""A run is a folder: runs/<time>/<region>/<outlet>/, its files named in news.run_layout.

Each stage reads one file and writes the next under a temporary name, then renames it, so that a
file that exists is whole.
"""

import contextlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from news import run_layout
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

    @property
    def record(self) -> Path:
        """When the run began and over which outlets; a folder without it is no run yet."""
        return self.path / run_layout.RUN

    @property
    def backfill(self) -> Path:
        """The days that were asked for, in a run that fetches an outlet's past."""
        return self.path / run_layout.BACKFILL

    @property
    def deduped(self) -> Path:
        """Counts of copies among the run's articles."""
        return self.path / run_layout.DEDUPE

    @property
    def loaded(self) -> Path:
        """Counts of what came into the archive."""
        return self.path / run_layout.LOAD

    @property
    def done(self) -> Path:
        """The closing report; its being there says that nothing is left to do."""
        return self.path / run_layout.DONE

    @property
    def is_done(self) -> bool:
        """Whether the run needs nothing more."""
        return self.done.exists()

    def outlet(
        self,
        region: str,
        name: str,
    ) -> "OutletFolder":
        """Return one outlet's folder, made if missing; raises RunError for a name that is none."""
        for part in (region, name):
            if not _SAFE.fullmatch(part):
                signs = "small letters, digits, dot, dash, underscore"
                raise RunError(f"{part!r} is no name for an outlet or region: {signs}")
        folder = OutletFolder(self.path / region / name)
        folder.path.mkdir(
            parents=True,
            exist_ok=True,
        )
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
    def run(self) -> str:
        """The name of the run."""
        return self.path.parent.parent.name

    @property
    def record(self) -> Path:
        """The outlet as it was when the run began."""
        return self.path / run_layout.OUTLET

    @property
    def pages(self) -> Path:
        """The fetched pages, WARC 1.1, a gzip member per record."""
        return self.path / run_layout.PAGES

    @property
    def memory(self) -> Path:
        """What the crawl is given: known URLs and doors (JSON lines), from the archive."""
        return self.path / run_layout.MEMORY

    @property
    def crawled(self) -> Path:
        """What the crawl learnt of URLs and doors (JSON lines); `load` archives it."""
        return self.path / run_layout.CRAWLED

    @property
    def articles(self) -> Path:
        """Articles, one JSON line each (news.article.Article)."""
        return self.path / run_layout.ARTICLES

    @property
    def rejected(self) -> Path:
        """Rejected pages, one JSON line each."""
        return self.path / run_layout.REJECTED

    @property
    def profile_before(self) -> Path:
        """The outlet's site profile as it was before this run."""
        return self.path / run_layout.PROFILE_BEFORE

    @property
    def profile(self) -> Path:
        """The outlet's site profile after this run."""
        return self.path / run_layout.PROFILE

    @property
    def noticed(self) -> Path:
        """What happened to the outlet's template (JSON: name, detail), by its profile."""
        return self.path / run_layout.NOTICED

    @property
    def loaded(self) -> Path:
        """Counts of what came into the archive of this outlet."""
        return self.path / run_layout.LOAD

    @property
    def sliced(self) -> Path:
        """Which articles were loaded while the crawl went on, and what became of them."""
        return self.path / run_layout.SLICED

    @property
    def failed(self) -> Path:
        """The stage that could not do its work, and why; gone when it could at a later try."""
        return self.path / run_layout.FAILED

    @property
    def skipped(self) -> Path:
        """Why the outlet was left to the next run, when it was."""
        return self.path / run_layout.SKIPPED

    @property
    def is_over(self) -> bool:
        """Whether this run has nothing more to do for the outlet."""
        return self.loaded.exists() or self.skipped.exists()

    @property
    def report(self) -> Path:
        """Counts of the crawl: pages, statuses, the outlet's state."""
        return self.path / run_layout.REPORT


def create(runs: Path, now: datetime) -> RunFolder:
    """Make a new run folder, named by its beginning; a second one of a second gets a suffix."""
    stamp = now.astimezone(UTC).strftime(_STAMP)
    for number in range(1000):
        path = runs / (f"{stamp}.{number}" if number else stamp)
        with contextlib.suppress(FileExistsError):
            path.mkdir(parents=True)
            return RunFolder(path)
    raise RunError(f"{runs}: a thousand runs in one second")


def all_runs(runs: Path) -> list[RunFolder]:
    """Return the folders of all runs, oldest first."""
    paths = sorted(runs.glob(run_layout.ANY_RUN))
    return [RunFolder(path) for path in paths if path.is_dir()]


def find(runs: Path, name: str) -> RunFolder:
    """Return an existing run by its name; `latest` is the newest."""
    if name == "latest":
        names = sorted(path.name for path in runs.glob(run_layout.ANY_RUN) if path.is_dir())
        if not names:
            raise RunError(f"{runs}: no run yet; `khabar run` makes one")
        name = names[-1]
    path = runs / name
    if "/" in name or not path.is_dir():
        raise RunError(f"{path}: there is no such run")
    return RunFolder(path)


@contextlib.contextmanager
def writing(path: Path, mode: str = "w") -> Iterator[IO[str]]:
    """Open a file under a temporary name; when the block ends well it takes its own, durably."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with temporary.open(
            mode,
            encoding="utf-8",
            newline="\n",
        ) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
