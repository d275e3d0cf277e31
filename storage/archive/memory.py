"""What the crawl and the extraction remember between runs: URLs, doors, site profiles."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from psycopg2.extras import Json, RealDictCursor

from news.crawl import DoorState, Known, OutletState
from storage.archive.rows import cleaned, json_of, key_of
from storage.sql.copy import copy
from storage.sql.statements import execute, fetch_all, fetch_one, fetch_value, statement
from storage.sql.values import clean

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
_AT_ONCE = 5000  # URLs read from the server at a time


def outlet_number(cursor: "Cursor", outlet: str) -> int | None:
    """Return an outlet's number, None when the archive never saw it."""
    number: int | None = fetch_value(cursor, "memory.outlet_number", name=outlet)
    return number


def front_pages(cursor: "Cursor") -> list[str]:
    """Return the addresses of the front pages of all outlets that were ever loaded."""
    return [str(home) for (home,) in fetch_all(cursor, "memory.front_pages")]


def read(connection: "Connection", outlet: str) -> Iterator[Known | DoorState]:
    """Yield an outlet's doors, then its URLs, oldest first.

    The URLs stream from the server, however many they are.
    """
    with connection:
        with connection.cursor() as cursor:
            number = outlet_number(cursor, outlet)

        if number is None:
            return

        with connection.cursor(cursor_factory=RealDictCursor) as doors:
            for row in fetch_all(doors, "memory.doors", outlet=number):
                yield _door(outlet, row)

        with connection.cursor("known", cursor_factory=RealDictCursor) as known:
            known.itersize = _AT_ONCE
            known.execute(statement("memory.known"), {"outlet": number})
            for row in known:
                yield Known(outlet=outlet, **row)


def _door(outlet: str, row: Mapping[str, Any]) -> DoorState:
    values = dict(row)
    interval = values.pop("interval_seconds")
    state = OutletState(values.pop("state"))

    return DoorState(outlet=outlet, interval=interval, state=state, **values)


def doors_of(cursor: "Cursor", outlets: Iterable[str]) -> dict[str, dict[str, DoorState]]:
    """Return what is remembered of the doors of some outlets: by outlet, by address."""
    execute(cursor, "memory.all_doors", outlets=list(outlets))
    names = [column.name for column in cursor.description or ()]
    found: dict[str, dict[str, DoorState]] = {}
    for values in cursor:
        row = dict(
            zip(
                names,
                values,
                strict=True,
            )
        )
        outlet = row.pop("outlet")
        found.setdefault(outlet, {})[row["url"]] = _door(outlet, row)

    return found


def next_checks(cursor: "Cursor", outlets: Iterable[str]) -> dict[str, datetime]:
    """Return when an article of each outlet is to be looked at again first.

    Those of which none is are left out.
    """
    rows = fetch_all(cursor, "memory.next_checks", outlets=list(outlets))
    return {outlet: moment for outlet, moment in rows if moment is not None}


def save_known(cursor: "Cursor", known: Iterable[tuple[int, Known]]) -> int:
    """Remember URLs, given with their outlet's number; return how many there were."""
    execute(cursor, "memory.stage_known")
    rows = (_known_row(number, item) for number, item in known)
    count = copy(cursor, "staged_known", _COLUMNS, rows)
    if count:
        execute(cursor, "memory.save_known")

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
    """Remember the doors of the outlet of a number."""
    for door in sorted(doors, key=lambda door: door.url):
        execute(
            cursor,
            "memory.save_door",
            outlet=number,
            url=clean(door.url),
            etag=clean(door.etag),
            last_modified=clean(door.last_modified),
            digest=clean(door.digest),
            last_polled=door.last_polled,
            next_poll=door.next_poll,
            interval=max(door.interval, _LEAST_INTERVAL),
            failures=door.failures,
            lies=door.lies,
            state=door.state.value,
            data=Json(cleaned(door.data), dumps=json_of),
        )


def profile(
    cursor: "Cursor",
    outlet: str,
    version: int | None = None,
) -> tuple[str, int] | None:
    """Return (profile, version) of an outlet, the newest or one version.

    None when there is none.
    """
    number = outlet_number(cursor, outlet)
    if number is None:
        return None

    path = "memory.profile" if version is None else "memory.profile_version"
    row: tuple[str, int] | None = fetch_one(cursor, path, outlet=number, version=version)

    return row


def save_profile(
    cursor: "Cursor",
    number: int,
    text: str,
    run: int | None = None,
) -> int | None:
    """Store a profile as the next version; return it, None when nothing changed."""
    execute(cursor, "memory.lock_outlet", outlet=number)

    version: int | None = fetch_value(
        cursor,
        "memory.save_profile",
        outlet=number,
        profile=clean(text),
        run=run,
    )

    return version
