"""Stage 4: an outlet's files into the archive, in one transaction for each outlet.

Outlets do not wait for one another: what an outlet brought is in the archive when its own load is
over. The stories that come of it are the same in whatever order outlets are loaded.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

import crawlers
from news import codec, run_layout
from news.article import Article, Reason, Rejected
from news.crawl import DoorState, Known
from pipeline import database, home_kind, outlet_health
from pipeline.evidence import noting
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
    """Load a run, outlet by outlet; return the counts.

    They are the same however often it is loaded.
    """
    _require_kind(settings, run)
    if _was_loaded_whole(run):
        return _load_whole(settings, run)
    for folder in run_record.begun_outlets(run):
        _load_outlet(settings, run, folder)
    return _without_outlets(sum_up(run))


def load_outlet(settings: Settings, folder: OutletFolder) -> dict[str, Any]:
    """Load one outlet's part of a run; return its counts, the same however often it is loaded."""
    outlet = run_record.read_outlet(folder)
    kind = home_kind.of([outlet]) or home_kind.Kind.REAL
    home_kind.require(settings, kind)
    run = RunFolder(folder.path.parent.parent)
    if _was_loaded_whole(run):
        _load_whole(settings, run)
        rows = counts_so_far(run).get("outlets", {})
        return dict(rows.get(folder.outlet, {}))

    counts = _load_outlet(settings, run, folder)

    return _without_outlets(counts)


def counts_so_far(run: RunFolder) -> dict[str, Any]:
    """Return the counts of what is loaded of a run: totals, and a row for each of its outlets."""
    if _was_loaded_whole(run):
        return run_record.read_json(run.loaded)
    totals: Counter[str] = Counter(dict.fromkeys(_TOTALS, 0))
    rows: dict[str, Any] = {}
    for folder in run_record.begun_outlets(run):
        counts = run_record.read_json(folder.loaded)
        rows.update(counts.pop("outlets", {}))
        totals.update(counts)
    return {**totals, "outlets": rows}


def is_loaded(run: RunFolder) -> bool:
    """Tell whether every outlet of a run is loaded, or was left to the next run."""
    if _was_loaded_whole(run):
        return True
    return all(folder.is_over for folder in run_record.begun_outlets(run))


def sum_up(run: RunFolder) -> dict[str, Any]:
    """Write the counts of a run whose outlets are all loaded, load.json; return them."""
    counts = counts_so_far(run)
    if is_loaded(run):
        run_record.write_json(run.loaded, counts)
    return counts


def load_slice(
    settings: Settings,
    folder: OutletFolder,
    articles: Sequence[Article],
    known: Sequence[Known],
) -> None:
    """Load articles of a crawl that still goes on; the load at its end leaves them out."""
    run = RunFolder(folder.path.parent.parent)
    part = OutletBatch(
        outlet=run_record.read_outlet(folder),
        articles=tuple(articles),
        known=tuple(known),
        partial=True,
    )
    batch = Batch(run=run.name, started=run_record.read_run(run).started, outlets=(part,))
    with Archive(database.url(settings)) as archive:
        report = archive.load(batch, hooks=dedupe.hooks(datetime.now(UTC)))
    held = run_record.read_json(folder.sliced)
    counts = _counts(report)
    run_record.write_json(
        folder.sliced,
        {
            "counts": _added(held.get("counts", {}), counts),
            "articles": {
                **held.get("articles", {}),
                **{article.url: _digest(article) for article in articles},
            },
        },
    )


def _added(first: Mapping[str, Any], second: Mapping[str, Any]) -> dict[str, Any]:
    """Return counts added up, those of each outlet too; words are those of the second."""
    total = dict(first)
    for name, value in second.items():
        before = total.get(name)
        if isinstance(value, Mapping):
            total[name] = _added(before or {}, value)
        elif isinstance(value, int) and isinstance(before, int):
            total[name] = before + value
        else:
            total[name] = value
    return total


def _digest(article: Article) -> str:
    return hashlib.sha256(codec.dump(article).encode("utf-8", "surrogatepass")).hexdigest()


def _was_loaded_whole(run: RunFolder) -> bool:
    """Tell whether an earlier Khabar loaded a run, all outlets in one transaction."""
    return run.loaded.exists() and not any(folder.loaded.exists() for folder in run.outlets())


def _load_whole(settings: Settings, run: RunFolder) -> dict[str, Any]:
    """Load a run as an earlier Khabar did: the archive knows it by all its outlets together."""
    folders = run_record.begun_outlets(run)
    report = _load(settings, run, folders)
    _note_pages(settings, folders)
    counts = _counts(report)
    if not report.repeated:
        run_record.write_json(run.loaded, counts)
    return _without_outlets(counts)


def _load_outlet(
    settings: Settings,
    run: RunFolder,
    folder: OutletFolder,
) -> dict[str, Any]:
    report = _load(settings, run, [folder])
    sliced = run_record.read_json(folder.sliced).get("counts", {})
    counts = _added(sliced, _counts(report))
    _note_pages(settings, [folder])
    if not report.repeated or not folder.loaded.exists():
        run_record.write_json(folder.loaded, counts)
    return counts


def _note_pages(settings: Settings, folders: Sequence[OutletFolder]) -> None:
    """Hash what outlets answered, each exchange a leaf of the day's tree; what is known stays."""
    with Archive(database.url(settings)) as archive:
        for folder in folders:
            if folder.pages.exists():
                noting.note_file(archive, settings, folder.pages)


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
    folders = run_record.begun_outlets(run)
    report = _load(
        settings,
        run,
        folders,
        {"read_again": now.isoformat()},
    )
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
    folders: Sequence[OutletFolder],
    note: Mapping[str, str] | None = None,
) -> LoadReport:
    """Load outlets of a run in one transaction; `note` is added to each outlet's report."""
    started = run_record.read_run(run).started
    parts = [_part(folder, note or {}) for folder in folders]
    batch = Batch(
        run=run.name,
        started=started,
        outlets=tuple(parts),
    )
    hooks: list[Hook] = [*dedupe.hooks(datetime.now(UTC)), partial(_notice, folders, started)]
    with Archive(database.url(settings)) as archive:
        return archive.load(batch, hooks=hooks)


def _notice(
    folders: Sequence[OutletFolder],
    at: datetime,
    cursor: "Cursor",
    loaded: Loaded,
) -> dict[str, int]:
    """Put what extraction noticed of the outlets' templates into the journal, once."""
    count = 0
    for folder in folders:
        for name, detail in run_record.read_json(folder.noticed).items():
            count += record_outlet_event(
                cursor,
                loaded.run,
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
    article_urls = [article.url for article in articles]
    other_urls = [item.url for item in rejected if item.reason in _OTHER_PAGES]
    doors = crawlers.taught(
        doors,
        outlet,
        article_urls,
        other_urls,
    )
    reasons = Counter(item.reason.value for item in rejected)
    report = outlet_health.with_walls(
        run_record.read_json(folder.report),
        len(articles),
        reasons,
    )
    profile: str | None = None
    if folder.profile.exists():
        profile = folder.profile.read_text(encoding="utf-8")
    # A reading of its own, which a note marks, takes all that it has read.
    sliced = {} if note else run_record.read_json(folder.sliced).get("articles", {})
    fresh = [article for article in articles if sliced.get(article.url) != _digest(article)]
    return OutletBatch(
        outlet=outlet,
        articles=tuple(fresh),
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
