"""How each outlet of a run stands right after it was read: what its task in Airflow shows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pipeline import outlet_health
from pipeline.outlet_health import Level
from pipeline.run import run_record
from pipeline.run.outlet_pass import Ended
from pipeline.run.outlet_row import row_of, sentence_of
from pipeline.run.run_folder import OutletFolder, RunFolder

_COUNTED = ("new", "revised", "corrected", "deleted")


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletVerdict:
    """An outlet after its pass: whether it ails, and in one sentence how it is."""

    outlet: str
    ails: bool
    sentence: str


def after_passes(run: RunFolder, ended: Iterable[Ended]) -> list[OutletVerdict]:
    """Return how outlets of a run stand after their passes."""
    folders = {folder.outlet: folder for folder in run.outlets()}
    return [_after_pass(folders[one.outlet], one) for one in ended]


def _after_pass(folder: OutletFolder, ended: Ended) -> OutletVerdict:
    if ended.failure:
        return OutletVerdict(outlet=ended.outlet, ails=True, sentence=ended.failure)
    loaded = run_record.read_json(folder.loaded).get("outlets", {})
    row = row_of(folder, loaded.get(ended.outlet, {}), failed=False)
    judgement = outlet_health.after_run(row)
    brought = _brought(row)
    if judgement.level is not Level.BAD:
        said = f"{ended.outlet}: {judgement.words}: {brought}"
        return OutletVerdict(outlet=ended.outlet, ails=False, sentence=said)
    said = sentence_of(ended.outlet, judgement, folder)
    advice = judgement.advice(ended.outlet)
    parts = [said, brought]
    if advice and advice not in said:
        parts.append(advice)
    return OutletVerdict(outlet=ended.outlet, ails=True, sentence="; ".join(parts))


def _brought(row: Mapping[str, Any]) -> str:
    """Return what came of an outlet, in words."""
    parts = [f"{row['pages']} pages"]
    for name in _COUNTED:
        if row[name]:
            parts.append(f"{row[name]} {name}")
    rejected = sum(row["rejected"].values())
    if rejected:
        parts.append(f"{rejected} rejected")
    return ", ".join(parts)
