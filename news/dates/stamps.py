"""Dates in fields made for dates: RFC 822 with its slips, ISO 8601 / W3C, a plain day, words."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, tzinfo
from email.utils import parsedate_to_datetime

from news.dates import forms, zones
from news.dates.calendar import from_persian
from news.dates.words import plain_digits

_ISO = re.compile(
    r"""\s*
    (?P<day>\d{4}-\d{2}-\d{2})
    (?:[T\s]+(?P<time>\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?))?
    \s*(?P<offset>Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?
    \s*""",
    re.IGNORECASE | re.VERBOSE,
)
_COMPACT = re.compile(
    r"""(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)
    (?:T?(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)?)?
    (?P<offset>Z|[+-]\d{2}:?\d{2}|[+-]\d{2})?""",
    re.IGNORECASE | re.VERBOSE,
)
# "+4", "+04:00", "GMT+4" behind a time of day.
_OFFSET = re.compile(
    r"""(?P<before>\d:\d\d(?::\d\d)?)\s*(?:GMT|UTC)?
    \s*(?P<sign>[+-])(?P<hours>\d{1,2}):?(?P<minutes>\d\d)?$""",
    re.IGNORECASE | re.VERBOSE,
)
_HALF = re.compile(
    r"(?P<hour>\d{1,2})(?P<rest>:\d\d(?::\d\d)?)\s*(?P<half>[ap])\.?m\b\.?", re.IGNORECASE
)
_NOON = 12
_LONGEST = 100  # characters: what is longer is no date, and its tail is not looked at
_FIRST_YEAR, _LAST_YEAR = 1990, 2100  # the web's age; 1 January of the year 1 is no date
_LAST_PERSIAN_YEAR = 1500
_HOURS_ALONE = len("+04")
_UNKNOWN_ZONE = "-0000"  # RFC 5322, 3.3: a moment in UTC, the zone not known


def read_stamp(
    text: str,
    zone: tzinfo = UTC,
    *,
    otherwise: Callable[[str], datetime | None] | None = None,
) -> datetime | None:
    """Return an aware moment in UTC, None for what is no date; never a guess.

    `zone` holds where the text names none. Years of the Persian calendar are told by their number.
    `otherwise` is asked for a text of none of these forms, in one line; what it returns must be
    aware.
    """
    line = plain_digits(" ".join(text.split())[:_LONGEST])
    iso = _ISO.fullmatch(line)
    if iso is not None:
        return _iso(
            iso["day"],
            iso["time"],
            iso["offset"],
            zone,
        )

    compact = _COMPACT.fullmatch(line)
    if compact is not None:
        return _compact(compact, zone)

    moment = _rfc(line, zone)
    if moment is None:
        found = forms.read(line, zone)
        moment = found.at if found is not None else None

    if moment is None and otherwise is not None:
        moment = otherwise(line)

    return _of_the_web(moment) if moment is not None else None


def _rfc(line: str, zone: tzinfo) -> datetime | None:
    """Read RFC 822 with what people make of it: `+4`, MSK, 10:00 PM."""
    text = _OFFSET.sub(_four_digits, _HALF.sub(_whole_day, line))
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None

    if moment.tzinfo is not None:
        return moment
    if text.endswith(_UNKNOWN_ZONE):
        return moment.replace(tzinfo=UTC)

    named = zones.from_word(text.rpartition(" ")[2])

    return moment.replace(tzinfo=named or zone)


def _four_digits(match: re.Match[str]) -> str:
    """Return a time of day with its offset in four digits."""
    before, sign, hours, minutes = match.groups(default="00")
    two_digits = hours.zfill(2)

    return f"{before} {sign}{two_digits}{minutes}"


def _whole_day(match: re.Match[str]) -> str:
    """Return a time of day in 24 hours."""
    written, rest, half = match.groups()
    hour = int(written)
    if hour <= _NOON:  # 22:00 PM says it twice
        hour %= _NOON
        if half.lower() == "p":
            hour += _NOON

    return f"{hour:02d}{rest}"


def _compact(match: re.Match[str], zone: tzinfo) -> datetime | None:
    day = f"{match['year']}-{match['month']}-{match['day']}"
    if match["hour"] is None:
        return _iso(
            day,
            None,
            match["offset"],
            zone,
        )

    time = f"{match['hour']}:{match['minute']}:{match['second'] or '00'}"

    return _iso(
        day,
        time,
        match["offset"],
        zone,
    )


def _iso(
    day: str,
    time: str | None,
    offset: str | None,
    zone: tzinfo,
) -> datetime | None:
    is_persian = int(day[:4]) < _LAST_PERSIAN_YEAR
    try:
        if is_persian:
            year, month, number = (int(part) for part in day.split("-"))
            day = from_persian(year, month, number).isoformat()
            offset = None  # who writes Persian years means his own clock, whatever stands behind
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
    shift = timedelta(
        hours=hours,
        minutes=minutes,
    )

    in_utc = moment - shift if offset[0] == "+" else moment + shift

    return _of_the_web(in_utc.replace(tzinfo=UTC))


def _of_the_web(moment: datetime) -> datetime | None:
    """Return a moment in UTC if it is of the web's age."""
    try:
        in_utc = moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return in_utc if _FIRST_YEAR <= in_utc.year <= _LAST_YEAR else None
