"""How the outlets do: what they brought of late, and the closing report of a run."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from psycopg2.extras import Json

from storage.rows import cleaned, json_of
from storage.sql import statement

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor  # noqa: N812


def brought(cursor: "Cursor", outlet: str, since: datetime) -> tuple[int, datetime] | None:
    """Return (new articles loaded since then, first seen at) of an outlet; None when the archive never saw it."""
    cursor.execute(statement("health", "brought"), {"outlet": outlet, "since": since})
    row = cursor.fetchone()
    return (row[0], row[1]) if row else None


def finish_run(cursor: "Cursor", name: str, at: datetime, report: Mapping[str, Any]) -> None:
    """Keep a run's closing report; a run the archive does not know is left alone."""
    cursor.execute(statement("health", "finish_run"), {"name": name, "at": at, "report": Json(cleaned(dict(report)), dumps=json_of)})


def copies(cursor: "Cursor", run: str) -> dict[str, int]:
    """Return how many of the articles that a run found are copies of another one, by outlet."""
    cursor.execute(statement("health", "copies"), {"run": run})
    return dict(cursor.fetchall())
