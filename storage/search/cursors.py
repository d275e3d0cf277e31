"""Cursors of search: where the next page begins, as a text that a stranger may hand back.

They come from outside, so everything in them is checked. Pure.
"""

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage.errors import StorageError
from storage.search.results import Order

LAST_ID = 2**63 - 1
_FOREIGN = "this cursor is not from this search; begin again without one"


@dataclass(frozen=True, slots=True, kw_only=True)
class AfterHit:
    """After the hit of an id and a time (aware): in the order of time."""

    at: datetime
    id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AfterCount:
    """After so many hits, ranked as of a moment (aware): in the order of relevance."""

    now: datetime
    offset: int


def write_cursor(after: AfterHit | AfterCount) -> str:
    """Return a cursor as text."""
    if isinstance(after, AfterHit):
        return _encode({"o": Order.NEWEST.value, "at": after.at.isoformat(), "id": after.id})

    return _encode(
        {
            "o": Order.RELEVANCE.value,
            "now": after.now.isoformat(),
            "offset": after.offset,
        }
    )


def _encode(values: Mapping[str, Any]) -> str:
    data = json.dumps(values).encode()
    return base64.urlsafe_b64encode(data).decode("ascii").rstrip("=")


def read_after_hit(cursor: str | None) -> AfterHit | None:
    """Return what a cursor of the order of time holds; None for none. Raises StorageError."""
    if not cursor:
        return None

    at, number = _decode(cursor, Order.NEWEST, "at", "id")

    return AfterHit(at=at, id=number)


def read_after_count(cursor: str | None) -> AfterCount | None:
    """Return what a cursor of the order of relevance holds; None for none. Raises StorageError."""
    if not cursor:
        return None

    now, offset = _decode(cursor, Order.RELEVANCE, "now", "offset")

    return AfterCount(now=now, offset=offset)


def _decode(cursor: str, order: Order, moment: str, number: str) -> tuple[datetime, int]:
    """Return the moment and the number of those names in a cursor of an order."""
    padding = "=" * (-len(cursor) % 4)
    try:
        values = json.loads(base64.urlsafe_b64decode(cursor + padding))
        at = datetime.fromisoformat(values[moment])
        count = values[number]
        kind = values["o"]
    except (
        ValueError,  # UnicodeDecodeError and JSON's own are ones too
        KeyError,
        TypeError,
        binascii.Error,
        OverflowError,
        RecursionError,
    ) as error:
        raise StorageError(_FOREIGN) from error

    if kind != order.value or at.tzinfo is None or not _is_number(count):
        raise StorageError(_FOREIGN)

    try:
        at.utctimetuple()
    except (OverflowError, ValueError) as error:
        raise StorageError(_FOREIGN) from error

    return at, count


def _is_number(value: Any) -> bool:
    """Return whether a value is a whole number that the database can hold."""
    return type(value) is int and 0 <= value <= LAST_ID
