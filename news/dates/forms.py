"""Dates in the forms that pages show and state: machine-made, in numbers, in words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from email.utils import parsedate_to_datetime
from enum import StrEnum

from news.dates import zones
from news.dates.calendar import from_persian
from news.dates.words import days_back, month, persian_month, plain_digits

EARLIEST = 1990  # the year before which no page of the web was published
_LONGEST = 200  # characters that are looked at
_LAST_PERSIAN_YEAR = 1500  # a year before it is one of the Persian calendar
_MOST_NAMES = 6  # words beside a date that a dateline may have
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
_NUMERIC = re.compile(r"(?<![\d./-])(\d{1,2})[./-](\d{1,2})[./-]((?:1[34]|19|20)?\d{2})(?!\d)")
_NUMERIC_Y = re.compile(r"(?<![\d./-])((?:1[34]|19|20)\d\d)[./-](\d{1,2})[./-](\d{1,2})(?!\d)")
_DAY_MONTH = re.compile(
    r"""(?<!\d)(\d{1,2})(?:-?(?:st|nd|rd|th|го|е|ին|ս))?[.,]?
    \s*(?:de\s+|of\s+)?([^\W\d_]{2,14})[.,]?
    (?:\s*(?:de\s+)?[,،]?\s*((?:1[34]|19|20)\d\d))?""",
    re.IGNORECASE | re.VERBOSE,
)
_MONTH_DAY = re.compile(
    r"([^\W\d_]{3,14})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+((?:19|20)\d\d)(?!\d)",
    re.IGNORECASE,
)
_MONTH_THEN_DAY = re.compile(r"([^\W\d_]{3,14})\.?\s+(\d{1,2})(?:st|nd|rd|th)?(?![\d:.])")
_YEAR = re.compile(r"(?<!\d)(?:1[34]|19|20)\d\d(?!\d)")
_YEAR_MONTH_DAY = re.compile(
    r"""(?<!\d)((?:19|20)\d\d)
    \s*(?:-?(?:ci|cı|cu|cü)\s*il[^\d\W]*|թ\.?|жылғы|жылы|yil|წლის|წ\.|йил|年)?[.,]?
    \s*(\d{1,2})?[-\s]*([^\W\d_]{2,14})(?:\s+(\d{1,2})(?![\d:]))?""",
    re.IGNORECASE | re.VERBOSE,
)
_RANGE_BEGINS = re.compile(r"\d\.?\s*[-–—]\s*$")
_NUMBER = re.compile(r"\d{3}")  # beside a day and a month: a year, or no date at all
_EAST_ASIAN = re.compile(r"((?:19|20)\d\d)\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]")
_NAME = re.compile(r"[^\W\d_]{2,}")
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
    if back is None or len(_NAME.findall(text)) > _MOST_NAMES // 2:
        return None

    day = latest.astimezone(default).date() - timedelta(days=back)

    return replace(_with_clock(day, text, default), whole=False)


def _without_year(text: str, default: tzinfo, latest: datetime) -> Moment | None:
    """Read a line that is a day and a month: the last such day that is not after `latest`."""
    today = latest.astimezone(default).date()
    for number, word, (start, end) in _days_of_months(text):
        rest = f"{text[:start]} {text[end:]}"
        named = month(word)
        if named is None or len(_NAME.findall(rest)) > _MOST_NAMES // 2 or _NUMBER.search(rest):
            continue
        if _RANGE_BEGINS.search(text[max(0, start - 8) : start]):
            continue  # "1 - 15 December" is a span of days

        for year in (today.year, today.year - 1):
            try:
                day = date(year, named, number)
            except ValueError:
                continue  # a 29 February, or no day at all
            if day <= today:
                return replace(_with_clock(day, rest, default), whole=False)

    return None


def _days_of_months(text: str) -> Iterator[tuple[int, str, tuple[int, int]]]:
    """Give (day, word, span) of everything that has the shape of a day and a month."""
    for match in _DAY_MONTH.finditer(text):
        yield int(match[1]), match[2], match.span()

    for match in _MONTH_THEN_DAY.finditer(text):
        yield int(match[2]), match[1], match.span()


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
        return len(_NAME.findall(plain)) <= _MOST_NAMES

    rest = plain
    for pattern in (_ISO, _NUMERIC, _NUMERIC_Y, _CLOCK):
        rest = pattern.sub(" ", rest)

    words = _NAME.findall(rest)
    names = [word for word in words if month(word) is None and persian_month(word) is None]
    dated = rest != plain or len(names) < len(words)

    if not dated or len(names) > _MOST_NAMES:
        return False

    return len(names) <= _FEW_NAMES or not _SENTENCE_END.search(plain)


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
    zone = zones.from_offset(offset) if offset else None

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
    match = _EAST_ASIAN.search(text)
    if match is not None:
        day = date(int(match[1]), int(match[2]), int(match[3]))
        return _with_clock(day, text[match.end() :], default)

    for number, word, year, (start, end) in _days_in_words(text):
        rest = f"{text[:start]} {text[end:]}"
        gregorian = month(word)
        if gregorian is not None and year >= EARLIEST:
            return _with_clock(date(year, gregorian, number), rest, default)

        persian = persian_month(word)
        if persian is not None and year < EARLIEST:
            return _with_clock(from_persian(year, persian, number), rest, default)

    return None


def _days_in_words(text: str) -> Iterator[tuple[int, str, int, tuple[int, int]]]:
    """Give (day, word, year, span) of everything that has the shape of a date in words."""
    for match in _DAY_MONTH.finditer(text):
        if match[3]:
            yield int(match[1]), match[2], int(match[3]), match.span()

    for match in _MONTH_DAY.finditer(text):
        yield int(match[2]), match[1], int(match[3]), match.span()

    for match in _YEAR_MONTH_DAY.finditer(text):
        day = match[2] or match[4]
        if day:
            yield int(day), match[3], int(match[1]), match.span()


def _in_numbers(text: str, default: tzinfo, *, month_first: bool) -> Moment | None:
    match = _NUMERIC_Y.search(text)
    if match is not None:
        year, month_, day = (int(part) for part in match.groups())
        persian = year < _LAST_PERSIAN_YEAR
        named = from_persian(year, month_, day) if persian else date(year, month_, day)

        return _with_clock(named, f"{text[: match.start()]} {text[match.end() :]}", default)

    match = _NUMERIC.search(text)
    if match is None:
        return None

    first, second, year = (int(part) for part in match.groups())
    rest = f"{text[: match.start()]} {text[match.end() :]}"

    if year < 100:  # noqa: PLR2004  (two digits)
        year += 2000
    elif year < _LAST_PERSIAN_YEAR:
        return _with_clock(from_persian(year, second, first), rest, default)

    swapped = second > 12 or (month_first and first <= 12)  # noqa: PLR2004  (months)
    day, month_ = (second, first) if swapped else (first, second)

    return _with_clock(date(year, month_, day), rest, default)


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
