"""Dates as feeds have them: every slip of an RFC 822 date, ISO without its marks, words, Jalali."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from crawlers.discovery import dates

BAKU = ZoneInfo("Asia/Baku")
TEHRAN = ZoneInfo("Asia/Tehran")


def utc(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, 26, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Thu, 26 Nov 2026 10:00:00 +4", utc(6)),
        ("Thu, 26 Nov 2026 10:00:00 +04:00", utc(6)),
        ("Thu, 26 Nov 2026 10:00:00 +04", utc(6)),
        ("Thu, 26 Nov 2026 10:00:00 GMT+4", utc(6)),
        ("Thu, 26 Nov 2026 10:00:00 MSK", utc(7)),
        ("Thu, 26 Nov 2026 10:00:00 EET", utc(8)),
        ("Thu, 26 Nov 2026 10:00:00 IST", utc(4, 30)),
        ("Thu, 26 Nov 2026 10:00:00 AZT", utc(6)),
        ("Thu, 26 Nov 2026 10:00:00 PM", utc(18)),
        ("Thu, 26 Nov 2026 10:00:00 AM +0400", utc(6)),
        ("Thu, 26 Nov 2026 12:30 PM GMT", utc(12, 30)),
        ("Thu, 26 Nov 2026 12:30 AM GMT", utc(0, 30)),
        ("20261126T100000Z", utc(10)),
        ("20261126T100000+0400", utc(6)),
        ("202611261000", utc(6)),
        ("26 ноября 2026, 10:00", utc(6)),
        ("26.11.2026 10:00", utc(6)),
        ("26/11/2026 10:00", utc(6)),
        ("2026-11-26T10:00:00+04", utc(6)),
        ("26 Nov 2026 10:00", utc(6)),
    ],
)
def test_a_date_is_read_with_its_slips(text, moment):
    assert dates.read(text, BAKU) == moment


@pytest.mark.parametrize(
    "text",
    [
        "۱۴۰۵-۰۹-۰۵T۱۰:۰۰:۰۰Z",
        "1405-09-05T10:00:00Z",
        "1405/09/05 10:00",
        "۱۴۰۵/۰۹/۰۵ ۱۰:۰۰",
        "۵ آذر ۱۴۰۵ ۱۰:۰۰",
    ],
)
def test_persian_dates_are_of_their_own_calendar_and_clock(text):
    assert dates.read(text, TEHRAN) == utc(6, 30)


@pytest.mark.parametrize("text", ["", "soon", "0001-01-01T00:00:00Z", "2026-13-45", "99.99.2026"])
def test_what_is_no_date_is_none(text):
    assert dates.read(text, BAKU) is None
