"""The stages: each reads files of a run's folder, does one room's work, writes the next files. Any of them may be run again.

`begin` and `load` speak with the archive, `match` and `alert` only with the archive; the stages between need nothing but the folder.
Every stage returns a small dictionary of counts for people and for XCom; content stays in the folder.
"""

import contextlib
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from pipeline.run import run_folder, run_record
from pipeline.run.run_folder import OutletFolder, RunFolder
from pipeline.settings import Settings

if TYPE_CHECKING:
    from pipeline.run.page_reader import PageReaders


def begin(
    settings: Settings,
    *,
    names: Sequence[str] = (),
    everything: bool = False,
    resume: bool = False,
    now: datetime | None = None,
) -> dict[str, Any]:
    """Make a run's folder with all the crawl needs to know; return {"run", "outlets": names, "problems": sentences}.

    With `resume`, an unfinished run that nobody works on is taken up again instead. Wrong outlet files are named in `problems`
    and leave the others as they are; when no outlet is left, OutletFileError is raised.
    """
    from pipeline.run import begin as beginning

    return beginning.begin(
        settings, names=names, everything=everything, resume=resume, now=now or datetime.now(UTC)
    )


def crawl(settings: Settings, run: str, outlet: str) -> dict[str, Any]:
    """Fetch one outlet's due pages into its folder; what was fetched before an interruption is kept."""
    from pipeline.run import crawl as crawling

    folder = _outlet(settings, run, outlet)
    return crawling.crawl(
        settings, folder, run, everything=run_record.read_run(_run(settings, run)).everything
    )


def extract(
    settings: Settings, run: str, outlet: str, readers: "PageReaders | None" = None
) -> dict[str, Any]:
    """Turn one outlet's pages into articles and named rejections; learn its profile from them first.

    `readers` are processes to read pages with; without them one is started and ended here.
    """
    from pipeline.run import extract as extracting
    from pipeline.run import page_reader

    with contextlib.ExitStack() as stack:
        lenders = readers or stack.enter_context(page_reader.PageReaders(settings.page_seconds))
        reader = stack.enter_context(lenders.lend())
        return extracting.extract(_outlet(settings, run, outlet), reader)


def extract_run(
    settings: Settings, run: RunFolder, say: Callable[[str], None] = lambda _line: None
) -> dict[str, Any]:
    """Extract a run's kept pages with the extractor of today and load them: better texts become corrections. `say` hears of each outlet."""
    from pipeline.run import reextract

    return reextract.extract(settings, run, say)


def dedupe(settings: Settings, run: str) -> dict[str, Any]:
    """Fingerprint the run's articles; say how many of them are copies of one another."""
    from pipeline.run import dedupe as deduping

    return deduping.dedupe(_run(settings, run))


def load(settings: Settings, run: str) -> dict[str, Any]:
    """Write the run into the archive in one transaction: articles, revisions, deletions, stories, what the crawl remembers."""
    from pipeline.run import load as loading

    return loading.load(settings, _run(settings, run))


def match(settings: Settings, *, now: datetime | None = None) -> dict[str, Any]:
    """Match all that is new in the archive against the watches; mails go into the outbox in the same transaction."""
    from pipeline.alerts import match as alerting

    return alerting.match(settings, now=now or datetime.now(UTC))


def alert(settings: Settings, *, now: datetime | None = None) -> dict[str, Any]:
    """Send what is due."""
    from pipeline.alerts import deliver

    return deliver.alert(settings, now=now or datetime.now(UTC))


def events(settings: Settings, *, now: datetime | None = None) -> dict[str, Any]:
    """Link the stories of one event across words and languages; apart from the pass, since it takes a tenth of a second a story."""
    from pipeline.run import link_events

    return link_events.link(settings, now=now or datetime.now(UTC))


def finish(
    settings: Settings, run: str, *, failures: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Sum the run up, name what went wrong, mark the run done; return the report, its "problems" being sentences."""
    from pipeline.run import finish as finishing

    return finishing.finish(
        settings, _run(settings, run), failures=failures or {}, now=datetime.now(UTC)
    )


def _run(settings: Settings, run: str) -> RunFolder:
    return run_folder.find(settings.runs, run)


def _outlet(settings: Settings, run: str, outlet: str) -> OutletFolder:
    """Return an outlet's folder in a run, by the outlet's name alone."""
    found = next(
        (folder for folder in _run(settings, run).outlets() if folder.outlet == outlet), None
    )
    if found is None:
        raise run_folder.RunError(f"{settings.runs / run}: the run has no outlet {outlet!r}")
    return found
