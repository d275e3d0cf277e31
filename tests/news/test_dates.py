"""The one reader of dates: every form of the region, with where its zone came from."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news import dates
from news.dates import ZoneOf

LATEST = datetime(2026, 11, 22, 12, tzinfo=UTC)
BAKU = ZoneInfo("Asia/Baku")

FORMS = [
    ("2026-03-14T10:25:00+04:00", "2026-03-14T10:25:00+04:00", ZoneOf.TEXT),
    ("2026-03-14T06:25:00Z", "2026-03-14T06:25:00+00:00", ZoneOf.TEXT),
    ("2026-03-14T10:25+04", "2026-03-14T10:25:00+04:00", ZoneOf.TEXT),
    ("2026-03-14T10:25-03:30", "2026-03-14T10:25:00-03:30", ZoneOf.TEXT),
    ("2026-03-14 10:25:00", "2026-03-14T10:25:00+04:00", ZoneOf.DEFAULT),
    ("2026-03-14 10:25:61", "2026-03-14T10:25:59+04:00", ZoneOf.DEFAULT),
    ("2026-03-14 10:25 MSK", "2026-03-14T10:25:00+03:00", ZoneOf.TEXT),
    ("2026-03-14 10:25 QWE", "2026-03-14T10:25:00+04:00", ZoneOf.DEFAULT),
    ("2026-3-4T8:05:00.123+0300", "2026-03-04T08:05:00+03:00", ZoneOf.TEXT),
    ("20260314", "2026-03-14T00:00:00+04:00", ZoneOf.DEFAULT),
    ("20260314T102530Z", "2026-03-14T10:25:30+00:00", ZoneOf.TEXT),
    ("1773469500", "2026-03-14T06:25:00+00:00", ZoneOf.TEXT),
    ("1773469500000", "2026-03-14T06:25:00+00:00", ZoneOf.TEXT),
    ("Sat, 14 Mar 2026 06:25:00 GMT", "2026-03-14T06:25:00+00:00", ZoneOf.TEXT),
    ("Sat, 14 Mar 2026 06:25:00", "2026-03-14T06:25:00+04:00", ZoneOf.DEFAULT),
    ("14.03.2026, 10:25", "2026-03-14T10:25:00+04:00", ZoneOf.DEFAULT),
    ("14.03.26", "2026-03-14T00:00:00+04:00", ZoneOf.DEFAULT),
    ("03/14/2026", "2026-03-14T00:00:00+04:00", ZoneOf.DEFAULT),
    ("14 марта 2026, 10:25 (МСК)", "2026-03-14T10:25:00+03:00", ZoneOf.TEXT),
    ("14 mart 2026-cı il, 10:25", "2026-03-14T10:25:00+04:00", ZoneOf.DEFAULT),
    ("14 Ağustos 2026 Cuma 10:25", "2026-08-14T10:25:00+04:00", ZoneOf.DEFAULT),
    ("14 մարտի, 2026 10:25", "2026-03-14T10:25:00+04:00", ZoneOf.DEFAULT),
    ("14 მარტი 2026, 10:25", "2026-03-14T10:25:00+04:00", ZoneOf.DEFAULT),
    ("۲۳ اسفند ۱۴۰۴ - ۱۸:۴۰", "2026-03-14T18:40:00+04:00", ZoneOf.DEFAULT),
    ("۱۴۰۴/۱۲/۲۳ ۱۸:۴۰", "2026-03-14T18:40:00+04:00", ZoneOf.DEFAULT),
    ("14th March 2026 at 10:25 p.m.", "2026-03-14T22:25:00+04:00", ZoneOf.DEFAULT),
    ("March 14, 2026 12:05 am", "2026-03-14T00:05:00+04:00", ZoneOf.DEFAULT),
    ("14 March 2026 18:40 (UTC+04:30)", "2026-03-14T18:40:00+04:30", ZoneOf.TEXT),
    ("14 March 2026 18:40 GMT-3", "2026-03-14T18:40:00-03:00", ZoneOf.TEXT),
    ("2026 жылғы 14 наурыз, 10:25", "2026-03-14T10:25:00+04:00", ZoneOf.DEFAULT),
    ("2026年3月14日 10:25", "2026-03-14T10:25:00+04:00", ZoneOf.DEFAULT),
]


@pytest.mark.parametrize(("text", "expected", "zone"), FORMS)
def test_a_form_is_read_and_says_where_its_zone_came_from(text, expected, zone):
    moment = dates.read(text, BAKU, LATEST)
    assert moment is not None
    assert (moment.at.isoformat(), moment.zone) == (expected, zone)
    assert moment.timed is ("T00:00" not in expected or "12:05" in text)


def test_the_order_of_day_and_month_is_the_callers_where_both_are_possible():
    assert dates.read("03/04/2026", UTC).at.date() == date(2026, 4, 3)
    assert dates.read("03/04/2026", UTC, month_first=True).at.date() == date(2026, 3, 4)
    assert dates.read("14/03/2026", UTC, month_first=True).at.date() == date(2026, 3, 14)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "tomorrow",
        "12345",
        "31.02.2026",
        "Room 14, 3rd floor",
        "99/99/9999",
        "14 of them 2026",
        "2026 noyabr 20:15",
        "30 اسفند 1404",
        "1973-03-14",
        "Mon, nonsense",
    ],
)
def test_what_is_no_date_is_none(text):
    assert dates.read(text, BAKU, LATEST) is None


def test_nobody_publishes_more_than_a_day_ahead():
    assert dates.read("2026-11-23T12:59:00Z", UTC, LATEST) is not None
    assert dates.read("2026-11-23T13:01:00Z", UTC, LATEST) is None
    assert dates.read("2035-01-01", UTC) is not None


def test_a_later_form_is_read_where_an_earlier_one_is_out_of_bounds():
    moment = dates.read("2036-01-01, 14 March 2026", UTC, LATEST)
    assert moment.at.date() == date(2026, 3, 14)


@given(st.text(max_size=200))
def test_any_text_is_survived(text):
    moment = dates.read(text, BAKU, LATEST)
    assert moment is None or moment.at.tzinfo is not None
    stamp = dates.read_stamp(text, BAKU)
    assert stamp is None or stamp.tzinfo is UTC
    assert dates.is_dateline(text) in {True, False}


STAMPS = [
    ("2026-11-22T10:00:00+04:00", "2026-11-22T06:00:00+00:00"),
    ("2026-11-22T10:00:00-0330", "2026-11-22T13:30:00+00:00"),
    ("2026-11-22 10:00 +04", "2026-11-22T06:00:00+00:00"),
    (" 2026-11-22 10:00:00,5  UTC ", "2026-11-22T10:00:00.500000+00:00"),
    ("2026-11-22", "2026-11-21T20:00:00+00:00"),
    ("Sun, 22 Nov 2026 10:00:00 +0400", "2026-11-22T06:00:00+00:00"),
    ("Sun, 22 Nov 2026 10:00:00", "2026-11-22T06:00:00+00:00"),
    ("Sun, 22 Nov 2026 10:00:00 -0000", "2026-11-22T10:00:00+00:00"),
]


@pytest.mark.parametrize(("text", "expected"), STAMPS)
def test_a_stamp_is_read_in_utc(text, expected):
    assert dates.read_stamp(text, BAKU).isoformat() == expected


@pytest.mark.parametrize(
    "text", ["", "soon", "0001-01-01T00:00:00Z", "2026-13-01", "2101-01-01", "1989-12-31T00:00:00Z"]
)
def test_what_is_no_stamp_is_none(text):
    assert dates.read_stamp(text) is None


def test_another_reader_is_asked_for_a_text_in_neither_form():
    asked = []

    def otherwise(text):
        asked.append(text)
        return datetime(2026, 1, 2, tzinfo=BAKU)

    assert (
        dates.read_stamp("deux   janvier", otherwise=otherwise)
        .isoformat()
        .startswith("2026-01-01T20")
    )
    assert dates.read_stamp("2026-13-01", otherwise=otherwise) is None
    assert asked == ["deux janvier"]


@pytest.mark.parametrize(
    ("year", "gregorian"),
    [
        (1206, "1827-03-22"),
        (1300, "1921-03-21"),
        (1358, "1979-03-21"),
        (1399, "2020-03-20"),
        (1400, "2021-03-21"),
        (1404, "2025-03-21"),
        (1405, "2026-03-21"),
        (1408, "2029-03-20"),
    ],
)
def test_the_persian_new_year(year, gregorian):
    assert dates.from_persian(year, 1, 1).isoformat() == gregorian


def test_the_persian_year_has_every_day_once():
    for year in range(1390, 1425):
        first = dates.from_persian(year, 1, 1)
        days = [(month, day) for month in range(1, 13) for day in range(1, 32)]
        found = []
        for month, day in days:
            try:
                found.append(dates.from_persian(year, month, day))
            except ValueError:
                continue
        length = 366 if dates.is_persian_leap(year) else 365
        assert found == [first + timedelta(days=number) for number in range(length)]


@pytest.mark.parametrize(
    ("year", "month", "day"),
    [(1205, 1, 1), (1499, 1, 1), (1404, 0, 1), (1404, 13, 1), (1404, 1, 0), (1404, 7, 31)],
)
def test_what_the_persian_calendar_does_not_have_is_refused(year, month, day):
    with pytest.raises(ValueError, match="Persian calendar"):
        dates.from_persian(year, month, day)


def test_a_month_is_known_in_any_of_its_forms():
    assert dates.month("января") == 1
    assert dates.month("İyunun") == 6
    assert dates.month("მაისს") == 5
    assert dates.month("mar") == 3
    assert dates.month("mart") == 3
    assert dates.month("margin") is None
    assert dates.month("مه") == 5
    assert dates.persian_month("مهر") == 7
    assert dates.persian_month("دي") == 10
    assert dates.persian_month("ماه") is None


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("14 mart 2026, 10:25 | Bakı", True),
        ("2026-03-14", True),
        ("10:25", True),
        ("23 اسفند", True),
        ("Baku", False),
        ("The bridge opened on 14 March 2026.", False),
        ("On 14.03.2026 the council of ministers met for talks again", False),
    ],
)
def test_a_dateline_is_no_sentence(line, is_one):
    assert dates.is_dateline(line) is is_one
