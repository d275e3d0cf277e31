"""Dates as pages write them, machine-made and in words."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.metadata import dates
from extract.page import dom, head, headline_place, segments
from news.dates import from_persian

LATEST = datetime(2026, 11, 22, 12, tzinfo=UTC)
BAKU = ZoneInfo("Asia/Baku")

CASES = [
    ("2026-03-14T10:25:00+04:00", "2026-03-14T10:25:00+04:00"),
    ("2026-03-14T06:25:00Z", "2026-03-14T06:25:00+00:00"),
    ("2026-03-14 10:25:00", "2026-03-14T10:25:00+04:00"),
    ("2026-3-4T8:05:00.123+0300", "2026-03-04T08:05:00+03:00"),
    ("20260314", "2026-03-14T00:00:00+04:00"),
    ("1773469500", "2026-03-14T06:25:00+00:00"),
    ("Sat, 14 Mar 2026 06:25:00 GMT", "2026-03-14T06:25:00+00:00"),
    ("14.03.2026, 10:25", "2026-03-14T10:25:00+04:00"),
    ("10:25 14/03/2026", "2026-03-14T10:25:00+04:00"),
    ("14 Mart 2026 10:25", "2026-03-14T10:25:00+04:00"),
    ("14 mart 2026-cı il, 10:25", "2026-03-14T10:25:00+04:00"),
    ("14 марта 2026, 10:25 (МСК)", "2026-03-14T10:25:00+03:00"),
    ("14 Ağustos 2026 Cuma 10:25", "2026-08-14T10:25:00+04:00"),
    ("14 մարտի, 2026 10:25", "2026-03-14T10:25:00+04:00"),
    ("14 მარტი 2026, 10:25", "2026-03-14T10:25:00+04:00"),
    ("۲۳ اسفند ۱۴۰۴ - ۱۸:۴۰", "2026-03-14T18:40:00+04:00"),
    ("۱۴۰۴/۱۲/۲۳ ۱۸:۴۰", "2026-03-14T18:40:00+04:00"),
    ("March 14, 2026 10:25 am", "2026-03-14T10:25:00+04:00"),
    ("14th March 2026 at 10:25 p.m.", "2026-03-14T22:25:00+04:00"),
    ("Published: 14 March 2026 18:40 (UTC+04:00)", "2026-03-14T18:40:00+04:00"),
    ("2026 жылғы 14 наурыз, 10:25", "2026-03-14T10:25:00+04:00"),
    ("2026年3月14日 10:25", "2026-03-14T10:25:00+04:00"),
]


@pytest.mark.parametrize(("raw", "expected"), CASES)
def test_a_date_is_read(raw, expected):
    found = dates.parse(raw, BAKU, LATEST)
    assert found is not None
    assert found.at.isoformat() == expected


@pytest.mark.parametrize(
    "raw", ["", "tomorrow", "12345", "31.02.2026", "Room 14, 3rd floor", "2035-01-01", "99/99/9999"]
)
def test_what_is_no_date_is_none(raw):
    assert dates.parse(raw, BAKU, LATEST) is None


@given(st.text(max_size=200))
def test_any_text_is_survived(raw):
    found = dates.parse(raw, BAKU, LATEST)
    assert found is None or found.at.tzinfo is not None


@given(
    st.dates(date(2000, 1, 1), date(2026, 11, 1)),
    st.sampled_from(["{d.day} {m} {d.year}", "{d.day} {m}, {d.year} 09:30"]),
)
def test_months_in_words_round_trip(day, shape):
    for stems in (
        "yanvar fevral mart aprel may iyun iyul avqust sentyabr oktyabr noyabr dekabr",
        "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
        "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık",
        "հունվարի փետրվարի մարտի ապրիլի մայիսի հունիսի հուլիսի օգոստոսի սեպտեմբերի "
        "հոկտեմբերի նոյեմբերի դեկտեմբերի",
        "იანვარი თებერვალი მარტი აპრილი მაისი ივნისი ივლისი აგვისტო სექტემბერი ოქტომბერი "
        "ნოემბერი დეკემბერი",
    ):
        found = dates.parse(shape.format(d=day, m=stems.split()[day.month - 1]), BAKU, LATEST)
        assert found is not None
        assert found.at.date() == day


@pytest.mark.parametrize(
    ("year", "gregorian"),
    [
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
    assert from_persian(year, 1, 1).isoformat() == gregorian


@pytest.mark.parametrize("tag", ["h1", "h2", "div"])
def test_a_date_in_words_beside_the_headline_counts_without_an_h1(tag):
    text = (
        "<p>The ferry across the bay left the quay at six in the morning, as it had on 3 May "
        "2019 and on other days of that spring.</p>"
    )
    root = dom.parse(
        f"<html><body><{tag}>Ferries run again</{tag}><p>At the quay on 2 March 2026, a "
        f"picture of the new boat</p><div>14 mart 2026-cı il</div>{text}</body></html>"
    )
    runs = segments.segments(root)
    found = dates.published(
        head.read(root),
        root,
        runs,
        BAKU,
        LATEST,
        at=headline_place.locate(runs, "Ferries run again"),
    )
    assert found is not None
    assert (found.at.date(), found.source, found.timed) == (date(2026, 3, 14), "text", False)


def day_of_address(path, body="<p>The ferry left the quay at six.</p>"):
    root = dom.parse(f"<html><body><h1>Ferries run again</h1>{body}</body></html>")
    found = dates.published(
        head.read(root),
        root,
        segments.segments(root),
        BAKU,
        LATEST,
        url=f"https://port.example{path}",
    )
    return found and found.at.date()


@given(
    st.dates(date(1999, 1, 1), date(2026, 11, 21)),
    st.sampled_from(
        [
            "/{d:%Y/%m/%d}/ferry",
            "/{d:%Y-%m-%d}/ferry",
            "/{d:%Y/%m-%d}/ferry",
            "/{d:%Y/%m%d}/ferry",
            "/{d:%Y%m%d}/ferry",
            "/{d:%Y%m%d}-ferry",
            "/news/{d:%Y/%m/%d}",
            "/{d.year}/{d.month}/{d.day}/ferry",
            "/{d.year}-{d.month}-{d.day}/ferry",
            "/{d.year}/{d.month}-{d.day}_ferry",
        ]
    ),
)
def test_every_day_of_an_address_is_read_as_it_stands(day, shape):
    assert day_of_address(shape.format(d=day)) == day


@pytest.mark.parametrize(
    "path",
    [
        "/2026/1/ferry",
        "/2026111/ferry",
        "/2026/13/20/ferry",
        "/2026/11/32/ferry",
        "/2026/11/200/ferry",
        "/202611201/ferry",
        "/2026/111/ferry",
    ],
)
def test_numbers_of_an_address_that_are_no_whole_day_are_no_date(path):
    assert day_of_address(path) is None


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("2026 noyabr 20:15", None),
        ("2025 may 2026", None),
        ("case 2026-11-2034", None),
        ("2026 noyabr 20", "2026-11-20"),
        ("no. 12019 may 5", None),
    ],
)
def test_a_day_is_a_whole_number(raw, expected):
    found = dates.parse(raw, BAKU, LATEST)
    assert (found and found.at.date().isoformat()) == expected
