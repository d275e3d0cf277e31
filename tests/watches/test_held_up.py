"""What was not told when it came, for an outage, a pause, a mute or a drop, is told later."""

from datetime import UTC, datetime, timedelta

import pytest

from news.watch import Rhythm
from storage import alerts


def subjects(world):
    return [str(mail["subject"]) for mail in world.mails()]


def queued(world, **ago):
    """Date back what waits to be matched."""
    world.rows("update match_queue set at = %s", world.now - timedelta(**ago))


def drop(world, outcome="refused_message"):
    """Give up all that waits in the outbox."""
    with world.archive.transaction() as cursor:
        cursor.execute("select message_id from alerts where state = 'waiting'")
        for (number,) in cursor.fetchall():
            alerts.mark_dropped(cursor, number, outcome=outcome, said="no")


def test_after_days_without_matching_readers_get_one_digest_that_says_so(world):
    world.watch()
    for number in range(3):
        world.publish(title=f"Transit {number}")
    queued(world)
    world.later(days=4)
    queued(world, days=4)
    (mail,) = world.mails()
    assert str(mail["subject"]).startswith("Held back, arriving late: Transit (3)")
    text = mail.get_body(("plain",)).get_content()
    assert text.startswith("Held back, arriving late · ")
    assert all(f"Transit {number}" in text for number in range(3))
    assert world.skips() == {}


def test_an_article_that_was_old_when_it_was_found_stays_history_after_an_outage(world):
    world.watch()
    world.publish(published=world.now - timedelta(days=5))
    world.later(days=4)
    queued(world, days=4)
    assert subjects(world) == []
    assert world.skips() == {"too_old": 1}


def test_what_is_matched_within_the_hour_is_not_late(world):
    world.watch()
    world.publish()
    world.later(minutes=50)
    queued(world, minutes=50)
    assert subjects(world) == ["Transit: Transit talks"]


def test_a_daily_digest_at_its_hour_is_not_late(world):
    world.watch(rhythm=Rhythm.DAILY)
    world.publish()
    world.match()
    world.later(hours=23)
    (subject,) = subjects(world)
    assert subject.startswith("Daily digest: ")


HOLDS = ["paused = true", "mute_until = now() + interval '1 year'"]


def hold(world, held_by):
    """Pause or mute every watch."""
    world.rows(f"update watches set {held_by}, changed_at = clock_timestamp()")  # noqa: S608


def release(world):
    """End the pause or the mute."""
    ended = "update watches set paused = false, mute_until = null, changed_at = clock_timestamp()"
    world.rows(ended)


@pytest.mark.parametrize("held_by", HOLDS)
def test_after_a_pause_or_a_mute_she_gets_what_it_held_back_as_one_digest(world, held_by):
    world.watch()
    world.introduce()
    hold(world, held_by)
    for number in range(3):
        world.publish(title=f"Transit {number}")
    assert subjects(world) == []
    world.later(hours=5)
    release(world)
    (mail,) = world.mails()
    assert str(mail["subject"]).startswith("Held back, arriving late: Transit (3)")
    world.later(hours=5)
    assert len(subjects(world)) == 1


@pytest.mark.parametrize("held_by", HOLDS)
def test_after_a_pause_or_a_mute_a_copy_does_not_tell_the_story_twice(world, held_by):
    world.watch()
    hold(world, held_by)
    world.publish(story="a")
    assert subjects(world) == []
    release(world)
    world.later(hours=5)
    world.publish("daily", story="a")
    (mail,) = world.mails()
    assert "Transit talks" in mail["subject"]
    assert "Daily" in mail.get_body(("plain",)).get_content()
    world.publish("third", story="a")
    assert len(subjects(world)) == 1


def test_what_a_pause_held_back_for_over_a_month_is_history(world):
    world.watch()
    hold(world, HOLDS[0])
    world.publish()
    world.mails()
    world.later(days=31)
    release(world)
    assert subjects(world) == []


def test_what_a_pause_held_back_waits_for_the_digests_hour(world):
    world.watch(rhythm=Rhythm.DAILY)
    hold(world, HOLDS[0])
    world.publish()
    world.mails()
    world.later(days=2)
    release(world)
    assert subjects(world) == []
    world.later(days=1)
    assert len(subjects(world)) == 1


def test_after_a_dropped_mail_a_copy_tells_the_story(world):
    world.watch()
    world.publish(story="a")
    world.match()
    drop(world)
    assert world.rows("select 1 from told") == []
    world.later(hours=5)
    world.publish("daily", story="a")
    (mail,) = world.mails()
    assert "Transit talks" in mail["subject"]
    world.publish("third", story="a")
    assert len(subjects(world)) == 1


def test_a_mail_that_was_dropped_by_hand_is_not_told_by_a_copy(world):
    world.watch()
    world.publish(story="a")
    world.match()
    with world.archive.transaction() as cursor:
        cursor.execute("select id from alerts")
        assert alerts.drop_message(cursor, cursor.fetchone()[0])
    world.publish("daily", story="a")
    assert subjects(world) == []


def test_an_address_that_is_back_gets_what_it_missed_as_one_digest(world):
    world.watch(to=("ana@reader.test", "bo@reader.test"))
    world.publish(title="Transit 0")
    world.match()
    world.rows("update alerts set state = 'waiting' where address = 'bo@reader.test'")
    with world.archive.transaction() as cursor:
        cursor.execute("select message_id from alerts where address = 'ana@reader.test'")
        (number,) = cursor.fetchone()
        alerts.mark_dropped(cursor, number, outcome="refused_address", said="550 5.1.1")
        alerts.pause_address(cursor, "ana@reader.test", "550 5.1.1", world.now)
    for number in (1, 2):
        world.later(hours=1)
        world.publish(title=f"Transit {number}")
        world.match()
    assert world.skips() == {"address_paused": 2}
    world.later(days=1)
    with world.archive.transaction() as cursor:
        assert alerts.resume_address(cursor, "ana@reader.test", world.now)
    world.compose()
    raw = world.rows("select raw from alerts where address = 'ana@reader.test' order by id desc")
    text = bytes(raw[0][0]).decode()
    assert all(f"Transit {number}" in text for number in range(3))
    assert "Held back, arriving late" in text
    assert world.rows("select count(*)::int from deliveries where state = 'waiting'") == [(0,)]
    assert len(raw) == 2


def test_an_address_that_was_not_paused_misses_nothing(world):
    world.watch()
    world.publish()
    world.match()
    with world.archive.transaction() as cursor:
        assert not alerts.resume_address(cursor, "ana@reader.test", datetime.now(UTC))
    assert len(subjects(world)) == 1


@pytest.mark.parametrize("rhythm", [Rhythm.AT_ONCE, Rhythm.DAILY])
def test_what_stood_in_a_dropped_mail_is_told_once_more_in_the_next_digest(world, rhythm):
    world.watch(rhythm=rhythm)
    world.introduce()
    world.publish()
    world.match()
    if rhythm is Rhythm.DAILY:
        world.later(days=1)
        world.compose()
    drop(world)
    assert subjects(world) == []
    world.later(days=1, hours=2)
    (subject,) = subjects(world)
    assert subject.startswith("Held back, arriving late: ")
    assert "Transit" in subject
    world.publish("daily", title="Transit talks again", story="b")
    world.match()
    world.later(days=2)
    assert len(subjects(world)) == 2


def test_what_is_refused_twice_is_not_told_a_third_time(world):
    world.watch()
    world.introduce()
    world.publish()
    world.match()
    drop(world)
    world.compose()
    world.later(days=2)
    world.compose()
    assert world.rows("select count(*)::int from alerts") == [(2,)]
    drop(world, "given_up")
    world.later(days=2)
    assert subjects(world) == []
    assert world.rows("select count(*)::int from alerts where state = 'dropped'") == [(2,)]


def test_a_copy_brings_up_what_waits_to_be_told_again(world):
    world.watch()
    world.introduce()
    world.publish(story="a")
    world.match()
    drop(world)
    world.compose()
    world.later(hours=1)
    world.publish("daily", story="a")
    assert len(subjects(world)) == 1
    world.later(days=2)
    assert len(subjects(world)) == 1
