"""The end of a run: what each outlet brought, what went wrong in a sentence each, and the mark that the run is done."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from news.article import PUT_ASIDE, Reason, Rejected
from news.crawl import OutletState
from news.outlet import Outlet
from pipeline import database, outlet_health
from pipeline.run import load, run_record
from pipeline.run.run_folder import OutletFolder, RunFolder
from pipeline.settings import Settings
from storage import Archive, count_copies, count_new_articles, finish_run, run_events

_FINE = frozenset({OutletState.OK.value, ""})
_DAY = timedelta(days=1)
_NAMED = 3  # pages put aside that a sentence names


def finish(
    settings: Settings, run: RunFolder, *, failures: Mapping[str, str], now: datetime
) -> dict[str, Any]:
    """Return the run's report: per outlet what was fetched and what came of it, stories, problems as sentences."""
    book, loaded = run_record.read_run(run), run_record.read_json(run.path / "load.json")
    problems = [*book.problems]
    rows: dict[str, Any] = {}
    with Archive(database.url(settings)) as archive, archive.transaction() as cursor:
        copies, noticed = count_copies(cursor, run.name), run_events(cursor, run.name)
    for folder in run.outlets():
        if not (folder.path / "outlet.json").exists():
            continue
        outlet = run_record.read_outlet(folder)
        rows[outlet.name] = row = _row(
            folder, loaded.get("outlets", {}).get(outlet.name, {}), failed=outlet.name in failures
        )
        row["duplicates"] = copies.get(outlet.name, 0)
        problems += (
            [failures[outlet.name]]
            if outlet.name in failures
            else _problems(settings, folder, outlet, row, now)
        )
        problems += _put_aside(folder, row["rejected"])
    problems += [
        f"{outlet}: {kind}: {detail}; `khabar outlets try {outlet}` shows what extraction makes of it"
        for outlet, kind, detail in noticed
    ]
    report = {
        "run": run.name,
        "outlets": rows,
        "stories_new": loaded.get("stories_new", 0),
        "failed": bool(book.problems or failures),
        "problems": problems,
    }
    if loaded and all(folder.report.exists() for folder in run.outlets()):
        with Archive(database.url(settings)) as archive, archive.transaction() as cursor:
            finish_run(cursor, run.name, now, report)
        run_record.write_json(
            run_record.done(run), {**report, "finished": now.astimezone(UTC).isoformat()}
        )
    return report


def _judged(folder: OutletFolder, counts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the crawl's report with the state that extraction has shown."""
    articles = sum(
        counts.get(name, 0) for name in ("new", "revised", "corrected", "unchanged", "returned")
    )
    return outlet_health.judged(
        run_record.read_json(folder.report), articles, counts.get("rejected", {})
    )


def _row(folder: OutletFolder, counts: Mapping[str, Any], *, failed: bool) -> dict[str, Any]:
    """Return one outlet's line of the report."""
    crawled = _judged(folder, counts)
    return {
        "state": "failed" if failed else crawled.get("state", "failed"),
        "pages": crawled.get("pages", 0),
        "new": counts.get("new", 0),
        "revised": counts.get("revised", 0),
        "corrected": counts.get("corrected", 0),
        "deleted": counts.get("deleted", 0),
        "rejected": dict(counts.get("rejected", {})),
        "faults": crawled.get("faults", {}),
        "note": crawled.get("note", ""),
    }


def _put_aside(folder: OutletFolder, rejected: Mapping[str, int]) -> list[str]:
    """Return a sentence that names the pages which could not be read to the end, empty when there are none."""
    count = sum(rejected.get(reason.value, 0) for reason in PUT_ASIDE)
    if not count:
        return []
    pages = [page for page in load.nouns(Rejected, folder.rejected) if page.reason in PUT_ASIDE]
    named = "; ".join(f"{page.url} ({page.reason.value}: {page.detail})" for page in pages[:_NAMED])
    more = f"; {folder.rejected} names all" if count > _NAMED else ""
    again = f"`khabar extract --run {folder.path.parent.parent.name}` reads them again"
    return [
        f"{folder.outlet}: pages put aside, they could not be read to the end: {count}: {named}{more}; {again}"
    ]


def _problems(
    settings: Settings, folder: OutletFolder, outlet: Outlet, row: Mapping[str, Any], now: datetime
) -> list[str]:
    """Return what is wrong with an outlet: its state, or fewer articles in a day than it ought to bring."""
    if row["state"] not in _FINE:
        return [f"{outlet.name}: {row['state']}{': ' + row['note'] if row['note'] else ''}"]
    if broken := row["rejected"].get(Reason.BROKEN.value):
        return [
            f"{outlet.name}: {broken} pages broke the extractor, a defect of ours; {folder.rejected} names them"
        ]
    if (
        outlet.expects.least == 0
        or now.astimezone(ZoneInfo(outlet.timezone)).strftime("%a").lower()
        in outlet.expects.quiet_days
    ):
        return []
    with Archive(database.url(settings)) as archive, archive.transaction() as cursor:
        found = count_new_articles(cursor, outlet.name, now - _DAY)
    if found is None:
        return []
    brought, since = found
    least = max(1, int(outlet.expects.least * min(1.0, (now - since) / _DAY)))
    if brought < least:
        return [
            f"{outlet.name}: {brought} new articles in the last day, at least {least} were expected; "
            f"`khabar outlets check {outlet.name}` looks at its doors"
        ]
    return []
