"""Filters of finished days: which keys surely have no bearer in a day.

Each is a Bloom filter (Bloom 1970). Keys are random already, so four multiplications serve as
its hash functions.
"""

import io
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from psycopg2 import sql

from storage.sql.statements import execute, execute_on, statement
from storage.stories import days

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor

Filter = bytes | memoryview
Keys = NDArray[np.uint64]

EPOCH = date(2000, 1, 1)  # of PostgreSQL's binary dates
_HEADER = 19  # bytes before the first row (PostgreSQL manual, "COPY, Binary Format")
_COLUMNS = 2
_BITS = 12  # of filter a key at least; with four probes .7% of absent keys pass, at 24 .1%
_FACTORS = (
    np.uint64(0x9E3779B97F4A7C15),
    np.uint64(0xC2B2AE3D27D4EB4F),
    np.uint64(0x165667B19E3779F9),
    np.uint64(0xD6E8FEB86659FD93),
)
_THREE, _SEVEN, _ONE = np.uint64(3), np.uint64(7), np.uint8(1)


def prepare_days(cursor: "Cursor", today: date) -> dict[date, bool]:
    """Make today's partitions and the filters of days that are over.

    Returns the days, oldest first, and whether each has its filter.
    """
    filtered = days.existing(cursor)
    if today not in filtered:
        days.make(cursor, today)
        filtered[today] = False

    for day, has_filter in filtered.items():
        if day < today and not has_filter:
            save_filter(cursor, day)
            filtered[day] = True

    return dict(sorted(filtered.items()))


def save_filter(cursor: "Cursor", day: date) -> None:
    """Make the filter of a day into which nothing comes any more."""
    partition = sql.Identifier(days.name_of(days.KEYS, day))
    execute_on(cursor, "fingerprints.day_keys", name=partition)
    packed, articles = cursor.fetchone() or (None, 0)
    keys = np.frombuffer(bytes(packed or b""), ">u8").astype(np.uint64)

    execute(
        cursor,
        "fingerprints.save_filter",
        day=day,
        bits=make_filter(keys),
        articles=articles,
    )


def renew_filter(cursor: "Cursor", day: date) -> None:
    """Make the filter of a finished day anew, whose keys have changed."""
    execute(cursor, "fingerprints.drop_filter", day=day)
    save_filter(cursor, day)


def read_filters(cursor: "Cursor", wanted: Sequence[date]) -> dict[date, Filter]:
    """Return the filters of days."""
    query = sql.SQL(statement("fingerprints.filters")).format(days=sql.Literal(list(wanted)))
    stream = io.BytesIO()
    cursor.copy_expert(query, stream)
    rows = stream.getbuffer()
    by_day: dict[date, Filter] = {}
    at = _HEADER

    while int.from_bytes(rows[at : at + 2], "big") == _COLUMNS:
        number = int.from_bytes(
            rows[at + 6 : at + 10],
            "big",
            signed=True,
        )

        size = int.from_bytes(rows[at + 10 : at + 14], "big")
        end = at + 14 + size
        by_day[EPOCH + timedelta(days=number)] = rows[at + 14 : end]
        at = end

    return by_day


def make_filter(keys: Keys) -> bytes:
    """Return the filter of some keys: a power of two of bits, packed."""
    power = max(10, int(len(keys) * _BITS).bit_length())
    shift = np.uint64(64 - power)
    bits = np.zeros(1 << power, np.bool_)
    for factor in _FACTORS:
        bits[(keys * factor) >> shift] = True

    return np.packbits(bits).tobytes()


def passing(keys: Keys, packed: Filter) -> Keys:
    """Return the keys that a filter lets through: all that are in it, and few others."""
    octets = np.frombuffer(packed, np.uint8)
    power = (len(octets) * 8).bit_length() - 1
    shift = np.uint64(64 - power)

    for factor in _FACTORS:
        spots = (keys * factor) >> shift
        shifts = (_SEVEN - (spots & _SEVEN)).astype(np.uint8)
        is_set = (octets[spots >> _THREE] >> shifts) & _ONE
        keys = keys[is_set == 1]

    return keys
