"""What comes into the archive beside the daily pass: an outlet's past, other people's WARC files.

Both are runs like any other.
"""

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import crawlers
from crawlers import CrawlError, outlet_files
from crawlers.warc import import_files
from pipeline import home_kind, secrets, stages
from pipeline.run import crawl as crawling
from pipeline.run import host_lease, run_folder, run_record
from pipeline.run.counts import counted
from pipeline.run.run_folder import OutletFolder, RunError, RunFolder
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
_ENDS = {
    "done": "read to the end",
    "budget": "the budget is used up",
    "time": "the time is up",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Which days of an outlet to fetch, both included; `until` None: up to today.

    At most `budget` pages, and so many hours. Raises RunError when `until` lies before `since`.
    """

    since: date
    until: date | None = None
    budget: int = 20_000
    hours: float = 12.0

    def __post_init__(self) -> None:
        if self.until is not None and self.until < self.since:
            raise RunError(f"the last day, {self.until}, lies before the first, {self.since}")

    @property
    def record(self) -> dict[str, Any]:
        """What a run's folder says of it, to be recognised after an interruption."""
        until = self.until.isoformat() if self.until else None
        return {"since": self.since.isoformat(), "until": until}


def require(settings: Settings, names: Sequence[str]) -> None:
    """Raise RunError unless each of these outlets has a file."""
    known = {outlet.name for outlet in outlet_files.load_all(settings.outlets)[0]}
    unknown = [name for name in names if name not in known]
    if unknown:
        sentence = f"there is no outlet {unknown[0]!r} in {settings.outlets}"
        raise RunError(f"{sentence}; `khabar outlets list` shows their names")


def backfill(
    settings: Settings,
    name: str,
    span: Span,
    say: Say,
) -> str:
    """Fetch an outlet's past into the archive; return one line on what came of it.

    What an interrupted backfill of the same days had fetched is archived first and not fetched
    again.
    """
    interrupted = _unfinished(settings, name, span)
    if interrupted is not None:
        say(f"{name}: run {interrupted.name} was interrupted, it is finished first")
        finished, line = _crawl_and_archive(
            settings,
            interrupted,
            name,
            span,
            say,
        )
        if finished == "done":
            return line
        say(line)
    begun = stages.begin(
        settings,
        names=(name,),
        everything=True,
    )
    run = run_folder.find(settings.runs, begun["run"])
    run_record.write_json(run.backfill, span.record)
    return _crawl_and_archive(
        settings,
        run,
        name,
        span,
        say,
    )[1]


def _unfinished(
    settings: Settings,
    name: str,
    span: Span,
) -> RunFolder | None:
    """Return the newest run that began the same backfill, is not done and nobody works on."""
    for run in reversed(run_folder.all_runs(settings.runs)):
        if not run.record.exists() or run.is_done:
            continue
        if run_record.read_json(run.backfill) != span.record:
            continue
        with run_record.working(run.path) as free:
            if free and run_record.read_run(run).outlets == (name,):
                return run
    return None


def _crawl_and_archive(
    settings: Settings,
    run: RunFolder,
    name: str,
    span: Span,
    say: Say,
) -> tuple[str, str]:
    """Crawl and archive one backfill's run; return how its crawl ended, and the line."""
    [folder] = run.outlets()
    outlet = run_record.read_outlet(folder)
    home_kind.require(settings, home_kind.of([outlet]) or home_kind.Kind.REAL)
    options = crawling.options(
        settings,
        run=run.name,
        since=span.since,
        until=span.until,
        budget=span.budget,
        seconds=span.hours * 3600,
    )
    with (
        run_record.working_alone(run),
        host_lease.holding(settings, outlet, run.name, lambda: True) as is_held,
    ):
        asked = crawlers.CrawlJob(
            outlet=outlet,
            folder=folder.path,
            now=datetime.now(UTC),
            login=secrets.outlet_login(settings.home, outlet.login),
            options=options,
        )
        report = crawlers.run(asked, goes_on=is_held)
        say(f"{name}: {_crawl_line(report)}")
        return report.finished, _archive(settings, run, say)


def _crawl_line(report: crawlers.CrawlReport) -> str:
    """Return what a crawl did in a line."""
    state = str(report.state)
    if report.note:
        state = f"{state} ({report.note})"

    ended = _ENDS.get(report.finished, report.finished)
    fetched = f"{report.new} pages of articles fetched"
    return f"{state}, {ended}, {fetched}, {report.pending} left for the next runs"


def import_warcs(
    settings: Settings,
    files: Sequence[Path],
    say: Say,
) -> str:
    """Archive the pages of known outlets out of WARC files; return one line on what came of it.

    Raises CrawlError when there are none.
    """
    outlets, broken = outlet_files.load_all(settings.outlets)
    for error in broken:
        say(str(error))
    home_kind.require(settings, home_kind.of(outlets) or home_kind.Kind.REAL)
    settings.home.mkdir(
        parents=True,
        exist_ok=True,
    )
    with tempfile.TemporaryDirectory(
        prefix="khabar-import-",
        dir=settings.home,
    ) as scratch:
        sorted_pages = import_files.sort_pages(
            files,
            outlets,
            Path(scratch),
            say,
        )
        strangers = sorted_pages.strangers
        if not sorted_pages.outlets:
            where = f"of sites that no file in {settings.outlets} names"
            sentence = "no page of a known outlet in these files"
            raise CrawlError(f"{sentence}; {strangers} pages are {where}")
        pages = _many(sorted_pages.pages, "page")
        known = _many(len(sorted_pages.outlets), "outlet")
        say(f"{pages} of {known}; {strangers} of sites that no outlet file names")
        begun = stages.begin(
            settings,
            names=tuple(sorted_pages.outlets),
            everything=True,
        )
        run = run_folder.find(settings.runs, begun["run"])
        with run_record.working(run.path):
            for folder in run.outlets():
                _hand_over(Path(scratch), folder)
            return _archive(settings, run, say)


def _hand_over(scratch: Path, folder: OutletFolder) -> None:
    """Give one outlet's sorted pages to its folder of the run."""
    outlet = run_record.read_outlet(folder)
    import_files.hand_over(
        scratch / folder.outlet,
        folder.path,
        outlet,
        datetime.now(UTC),
    )


def _archive(
    settings: Settings,
    run: RunFolder,
    say: Say,
) -> str:
    """Run the stages after the crawl; return the load's counts as a line."""
    for folder in run.outlets():
        report = stages.extract(settings, run.name, folder.outlet)
        say(extracted_line(folder.outlet, report))
    stages.dedupe(settings, run.name)
    loaded = stages.load(settings, run.name)
    report = stages.finish(settings, run.name)
    for sentence in (*report["problems"], *report["warnings"]):
        say(sentence)
    counts = counted(loaded, _COUNTS) or "nothing new"
    stories = _many(loaded.get("stories_new", 0), "new story", "new stories")
    return f"archived: {counts}; {stories} (run {run.name})"


def extracted_line(outlet: str, report: dict[str, Any]) -> str:
    """Return what an extraction made of an outlet's pages in a line."""
    rejected = [f"{count} {reason}" for reason, count in report["rejected"].items()]
    articles = _many(report["articles"], "article")
    if not rejected:
        return f"{outlet}: {articles}"
    return f"{outlet}: {articles}; no articles: {', '.join(rejected)}"


def _many(
    count: int,
    one: str,
    many: str = "",
) -> str:
    """Return a number with its noun."""
    if count == 1:
        return f"{count} {one}"
    return f"{count} {many or one + 's'}"
