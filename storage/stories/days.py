"""The days of the fingerprints: a partition of each table for every day of arrival."""

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from psycopg2 import sql

from storage.sql.statements import execute, execute_on, fetch_all, fetch_one

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor

LOOK_BACK = 14  # days
BOILERPLATE_DAYS = 90  # without a bearer until boilerplate is forgotten
KEYS, WORDS = "fingerprint_keys", "fingerprints"

_TITLES = {WORDS: "Texts", KEYS: "Keys"}
_STEPS = (
    "fingerprints.make_day",
    "fingerprints.attach_day",
    "fingerprints.unconstrain_day",
    "fingerprints.describe_day",
)


def name_of(table: str, day: date) -> str:
    """Return the name of a day's partition."""
    return f"{table}_{day:%Y_%m_%d}"


def existing(cursor: "Cursor") -> dict[date, bool]:
    """Return the days that are there, oldest first, and whether each has its filter."""
    rows = fetch_all(cursor, "fingerprints.days")
    return {_day(text): has_filter for text, has_filter in rows}


def _day(text: str) -> date:
    return datetime.strptime(text, "%Y_%m_%d").replace(tzinfo=UTC).date()


def make(cursor: "Cursor", day: date) -> None:
    """Make a day's partitions."""
    for table, title in _TITLES.items():
        names = {
            "table": sql.Identifier(table),
            "name": sql.Identifier(name_of(table, day)),
            "start": sql.Literal(day),
            "end": sql.Literal(day + timedelta(days=1)),
            "words": sql.Literal(f"{title} taken in on {day}."),
        }

        for step in _STEPS:
            execute_on(cursor, step, **names)


def drop(cursor: "Cursor", before: date) -> list[date]:
    """Drop the days before a day; return them."""
    old_days = [day for day in existing(cursor) if day < before]

    for day in old_days:
        for table in _TITLES:
            partition = sql.Identifier(name_of(table, day))
            execute_on(cursor, "fingerprints.drop_day", name=partition)

        execute(cursor, "fingerprints.drop_filter", day=day)

    return old_days


def drop_old_fingerprints(
    cursor: "Cursor",
    now: datetime,
    *,
    look_back: int = LOOK_BACK,
) -> int:
    """Drop the days that no look-back reaches, and boilerplate that is out of use.

    `now` is aware, `look_back` in days. Returns how many days went.
    """
    today = now.astimezone(UTC).date()
    unused_since = today - timedelta(days=BOILERPLATE_DAYS)
    execute(cursor, "fingerprints.unmask", since=unused_since)

    return len(drop(cursor, today - timedelta(days=look_back)))


def count_waiting_fingerprints(
    cursor: "Cursor",
    version: int,
    now: datetime,
) -> tuple[int, int]:
    """Return of how many articles fingerprints wait to be made anew, and to be compared again.

    `version` is the one they are made in now, `now` aware; older than the look-back, none waits.
    """
    today = now.astimezone(UTC).date()
    since = today - timedelta(days=LOOK_BACK)
    counts = fetch_one(
        cursor,
        "fingerprints.waiting",
        version=version,
        since=since,
    )
    old, changed = counts or (0, 0)

    return int(old), int(changed)
