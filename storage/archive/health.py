"""How the outlets do: what they brought of late, and the closing report of a run."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from psycopg2.extras import Json

from storage.archive.rows import cleaned, json_of
from storage.sql.statements import statement

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor


_AGAIN = timedelta(
    days=21
)  # the same of the same outlet within this time is the same happening: profiles look back as far


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletEvent:
    """Something that the journal says of an outlet: `kind` in one word (state, redesign...), its particulars, when (aware), in which run."""

    at: datetime
    kind: str
    detail: Mapping[str, Any]
    run: str | None


def record_outlet_event(
    cursor: "Cursor", run: str, outlet: str, kind: str, detail: str, *, at: datetime
) -> bool:
    """Write into the journal what happened to an outlet's pages; tell whether it was new. Run and outlet must be known."""
    cursor.execute(
        statement("health", "notice"),
        {
            "run": run,
            "outlet": outlet,
            "kind": kind,
            "detail": Json({"detail": detail}, dumps=json_of),
            "at": at,
            "since": at - _AGAIN,
        },
    )
    return bool(cursor.rowcount)


def run_events(cursor: "Cursor", run: str) -> list[tuple[str, str, str]]:
    """Return what a run noticed first: (outlet, kind, detail)."""
    cursor.execute(statement("health", "noticed"), {"run": run})
    return [
        (outlet, kind, str(detail.get("detail", ""))) for outlet, kind, detail in cursor.fetchall()
    ]


def outlet_journal(cursor: "Cursor", outlet: str, limit: int = 20) -> list[OutletEvent]:
    """Return what the journal says of an outlet, newest first."""
    cursor.execute(statement("health", "outlet_events"), {"outlet": outlet, "limit": limit})
    return [
        OutletEvent(at=at, kind=kind, detail=detail, run=run)
        for at, kind, detail, run in cursor.fetchall()
    ]


def count_new_articles(
    cursor: "Cursor", outlet: str, since: datetime
) -> tuple[int, datetime] | None:
    """Return (new articles loaded since then, first seen at) of an outlet; None when the archive never saw it."""
    cursor.execute(statement("health", "brought"), {"outlet": outlet, "since": since})
    row = cursor.fetchone()
    return (row[0], row[1]) if row else None


def finish_run(cursor: "Cursor", name: str, at: datetime, report: Mapping[str, Any]) -> None:
    """Keep a run's closing report; a run the archive does not know is left alone."""
    cursor.execute(
        statement("health", "finish_run"),
        {"name": name, "at": at, "report": Json(cleaned(dict(report)), dumps=json_of)},
    )


def count_copies(cursor: "Cursor", run: str) -> dict[str, int]:
    """Return how many of the articles that a run found are copies of another one, by outlet."""
    cursor.execute(statement("health", "copies"), {"run": run})
    return dict(cursor.fetchall())
