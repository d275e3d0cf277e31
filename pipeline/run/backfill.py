"""What comes into the archive beside the daily pass: an outlet's past, and other people's WARC files. Both are runs like any other."""

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import crawlers
from crawlers import CrawlError, outlet_files
from crawlers.warc import import_files
from pipeline import home_kind, stages
from pipeline.run import run_folder, run_record
from pipeline.run.run_folder import RunError, RunFolder
from pipeline.settings import Settings

Say = Callable[[str], None]
_COUNTS = (
    ("new", "new"),
    ("revised", "edited"),
    ("corrected", "read better than before"),
    ("unchanged", "known already"),
    ("deleted", "deleted"),
    ("returned", "there again"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Which days of an outlet to fetch, both included; `until` None: up to today. At most `budget` pages and `hours`."""

    since: date
    until: date | None = None
    budget: int = 20_000
    hours: float = 12.0

    def __post_init__(self) -> None:
        if self.until is not None and self.until < self.since:
            raise RunError(f"the last day, {self.until}, lies before the first, {self.since}")

    @property
    def paper(self) -> dict[str, Any]:
        """What a run's folder says of it, to be found again after an interruption."""
        return {
            "since": self.since.isoformat(),
            "until": self.until.isoformat() if self.until else None,
        }


def require(settings: Settings, names: Sequence[str]) -> None:
    """Raise RunError unless each of these outlets has a file."""
    known = {outlet.name for outlet in outlet_files.load_all(settings.outlets)[0]}
    if unknown := [name for name in names if name not in known]:
        raise RunError(
            f"there is no outlet {unknown[0]!r} in {settings.outlets}; `khabar outlets list` shows their names"
        )


def backfill(settings: Settings, name: str, span: Span, say: Say) -> str:
    """Fetch an outlet's past into the archive; return one line on what came of it.

    What an interrupted backfill of the same days had fetched is archived first and not fetched again.
    """
    left = _unfinished(settings, name, span)
    if left is not None:
        say(f"{name}: run {left.name} was interrupted, it is finished first")
        finished, line = _work(settings, left, name, span, say)
        if finished == "done":
            return line
        say(line)
    run = run_folder.find(
        settings.runs, stages.begin(settings, names=(name,), everything=True)["run"]
    )
    run_record.write_json(run.path / "backfill.json", span.paper)
    return _work(settings, run, name, span, say)[1]


def _unfinished(settings: Settings, name: str, span: Span) -> RunFolder | None:
    """Return the newest run that began the same backfill, is not done and nobody's at the moment."""
    for path in sorted(settings.runs.glob("2*"), reverse=True):
        run = RunFolder(path)
        if (
            not (path / "run.json").exists()
            or run_record.done(run).exists()
            or run_record.read_json(path / "backfill.json") != span.paper
        ):
            continue
        with run_record.working(path) as free:
            if free and run_record.read_run(run).outlets == (name,):
                return run
    return None


def _work(settings: Settings, run: RunFolder, name: str, span: Span, say: Say) -> tuple[str, str]:
    """Crawl and archive one backfill's run; return how its crawl ended, and the line."""
    [folder] = run.outlets()
    home_kind.require(
        settings, home_kind.of([run_record.read_outlet(folder)]) or home_kind.Kind.REAL
    )
    options = crawlers.CrawlOptions(
        contact=settings.contact,
        allow_loopback=settings.allow_loopback,
        sentry_dsn=settings.sentry_dsn,
        run=run.name,
        since=span.since,
        until=span.until,
        budget=span.budget,
        seconds=span.hours * 3600,
    )
    with run_record.working(run.path) as free:
        if not free:
            raise RunError(
                f"run {run.name} is being worked on by another process; try again when it is done"
            )
        report = crawlers.run(
            crawlers.CrawlJob(
                outlet=run_record.read_outlet(folder),
                folder=folder.path,
                now=datetime.now(UTC),
                options=options,
            )
        )
        ended = {
            "done": "read to the end",
            "budget": "the budget is used up",
            "time": "the time is up",
        }.get(report.finished, report.finished)
        stands = str(report.state) if not report.note else f"{report.state} ({report.note})"
        say(
            f"{name}: {stands}, {ended}, {report.new} pages of articles fetched, {report.pending} left for the next runs"
        )
        return report.finished, _archive(settings, run, say)


def take(settings: Settings, files: Sequence[Path], say: Say) -> str:
    """Archive the pages of known outlets out of WARC files; return one line on what came of it. Raises CrawlError when there are none."""
    outlets, broken = outlet_files.load_all(settings.outlets)
    for error in broken:
        say(str(error))
    home_kind.require(settings, home_kind.of(outlets) or home_kind.Kind.REAL)
    settings.home.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="khabar-import-", dir=settings.home) as scratch:
        found = import_files.sort_pages(files, outlets, Path(scratch), say)
        if not found.outlets:
            raise CrawlError(
                f"no page of a known outlet in these files; {found.strangers} pages are of sites that no file in {settings.outlets} names"
            )
        say(
            f"{_many(found.pages, 'page')} of {_many(len(found.outlets), 'outlet')}; {found.strangers} of sites that no outlet file names"
        )
        run = run_folder.find(
            settings.runs,
            stages.begin(settings, names=tuple(found.outlets), everything=True)["run"],
        )
        with run_record.working(run.path):
            for folder in run.outlets():
                import_files.hand_over(
                    Path(scratch) / folder.outlet,
                    folder.path,
                    run_record.read_outlet(folder),
                    datetime.now(UTC),
                )
            return _archive(settings, run, say)


def _archive(settings: Settings, run: RunFolder, say: Say) -> str:
    """Run the stages after the crawl; return the load's counts as a line."""
    for folder in run.outlets():
        made = stages.extract(settings, run.name, folder.outlet)
        refused = ", ".join(f"{count} {reason}" for reason, count in made["rejected"].items())
        say(
            f"{folder.outlet}: {_many(made['articles'], 'article')}{f'; no articles: {refused}' if refused else ''}"
        )
    stages.dedupe(settings, run.name)
    loaded = stages.load(settings, run.name)
    for problem in stages.finish(settings, run.name)["problems"]:
        say(problem)
    counts = [f"{loaded[name]} {words}" for name, words in _COUNTS if loaded.get(name)] or [
        "nothing new"
    ]
    return f"archived: {', '.join(counts)}; {_many(loaded.get('stories_new', 0), 'new story', 'new stories')} (run {run.name})"


def _many(count: int, one: str, many: str = "") -> str:
    return f"{count} {one if count == 1 else many or one + 's'}"
