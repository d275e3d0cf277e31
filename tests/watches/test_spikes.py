"""A watch tells when its subject runs well above its own weekly rhythm, and names the articles."""

import random

import pytest

from news.watch import MatchKind
from watches import is_spike

WEEKS = [1, 2, 1, 0, 1, 2, 1] * 4


@pytest.mark.parametrize(
    ("today", "earlier", "expected"),
    [
        (9, WEEKS, True),
        (4, WEEKS, False),  # fewer than a crowd
        (9, WEEKS[:13], False),  # two weeks must be known
        (9, WEEKS[:14], True),
        (5, [0] * 28, True),
        (4, [0] * 28, False),
        (30, [10] * 28, True),
        (19, [10] * 28, False),  # not twice as much
        (40, [10, 10, 10, 10, 10, 10, 35] * 4, False),  # that weekday is always busy
        (40, [0, 30] * 14, False),  # it always comes in crowds
    ],
)
def test_what_stands_out_and_what_does_not(today, earlier, expected):
    assert is_spike([today, *earlier]) is expected


def test_chance_alone_seldom_makes_a_spike():
    rng = random.Random(4)
    raised = 0
    days = 5_000
    for number in range(days):
        rate = (0.3, 1, 3, 10, 30)[number % 5]
        stories = [sum(rng.random() < rate / 100 for _ in range(100)) for _ in range(29)]
        raised += is_spike(stories)
    assert raised <= days // 1_000


def run_for(world, days, start=0):
    """Let one story come a day."""
    for day in range(start, start + days):
        world.publish(title=f"Transit of day {day}", story=f"day {day}")
        world.match()
        world.later(days=1)


def crowd(world, number, start=0):
    for count in range(start, start + number):
        world.publish("wire", title=f"Transit crowd {count}", story=f"crowd {count}")


def spikes(world):
    return [mail for mail in world.mails() if "Well above its usual rhythm" in mail["subject"]]


def test_a_day_far_above_the_rhythm_is_one_mail_that_names_the_articles(world):
    world.watch(kinds=(MatchKind.SPIKE,))
    run_for(world, 20)
    assert spikes(world) == []
    crowd(world, 7)
    (mail,) = spikes(world)
    text = mail.get_body(("plain",)).get_content()
    assert all(f"Transit crowd {count}" in text for count in range(7))
    assert "Transit of day" not in text


def test_a_spike_that_goes_on_is_told_once_and_another_one_after_days(world):
    world.watch(kinds=(MatchKind.SPIKE,))
    run_for(world, 15)
    crowd(world, 7)
    assert len(spikes(world)) == 1
    world.later(hours=3)
    crowd(world, 7, 7)
    assert len(spikes(world)) == 1
    world.later(hours=13)
    run_for(world, 5, 15)
    crowd(world, 25, 14)
    assert len(spikes(world)) == 2


def test_many_tellings_of_one_event_are_no_spike(world):
    world.watch(kinds=(MatchKind.SPIKE,))
    run_for(world, 20)
    crowd(world, 7)
    world.event(*[f"crowd {count}" for count in range(7)])
    assert spikes(world) == []


def test_a_watch_that_is_new_has_no_rhythm_yet(world):
    world.watch(kinds=(MatchKind.SPIKE,))
    run_for(world, 5)
    crowd(world, 9)
    assert spikes(world) == []


def test_who_did_not_ask_is_told_of_no_spike(world):
    world.watch(kinds=(MatchKind.FOLLOW_UP,))
    run_for(world, 20)
    crowd(world, 9)
    assert spikes(world) == []
