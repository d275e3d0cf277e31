"""The days of the fingerprints: partitions made when a day begins, a filter when it is over, dropped when no look-back reaches them."""

import io
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from psycopg2 import sql

from storage.sql.statements import statement

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor  # noqa: N812

Filter = bytes | memoryview

EPOCH = date(2000, 1, 1)  # of PostgreSQL's binary dates
_HEADER = (
    19  # bytes before the first row of a binary COPY (PostgreSQL manual, "COPY, Binary Format")
)
_COLUMNS = 2
_TABLES = {"fingerprints": "Texts", "fingerprint_keys": "Keys"}
_BITS = 12  # of filter a key at least; with four probes .7% of absent keys pass, at 24 .1%
_FACTORS = tuple(
    np.uint64(number)
    for number in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93)
)


def name_of(table: str, day: date) -> str:
    """Return the name of a day's partition."""
    return f"{table}_{day:%Y_%m_%d}"


def existing(cursor: "Cursor") -> dict[date, bool]:
    """Return the days that are there, oldest first, and whether each has its filter."""
    cursor.execute(statement("fingerprints", "days"))
    return {
        datetime.strptime(day, "%Y_%m_%d").replace(tzinfo=UTC).date(): sealed
        for day, sealed in cursor.fetchall()
    }


def prepare(cursor: "Cursor", today: date) -> dict[date, bool]:
    """Make today's partitions and the filters of days that are over; return the days."""
    days = existing(cursor)
    if today not in days:
        for table, title in _TABLES.items():
            _make(cursor, table, title, today)
        days[today] = False
    for day, sealed in days.items():
        if day < today and not sealed:
            seal(cursor, day)
            days[day] = True
    return dict(sorted(days.items()))


def drop(cursor: "Cursor", before: date) -> list[date]:
    """Drop the days before a day; return them."""
    old = [day for day in existing(cursor) if day < before]
    for day in old:
        for table in _TABLES:
            cursor.execute(
                sql.SQL(statement("fingerprints", "drop_day")).format(
                    name=sql.Identifier(name_of(table, day))
                )
            )
        cursor.execute(statement("fingerprints", "drop_filter"), {"day": day})
    return old


def seal(cursor: "Cursor", day: date) -> None:
    """Make the filter of a day into which nothing comes any more."""
    cursor.execute(
        sql.SQL(statement("fingerprints", "day_keys")).format(
            name=sql.Identifier(name_of("fingerprint_keys", day))
        )
    )
    row = cursor.fetchone()
    packed, articles = row or (None, 0)
    keys = np.frombuffer(bytes(packed or b""), ">u8").astype(np.uint64)
    cursor.execute(
        statement("fingerprints", "save_filter"),
        {"day": day, "bits": make_filter(keys), "articles": articles},
    )


def filters(cursor: "Cursor", wanted: Sequence[date]) -> dict[date, Filter]:
    """Return the filters of days."""
    query = sql.SQL(statement("fingerprints", "filters")).format(days=sql.Literal(list(wanted)))
    stream = io.BytesIO()
    cursor.copy_expert(query, stream)
    rows = stream.getbuffer()
    found: dict[date, Filter] = {}
    at = _HEADER
    while int.from_bytes(rows[at : at + 2], "big") == _COLUMNS:
        day = EPOCH + timedelta(days=int.from_bytes(rows[at + 6 : at + 10], "big", signed=True))
        size = int.from_bytes(rows[at + 10 : at + 14], "big")
        found[day] = rows[at + 14 : at + 14 + size]
        at += 14 + size
    return found


def make_filter(keys: NDArray[np.uint64]) -> bytes:
    """Return a Bloom filter (Bloom 1970) over keys that are random already: four multiplications are its hash functions."""
    power = max(10, int(len(keys) * _BITS).bit_length())
    bits = np.zeros(1 << power, np.bool_)
    for factor in _FACTORS:
        bits[(keys * factor) >> np.uint64(64 - power)] = True
    return np.packbits(bits).tobytes()


def passing(keys: NDArray[np.uint64], packed: Filter) -> NDArray[np.uint64]:
    """Return the keys that a filter lets through: all that are in it, and few others."""
    held = np.frombuffer(packed, np.uint8)
    power = (len(held) * 8).bit_length() - 1
    for factor in _FACTORS:
        spots = (keys * factor) >> np.uint64(64 - power)
        keys = keys[
            (
                held[spots >> np.uint64(3)]
                >> (np.uint64(7) - (spots & np.uint64(7))).astype(np.uint8)
            )
            & 1
            == 1
        ]
    return keys


def _make(cursor: "Cursor", table: str, title: str, day: date) -> None:
    names = {
        "table": sql.Identifier(table),
        "name": sql.Identifier(name_of(table, day)),
        "start": sql.Literal(day),
        "end": sql.Literal(day + timedelta(days=1)),
        "words": sql.Literal(f"{title} taken in on {day}."),
    }
    for step in ("make_day", "attach_day", "unconstrain_day", "describe_day"):
        cursor.execute(sql.SQL(statement("fingerprints", step)).format(**names))
