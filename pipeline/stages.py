"""The stages: each reads files of a run's folder, does one room's work, writes the next files.

Any of them may be run again. `begin` and `load` speak with the archive, `match` and `alert` only
with the archive; the stages between need nothing but the folder. `read` takes outlets through
crawl, extract and load, each for itself. Every stage returns a small dictionary of counts for
people and for XCom; content stays in the folder.
"""

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from pipeline.run import run_folder, run_record
from pipeline.run.run_folder import OutletFolder, RunFolder
from pipeline.settings import Settings

if TYPE_CHECKING:
    from pipeline.run.outlet_pass import Ended
    from pipeline.run.outlet_verdicts import OutletVerdict
    from pipeline.run.page_reader import PageReaders
    from pipeline.run.shards import Shard


def begin(
    settings: Settings,
    *,
    names: Sequence[str] = (),
    everything: bool = False,
    resume: bool = False,
    light: bool = False,
    now: datetime | None = None,
) -> dict[str, Any]:
    """Make a run's folder with all the crawl needs to know.

    Returns {"run", "outlets": names, "problems": sentences}. With `resume`, an unfinished run that
    nobody works on is taken up again instead. Wrong outlet files are named in `problems` and leave
    the others as they are; when no outlet is left, OutletFileError is raised. A `light` run for
    which nothing is due is none: its name is empty.
    """
    from pipeline.run import begin as stage

    moment = now or datetime.now(UTC)
    return stage.begin(
        settings,
        names=names,
        everything=everything,
        resume=resume,
        light=light,
        now=moment,
    )


def crawl(
    settings: Settings,
    run: str,
    outlet: str,
) -> dict[str, Any]:
    """Fetch one outlet's due pages into its folder; what an interrupted crawl fetched is kept.

    Its hosts are held meanwhile; raises HostBusyError when another crawl asks them.
    """
    from pipeline.run import crawl as stage

    everything = run_record.read_run(_run(settings, run)).everything
    return stage.crawl_alone(
        settings,
        _outlet(settings, run, outlet),
        run,
        everything=everything,
    )


def extract(
    settings: Settings,
    run: str,
    outlet: str,
    readers: "PageReaders | None" = None,
) -> dict[str, Any]:
    """Turn one outlet's pages into articles and named rejections, its profile learnt first.

    `readers` are processes to read pages with; without them one is started and ended here.
    """
    from pipeline.run import extract as stage
    from pipeline.run import page_reader

    with contextlib.ExitStack() as stack:
        lenders = readers or stack.enter_context(page_reader.PageReaders(settings.page_seconds))
        reader = stack.enter_context(lenders.lend())
        return stage.extract(
            _outlet(
                settings,
                run,
                outlet,
            ),
            reader,
        )


def extract_run(
    settings: Settings,
    run: RunFolder,
    say: Callable[[str], None] = lambda _line: None,
) -> dict[str, Any]:
    """Extract a run's kept pages with the extractor of today and load them.

    Better texts become corrections. `say` hears of each outlet.
    """
    from pipeline.run import reextract

    return reextract.extract(
        settings,
        run,
        say,
    )


def dedupe(
    settings: Settings,
    run: str,
) -> dict[str, Any]:
    """Fingerprint the run's articles; say how many of them are copies of one another."""
    from pipeline.run import dedupe as stage

    return stage.dedupe(
        _run(
            settings,
            run,
        )
    )


def load(
    settings: Settings,
    run: str,
) -> dict[str, Any]:
    """Write the run into the archive, in one transaction for each outlet.

    Articles, revisions, deletions, stories, what the crawl remembers.
    """
    from pipeline.run import load as stage

    return stage.load(
        settings,
        _run(
            settings,
            run,
        ),
    )


def shards(
    settings: Settings,
    run: str,
) -> "list[Shard]":
    """Return the run's outlets as tasks take them: each alone, or several where there are many."""
    from pipeline.run import shards as forming

    folders = run_record.begun_outlets(
        _run(
            settings,
            run,
        )
    )
    return forming.form_shards([run_record.read_outlet(folder) for folder in folders])


def read(
    settings: Settings,
    run: str,
    outlets: Sequence[str],
    *,
    at_once: int = 1,
) -> "Iterator[Ended]":
    """Crawl, extract and load outlets of a run, so many at once; yield each as it ends.

    None of them waits for another. One that fails is among them, with a sentence.
    """
    from pipeline.run import outlet_pass

    folders = [
        _outlet(
            settings,
            run,
            outlet,
        )
        for outlet in outlets
    ]
    with outlet_pass.OutletPass(
        settings,
        _run(
            settings,
            run,
        ),
    ) as work:
        if len(folders) == 1:
            # In the caller's own thread: what stops the caller stops the crawl at once.
            yield work.read(folders[0])
            return
        yield from work.read_all(
            folders,
            at_once,
        )


def verdicts(
    settings: Settings,
    run: str,
    ended: "Sequence[Ended]",
) -> "list[OutletVerdict]":
    """Return how outlets stand after their passes, each in a sentence."""
    from pipeline.run import outlet_verdicts

    return outlet_verdicts.after_passes(_run(settings, run), ended)


def sum_up(
    settings: Settings,
    run: str,
) -> dict[str, Any]:
    """Add up what the run's outlets have brought into the archive so far."""
    from pipeline.run import load as stage

    counts = stage.sum_up(
        _run(
            settings,
            run,
        )
    )
    return {name: value for name, value in counts.items() if name != "outlets"}


def match(
    settings: Settings,
    *,
    now: datetime | None = None,
) -> dict[str, Any]:
    """Match all that is new in the archive against the watches.

    Mails go into the outbox in the same transaction.
    """
    from pipeline.alerts import match as stage

    return stage.match(
        settings,
        now=now or datetime.now(UTC),
    )


def alert(
    settings: Settings,
    *,
    now: datetime | None = None,
    ends_run: bool = False,
) -> dict[str, Any]:
    """Send what is due.

    What an archive's first run brings waits for its end; `ends_run`: this is its end.
    """
    from pipeline.alerts import deliver

    return deliver.alert(
        settings,
        now=now or datetime.now(UTC),
        ends_run=ends_run,
    )


def tell_operator(settings: Settings) -> dict[str, Any]:
    """Mail the operator what only a person can mend; return {"mails"}.

    Looks for all causes, those that take long included.
    """
    from pipeline.alerts import deliver

    return deliver.tell_operator(settings, now=datetime.now(UTC))


def events(
    settings: Settings,
    *,
    now: datetime | None = None,
) -> dict[str, Any]:
    """Link the stories of one event across words and languages.

    Apart from the pass, since it takes a tenth of a second a story.
    """
    from pipeline.run import link_events

    return link_events.link(
        settings,
        now=now or datetime.now(UTC),
    )


def finish(
    settings: Settings,
    run: str,
    *,
    failures: Mapping[str, str] | None = None,
    red_share: float | None = None,
    origin: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Sum the run up, name what went wrong, mark the run done.

    An outlet that is not in the archive has failed; `failures` adds sentences by outlet. Returns
    the report: "problems" and "warnings" are sentences, "verdict" is {"red", "sentence"}, the run's
    colour, by `red_share` or the setting of that name. `origin` is kept in the report.
    """
    from pipeline.run import finish as stage
    from pipeline.run import outlet_pass

    folder = _run(
        settings,
        run,
    )
    return stage.finish(
        settings,
        folder,
        failures={**outlet_pass.failures(folder), **(failures or {})},
        now=datetime.now(UTC),
        red_share=red_share,
        origin=origin,
    )


def _run(
    settings: Settings,
    run: str,
) -> RunFolder:
    return run_folder.find(
        settings.runs,
        run,
    )


def _outlet(
    settings: Settings,
    run: str,
    outlet: str,
) -> OutletFolder:
    """Return an outlet's folder in a run, by the outlet's name alone; raises RunError."""
    for folder in _run(
        settings,
        run,
    ).outlets():
        if folder.outlet == outlet:
            return folder
    raise run_folder.RunError(f"{settings.runs / run}: the run has no outlet {outlet!r}")
