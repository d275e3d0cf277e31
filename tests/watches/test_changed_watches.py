"""A watch that is changed, ends or is left: nothing is left behind, and nobody is forgotten."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from news.watch import MatchKind, Rhythm
from pipeline.alerts import deliver, saving
from pipeline.alerts.watch_cache import WatchCache
from storage import alerts


def subjects(world):
    return [str(mail["subject"]) for mail in world.mails()]


def change(world, **fields):
    """Change the watch as the command line does."""
    with world.archive.transaction() as cursor:
        saved = alerts.load_watches(cursor)[0].watch
        saving.save_watch(cursor, replace(saved, **fields), world.now)


def publish_many(world, number):
    for count in range(number):
        world.publish(title=f"Transit {count}")
    world.match()


def test_from_weekly_to_hourly_what_waits_comes_at_the_next_hour(world):
    world.watch(rhythm=Rhythm.WEEKLY, weekday=6)
    publish_many(world, 9)
    world.later(days=1)
    change(world, rhythm=Rhythm.HOURLY)
    world.later(minutes=61)
    (subject,) = subjects(world)
    assert subject.startswith("Hourly digest: Transit (9)")


def test_from_daily_to_at_once_what_waits_is_one_mail(world):
    world.watch(rhythm=Rhythm.DAILY)
    world.introduce()
    publish_many(world, 3)
    world.later(hours=3)
    change(world, rhythm=Rhythm.AT_ONCE)
    (subject,) = subjects(world)
    assert subject.startswith("At once: Transit (3)")


def test_from_hourly_to_weekly_what_waits_comes_with_the_week(world):
    world.watch(rhythm=Rhythm.HOURLY)
    publish_many(world, 2)
    change(world, rhythm=Rhythm.WEEKLY, weekday=3)
    world.later(hours=2)
    assert subjects(world) == []
    world.later(hours=69, minutes=5)
    (subject,) = subjects(world)
    assert subject.startswith("Weekly digest: Transit (2)")


def test_another_hour_moves_what_waits_and_another_name_of_the_mails_language_does_not(world):
    world.watch(rhythm=Rhythm.DAILY, hour=20)
    publish_many(world, 1)
    change(world, mail_language="ru")
    assert world.rows("select moved_at from deliveries") == [(None,)]
    change(world, hour=9)
    world.later(hours=1)
    assert len(subjects(world)) == 1


def test_a_picked_up_mail_waits_for_its_copies_whatever_the_rhythm_becomes(world):
    world.watch(kinds=(MatchKind.PICKED_UP,), picked_up_by=2, rhythm=Rhythm.DAILY)
    world.publish(story="a")
    world.publish("daily", story="a")
    world.match()
    change(world, rhythm=Rhythm.AT_ONCE)
    world.later(minutes=30)
    assert subjects(world) == []
    world.later(hours=30)
    assert len(subjects(world)) == 1


@pytest.mark.parametrize("task", ["matching", "delivering"])
def test_what_waited_when_a_watch_expired_is_sent_once_whichever_task_runs_first(world, task):
    world.watch(rhythm=Rhythm.DAILY, expires=world.now + timedelta(hours=3))
    world.publish()
    world.match()
    world.later(days=1)
    if task == "matching":
        world.publish("other", title="Unrelated", text="Nothing of it.")
        world.match()
    else:
        deliver._write_digests(world.archive, world.context, WatchCache(None), world.now)
    for _ in range(2):
        (subject,) = subjects(world)
        assert subject.startswith("Daily digest: ")
    assert world.skips() == {}


def test_an_article_that_came_before_the_end_is_told_though_it_is_matched_after_it(world):
    world.watch(expires=world.now + timedelta(hours=3))
    world.publish()
    world.rows("update match_queue set at = %s", world.now)
    world.later(hours=4)
    assert len(subjects(world)) == 1


def test_an_article_that_came_after_the_end_is_not_told(world):
    world.watch(expires=world.now + timedelta(hours=3))
    world.later(hours=4)
    world.publish()
    assert subjects(world) == []


@pytest.mark.parametrize("imported", ["at once", "after an edit"])
def test_who_unsubscribed_stays_so_when_the_watch_is_edited_and_imported(world, imported):
    number = world.watch(to=("ana@reader.test", "bo@reader.test"))
    with world.archive.transaction() as cursor:
        file = alerts.load_watches(cursor)[0].watch
        alerts.unsubscribe(cursor, "ana@reader.test", [number], world.now)
    if imported == "after an edit":
        change(world, pace=30)
    with world.archive.transaction() as cursor:
        saving.save_watch(cursor, file, world.now, resubscribe=False)
    world.publish()
    assert [str(mail["to"]) for mail in world.mails()] == ["bo@reader.test"]


def test_who_is_named_again_by_hand_is_subscribed_again(world):
    number = world.watch()
    with world.archive.transaction() as cursor:
        alerts.unsubscribe(cursor, "ana@reader.test", [number], datetime.now(UTC))
    change(world, pace=30)
    change(world, recipients=("ana@reader.test",))
    world.publish()
    assert len(subjects(world)) == 1


def test_an_edit_of_the_standfirst_alone_is_told(world):
    world.watch(kinds=(MatchKind.NEW, MatchKind.EDITED))
    world.publish(path="x", story="a", standfirst="Ministers of four countries met.")
    world.mails()
    world.later(hours=2)
    world.publish(path="x", standfirst="Ministers of five countries met.")
    mail = world.mails()[-1]
    assert mail["subject"] == "Transit: Edited after publication: Transit talks"
    assert "[-four-] {+five+}" in mail.get_body(("plain",)).get_content()
    assert world.skips() == {}


@pytest.mark.parametrize("kind", [MatchKind.DELETED, MatchKind.RETURNED])
def test_who_hears_of_deletions_hears_of_the_return_in_the_same_thread(world, kind):
    world.watch(kinds=(MatchKind.NEW, kind))
    article = world.publish(path="x", story="a")
    (first,) = world.mails()
    world.later(hours=2)
    world.load(gone=(article,))
    world.mails()
    world.later(hours=2)
    world.publish(path="x")
    last = world.mails()[-1]
    assert last["subject"] == "Transit: Back at the source: Transit talks"
    assert last["references"] == first["message-id"]


def test_a_return_is_no_news_to_who_wants_no_deletions(world):
    world.watch()
    article = world.publish(path="x", story="a")
    world.mails()
    world.load(gone=(article,))
    world.publish(path="x")
    assert len(subjects(world)) == 1


def picked_up(world):
    world.watch(kinds=(MatchKind.NEW, MatchKind.PICKED_UP), picked_up_by=3, settle=0)
    world.publish(story="a")
    world.publish("daily", story="a")
    world.mails()
    world.publish("third", title="Пути обсуждают", text="Министры в Тбилиси.", story="b")
    world.later(hours=1)


def test_a_story_is_picked_up_though_the_last_outlet_tells_it_in_other_words(world):
    picked_up(world)
    world.event("a", "b")
    assert subjects(world)[-1].startswith("Transit: Picked up by ")
    world.publish("fourth", title="Ещё раз", text="Министры снова.", story="b")
    assert len(subjects(world)) == 2


def test_stories_of_two_events_are_not_picked_up_together(world):
    picked_up(world)
    assert len(subjects(world)) == 1
