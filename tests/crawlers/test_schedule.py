"""When a door is asked next: by what it brings, what it shows, what it costs and how it failed."""

from datetime import UTC, datetime, timedelta

import pytest

from crawlers import schedule, silence
from crawlers.door_notes import DoorNotes, Rate
from crawlers.outlet_notes import Ledger
from news.crawl import DoorState, Known, OutletState
from news.outlet import Door, DoorKind, Expectation, Outlet, Pace

NOW = datetime(2026, 11, 16, 6, tzinfo=UTC)
DAY = 86_400.0
WIDE = Pace(shortest=1.0, longest=1e9)


def door(a_day: float = 0.0, **fields: object) -> DoorNotes:
    """A door that brings so many articles a day."""
    return DoorNotes(recent=Rate(a_day * 2, 2.0), **fields)


@pytest.mark.parametrize(
    ("notes", "doors", "articles", "polls"),
    [
        (door(), 1, 0.0, 9.0),  # one that brings nothing
        (door(), 2, 0.0, 4.5),  # two share that
        (door(55.0), 1, 55.0, 20.0),  # a fifth of a poll more for each article
        (door(11.0), 2, 55.0, 4.0),  # by its share of them
        (door(), 2, 5.0, 10.0 * 0.15 / 2),  # and never quite forgotten
        (door(cost=4.0), 1, 0.0, 9.0 / 4),  # what costs more is asked less
        (door(cost=0.2), 1, 0.0, 9.0),  # what costs nothing no more for it
    ],
)
def test_a_door_is_polled_by_its_share_of_the_articles(
    notes: DoorNotes, doors: int, articles: float, polls: float
) -> None:
    assert schedule.interval(notes, WIDE, doors, articles) == pytest.approx(DAY / polls)


def test_a_door_is_asked_before_it_overflows_unless_it_shows_everything() -> None:
    seconds = schedule.interval(door(55.0, size=5), WIDE, 1, 55.0)
    assert seconds == pytest.approx(DAY * 5 / (3 * 55))
    calm = DAY / 20
    assert schedule.interval(door(55.0, size=5, complete=True), WIDE, 1, 55.0) == calm
    assert schedule.interval(door(55.0, size=50), WIDE, 1, 55.0) == calm
    assert schedule.interval(door(55.0, size=0), WIDE, 1, 55.0) == calm
    assert schedule.interval(door(0.0, size=1), WIDE, 1, 0.0) == pytest.approx(DAY / 9)
    assert schedule.interval(door(0.5, size=1), WIDE, 1, 0.5) == pytest.approx(DAY / 9.1)
    assert schedule.interval(door(55.0, size=1), WIDE, 1, 55.0) == pytest.approx(DAY / 165)


def test_a_list_that_alone_names_articles_is_read_every_seven_hours() -> None:
    # Six sections share an outlet's forty articles; the smallest brings four of them.
    seven_hours = 7 * 3600
    assert schedule.interval(door(4.0), WIDE, 6, 40.0) == seven_hours
    assert schedule.interval(door(4.0), WIDE, 6, 40.0, debt=30.0) == seven_hours
    # What it shows has all been named by other doors: it may wait.
    assert schedule.interval(door(0.05), WIDE, 6, 40.0) > 12 * 3600
    # Of more doors than an outlet may be asked for in seven hours each has its turn.
    assert schedule.interval(door(2.0), WIDE, 20, 40.0) == pytest.approx(DAY * 20 / 30)
    assert schedule.interval(door(4.0, cost=5.0), WIDE, 6, 40.0) == pytest.approx(DAY)


def test_the_outlets_pace_bounds_it_both_ways() -> None:
    assert schedule.interval(door(), Pace(shortest=20_000.0), 1, 0.0) == 20_000
    assert schedule.interval(door(), Pace(longest=700.0), 1, 0.0) == 700


@pytest.mark.parametrize(
    ("before", "seconds"),
    [(0, 1000), (1, 2000), (2, 4000), (5, 32_000), (7, 86_400), (4000, 86_400)],
)
def test_a_door_that_fails_is_asked_half_as_often_each_time_and_never_dropped(
    before: int, seconds: float
) -> None:
    state = DoorState(outlet="x", url="u", interval=1000.0, failures=before)
    after = schedule.failed(state, Pace(), NOW, OutletState.BROKEN)
    assert (after.failures, after.state) == (before + 1, OutletState.BROKEN)
    assert after.next_poll == NOW + timedelta(seconds=seconds)


def test_doubling_ends_after_ten_and_begins_at_the_shortest_interval() -> None:
    state = DoorState(outlet="x", url="u", interval=2.0, failures=50)
    after = schedule.failed(state, Pace(shortest=3.0, longest=1e9), NOW, OutletState.GONE)
    assert after.next_poll == NOW + timedelta(seconds=3 * 2**10)


@pytest.mark.parametrize(("wait", "seconds"), [(None, 1000), (10.0, 1000), (1e6, 1e6)])
def test_a_server_that_asks_for_more_time_gets_it(wait: float | None, seconds: float) -> None:
    state = DoorState(outlet="x", url="u", interval=1000.0)
    after = schedule.failed(state, Pace(), NOW, OutletState.RATE_LIMITED, wait=wait)
    assert after.next_poll == NOW + timedelta(seconds=seconds)


def test_outlets_are_spread_by_a_twentieth_each_way_and_always_the_same() -> None:
    spread = [schedule.spread(f"outlet {number}", 1000.0) for number in range(500)]
    assert spread == [schedule.spread(f"outlet {number}", 1000.0) for number in range(500)]
    assert 950 <= min(spread) < 960
    assert 1040 < max(spread) <= 1050
    assert sum(spread) / 500 == pytest.approx(1000, abs=5)


def test_a_door_whose_hints_are_true_is_believed_of_others_a_sample() -> None:
    urls = [f"https://x.az/{number}" for number in range(1000)]

    def believed(hints: int, hits: int) -> int:
        notes = DoorNotes(hints=hints, hits=hits)
        return sum(schedule.is_believed(notes, url) for url in urls)

    assert believed(0, 0) == 1000
    assert believed(18, 1) == 1000  # two of twenty: just enough
    assert 60 < believed(19, 1) < 140
    assert believed(8, 0) == 1000
    assert 60 < believed(9, 0) < 140


def test_a_hint_that_was_followed_is_counted_with_what_came_of_it() -> None:
    notes = DoorNotes(hints=4, hits=2, polls=7)
    assert schedule.prove_hint(notes, true=True) == DoorNotes(hints=5, hits=3, polls=7)
    assert schedule.prove_hint(notes, true=False) == DoorNotes(hints=5, hits=2, polls=7)


def test_a_page_that_could_not_be_fetched_is_tried_six_times_over_a_fortnight() -> None:
    waits = []
    for failures in range(1, 8):
        known = Known(outlet="x", url="u", address="u", first_seen=NOW, failures=failures)
        retried = schedule.retry(known, NOW)
        waits.append(retried and retried - NOW)
    hours = [wait and wait.total_seconds() / 3600 for wait in waits]
    assert hours == [0.25, 1, 6, 24, 72, 168, None]


def test_what_a_crawl_asked_beside_articles_fades_over_two_days() -> None:
    first = schedule.enter_requests(Ledger(), 30, NOW)
    assert (first.at, first.count, first.span) == (NOW, 30, 0)
    second = schedule.enter_requests(first, 10, NOW + timedelta(days=2))
    assert second.count == pytest.approx(30 / 2.718281828 + 10)
    assert second.span == pytest.approx(2)
    back = schedule.enter_requests(second, 5, NOW)
    assert (back.count, back.span) == (pytest.approx(second.count + 5), pytest.approx(2))


def outlet(zone: str, *quiet: str) -> Outlet:
    """An outlet that rests on these days."""
    return Outlet(
        name="x",
        region="caspian",
        title="X",
        home="https://x.az/",
        country="AZ",
        languages=("az",),
        timezone=zone,
        doors=(Door(kind=DoorKind.FEED, url="https://x.az/rss"),),
        expects=Expectation(quiet_days=quiet),
    )


def test_silence_is_counted_in_the_days_of_the_outlets_own_zone() -> None:
    # Saturday in Baku begins on Friday, 20:00 UTC, and ends on Saturday, 20:00 UTC.
    friday, monday = datetime(2026, 11, 13, 20, tzinfo=UTC), datetime(2026, 11, 16, 20, tzinfo=UTC)
    notes = [DoorNotes(usual=Rate(300.0, 30.0), last_new=friday)]
    two_days = silence.measure(notes, outlet("Asia/Baku", "sat"), monday)
    assert two_days == (timedelta(days=3), pytest.approx(20.0))
    assert silence.measure(notes, outlet("Asia/Baku"), monday) == (
        timedelta(days=3),
        pytest.approx(30.0),
    )
