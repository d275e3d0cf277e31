"""Dates as doors write them: RFC 822 with every known slip, ISO 8601 / W3C, plain day; never a guess without a zone."""

import re
from datetime import UTC, datetime, timedelta, tzinfo
from email.utils import parsedate_to_datetime
from functools import lru_cache

_ISO = re.compile(
    r"\s*(\d{4}-\d{2}-\d{2})(?:[T\s]+(\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?))?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?\s*",
    re.IGNORECASE,
)


_LONGEST = 100  # letters: what is longer is no date, and its tail not looked at


def read(text: str, zone: tzinfo = UTC) -> datetime | None:
    """Return an aware datetime, in `zone` where the text names none; None for what is no date."""
    return _read(" ".join(text.split())[:_LONGEST], zone)


@lru_cache(maxsize=4096)
def _read(text: str, zone: tzinfo) -> datetime | None:
    if match := _ISO.fullmatch(text):
        return _iso(match[1], match[2], match[3], zone)
    try:
        parsed = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return _by_feedparser(text)
    return _sane(
        parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC if text.endswith("-0000") else zone)
    )


def _iso(day: str, time: str | None, offset: str | None, zone: tzinfo) -> datetime | None:
    try:
        moment = datetime.fromisoformat(f"{day}T{(time or '00:00').replace(',', '.')}")
    except ValueError:
        return None
    if offset is None:
        return _sane(moment.replace(tzinfo=zone))
    if offset.upper() in {"Z", "UTC", "GMT"}:
        return _sane(moment.replace(tzinfo=UTC))
    sign, hours, minutes = offset[0], int(offset[1:3]), int(offset[-2:]) if len(offset) > 3 else 0  # noqa: PLR2004
    shift = timedelta(hours=hours, minutes=minutes)
    return _sane((moment - shift if sign == "+" else moment + shift).replace(tzinfo=UTC))


def _by_feedparser(text: str) -> datetime | None:
    """Return what feedparser's further formats (Hungarian, Greek, asctime...) make of a text."""
    import feedparser

    try:
        parsed = feedparser.datetimes._parse_date(text)  # noqa: SLF001  (its only way in)
        if not parsed:
            return None
        year, month, day, hour, minute, second = parsed[:6]
        return _sane(datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC))
    except (ValueError, TypeError, OverflowError):
        return None


def _sane(moment: datetime) -> datetime | None:
    """Return a date of the web's age; None for 1 January of the year 1 and the like."""
    try:
        in_utc = moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return in_utc if 1990 <= in_utc.year <= 2100 else None  # noqa: PLR2004
