"""Pages that runs have kept, and what they have learnt of an outlet: found again by address."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from news import run_layout
from news.article import Page
from news.outlet import Outlet
from news.urls import canonical
from pipeline.run import run_record
from pipeline.run.run_folder import OutletFolder, RunError
from pipeline.run.sites import whose

if TYPE_CHECKING:
    from extract import SiteProfile


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page as a run kept it, its outlet as that run knew it, and what that run learnt of it."""

    page: Page
    outlet: Outlet
    profile: "SiteProfile | None"


def find(runs: Path, url: str) -> KeptPage:
    """Return the newest kept page of an address; raises RunError when no run has kept it."""
    from crawlers.warc import read_pages

    wanted = canonical(url)
    for folder in _folders(runs, wanted):
        for page in read_pages(folder.pages):
            if wanted in {canonical(page.url), canonical(page.final_url)}:
                return KeptPage(page, run_record.read_outlet(folder), profile_of(folder))
    raise RunError(f"{url}: no run in {runs} has kept this page; give its file instead")


def _folders(runs: Path, url: str) -> Iterator[OutletFolder]:
    """Yield the outlets' folders with kept pages that can hold an address, newest first.

    Those are the ones on whose hosts it lies.
    """
    can_hold: dict[str, bool] = {}
    for folder in _newest_first(runs, f"{run_layout.ANY_OUTLET}/{run_layout.PAGES}"):
        if folder.outlet not in can_hold:
            can_hold[folder.outlet] = _is_on_hosts(folder, url)
        if can_hold[folder.outlet]:
            yield folder


def _is_on_hosts(folder: OutletFolder, url: str) -> bool:
    if not run_record.has_outlet(folder):
        return False
    return whose(url, [run_record.read_outlet(folder)]) is not None


def _newest_first(runs: Path, pattern: str) -> list[OutletFolder]:
    """Return the folders in which files of a pattern lie, those of the newest run first."""
    folders = [OutletFolder(path.parent) for path in runs.glob(pattern)]
    return sorted(
        folders,
        key=lambda folder: folder.run,
        reverse=True,
    )


def newest_profile(runs: Path, outlet: str) -> "SiteProfile | None":
    """Return what the newest run has learnt of an outlet; None when none has."""
    pattern = f"{run_layout.ANY_RUN}/*/{outlet}/{run_layout.PROFILE}"
    folders = _newest_first(runs, pattern)
    return profile_of(folders[0]) if folders else None


def profile_of(folder: OutletFolder) -> "SiteProfile | None":
    """Return what a run has learnt of an outlet; None when it has not been extracted."""
    from extract import SiteProfile

    if not folder.profile.exists():
        return None
    return SiteProfile.loads(folder.profile.read_text(encoding="utf-8"))
