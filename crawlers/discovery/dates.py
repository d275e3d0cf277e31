"""Dates as doors write them: the house's reader of stamps, with feedparser's rarer forms."""

from datetime import UTC, datetime, tzinfo
from functools import lru_cache

from news.dates import read_stamp

_LONGEST = 100  # letters: what is longer is no date, and its tail not looked at


def read(text: str, zone: tzinfo = UTC) -> datetime | None:
    """Return an aware datetime, in `zone` where the text names none; None for what is no date."""
    return _read(" ".join(text.split())[:_LONGEST], zone)


@lru_cache(maxsize=4096)
def _read(text: str, zone: tzinfo) -> datetime | None:
    """Return the aware moment that a text tells; None for one that tells none."""
    return read_stamp(text, zone, otherwise=_by_feedparser)


def _by_feedparser(text: str) -> datetime | None:
    """Return what feedparser's further formats (Hungarian, Greek, asctime...) make of a text."""
    import feedparser

    try:
        parsed = feedparser.datetimes._parse_date(text)  # noqa: SLF001  (its only way in)
        if not parsed:
            return None

        year, month, day, hour, minute, second = parsed[:6]

        return datetime(
            year,
            month,
            day,
            hour,
            minute,
            min(second, 59),
            tzinfo=UTC,
        )
    except (ValueError, TypeError, OverflowError):
        return None
