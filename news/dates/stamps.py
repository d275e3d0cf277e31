"""Dates in fields made for dates: RFC 822 with its known slips, ISO 8601 / W3C, a plain day."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, tzinfo
from email.utils import parsedate_to_datetime

_ISO = re.compile(
    r"""\s*
    (?P<day>\d{4}-\d{2}-\d{2})
    (?:[T\s]+(?P<time>\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?))?
    \s*(?P<offset>Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?
    \s*""",
    re.IGNORECASE | re.VERBOSE,
)
_LONGEST = 100  # characters: what is longer is no date, and its tail is not looked at
_FIRST_YEAR, _LAST_YEAR = 1990, 2100  # the web's age; 1 January of the year 1 is no date
_HOURS_ALONE = len("+04")
_UNKNOWN_ZONE = "-0000"  # RFC 5322, 3.3: a moment in UTC, the zone not known


def read_stamp(
    text: str,
    zone: tzinfo = UTC,
    *,
    otherwise: Callable[[str], datetime | None] | None = None,
) -> datetime | None:
    """Return an aware moment in UTC, None for what is no date; never a guess.

    `zone` holds where the text names none. `otherwise` is asked for a text that is neither ISO nor
    RFC 822, in one line; what it returns must be aware.
    """
    line = " ".join(text.split())[:_LONGEST]
    match = _ISO.fullmatch(line)
    if match is not None:
        return _iso(match["day"], match["time"], match["offset"], zone)
    try:
        moment = parsedate_to_datetime(line)
    except (ValueError, TypeError, IndexError, OverflowError):
        further = otherwise(line) if otherwise is not None else None
        return _of_the_web(further) if further is not None else None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC if line.endswith(_UNKNOWN_ZONE) else zone)
    return _of_the_web(moment)


def _iso(day: str, time: str | None, offset: str | None, zone: tzinfo) -> datetime | None:
    try:
        moment = datetime.fromisoformat(f"{day}T{(time or '00:00').replace(',', '.')}")
    except ValueError:
        return None
    if offset is None:
        return _of_the_web(moment.replace(tzinfo=zone))
    if offset.upper() in {"Z", "UTC", "GMT"}:
        return _of_the_web(moment.replace(tzinfo=UTC))
    hours = int(offset[1:3])
    minutes = int(offset[-2:]) if len(offset) > _HOURS_ALONE else 0
    # Shifted by hand: a page's "+99:00" is beyond what a timezone object can be.
    shift = timedelta(hours=hours, minutes=minutes)
    in_utc = moment - shift if offset[0] == "+" else moment + shift
    return _of_the_web(in_utc.replace(tzinfo=UTC))


def _of_the_web(moment: datetime) -> datetime | None:
    """Return a moment in UTC if it is of the web's age."""
    try:
        in_utc = moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return in_utc if _FIRST_YEAR <= in_utc.year <= _LAST_YEAR else None
