"""When matches become mail."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.watch import MatchKind, Rhythm, Watch
from watches.policy import schedule

NOW = datetime(2026, 11, 2, 8, 30, tzinfo=UTC)  # Monday, 12:30 in Baku


def watch(**fields) -> Watch:
    return Watch(name="w", query="x", recipients=(), **{"timezone": "Asia/Baku", **fields})


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, "2026-11-02T12:30+04:00"),
        ({"rhythm": Rhythm.HOURLY}, "2026-11-02T13:00+04:00"),
        ({"rhythm": Rhythm.DAILY, "hour": 18}, "2026-11-02T18:00+04:00"),
        ({"rhythm": Rhythm.DAILY, "hour": 7}, "2026-11-03T07:00+04:00"),
        ({"rhythm": Rhythm.WEEKLY, "hour": 7, "weekday": 0}, "2026-11-09T07:00+04:00"),
        ({"rhythm": Rhythm.WEEKLY, "hour": 18, "weekday": 0}, "2026-11-02T18:00+04:00"),
        ({"quiet": (time(12), time(14))}, "2026-11-02T14:00+04:00"),
        ({"quiet": (time(22), time(13))}, "2026-11-02T13:00+04:00"),
        ({"quiet": (time(13), time(7))}, "2026-11-02T12:30+04:00"),
        (
            {"rhythm": Rhythm.DAILY, "hour": 23, "quiet": (time(22), time(7))},
            "2026-11-03T07:00+04:00",
        ),
    ],
)
def test_the_moment(fields, expected):
    assert schedule.due_at(watch(**fields), NOW) == datetime.fromisoformat(expected)


ZONES = st.sampled_from(
    ["Asia/Baku", "Asia/Tehran", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "UTC"]
)


@given(
    st.datetimes(datetime(2024, 1, 1), datetime(2028, 1, 1)),  # noqa: DTZ001
    ZONES,
    st.integers(0, 23),
    st.sampled_from(list(Rhythm)),
    st.integers(0, 6),
)
def test_it_is_never_past_and_at_the_readers_hour(moment, zone, hour, rhythm, weekday):
    now = moment.replace(tzinfo=UTC)
    due = schedule.due_at(watch(timezone=zone, hour=hour, rhythm=rhythm, weekday=weekday), now)
    assert now <= due <= now + timedelta(days=8)
    local = due.astimezone(ZoneInfo(zone))
    if rhythm in {Rhythm.DAILY, Rhythm.WEEKLY}:
        assert (
            local.hour == hour or local.hour == (hour + 1) % 24
        )  # the hour that summer time skips
    if rhythm is Rhythm.WEEKLY:
        assert local.weekday() == weekday


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)),  # noqa: DTZ001
    ZONES,
    st.times(),
    st.times(),
)
def test_nothing_falls_into_quiet_hours(moment, zone, begin, end):
    quiet = begin.replace(microsecond=0, second=0), end.replace(microsecond=0, second=0)
    found = schedule.due_at(
        watch(timezone=zone, quiet=quiet), moment.replace(tzinfo=UTC)
    ).astimezone(ZoneInfo(zone))
    clock = found.time()
    inside = (
        quiet[0] <= clock < quiet[1]
        if quiet[0] < quiet[1]
        else quiet[0] != quiet[1] and (clock >= quiet[0] or clock < quiet[1])
    )
    assert not inside or found.dst() != (found - timedelta(days=1)).dst()


def test_picked_up_waits_for_the_copies_but_not_for_ever():
    held = watch(settle=60)
    assert schedule.due_of_kind(held, MatchKind.PICKED_UP, NOW) == NOW + timedelta(hours=1)
    assert schedule.due_after_copy(held, NOW, NOW + timedelta(minutes=50)) == NOW + timedelta(
        minutes=110
    )
    assert schedule.due_after_copy(held, NOW, NOW + timedelta(hours=9)) == NOW + timedelta(hours=6)


def test_digests_quiet_hours_and_mutes_end_to_end(world):
    world.watch("Digest", "transit", rhythm=Rhythm.DAILY, hour=18, timezone="Asia/Baku")
    world.watch("Night", "tbilisi", to=("bo@reader.test",), quiet=(time(8), time(10)))
    world.watch(
        "Muted", "transit", to=("cy@reader.test",), mute_until=world.now + timedelta(days=1)
    )
    world.watch("Paused", "transit", to=("di@reader.test",), paused=True)
    world.watch("Over", "transit", to=("ed@reader.test",), expires=world.now - timedelta(days=1))
    world.publish(title="First transit")
    world.publish(title="Second transit")
    assert world.mails() == []
    world.later(hours=3)
    assert [str(mail["to"]) for mail in world.mails()] == ["bo@reader.test"]
    world.later(hours=4)
    mails = world.mails()
    assert [str(mail["to"]) for mail in mails[1:]] == ["ana@reader.test"]
    assert "First transit" in mails[1].get_body(("plain",)).get_content()
    assert world.skips() == {"muted": 2, "watch_paused": 2}
