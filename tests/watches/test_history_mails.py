"""A past that is fetched later is found, matched and kept; it is not mailed as news."""

from datetime import timedelta

import pytest

from news.watch import MatchKind, Rhythm

EVERY = (MatchKind.NEW, MatchKind.FOLLOW_UP, MatchKind.FIRST_MENTION, MatchKind.PICKED_UP)


@pytest.mark.parametrize("rhythm", [Rhythm.AT_ONCE, Rhythm.DAILY])
def test_a_backfill_sends_no_mail(world, rhythm):
    world.watch(kinds=EVERY, picked_up_by=2, rhythm=rhythm, settle=5)
    for number in range(60):
        then = world.now - timedelta(days=4 + number)
        copies = [
            world.article(
                outlet, f"Transit {number}", "Ministers met to discuss transit.", published=then
            )
            for outlet in ("wire", "daily", "third")
        ]
        world.load(
            *copies, story=f"s{number}", follows=f"s{number - 1}" if number % 3 == 0 else None
        )
    world.match()
    world.later(days=2)
    assert world.mails() == []
    assert world.skips()["too_old"] >= 120  # each story once as new, once as picked up
    assert world.rows("select count(distinct story_id) from matches")[0][0] >= 40


def test_news_after_it_is_mailed(world):
    world.watch(kinds=EVERY, picked_up_by=2, settle=5)
    world.publish("wire", published=world.now - timedelta(days=400), story="old")
    world.publish(
        "daily", title="Transit old", published=world.now - timedelta(days=400), story="old"
    )
    world.publish("wire", title="Transit today", story="today")
    world.publish("daily", title="Transit today too", story="today")
    world.match()
    world.later(minutes=10)
    assert world.mails() != []
    told = {
        story
        for (story,) in world.rows(
            "select distinct stories.reason from deliveries join matches on matches.id = "
            "deliveries.match_id "
            "join stories on stories.id = matches.story_id where deliveries.state <> 'skipped'"
        )
    }
    assert told == {"today"}
