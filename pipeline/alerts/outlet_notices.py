"""Mails to the operator about outlets: who fell ill in a run, by the one judgement of health."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pipeline import outlet_health
from pipeline.alerts.notices import enqueue, operator_of
from pipeline.outlet_health import Level
from pipeline.settings import Settings
from storage import pages
from watches.delivery import IllOutlet, ill_outlets

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor

_LOOKED_BACK = 100  # runs in which an outlet's last condition is looked for

Rows = Mapping[str, Mapping[str, Any]]  # outlet -> its line in a run's report


def tell_of_outlets(
    cursor: "Cursor",
    settings: Settings,
    run: str,
    rows: Rows,
    now: datetime,
) -> bool:
    """Let the operator know which outlets fell ill in a run, or otherwise ill than before.

    An outlet that stays as it was is not told again. Return whether there is a new mail.
    """
    recipient = operator_of(settings)
    if not recipient:
        return False

    ill = [name for name, row in rows.items() if _is_bad(row)]
    if not ill:
        return False

    earlier = _earlier_reports(cursor, run)
    fallen = [name for name in ill if _condition(rows[name]) != _last_condition(earlier, name)]
    if not fallen:
        return False

    outlets = [_ill_outlet(name, rows[name]) for name in sorted(fallen)]

    return enqueue(
        cursor,
        settings,
        ill_outlets(outlets),
        now,
        keys=(recipient, "outlets", run),
    )


def _condition(row: Mapping[str, Any]) -> str:
    """Return the condition that a line of a report stands for, as it is written there."""
    return str(row.get("condition") or row["state"])


def _is_bad(row: Mapping[str, Any]) -> bool:
    return outlet_health.level_of(_condition(row)) == Level.BAD


def _earlier_reports(cursor: "Cursor", run: str) -> list[Rows]:
    """Return the outlets' lines of earlier runs that came to their end, the newest first."""
    reports: list[Rows] = []
    for earlier in pages.runs(cursor, None, _LOOKED_BACK):
        report = earlier.report or {}
        if earlier.name != run:
            reports.append(report.get("outlets", {}))

    return reports


def _last_condition(reports: Sequence[Rows], outlet: str) -> str:
    """Return how an outlet fared when it was read last; empty when that is not known."""
    for rows in reports:
        if outlet in rows:
            return _condition(rows[outlet])

    return ""


def _ill_outlet(outlet: str, row: Mapping[str, Any]) -> IllOutlet:
    """Return what the mail says of an outlet."""
    meaning = outlet_health.meaning_of(_condition(row), outlet)

    return IllOutlet(
        name=outlet,
        sentence=meaning.sentence,
        note=str(row.get("note", "")),
        advice=meaning.advice,
    )
