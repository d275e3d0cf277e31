"""A short visit to an outlet outside any run: nothing of it comes into the archive."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import crawlers
from crawlers import CrawlError, CrawlReport, outlet_files, warc
from news import run_layout
from news.article import Page
from news.outlet import Door, DoorKind, Outlet
from news.urls import canonical
from pipeline import outlet_health, secrets
from pipeline.errors import HouseError
from pipeline.outlet_health import Condition, Judgement, Level
from pipeline.run import crawl as crawling
from pipeline.run.run_folder import RunError
from pipeline.run.sites import Sites
from pipeline.settings import Settings

_CHECK_PAGES = 2  # articles that a check fetches
_CHECK_SECONDS = 120.0
_OK = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What works of an outlet today. `report` is None where there was no crawl to the end."""

    outlet: str
    judgement: Judgement
    report: CrawlReport | None

    @property
    def works(self) -> bool:
        """Whether it can be read: a warning is no reason against."""
        return self.judgement.level is not Level.BAD


def chosen(
    folder: Path,
    names: tuple[str, ...],
    say: Callable[[str], None] = lambda _line: None,
) -> list[Outlet]:
    """Return the outlets of these names, all without names; `say` hears of files that are wrong.

    Raises RunError naming an outlet that has no file.
    """
    outlets, broken = outlet_files.load_all(folder)
    for error in broken:
        say(str(error))
    known = {outlet.name: outlet for outlet in outlets}
    unknown = [name for name in names if name not in known]
    if unknown:
        sentence = f"there is no outlet {unknown[0]!r} in {folder}"
        raise RunError(f"{sentence}; `khabar outlets list` shows their names")
    return [known[name] for name in names] if names else outlets


def broken_files(folder: Path, names: tuple[str, ...]) -> list[Check]:
    """Return a failed check for each outlet whose file is wrong, of these names or of all."""
    outlets, broken = outlet_files.load_all(folder)
    sentences = outlet_files.names_of_broken(outlets, broken)
    checks: list[Check] = []

    for name, sentence in sentences.items():
        if not names or name in names:
            broken_file = Judgement(
                Condition.FILE_BROKEN,
                sentence,
            )
            failed = Check(
                outlet=name,
                judgement=broken_file,
                report=None,
            )
            checks.append(failed)

    return checks


def check(settings: Settings, outlet: Outlet) -> Check:
    """Poll every door of an outlet, fetch two articles of it, and judge."""
    options = crawling.options(
        settings,
        all_doors=True,
        budget=_CHECK_PAGES,
        seconds=_CHECK_SECONDS,
        tries=1,
    )
    with tempfile.TemporaryDirectory(prefix="khabar-check-") as folder:
        try:
            report = _crawl(settings, outlet, Path(folder), options)
        except (CrawlError, HouseError) as error:
            failed = Judgement(Condition.FAILED, str(error))
            return Check(
                outlet=outlet.name,
                judgement=failed,
                report=None,
            )
    judgement = outlet_health.after_check(report.state.value, report.note, report.pages)
    return Check(
        outlet=outlet.name,
        judgement=judgement,
        report=report,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """Pages of an outlet that were fetched to be looked at, and the crawl that fetched them."""

    outlet: Outlet
    report: CrawlReport
    pages: list[Page]
    asked_page: str = ""  # the one page that was asked for, if it was one

    @property
    def failure(self) -> str:
        """A sentence when nothing could be fetched, else empty."""
        if self.report.pages:
            return ""
        if self.asked_page:
            return f"{self.asked_page} could not be fetched{_reasons(self.report)}"
        name = self.outlet.name
        hint = f"`khabar outlets check {name}` looks at its doors"
        return f"no page of {name} could be fetched; {hint}{_reasons(self.report)}"


def fetch_sample(
    settings: Settings,
    name_or_url: str,
    pages: int,
) -> Sample:
    """Fetch some articles of an outlet, or one page by its address.

    Raises RunError for a name that nobody has, CrawlError when the crawl fails.
    """
    outlet = outlet_of(settings, name_or_url)
    asked_page = "" if outlet.name == name_or_url else name_or_url
    if asked_page:
        options = crawling.options(
            settings,
            all_doors=False,
            budget=1,
            urls=(asked_page,),
        )
    else:
        options = crawling.options(
            settings,
            all_doors=True,
            budget=pages,
        )
    with tempfile.TemporaryDirectory(prefix="khabar-try-") as folder:
        report = _crawl(settings, outlet, Path(folder), options)
        fetched = list(warc.read_pages(Path(folder) / run_layout.PAGES))
    shown = [page for page in fetched if asked_page or page.status == _OK]
    return Sample(
        outlet=outlet,
        report=report,
        pages=shown,
        asked_page=asked_page,
    )


def outlet_of(settings: Settings, name_or_url: str) -> Outlet:
    """Return the outlet of a name or of an address.

    One without a file is made up for a page that is looked at once.
    """
    if not name_or_url.startswith(("http://", "https://")):
        return chosen(settings.outlets, (name_or_url,))[0]
    canonical(name_or_url)  # refuses what is no address
    outlet = Sites(settings.outlets).of(name_or_url)
    if outlet.doors:
        return outlet
    return replace(
        outlet,
        doors=(
            Door(
                kind=DoorKind.LISTING,
                url=outlet.home,
            ),
        ),
    )


def _crawl(
    settings: Settings,
    outlet: Outlet,
    folder: Path,
    options: crawlers.CrawlOptions,
) -> CrawlReport:
    job = crawlers.CrawlJob(
        outlet=outlet,
        folder=folder,
        now=datetime.now(UTC),
        options=options,
        login=secrets.outlet_login(settings.home, outlet.login),
    )
    return crawlers.run(job, progress=False)


def _reasons(report: CrawlReport) -> str:
    """Say in brackets what stood in the way."""
    met: list[str] = []
    for name, count in report.faults.items():
        met.append(f"{name} {count}")

    for status in report.statuses:
        if status != str(_OK):
            met.append(f"HTTP {status}")

    if not met:
        return ""

    listed = ", ".join(met)

    return f" ({listed})"
