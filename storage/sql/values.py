"""Values as the database can hold them: one door for what comes from pages and strangers."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

# What PostgreSQL's text cannot hold: NUL, and halves of surrogate pairs that have no UTF-8.
_IMPOSSIBLE = re.compile("[\x00\ud800-\udfff]")


def clean(text: str) -> str:
    """Return a text without the characters that the database cannot hold.

    Nearly all texts have none, and encoding is the fastest look.
    """
    if "\x00" not in text:
        try:
            text.encode()
        except UnicodeEncodeError:
            pass
        else:
            return text
    return _IMPOSSIBLE.sub("�", text)


def holdable(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return a statement's values with every text and moment as the database can hold it."""
    return {name: _holdable(value) for name, value in values.items()}


def _holdable(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, datetime):
        return _in_utc(value)
    # Lists are of one kind; most are of numbers.
    if isinstance(value, list) and value and isinstance(value[0], str):
        return [clean(item) for item in value]
    return value


def _in_utc(moment: datetime) -> datetime:
    """Return an aware moment in UTC: no server reads an offset in parts of a second."""
    if moment.tzinfo is None or moment.tzinfo is UTC:
        return moment
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        # In UTC it lies outside of the years 1 to 9999, by less than a day.
        return moment.replace(tzinfo=UTC)
