"""Stage 4: a run's files into the archive, in one transaction."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from news import codec
from news.article import Article, Rejected
from news.crawl import DoorState, Known
from pipeline import database, home_kind, outlet_health
from pipeline.run import dedupe, run_record
from pipeline.run.run_folder import OutletFolder, RunFolder
from pipeline.settings import Settings
from storage import Archive, Batch, Hook, Loaded, LoadReport, OutletBatch, record_outlet_event

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor

T = TypeVar("T")


def load(settings: Settings, run: RunFolder) -> dict[str, Any]:
    """Load a run; return the counts, which are the same however often it is loaded."""
    _require_kind(settings, run)
    report = _load(settings, run)
    counts = _counts(report)
    if not report.repeated or not (run.path / "load.json").exists():
        run_record.write_json(run.path / "load.json", counts)
    return {name: value for name, value in counts.items() if name != "outlets"}


def _require_kind(settings: Settings, run: RunFolder) -> None:
    """Raise HomeError when the run's outlets are not of the kind that home and archive are."""
    begun = [folder for folder in run.outlets() if run_record.has_outlet(folder)]
    wanted = home_kind.of(run_record.read_outlet(folder) for folder in begun)
    if wanted is not None:
        with Archive(database.url(settings)) as archive:
            home_kind.require(settings, wanted, archive.front_pages())


def again(settings: Settings, run: RunFolder, now: datetime) -> dict[str, Any]:
    """Load a run whose pages were extracted again at `now`; return what that changed.

    The mark of the moment makes it a batch of its own: texts that read once more as they did before another reading are taken too.
    The run's own counts (load.json) stay as they were, since they tell what it brought.
    """
    counts = _counts(_load(settings, run, {"read_again": now.isoformat()}))
    return {name: value for name, value in counts.items() if name != "outlets"}


def _load(settings: Settings, run: RunFolder, note: Mapping[str, str] | None = None) -> LoadReport:
    book = run_record.read_run(run)
    parts = tuple(
        _part(folder, note or {}) for folder in run.outlets() if run_record.has_outlet(folder)
    )
    with Archive(database.url(settings)) as archive:
        hooks: list[Hook] = [
            *dedupe.hooks(datetime.now(UTC)),
            partial(_notice, run, book.started),
        ]
        return archive.load(Batch(run=run.name, started=book.started, outlets=parts), hooks=hooks)


def _notice(run: RunFolder, at: datetime, cursor: "Cursor", _loaded: Loaded) -> dict[str, int]:
    """Put what extraction noticed of the outlets' templates into the journal, once."""
    found = [
        (folder.outlet, name, detail)
        for folder in run.outlets()
        for name, detail in run_record.read_json(folder.noticed).items()
    ]
    return {
        "noticed": sum(
            record_outlet_event(cursor, run.name, outlet, name, detail, at=at)
            for outlet, name, detail in found
        )
    }


def _part(folder: OutletFolder, note: Mapping[str, str]) -> OutletBatch:
    """Return what one outlet's folder holds, a note added to its report."""
    known, doors = [], []
    for line in _lines(folder.crawled):
        held = json.loads(line)
        if "known" in held:
            known.append(codec.build(Known, held["known"], "crawl.jsonl"))
        else:
            doors.append(codec.build(DoorState, held["door"], "crawl.jsonl"))
    articles, rejected = (
        tuple(nouns(Article, folder.articles)),
        tuple(nouns(Rejected, folder.rejected)),
    )
    return OutletBatch(
        outlet=run_record.read_outlet(folder),
        articles=articles,
        rejected=rejected,
        known=tuple(known),
        doors=tuple(doors),
        report={
            **outlet_health.judged(
                run_record.read_json(folder.report),
                len(articles),
                Counter(item.reason.value for item in rejected),
            ),
            **note,
        },
        profile=folder.profile.read_text(encoding="utf-8") if folder.profile.exists() else None,
    )


def nouns(kind: type[T], path: Path) -> Iterator[T]:
    """Yield the nouns of a file of JSON lines; an absent file has none."""
    for line in _lines(path):
        yield codec.load(kind, line)


def _lines(path: Path) -> Iterator[str]:
    if path.exists():
        with path.open(encoding="utf-8", newline="\n") as file:
            yield from file


def _counts(report: LoadReport) -> dict[str, Any]:
    """Return a load's report in JSON's types, its totals first."""
    totals = {
        name: report.total(name)
        for name in ("new", "revised", "corrected", "unchanged", "deleted", "returned")
    }
    rows = {
        counts.outlet: {
            name: dict(value) if name == "rejected" else value
            for name, value in asdict(counts).items()
            if name != "outlet"
        }
        for counts in report.outlets
    }
    return {**totals, **dict(report.extra), "outlets": rows}
