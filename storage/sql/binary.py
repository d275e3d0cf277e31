"""COPY in the binary format (PostgreSQL manual, "COPY, Binary Format").

The server need not read such values from text. A format is an encoder for each column: it
returns a value's bytes, their number before them.
"""

import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from struct import Struct
from typing import TYPE_CHECKING, Any
from uuid import UUID

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor

Encoder = Callable[[Any], bytes]
Format = Mapping[str, Encoder]

_HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_END = b"\xff\xff"
_NULL = b"\xff\xff\xff\xff"
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_TEXT_OID = 25
_CHUNK = 1 << 18  # bytes handed to the server at a time
_count, _size = Struct("!h").pack, Struct("!i").pack
_int2, _int4, _int8, _float4, _bool = (Struct(f"!i{kind}").pack for kind in "hiqf?")
_dimension = Struct("!iiiii").pack
_NO_TEXTS = b"\0\0\0\x0c" + _dimension(0, 0, _TEXT_OID, 0, 0)[:12]


def copy(
    cursor: "Cursor",
    table: str,
    form: Format,
    rows: Iterable[Sequence[Any]],
) -> int:
    """Write rows into a table's columns; return how many. Nothing is sent when there are none."""
    encoders = tuple(form.values())
    head = _count(len(encoders))
    # A list inside each row and one join: this is where a load of thousands of rows spends.
    parts = [
        head + b"".join([encode(value) for encode, value in zip(encoders, row, strict=True)])
        for row in rows
    ]

    if not parts:
        return 0

    data = io.BytesIO(b"".join((_HEADER, *parts, _END)))
    query = f"copy {table} ({', '.join(form)}) from stdin with (format binary)"
    cursor.copy_expert(query, data, _CHUNK)

    return len(parts)


def text(value: str | None) -> bytes:
    """Return text; what the database cannot hold was taken out before."""
    if value is None:
        return _NULL

    data = value.encode()

    return _size(len(data)) + data


def moment(value: datetime | None) -> bytes:
    """Return a timestamptz, microseconds since 2000."""
    if value is None:
        return _NULL

    return _int8(8, (value - _EPOCH) // _MICROSECOND)


def int2(value: int | None) -> bytes:
    """Return a smallint."""
    return _NULL if value is None else _int2(2, value)


def int4(value: int | None) -> bytes:
    """Return an int."""
    return _NULL if value is None else _int4(4, value)


def int8(value: int | None) -> bytes:
    """Return a bigint."""
    return _NULL if value is None else _int8(8, value)


def float4(value: float) -> bytes:
    """Return a real."""
    return _float4(4, value)


def boolean(value: bool) -> bytes:  # noqa: FBT001 - an encoder takes its value
    """Return a boolean."""
    return _bool(1, value)


def uuid(value: UUID | None) -> bytes:
    """Return a UUID."""
    return _NULL if value is None else b"\0\0\0\x10" + value.bytes


def texts(values: Sequence[str]) -> bytes:
    """Return a one-dimensional array of texts; an empty one has no dimension."""
    if not values:
        return (
            b"\0\0\0\x0c"
            + _dimension(
                0,
                0,
                _TEXT_OID,
                0,
                0,
            )[:12]
        )

    data = b"".join(
        [
            _dimension(
                1,
                0,
                _TEXT_OID,
                len(values),
                1,
            ),
            *map(text, values),
        ]
    )

    return _size(len(data)) + data


def json(value: str) -> bytes:
    """Return a jsonb, from JSON's text: version 1 of its binary form."""
    data = value.encode()
    return _size(len(data) + 1) + b"\1" + data


def raw(value: bytes) -> bytes:
    """Return a value that is in its type's binary form already."""
    return _size(len(value)) + value
