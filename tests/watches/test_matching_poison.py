"""One watch or article that cannot be read fails alone.

It is counted, and the others are matched.
"""

import pytest

from news.watch import Rhythm
from pipeline.alerts import mail_health
from pipeline.alerts import match as alerting
from pipeline.alerts.watch_cache import WatchCache
from storage import alerts

BC = "0044-03-15 12:00+00 BC"  # a year that the database knows and Python does not


def spoil_zone(world):
    world.rows("update watches set timezone = 'Nowhere/City', changed_at = now() where name = 'B'")


def spoil_query(world):
    world.rows("update watches set query = 'transit AND (', changed_at = now() where name = 'B'")


def spoil_expiry(world):
    world.rows("update watches set expires = %s, changed_at = now() where name = 'B'", BC)


SPOILS = [spoil_zone, spoil_query, spoil_expiry]


@pytest.mark.parametrize("spoil", SPOILS)
def test_a_watch_that_became_unusable_fails_alone(world, spoil):
    for name in "ABC":
        world.watch(name, to=(f"{name.lower()}@reader.test",))
    spoil(world)
    world.publish()
    assert {mail["to"] for mail in world.mails()} == {"a@reader.test", "c@reader.test"}
    assert world.skips() == {"watch_unusable": 1}
    assert world.rows("select count(*) from match_queue") == [(0,)]


@pytest.mark.parametrize("spoil", SPOILS)
def test_digests_go_beside_a_watch_that_became_unusable(world, spoil):
    for name in "ABC":
        world.watch(name, to=(f"{name.lower()}@reader.test",), rhythm=Rhythm.HOURLY)
    world.publish()
    world.match()
    spoil(world)
    world.later(hours=2)
    assert world.compose() == 2
    assert world.rows("select address from alerts order by 1") == [
        ("a@reader.test",),
        ("c@reader.test",),
    ]


def test_a_watch_that_is_mended_is_asked_again(world):
    world.watch("A")
    world.watch("B", to=("b@reader.test",))
    spoil_zone(world)
    cache = WatchCache()
    with world.archive.transaction() as cursor:
        assert [item.watch.name for item in cache.refresh(cursor)] == ["A"]
        assert cache.unusable == ["B"]
    world.rows("update watches set timezone = 'UTC', changed_at = clock_timestamp()")
    with world.archive.transaction() as cursor:
        assert [item.watch.name for item in cache.refresh(cursor)] == ["A", "B"]
        assert cache.unusable == []


def test_an_article_that_cannot_be_read_is_set_aside_and_the_others_are_matched(world):
    world.watch()
    for number in range(9):
        world.publish(title=f"Transit {number}")
    world.rows("update articles set published_at = %s where title = 'Transit 4'", BC)
    (digest,) = world.mails()
    text = digest.get_body(("plain",)).get_content()
    told = {number for number in "012345678" if f"Transit {number}" in text}
    assert told == set("01235678")
    assert world.skips() == {"article_unreadable": 1}
    assert world.rows("select count(*) from match_queue") == [(0,)]


def test_what_was_left_out_of_the_matching_is_seen(world):
    world.watch("A")
    world.watch("B")
    spoil_zone(world)
    world.publish(title="Transit 1")
    world.publish(title="Transit 2")
    world.rows("update articles set published_at = %s where title = 'Transit 2'", BC)
    world.match()
    with world.archive.transaction() as cursor:
        found = mail_health.state(cursor, world.now)
    assert not found["well"]
    assert found["left_out"] == {"article_unreadable": 1, "watch_unusable": 1}
    shown = mail_health.lines(found)
    assert shown[0].endswith("1 articles not matched, 1 watches not asked")
    assert shown[1] == "  the log names what was left out of the matching, and says why"


def test_a_batch_of_one_poisoned_article_still_counts_as_work(world):
    world.watch()
    world.publish()
    world.rows("update articles set published_at = %s", BC)
    done = alerting.match_once(world.archive, world.context, world.now)
    assert (done.changes, done.matches, done.mails) == (1, 0, 0)
    assert done.skipped == {"article_unreadable": 1}
    assert alerting.match_once(world.archive, world.context, world.now).changes == 0


def test_a_change_is_discarded_once(world):
    world.publish()
    with world.archive.transaction() as cursor:
        assert alerts.discard_change(cursor) is not None
        assert alerts.discard_change(cursor) is None


def test_an_unusable_watch_beside_an_unreadable_article_is_counted_once(world):
    world.watch("A")
    world.watch("B")
    spoil_zone(world)
    world.publish(title="Transit 1")
    world.publish(title="Transit 2")
    world.rows("update articles set published_at = %s where title = 'Transit 1'", BC)
    assert [str(mail["subject"]) for mail in world.mails()] == ["A: Transit 2"]
    assert world.skips() == {"article_unreadable": 1, "watch_unusable": 1}
