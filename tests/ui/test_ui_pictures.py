"""The picture over time of a search."""

import re
from datetime import date, timedelta

import pytest

from ui import pictures


def counts(*days: str) -> dict[str, int]:
    return {day: number for number, day in enumerate(days, 1)}


@pytest.mark.parametrize(
    ("days", "unit", "labels"),
    [
        (("2026-02-27", "2026-03-01"), "day", ["2026-02-27", "2026-02-28", "2026-03-01"]),
        (("2025-12-28", "2026-03-02"), "week", ["2025-12-22", "2025-12-29", "2026-01-05"]),
        (("2024-11-30", "2026-03-02"), "month", ["2024-11", "2024-12", "2025-01"]),
        (("1998-01-01", "2026-03-02"), "year", ["1998", "1999", "2000"]),
    ],
)
def test_a_span_is_drawn_by_the_shortest_unit_that_has_few_bars(days, unit, labels):
    picture = pictures.over_time(counts(*days))
    assert picture.unit == unit
    assert [bar.label for bar in picture.bars[:3]] == labels
    assert len(picture.bars) <= 70


def test_no_article_goes_missing_and_empty_units_stand():
    start = date(2025, 1, 1)
    days = {str(start + timedelta(days=5 * number)): number + 1 for number in range(40)}
    picture = pictures.over_time(days)
    assert sum(bar.count for bar in picture.bars) == sum(days.values())
    gap = pictures.over_time(counts("2026-01-01", "2026-01-04"))
    assert [bar.count for bar in gap.bars] == [1, 0, 0, 2]


def test_the_highest_bar_fills_the_picture_and_all_stand_on_its_ground():
    picture = pictures.over_time({"2026-01-01": 4, "2026-01-02": 1, "2026-01-03": 2})
    assert [bar.height / pictures.HEIGHT for bar in picture.bars] == [1, 0.25, 0.5]
    assert {bar.y + bar.height for bar in picture.bars} == {pictures.HEIGHT}
    assert picture.bars[-1].x + picture.bars[-1].width <= pictures.WIDTH


@pytest.mark.parametrize("days", [{}, {"2026-01-01": 9}])
def test_one_day_is_no_picture(days):
    assert pictures.over_time(days) is None


def page_of(client, monkeypatch, **fields) -> str:
    """Return a search's page whose articles lie on two days."""
    from storage import Archive
    from storage.search import Facets

    days = {"2026-03-01": 3, "2026-03-03": 1}
    facets = Facets(**{"days": days, "total": 4, **fields})
    monkeypatch.setattr(Archive, "facets", lambda *_: facets)
    return client.get("/khabar/?q=compressor").text


def test_a_search_shows_its_picture_with_its_numbers_and_no_style_or_script(client, monkeypatch):
    page = page_of(client, monkeypatch)
    svg = re.search(r"<svg.*?</svg>", page, re.DOTALL)[0]
    assert "<desc" in svg
    assert svg.count("<rect") == 3
    assert "<td>2026-03-02</td>" in page
    assert " style=" not in page
    assert "<script" not in page
    assert "be whole" not in page


def test_a_picture_of_the_newest_alone_says_so(client, monkeypatch):
    page = page_of(client, monkeypatch, complete=False)
    assert "Of the newest 4 articles alone; the earliest day may not be whole." in page
