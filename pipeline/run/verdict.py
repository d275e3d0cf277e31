"""A run's colour: red when more outlets ail than an operator allows, or one that must not.

Pure: it judges the lines of a run's report.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from pipeline import outlet_health
from pipeline.outlet_health import Condition, Level

_NAMED = 5  # outlets that a sentence names


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether a run is red, and one sentence saying why or why not."""

    red: bool
    sentence: str


def ails(row: Mapping[str, Any]) -> bool:
    """Tell whether an outlet's line says that it cannot be read as it should be.

    What is only worth a look, or was left to another run, is no ailment.
    """
    condition = outlet_health.condition_of(_condition(row))
    return outlet_health.MEANINGS[condition].level is Level.BAD


def ails_since(row: Mapping[str, Any], before: str, now: datetime) -> str:
    """Return since when an outlet ails, ISO 8601; empty when it does not.

    `before`: what this was in the run before. `now` is aware.
    """
    if not ails(row):
        return ""
    return before or now.astimezone(UTC).isoformat(timespec="seconds")


def verdict(
    rows: Mapping[str, Mapping[str, Any]],
    *,
    must_have: Collection[str],
    ailed_before: Collection[str],
    red_share: float,
    light: bool,
) -> Verdict:
    """Return the colour of a run with these lines, by outlet.

    `ailed_before`: outlets that ailed in the run before already. A `light` run is red by failures
    of ours alone: its few outlets are no measure of all.
    """
    ailing = [name for name, row in sorted(rows.items()) if _counts(row, light=light)]
    share = len(ailing) / len(rows) if rows else 0.0
    missed = [name for name in ailing if name in must_have]
    counted = f"{len(ailing)} of {len(rows)} outlets ail"
    if not ailing:
        return Verdict(red=False, sentence=f"all {len(rows)} outlets are well")
    ailments = _ailments(rows, ailing, ailed_before)
    if missed:
        named = _named(rows, missed)
        return Verdict(red=True, sentence=f"must-have: {named}; in all {counted}; {ailments}")
    if share > red_share:
        limit = f"more than the {red_share:.0%} that khabar_red_share allows"
        return Verdict(red=True, sentence=f"{counted}, {limit}; {ailments}")
    return Verdict(red=False, sentence=f"{counted}; {ailments}")


def _counts(row: Mapping[str, Any], *, light: bool) -> bool:
    if light:
        return _condition(row) == Condition.FAILED
    return ails(row)


def _condition(row: Mapping[str, Any]) -> str:
    return str(row.get("condition") or row["state"])


def _ailments(
    rows: Mapping[str, Mapping[str, Any]],
    ailing: Collection[str],
    ailed_before: Collection[str],
) -> str:
    """Name the outlets that ail for the first time; those that did before are counted."""
    fresh = [name for name in ailing if name not in ailed_before]
    old = len(ailing) - len(fresh)
    parts: list[str] = []
    if fresh:
        parts.append(f"new: {_named(rows, fresh)}")
    if old:
        parts.append(f"{old} for longer, told before")
    return "; ".join(parts)


def _named(rows: Mapping[str, Mapping[str, Any]], names: Collection[str]) -> str:
    """Return a few outlets with how they are, and how many more there are."""
    few = [f"{name} ({_condition(rows[name])})" for name in list(names)[:_NAMED]]
    more = len(names) - len(few)
    if more:
        few.append(f"and {more} more")
    return ", ".join(few)
