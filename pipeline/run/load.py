"""Stage 4: a run's files into the archive, in one transaction."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

import crawlers
from news import codec, run_layout
from news.article import Article, Reason, Rejected
from news.crawl import DoorState, Known
from pipeline import database, home_kind, outlet_health
from pipeline.run import dedupe, run_record
from pipeline.run.noun_files import lines, nouns
from pipeline.run.run_folder import OutletFolder, RunFolder
from pipeline.settings import Settings
from storage import Archive, Batch, Hook, Loaded, LoadReport, OutletBatch, record_outlet_event

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor

# Pages that are whole and are no articles: addresses like theirs need not be asked for.
_OTHER_PAGES = frozenset({Reason.LISTING, Reason.LOGIN, Reason.EMPTY, Reason.TOO_SHORT})
_TOTALS = ("new", "revised", "corrected", "unchanged", "deleted", "returned")


def load(settings: Settings, run: RunFolder) -> dict[str, Any]:
    """Load a run; return the counts, which are the same however often it is loaded."""
    _require_kind(settings, run)
    report = _load(settings, run)
    counts = _counts(report)
    if not report.repeated or not run.loaded.exists():
        run_record.write_json(run.loaded, counts)
    return _without_outlets(counts)


def load_reread(
    settings: Settings,
    run: RunFolder,
    now: datetime,
) -> dict[str, Any]:
    """Load a run whose pages were extracted again at `now`; return what that changed.

    The mark of the moment makes it a batch of its own: texts that read once more as they did
    before another reading are taken too. The run's own counts (load.json) stay as they were, since
    they tell what it brought.
    """
    report = _load(settings, run, {"read_again": now.isoformat()})
    return _without_outlets(_counts(report))


def _without_outlets(counts: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in counts.items() if name != "outlets"}


def _require_kind(settings: Settings, run: RunFolder) -> None:
    """Raise HomeError when the run's outlets are not of the kind that home and archive are."""
    outlets = [run_record.read_outlet(folder) for folder in run_record.begun_outlets(run)]
    kind = home_kind.of(outlets)
    if kind is not None:
        with Archive(database.url(settings)) as archive:
            home_kind.require(settings, kind, archive.front_pages())


def _load(
    settings: Settings,
    run: RunFolder,
    note: Mapping[str, str] | None = None,
) -> LoadReport:
    """Load a run in one transaction; `note` is added to each outlet's report."""
    started = run_record.read_run(run).started
    parts = [_part(folder, note or {}) for folder in run_record.begun_outlets(run)]
    batch = Batch(
        run=run.name,
        started=started,
        outlets=tuple(parts),
    )
    hooks: list[Hook] = [*dedupe.hooks(datetime.now(UTC)), partial(_notice, run, started)]
    with Archive(database.url(settings)) as archive:
        return archive.load(batch, hooks=hooks)


def _notice(
    run: RunFolder,
    at: datetime,
    cursor: "Cursor",
    _loaded: Loaded,
) -> dict[str, int]:
    """Put what extraction noticed of the outlets' templates into the journal, once."""
    count = 0
    for folder in run.outlets():
        for name, detail in run_record.read_json(folder.noticed).items():
            count += record_outlet_event(
                cursor,
                run.name,
                folder.outlet,
                name,
                detail,
                at=at,
            )
    return {"noticed": count}


def _part(folder: OutletFolder, note: Mapping[str, str]) -> OutletBatch:
    """Return what one outlet's folder holds, a note added to its report."""
    outlet = run_record.read_outlet(folder)
    known, doors = _crawled(folder)
    articles = tuple(nouns(Article, folder.articles))
    rejected = tuple(nouns(Rejected, folder.rejected))
    others = [item.url for item in rejected if item.reason in _OTHER_PAGES]
    doors = crawlers.taught(doors, outlet, [article.url for article in articles], others)
    reasons = Counter(item.reason.value for item in rejected)
    report = outlet_health.with_walls(run_record.read_json(folder.report), len(articles), reasons)
    profile = folder.profile.read_text(encoding="utf-8") if folder.profile.exists() else None
    return OutletBatch(
        outlet=outlet,
        articles=articles,
        rejected=rejected,
        known=tuple(known),
        doors=tuple(doors),
        report={**report, **note},
        profile=profile,
    )


def _crawled(folder: OutletFolder) -> tuple[list[Known], list[DoorState]]:
    """Return what the crawl has learnt: addresses and doors."""
    known: list[Known] = []
    doors: list[DoorState] = []
    for text in lines(folder.crawled):
        line = json.loads(text)
        if "known" in line:
            known.append(codec.build(Known, line["known"], run_layout.CRAWLED))
        else:
            doors.append(codec.build(DoorState, line["door"], run_layout.CRAWLED))
    return known, doors


def _counts(report: LoadReport) -> dict[str, Any]:
    """Return a load's report in JSON's types, its totals first."""
    rows: dict[str, dict[str, Any]] = {}
    for counts in report.outlets:
        row = asdict(counts)
        row["rejected"] = dict(row["rejected"])
        rows[row.pop("outlet")] = row
    totals = {name: report.total(name) for name in _TOTALS}
    return {
        **totals,
        **dict(report.extra),
        "outlets": rows,
    }
