"""What the archive knows of outlets today, for the list of outlets: condition, polls, articles."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from news.outlet import Outlet
from pipeline import database, outlet_health
from pipeline.outlet_health import Judgement
from pipeline.settings import Settings
from storage import Archive, count_new_articles, outlet_journal, pages

_WEEK = timedelta(days=7)
_MONTH = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletStatus:
    """One outlet that has been polled. Moments are aware, UTC."""

    judgement: Judgement
    week: int  # new articles of the last seven days
    polled: datetime  # its latest poll
    next: datetime  # the next one that is planned
    redesigned: datetime | None = None  # a change of its pages in the last month


def has_archive(settings: Settings) -> bool:
    """Tell whether there is an archive to ask; none is made for asking."""
    return bool(settings.database_url) or (settings.home / "postgres").is_dir()


def read(
    settings: Settings,
    outlets: Iterable[Outlet],
    now: datetime,
) -> dict[str, OutletStatus]:
    """Return the status of those outlets that have been polled, by name; raises StorageError."""
    found: dict[str, OutletStatus] = {}
    with Archive(database.url(settings)) as archive:
        for outlet in outlets:
            status = of(archive, outlet, now)
            if status is not None:
                found[outlet.name] = status
    return found


def of(
    archive: Archive,
    outlet: Outlet,
    now: datetime,
) -> OutletStatus | None:
    """Return an outlet's status; None before its first poll. `now` is aware."""
    with pages.reading(archive) as cursor:
        runs = pages.outlet_runs(cursor, outlet.name, 1)
        remembered = pages.outlet_doors(cursor, outlet.name)
        run_state = "ok"
        run_note = ""
        if runs:
            run_state = runs[0].state
            run_note = _run_note(cursor, runs[0].run, outlet.name)

    addresses = {door.url for door in outlet.doors}
    doors = [row for row in remembered if row.url in addresses]
    moments = [row.last_polled for row in doors if row.last_polled]
    if not moments:
        return None

    with archive.transaction() as cursor:
        brought = count_new_articles(cursor, outlet.name, now - _WEEK)
        redesigned = _redesigned(cursor, outlet.name, now - _MONTH)

    polled = [row for row in doors if row.last_polled]
    states = [row.state for row in polled]
    planned = [row.next_poll for row in polled if row.next_poll]

    return OutletStatus(
        judgement=outlet_health.after_runs(states, run_state, run_note),
        week=brought[0] if brought else 0,
        polled=max(moments),
        next=min(planned, default=now),
        redesigned=redesigned,
    )


def _run_note(
    cursor: Any,
    run: str,
    outlet: str,
) -> str:
    """Return what a run's report notes of an outlet."""
    for row in pages.runs(cursor, run, 1):
        return str((row.report or {}).get("outlets", {}).get(outlet, {}).get("note", ""))
    return ""


def _redesigned(
    cursor: Any,
    outlet: str,
    since: datetime,
) -> datetime | None:
    """Return when the outlet's pages changed their template last, if that was since a moment."""
    for event in outlet_journal(cursor, outlet):
        if event.kind == "redesign" and event.at > since:
            return event.at
    return None
