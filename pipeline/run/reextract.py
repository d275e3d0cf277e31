"""Kept runs read again with the extractor of today.

The archive takes better texts as corrections; what an outlet changed meanwhile stands. Every file
is written whole or not at all, and loading is one transaction: a pass over a run that was killed
is simply made again.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from pipeline.run import begin, dedupe, load, run_record
from pipeline.run import extract as extracting
from pipeline.run.counts import counted
from pipeline.run.page_reader import PageReader
from pipeline.run.run_folder import OutletFolder, RunError, RunFolder
from pipeline.settings import Settings

Say = Callable[[str], None]
_COUNTS = (
    ("new", "new"),
    ("corrected", "read better than before"),
    ("revised", "edited by their outlet"),
    ("returned", "there again"),
    ("deleted", "deleted"),
)


def extract(
    settings: Settings,
    run: RunFolder,
    say: Say = lambda _line: None,
) -> dict[str, Any]:
    """Extract a run's kept pages and load them.

    Returns {"run", "outlets", "without_pages", "load", "line"}; `say` hears of each outlet. Raises
    RunError when somebody else works on the run, or when none of its pages are kept.
    """
    with run_record.working_alone(run):
        folders = run.outlets()
        kept = [folder for folder in folders if folder.pages.exists()]
        if not kept:
            settings_named = "(KHABAR_WARC_DAYS, KHABAR_WARC_GB say how long)"
            sentence = f"run {run.name}: its pages are not kept any more {settings_named}"
            raise RunError(f"{sentence}, nothing can be read again")
        with PageReader(settings.page_seconds) as reader:
            reports = {
                folder.outlet: _extract(
                    settings,
                    folder,
                    reader,
                    say,
                )
                for folder in kept
            }
        dedupe.dedupe(run)
        loaded = load.load_reread(settings, run, datetime.now(UTC))
    missing = [folder.outlet for folder in folders if not folder.pages.exists()]
    return {
        "run": run.name,
        "outlets": reports,
        "without_pages": missing,
        "load": loaded,
        "line": _line(
            run,
            reports,
            loaded,
            missing,
        ),
    }


def _extract(
    settings: Settings,
    folder: OutletFolder,
    reader: PageReader,
    say: Say,
) -> dict[str, Any]:
    begin.latest_profile(settings, folder)
    report = extracting.extract(folder, reader)
    rejected = ", ".join(f"{count} {reason}" for reason, count in report["rejected"].items())
    no_articles = f"; no articles: {rejected}" if rejected else ""
    say(f"{folder.outlet}: {report['articles']} articles{no_articles}")
    return report


def _line(
    run: RunFolder,
    reports: dict[str, Any],
    loaded: dict[str, Any],
    missing: Sequence[str],
) -> str:
    """Return what reading a run again has changed in a line."""
    articles = sum(report["articles"] for report in reports.values())
    changed = counted(loaded, _COUNTS) or "nothing changed"
    gone = f"; pages no longer kept: {', '.join(missing)}" if missing else ""
    read = f"{articles} articles from {len(reports)} outlets"
    return f"run {run.name}: {read}; in the archive: {changed}{gone}"
