"""Kept runs read again with the extractor of today. The archive takes better texts as corrections; what an outlet changed meanwhile stands.

Every file is written whole or not at all, and loading is one transaction: a pass over a run that was killed is simply made again.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from pipeline.run import begin, dedupe, load, run_record
from pipeline.run import extract as extracting
from pipeline.run.page_reader import PageReader
from pipeline.run.run_folder import OutletFolder, RunError, RunFolder
from pipeline.settings import Settings

Say = Callable[[str], None]
_WORDS = (
    ("new", "new"),
    ("corrected", "read better than before"),
    ("revised", "edited by their outlet"),
    ("returned", "there again"),
    ("deleted", "deleted"),
)


def extract(settings: Settings, run: RunFolder, say: Say = lambda _line: None) -> dict[str, Any]:
    """Extract a run's kept pages and load them; return {"run", "outlets", "without_pages", "load", "line"}.

    `say` hears of each outlet. Raises RunError when somebody else works on the run, or when none of its pages are kept.
    """
    with run_record.working(run.path) as free:
        if not free:
            raise RunError(
                f"run {run.name} is being worked on by another process; try again when it is done"
            )
        folders = run.outlets()
        kept = [folder for folder in folders if folder.pages.exists()]
        if not kept:
            raise RunError(
                f"run {run.name}: its pages are not kept any more (KHABAR_WARC_DAYS, KHABAR_WARC_GB say how long), nothing can be read again"
            )
        with PageReader(settings.page_seconds) as reader:
            counts = {folder.outlet: _one(settings, folder, reader, say) for folder in kept}
        dedupe.dedupe(run)
        loaded = load.again(settings, run, datetime.now(UTC))
    missing = [folder.outlet for folder in folders if not folder.pages.exists()]
    return {
        "run": run.name,
        "outlets": counts,
        "without_pages": missing,
        "load": loaded,
        "line": _line(run, counts, loaded, missing),
    }


def _one(settings: Settings, folder: OutletFolder, reader: PageReader, say: Say) -> dict[str, Any]:
    begin.latest_profile(settings, folder)
    made = extracting.extract(folder, reader)
    refused = ", ".join(f"{count} {reason}" for reason, count in made["rejected"].items())
    say(
        f"{folder.outlet}: {made['articles']} articles{f'; no articles: {refused}' if refused else ''}"
    )
    return made


def _line(
    run: RunFolder, counts: dict[str, Any], loaded: dict[str, Any], missing: list[str]
) -> str:
    articles = sum(made["articles"] for made in counts.values())
    changed = (
        ", ".join(f"{loaded[name]} {words}" for name, words in _WORDS if loaded.get(name))
        or "nothing changed"
    )
    gone = f"; pages no longer kept: {', '.join(missing)}" if missing else ""
    return f"run {run.name}: {articles} articles from {len(counts)} outlets; in the archive: {changed}{gone}"
