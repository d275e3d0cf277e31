"""The last stage: what each outlet brought, what went wrong in a sentence each, and the mark."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from news.article import PUT_ASIDE, Rejected
from news.outlet import Outlet
from pipeline import database, outlet_health
from pipeline.outlet_health import Condition, Judgement
from pipeline.run import load as loading
from pipeline.run import run_record
from pipeline.run import verdict as colouring
from pipeline.run.noun_files import nouns
from pipeline.run.outlet_row import row_of, row_of_broken, sentence_of
from pipeline.run.run_folder import OutletFolder, RunFolder
from pipeline.settings import Settings
from storage import Archive, ailing_before, count_copies, count_new_articles, finish_run, run_events

_DAY = timedelta(days=1)
_REMEMBERED = timedelta(days=4)  # back to which runs are asked since when an outlet ails
_NAMED = 3  # pages put aside that a sentence names


@dataclass(slots=True)
class _Findings:
    """Sentences: what makes the run red, and what is only worth a look."""

    problems: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def finish(
    settings: Settings,
    run: RunFolder,
    *,
    failures: Mapping[str, str],
    now: datetime,
    red_share: float | None = None,
    origin: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Return the run's report; where all is loaded, the run is marked done.

    Per outlet what was fetched and what came of it; new stories; "problems" and "warnings" as
    sentences; "failed": whether a file was wrong or a stage failed; "verdict": the run's colour.
    `failures`: outlet -> sentence; `red_share`: the setting of that name where it is another one;
    `origin`: what the run is to whoever runs the stages, kept for the pages that lead back.
    """
    record = run_record.read_run(run)
    loaded = loading.sum_up(run)
    with Archive(database.url(settings)) as archive, archive.transaction() as cursor:
        copies = count_copies(cursor, run.name)
        before = ailing_before(cursor, record.outlets, now - _REMEMBERED)
        noticed = run_events(cursor, run.name)

    findings = _Findings(problems=list(record.problems))
    rows = _rows(settings, run, loaded, findings=findings, failures=failures, now=now)
    for name, row in rows.items():
        row["duplicates"] = copies.get(name, 0)
    findings.problems += [_event(*event) for event in noticed]

    ailed = {name: since for name, since in before.items() if since}
    for name, row in rows.items():
        row["ails_since"] = colouring.ails_since(row, ailed.get(name, ""), now)
    report = {
        "run": run.name,
        "outlets": rows,
        "stories_new": loaded.get("stories_new", 0),
        "failed": bool(record.problems or failures),
        "problems": findings.problems,
        "warnings": findings.warnings,
        "verdict": _verdict(settings, run, rows, ailed, red_share),
        "origin": dict(origin or {}),
    }
    if _is_whole(run):
        _close(
            settings,
            run,
            report,
            now,
        )
    return report


def _rows(
    settings: Settings,
    run: RunFolder,
    loaded: Mapping[str, Any],
    *,
    findings: _Findings,
    failures: Mapping[str, str],
    now: datetime,
) -> dict[str, Any]:
    """Return the lines of a run's outlets; what is wrong with them is added to the findings."""
    record = run_record.read_run(run)
    rows: dict[str, Any] = {}
    for folder in run_record.begun_outlets(run):
        name = folder.outlet
        counts = loaded.get("outlets", {}).get(name, {})
        rows[name] = row = row_of(
            folder,
            counts,
            failed=name in failures,
        )
        if name in failures:
            findings.problems.append(failures[name])
        else:
            _judge(settings, folder, row, now, findings, light=record.light)
        findings.problems += _put_aside(folder, row["rejected"])

    for name, sentence in record.broken.items():
        rows[name] = row_of_broken(sentence)

    return rows


def _verdict(
    settings: Settings,
    run: RunFolder,
    rows: Mapping[str, Any],
    ailed: Collection[str],
    red_share: float | None,
) -> dict[str, Any]:
    """Return the run's colour: {"red", "sentence"}."""
    outlets = [run_record.read_outlet(folder) for folder in run_record.begun_outlets(run)]
    judged = colouring.verdict(
        rows,
        must_have=[outlet.name for outlet in outlets if outlet.must_have],
        ailed_before=ailed,
        red_share=settings.red_share if red_share is None else red_share,
        light=run_record.read_run(run).light,
    )
    return {"red": judged.red, "sentence": judged.sentence}


def _event(
    outlet: str,
    kind: str,
    detail: str,
) -> str:
    """Return a sentence on what a run noticed of an outlet's pages."""
    hint = f"`khabar outlets try {outlet}` shows what extraction makes of it"
    return f"{outlet}: {kind}: {detail}; {hint}"


def _is_whole(run: RunFolder) -> bool:
    """Tell whether all outlets of a run are crawled and loaded."""
    is_crawled = all(folder.report.exists() or folder.is_over for folder in run.outlets())
    return is_crawled and loading.is_loaded(run)


def _close(
    settings: Settings,
    run: RunFolder,
    report: dict[str, Any],
    now: datetime,
) -> None:
    """Keep the report in the archive, then mark the run done."""
    with Archive(database.url(settings)) as archive, archive.transaction() as cursor:
        finish_run(
            cursor,
            run.name,
            now,
            report,
        )
    run_record.write_json(run.done, {**report, "finished": now.astimezone(UTC).isoformat()})


def _put_aside(folder: OutletFolder, rejected: Mapping[str, int]) -> list[str]:
    """Return a sentence naming the pages that could not be read to the end, if there are any."""
    count = sum(rejected.get(reason.value, 0) for reason in PUT_ASIDE)
    if not count:
        return []

    named: list[str] = []
    for page in nouns(Rejected, folder.rejected):
        if page.reason in PUT_ASIDE:
            named.append(f"{page.url} ({page.reason.value}: {page.detail})")

    parts = named[:_NAMED]
    if count > _NAMED:
        parts.append(f"{folder.rejected} names all")

    parts.append(f"`khabar extract --run {folder.run}` reads them again")
    what = f"pages put aside, they could not be read to the end: {count}"
    rest = "; ".join(parts)

    return [f"{folder.outlet}: {what}: {rest}"]


def _judge(
    settings: Settings,
    folder: OutletFolder,
    row: dict[str, Any],
    now: datetime,
    findings: _Findings,
    *,
    light: bool,
) -> None:
    """Add what is wrong with an outlet: its state, or how much it brought in the last day.

    How much came is judged once a day: not by a `light` run.
    """
    outlet = run_record.read_outlet(folder)
    judgement = outlet_health.after_run(row)
    if judgement.condition is Condition.OK and not light:
        judgement = _by_count(settings, outlet, now)
    row["condition"] = judgement.condition.value
    row["note"] = row["note"] or judgement.note
    if judgement.condition is Condition.OK:
        return
    sentence = sentence_of(outlet.name, judgement, folder)
    if judgement.reddens_run:
        findings.problems.append(sentence)
    else:
        findings.warnings.append(sentence)


def _by_count(
    settings: Settings,
    outlet: Outlet,
    now: datetime,
) -> Judgement:
    if not outlet.expects.least and outlet.expects.most is None:
        return Judgement(Condition.OK)
    with Archive(database.url(settings)) as archive, archive.transaction() as cursor:
        brought = count_new_articles(cursor, outlet.name, now - _DAY)
    if brought is None:
        return Judgement(Condition.OK)
    count, since = brought
    return outlet_health.by_count(
        outlet,
        count,
        since,
        now,
    )
