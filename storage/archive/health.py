"""What runs say of outlets: the journal of events, counts of new articles, closing reports."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from psycopg2.extras import Json

from storage.archive.rows import cleaned, json_of
from storage.sql.statements import execute, fetch_all, fetch_one

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor


# The same of the same outlet within this time is one event: profiles look back as far.
_ONE_EVENT = timedelta(days=21)


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletEvent:
    """Something that the journal says of an outlet: `kind` in one word (state, redesign...)."""

    at: datetime  # aware
    kind: str
    detail: Mapping[str, Any]
    run: str | None


def record_outlet_event(
    cursor: "Cursor",
    run: str,
    outlet: str,
    kind: str,
    detail: str,
    *,
    at: datetime,
) -> bool:
    """Write into the journal what happened to an outlet's pages; return whether it was new.

    Run and outlet must be known; `at` is aware.
    """
    recorded = execute(
        cursor,
        "health.notice",
        run=run,
        outlet=outlet,
        kind=kind,
        detail=Json({"detail": detail}, dumps=json_of),
        at=at,
        since=at - _ONE_EVENT,
    )

    return bool(recorded)


def run_events(cursor: "Cursor", run: str) -> list[tuple[str, str, str]]:
    """Return what a run recorded first: (outlet, kind, detail)."""
    rows = fetch_all(cursor, "health.noticed", run=run)
    return [(outlet, kind, str(detail.get("detail", ""))) for outlet, kind, detail in rows]


def outlet_journal(cursor: "Cursor", outlet: str, limit: int = 20) -> list[OutletEvent]:
    """Return what the journal says of an outlet, newest first."""
    rows = fetch_all(cursor, "health.outlet_events", outlet=outlet, limit=limit)

    return [
        OutletEvent(
            at=at,
            kind=kind,
            detail=detail,
            run=run,
        )
        for at, kind, detail, run in rows
    ]


def count_new_articles(
    cursor: "Cursor",
    outlet: str,
    since: datetime,
) -> tuple[int, datetime] | None:
    """Return (new articles loaded since a moment, first seen at) of an outlet.

    None when the archive never saw it.
    """
    row: tuple[int, datetime] | None = fetch_one(
        cursor,
        "health.brought",
        outlet=outlet,
        since=since,
    )

    return row


def last_load(cursor: "Cursor", outlet: str) -> datetime | None:
    """Return when a run's pages of an outlet were loaded last; None when none ever were."""
    row: tuple[datetime | None] | None = fetch_one(cursor, "health.last_load", outlet=outlet)

    return row[0] if row else None


def begin_run(cursor: "Cursor", name: str, at: datetime) -> None:
    """Note that a run has begun (aware), before it has loaded anything; again changes nothing."""
    execute(cursor, "load.ensure_run", name=name, started=at)


def finish_run(cursor: "Cursor", name: str, at: datetime, report: Mapping[str, Any]) -> None:
    """Keep a run's closing report; a run the archive does not know is left alone."""
    kept = Json(cleaned(dict(report)), dumps=json_of)
    execute(cursor, "health.finish_run", name=name, at=at, report=kept)


def ailing_before(cursor: "Cursor", outlets: Sequence[str], since: datetime) -> dict[str, str]:
    """Return since when outlets ail, as the newest runs' reports since a moment have it.

    A moment in ISO 8601 by outlet; empty for one that was well then.
    """
    rows = fetch_all(cursor, "health.ailing_before", outlets=list(outlets), since=since)
    return dict(rows)


def count_copies(cursor: "Cursor", run: str) -> dict[str, int]:
    """Return how many of a run's articles are copies of another one, by outlet."""
    return dict(fetch_all(cursor, "health.copies", run=run))
