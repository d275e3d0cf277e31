"""Dates in the forms that pages show and state: machine-made, in numbers, in words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from email.utils import parsedate_to_datetime
from enum import StrEnum

from news.dates import days, zones
from news.dates.days import EARLIEST, MOST_NAMES, NAME
from news.dates.words import days_back, month, persian_month, plain_digits

_LONGEST = 200  # characters that are looked at
_FEW_NAMES = 1  # words beside a date that are no sentence, whatever mark stands at their end
_AHEAD = timedelta(days=1, hours=1)  # nobody publishes further ahead

# ISO 8601 as sites write it: a space for the T, one-digit parts, fractions of any length, +0400.
_ISO = re.compile(
    r"""(?<!\d)((?:19|20)\d\d)-(\d{1,2})-(\d{1,2})(?!\d)
    (?:[T\s_]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:[.,]\d+)?
    \s*(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?)?""",
    re.IGNORECASE | re.VERBOSE,
)
_COMPACT = re.compile(
    r"""^((?:19|20)\d\d)(\d\d)(\d\d)
    (?:T?(\d\d)(\d\d)(\d\d)?)?
    (Z|[+-]\d{2}:?\d{2})?$""",
    re.IGNORECASE | re.VERBOSE,
)
_EPOCH = re.compile(r"^1\d{9}(\d{3})?$")
_RFC_DAYS = frozenset({"mon", "tue", "wed", "thu", "fri", "sat", "sun"})
_CLOCK = re.compile(
    r"""(?<![\d.])([01]?\d|2[0-3])[:.h]([0-5]\d)(?::[0-5]\d)?(?!\d|[.:]\d)
    \s*([ap])?\.?(?:m\b)?""",
    re.IGNORECASE | re.VERBOSE,
)
_YEAR = re.compile(r"(?<!\d)(?:1[34]|19|20)\d\d(?!\d)")
_ABBREVIATED_END = re.compile(r"(?<=[ap])\.m\.\s*$|\s(?:г|ж|թ|წ)\.\s*$", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?։۔؟]\s*$")


class ZoneOf(StrEnum):
    """Where the zone of a moment comes from."""

    TEXT = "text"  # the text names it
    DEFAULT = "default"  # the text names none: the caller's holds


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time that a text names: aware, in the zone it was read in."""

    at: datetime
    timed: bool  # it has a time of day; else it is the day's midnight
    zone: ZoneOf
    whole: bool = True  # its day is told in full; else it is the last such day before `latest`


def read(
    text: str,
    default: tzinfo,
    latest: datetime | None = None,
    *,
    month_first: bool = False,
) -> Moment | None:
    """Return the moment that a text names, None when it names none.

    `default` is the zone where the text names none. `latest` (aware) bounds the result: what lies
    more than a day ahead of it is no publication. `month_first` reads 03/14/2026 as in America.
    """
    plain = plain_digits(text.strip()[:_LONGEST])
    for moment in _readings(plain, default, month_first=month_first):
        in_time = latest is None or moment.at <= latest + _AHEAD
        if moment.at.year >= EARLIEST and in_time:
            return moment

    if latest is None or _YEAR.search(plain):
        return None

    return _relative(plain, default, latest) or _without_year(plain, default, latest)


def _relative(text: str, default: tzinfo, latest: datetime) -> Moment | None:
    """Read "Today, 14:05" and "Вчера, 14:05", seen from `latest`."""
    back = days_back(text)
    if back is None:
        return None

    names = NAME.findall(text)
    if len(names) > MOST_NAMES // 2:
        return None

    today = latest.astimezone(default).date()
    day = today - timedelta(days=back)
    moment = _with_clock(day, text, default)

    return replace(moment, whole=False)


def _without_year(text: str, default: tzinfo, latest: datetime) -> Moment | None:
    """Read a line that is a day and a month, seen from `latest`."""
    today = latest.astimezone(default).date()
    found = _at_its_time(days.without_year(text, today), default)

    return None if found is None else replace(found, whole=False)


def read_clock(text: str) -> str:
    """Return the time of day that stands in a text, as it is written; empty for none."""
    match = _CLOCK.search(plain_digits(text))
    return match[0] if match is not None else ""


def is_dateline(text: str) -> bool:
    """Return whether a short line is a date rather than a sentence with a date in it.

    Time, zone, place, counter and byline may stand beside the date.
    """
    plain = _ABBREVIATED_END.sub("", plain_digits(text))
    if not any(char.isdigit() for char in plain):
        return False

    if days_back(plain) is not None and _CLOCK.search(plain):
        names = NAME.findall(plain)
        return len(names) <= MOST_NAMES

    rest = plain
    for pattern in (_ISO, days.YEAR_LAST, days.YEAR_FIRST, _CLOCK):
        rest = pattern.sub(" ", rest)

    words = NAME.findall(rest)
    names = [word for word in words if not _is_month(word)]
    in_numbers = rest != plain
    in_words = len(names) < len(words)

    if not in_numbers and not in_words:
        return False
    if len(names) > MOST_NAMES:
        return False

    return len(names) <= _FEW_NAMES or _SENTENCE_END.search(plain) is None


def _is_month(word: str) -> bool:
    """Return whether a word names a month of either calendar."""
    return month(word) is not None or persian_month(word) is not None


def _readings(text: str, default: tzinfo, *, month_first: bool) -> Iterator[Moment]:
    """Give what each form makes of a text, the least ambiguous form first."""
    for reader in (_iso, _epoch, _rfc, _in_words):
        try:
            moment = reader(text, default)
        except (ValueError, OverflowError, TypeError, IndexError):
            continue  # a day that no month has, an offset that no zone has
        if moment is not None:
            yield moment

    try:
        moment = _in_numbers(text, default, month_first=month_first)
    except (ValueError, OverflowError):
        return

    if moment is not None:
        yield moment


def _iso(text: str, default: tzinfo) -> Moment | None:
    match = _ISO.search(text) or _COMPACT.match(text)
    if match is None:
        return None

    year, month_, day, hour, minute, second, offset = match.groups()
    zone: tzinfo | None = None
    if offset:
        zone = zones.from_offset(offset)

    if hour and zone is None:
        zone = zones.from_word(text[match.end() :])

    at = datetime(
        int(year),
        int(month_),
        int(day),
        int(hour or 0),
        int(minute or 0),
        min(59, int(second or 0)),
        tzinfo=default if zone is None else zone,
    )

    return Moment(at, hour is not None, _zone_of(zone))


def _epoch(text: str, default: tzinfo) -> Moment | None:
    """Read seconds or milliseconds since 1970."""
    del default
    match = _EPOCH.match(text)
    if match is None:
        return None

    seconds = int(text) / (1000 if match.group(1) else 1)

    return Moment(
        datetime.fromtimestamp(seconds, UTC),
        timed=True,
        zone=ZoneOf.TEXT,
    )


def _rfc(text: str, default: tzinfo) -> Moment | None:
    """Read RFC 5322, which begins with a day of the week."""
    if text[:3].lower() not in _RFC_DAYS:
        return None

    at = parsedate_to_datetime(text)
    if at.tzinfo is None:
        return Moment(at.replace(tzinfo=default), ":" in text, ZoneOf.DEFAULT)

    return Moment(at, ":" in text, ZoneOf.TEXT)


def _in_words(text: str, default: tzinfo) -> Moment | None:
    """Read a date whose month is a word, or whose parts are called year, month and day."""
    named = days.in_words(text)
    return _at_its_time(named, default)


def _in_numbers(text: str, default: tzinfo, *, month_first: bool) -> Moment | None:
    """Read a date in numbers."""
    named = days.in_numbers(text, month_first=month_first)
    return _at_its_time(named, default)


def _at_its_time(named: days.Day | None, default: tzinfo) -> Moment | None:
    """Return a day with the time of day that stands beside it."""
    if named is None:
        return None

    return _with_clock(named.day, named.rest, default)


def _with_clock(day: date, rest: str, default: tzinfo) -> Moment:
    """Return a day with the time of day that stands elsewhere in its text."""
    midnight = datetime(
        day.year,
        day.month,
        day.day,
        tzinfo=default,
    )

    match = _CLOCK.search(rest)
    if match is None:
        return Moment(
            midnight,
            timed=False,
            zone=ZoneOf.DEFAULT,
        )

    hour = int(match.group(1))
    half = (match.group(3) or "").lower()

    if half and hour <= 12:  # noqa: PLR2004  (hours of a half day)
        hour = hour % 12 + (12 if half == "p" else 0)

    zone = zones.beside_clock(rest[match.end() :])
    at = midnight.replace(
        hour=hour,
        minute=int(match.group(2)),
        tzinfo=default if zone is None else zone,
    )

    return Moment(
        at,
        timed=True,
        zone=_zone_of(zone),
    )


def _zone_of(zone: tzinfo | None) -> ZoneOf:
    return ZoneOf.DEFAULT if zone is None else ZoneOf.TEXT
