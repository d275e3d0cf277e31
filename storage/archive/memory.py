"""What the crawl and the extraction remember between runs: URLs, doors, site profiles."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from psycopg2.extras import Json, RealDictCursor

from news.crawl import DoorState, Known, OutletState
from storage.archive.rows import clean, cleaned, json_of, key_of
from storage.sql.copy import copy
from storage.sql.statements import statement

if TYPE_CHECKING:
    from psycopg2.extensions import connection as Connection
    from psycopg2.extensions import cursor as Cursor

_COLUMNS = (
    "outlet_id",
    "key",
    "url",
    "address",
    "first_seen",
    "last_fetched",
    "status",
    "digest",
    "checks",
    "changes",
    "failures",
    "published",
    "next_check",
    "door",
)
_LEAST_INTERVAL = 1e-3  # seconds; the column wants more than none


def outlet_number(cursor: "Cursor", outlet: str) -> int | None:
    """Return an outlet's number, None when the archive never saw it."""
    cursor.execute(statement("memory", "outlet_number"), {"name": outlet})
    row = cursor.fetchone()
    return int(row[0]) if row else None


def front_pages(cursor: "Cursor") -> list[str]:
    """Return the addresses of the front pages of all outlets that were ever loaded."""
    cursor.execute(statement("memory", "front_pages"))
    return [str(home) for (home,) in cursor.fetchall()]


def read(connection: "Connection", outlet: str) -> Iterator[Known | DoorState]:
    """Yield an outlet's doors, then its URLs, oldest first. The URLs stream from the server, however many they are."""
    with connection:
        with connection.cursor() as cursor:
            number = outlet_number(cursor, outlet)
        if number is None:
            return
        with connection.cursor(cursor_factory=RealDictCursor) as doors:
            doors.execute(statement("memory", "doors"), {"outlet": number})
            for row in doors.fetchall():
                yield _door(outlet, dict(row))
        with connection.cursor("known", cursor_factory=RealDictCursor) as known:
            known.itersize = 5000
            known.execute(statement("memory", "known"), {"outlet": number})
            for row in known:
                yield Known(outlet=outlet, **row)


def _door(outlet: str, row: dict[str, Any]) -> DoorState:
    interval, state = row.pop("interval_seconds"), OutletState(row.pop("state"))
    return DoorState(outlet=outlet, interval=interval, state=state, **row)


def save_known(cursor: "Cursor", known: Iterable[tuple[int, Known]]) -> int:
    """Remember URLs, given with their outlet's number."""
    cursor.execute(statement("memory", "stage_known"))
    count = copy(
        cursor, "staged_known", _COLUMNS, (_known_row(number, item) for number, item in known)
    )
    if count:
        cursor.execute(statement("memory", "save_known"))
    return count


def _known_row(number: int, item: Known) -> tuple[object, ...]:
    url, address = clean(item.url), clean(item.address)
    return (
        number,
        key_of(url),
        url,
        address if address != url else None,
        item.first_seen,
        item.last_fetched,
        item.status,
        clean(item.digest),
        item.checks,
        item.changes,
        item.failures,
        item.published,
        item.next_check,
        clean(item.door),
    )


def save_doors(cursor: "Cursor", number: int, doors: Iterable[DoorState]) -> None:
    """Remember an outlet's doors."""
    for door in sorted(doors, key=lambda item: item.url):
        cursor.execute(
            statement("memory", "save_door"),
            {
                "outlet": number,
                "url": clean(door.url),
                "etag": clean(door.etag),
                "last_modified": clean(door.last_modified),
                "digest": clean(door.digest),
                "last_polled": door.last_polled,
                "next_poll": door.next_poll,
                "interval": max(door.interval, _LEAST_INTERVAL),
                "failures": door.failures,
                "lies": door.lies,
                "state": door.state.value,
                "data": Json(cleaned(door.data), dumps=json_of),
            },
        )


def profile(cursor: "Cursor", outlet: str, version: int | None = None) -> tuple[str, int] | None:
    """Return (profile, version) of an outlet, the newest or one version; None when there is none."""
    number = outlet_number(cursor, outlet)
    if number is None:
        return None
    name = "profile" if version is None else "profile_version"
    cursor.execute(statement("memory", name), {"outlet": number, "version": version})
    row = cursor.fetchone()
    return (row[0], row[1]) if row else None


def save_profile(cursor: "Cursor", number: int, text: str, run: int | None = None) -> int | None:
    """Store a profile as the next version; return it, None when nothing changed."""
    cursor.execute(statement("memory", "lock_outlet"), {"outlet": number})
    cursor.execute(
        statement("memory", "save_profile"), {"outlet": number, "profile": clean(text), "run": run}
    )
    row = cursor.fetchone()
    return int(row[0]) if row else None
