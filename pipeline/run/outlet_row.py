"""An outlet's line in a run's report: how it stands, what it brought, and what is wrong with it."""

from collections.abc import Mapping
from typing import Any

from pipeline import outlet_health
from pipeline.outlet_health import Condition, Judgement
from pipeline.run import run_record
from pipeline.run.run_folder import OutletFolder

_READ = ("new", "revised", "corrected", "unchanged", "returned")


def row_of(
    folder: OutletFolder,
    counts: Mapping[str, Any],
    *,
    failed: bool,
) -> dict[str, Any]:
    """Return one outlet's line of the report, its state as extraction has shown it.

    `counts`: what its load has counted; `failed`: a step of ours could not do its work.
    """
    articles = sum(counts.get(name, 0) for name in _READ)
    rejected = dict(counts.get("rejected", {}))
    crawled = outlet_health.with_walls(run_record.read_json(folder.report), articles, rejected)
    state = Condition.FAILED.value if failed else crawled.get("state", Condition.FAILED.value)
    skipped = run_record.read_json(folder.skipped).get("sentence", "")
    if skipped:
        state = Condition.SKIPPED.value
        crawled = {**crawled, "note": skipped}
    return _line(
        state,
        crawled,
        counts,
    )


def row_of_broken(sentence: str) -> dict[str, Any]:
    """Return the line of an outlet that was not read since its file is wrong, and how it is."""
    broken = Condition.FILE_BROKEN.value
    crawled = {"note": sentence}
    row = _line(
        broken,
        crawled,
        counts={},
    )
    row["condition"] = broken
    row["duplicates"] = 0
    return row


def sentence_of(
    outlet: str,
    judgement: Judgement,
    folder: OutletFolder,
) -> str:
    """Return what is wrong with an outlet, and where to look."""
    if judgement.condition is Condition.DEFECT:
        what = "pages broke the extractor, a defect of ours"
        return f"{outlet}: {judgement.note} {what}; {folder.rejected} names them"
    if judgement.condition in {Condition.TOO_FEW, Condition.TOO_MANY}:
        return f"{outlet}: {judgement.note}; {judgement.advice(outlet)}"
    if judgement.note:
        return f"{outlet}: {judgement.condition}: {judgement.note}"
    return f"{outlet}: {judgement.condition}"


def _line(
    state: str,
    crawled: Mapping[str, Any],
    counts: Mapping[str, Any],
) -> dict[str, Any]:
    """Return a line of the report from a crawl's own report and what loading has counted."""
    return {
        "state": state,
        "pages": crawled.get("pages", 0),
        "new": counts.get("new", 0),
        "revised": counts.get("revised", 0),
        "corrected": counts.get("corrected", 0),
        "deleted": counts.get("deleted", 0),
        "left_out": sum(door.get("left_out", 0) for door in crawled.get("doors", ())),
        "moved": crawled.get("moved", 0),
        "rejected": dict(counts.get("rejected", {})),
        "faults": crawled.get("faults", {}),
        "note": crawled.get("note", ""),
    }
