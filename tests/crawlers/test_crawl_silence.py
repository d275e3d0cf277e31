"""An outlet that brings nothing for unusually long is silent.

Nights, quiet days and sparse outlets are not.
"""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers import door_notes, schedule
from crawlers import job as jobs
from crawlers import silence as silences
from news import codec
from news.crawl import DoorState, Known
from news.outlet import Expectation, Outlet
from news.urls import canonical
from pipeline import outlet_health

MONDAY = datetime(2026, 11, 16, 6, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def outlet(*quiet: str) -> Outlet:
    return Outlet(
        name="x",
        region="caspian",
        title="X",
        home="https://x.az/",
        country="AZ",
        languages=("az",),
        timezone="Asia/Baku",
        doors=(),
        expects=Expectation(quiet_days=quiet),
    )


def polled(times: list[tuple[datetime, int]]) -> DoorState:
    """Return a door after polls that brought so many articles each."""
    state = DoorState(outlet="x", url="https://x.az/feed")
    for moment, new in times:
        notes = schedule.count_new(
            door_notes.read(state), state.last_polled, new, moment, first_span=1.0
        )
        state = replace(door_notes.write(state, notes), last_polled=moment)
    return state


def silence(states: list[DoorState], outlet: Outlet, now: datetime):
    return silences.measure([door_notes.read(state) for state in states], outlet, now)


def steady(a_day: int, days: int, until: datetime) -> DoorState:
    """Return a door that brought `a_day` articles, at noon, in each of the days before `until`."""
    return polled([(until - DAY * (days - number), a_day) for number in range(days + 1)])


@pytest.mark.parametrize(
    ("a_day", "hours", "silent"),
    [
        (60, 12, False),
        (60, 35, False),
        (60, 37, True),
        (6, 25, False),
        (6, 40, True),
        (3, 40, False),
        (3, 60, True),
    ],
)
def test_silence_is_told_by_the_rate_and_never_before_a_night_and_a_day(a_day, hours, silent):
    state = steady(a_day, 10, MONDAY)
    assert (silence([state], outlet(), MONDAY + hours * HOUR) is not None) is silent


def test_the_sentence_has_days_and_articles():
    quiet, expected = silence([steady(6, 20, MONDAY)], outlet(), MONDAY + 3 * DAY)
    assert quiet == 3 * DAY
    assert 15 < expected < 19


def test_a_sparse_outlet_takes_weeks():
    state = polled([(MONDAY + DAY * number, int(number % 4 == 0)) for number in range(41)])
    last = MONDAY + DAY * 40
    assert silence([state], outlet(), last + 15 * DAY) is None
    assert silence([state], outlet(), last + 40 * DAY) is not None


def test_quiet_days_do_not_count():
    friday = MONDAY + 4 * DAY
    state = steady(6, 10, friday)
    assert silence([state], outlet(), friday + 3 * DAY) is not None
    assert silence([state], outlet("sat", "sun"), friday + 3 * DAY) is None
    assert silence([state], outlet("sat", "sun"), friday + 5 * DAY) is not None


def test_what_lay_there_at_the_first_poll_is_no_rate():
    assert silence([polled([(MONDAY, 5000)])], outlet(), MONDAY + 30 * DAY) is None
    assert (
        silence([polled([(MONDAY, 5000), (MONDAY + HOUR, 1)])], outlet(), MONDAY + 30 * DAY) is None
    )


def test_any_door_that_brings_something_ends_the_silence():
    feed, site_map = steady(6, 10, MONDAY), polled([(MONDAY - 5 * DAY, 0), (MONDAY + 3 * DAY, 1)])
    assert silence([feed], outlet(), MONDAY + 3 * DAY) is not None
    assert silence([feed, site_map], outlet(), MONDAY + 3 * DAY) is None


@given(st.lists(st.tuples(st.floats(0.01, 72), st.integers(0, 50)), max_size=30), st.floats(0, 36))
def test_no_outlet_is_silent_within_a_night_and_a_day_of_its_last_article(steps, hours):
    moment, times = MONDAY, []
    for gap, new in steps:
        moment += gap * HOUR
        times.append((moment, new))
    brought = [at for at, new in times if new]
    if brought:
        assert silence([polled(times)], outlet(), brought[-1] + hours * HOUR * 0.99) is None


def test_a_crawl_says_that_its_outlet_is_silent(site, outlet_of, job_of):
    site.feed("/feed", ["/news/1.html"])
    site.article("/news/1.html")
    made = outlet_of(("feed", "/feed"))
    job = job_of(made)
    door = replace(steady(6, 10, job.now - 4 * DAY), outlet="outlet", url=made.doors[0].url)
    known = Known(
        outlet="outlet",
        url=canonical(site.url("/news/1.html")),
        address=site.url("/news/1.html"),
        first_seen=job.now - 9 * DAY,
        last_fetched=job.now - 9 * DAY,
        status=200,
    )
    (job.folder / "memory.jsonl").write_text(
        json.dumps({"known": codec.plain(known)})
        + "\n"
        + json.dumps({"door": codec.plain(door)})
        + "\n",
        encoding="utf-8",
    )
    report = jobs.run(job, progress=False)
    assert report.state == "silent"
    assert report.note.startswith("nothing new for 4.0 days, in which about ")


def test_a_new_article_ends_it(site, outlet_of, job_of):
    site.feed("/feed", ["/news/1.html"])
    site.article("/news/1.html")
    made = outlet_of(("feed", "/feed"))
    job = job_of(made)
    door = replace(steady(6, 10, job.now - 4 * DAY), outlet="outlet", url=made.doors[0].url)
    (job.folder / "memory.jsonl").write_text(
        json.dumps({"door": codec.plain(door)}) + "\n", encoding="utf-8"
    )
    assert jobs.run(job, progress=False).state == "ok"


@pytest.mark.parametrize(
    ("state", "articles", "rejected", "expected"),
    [
        ("ok", 2, {"paywall": 3}, "paywalled"),
        ("silent", 0, {"paywall": 5}, "paywalled"),
        ("ok", 3, {"paywall": 3}, "ok"),
        ("ok", 0, {"paywall": 2}, "ok"),
        ("ok", 2, {"paywall": 3, "gone": 40, "listing": 9}, "paywalled"),
        ("ok", 1, {"paywall": 3, "video": 3}, "ok"),
        ("blocked", 0, {"paywall": 9}, "blocked"),
        ("ok", 9, {}, "ok"),
    ],
)
def test_walls_make_the_state_when_most_pages_have_one(state, articles, rejected, expected):
    report = outlet_health.with_walls({"state": state, "note": "n"}, articles, rejected)
    assert report["state"] == expected
    assert ("behind a wall" in report["note"]) == (expected == "paywalled")
