"""What alerts ask of the archive: watches, changes, matches, deliveries, the outbox."""

import contextlib
from datetime import time, timedelta

import pytest
from archivegen import HOUR, NOW, OTHER, OUTLET, article, batch, gone

from news.query import parse
from news.watch import MatchKind, Rhythm, Watch
from storage import Archive, alerts
from storage.alerts import (
    Happened,
    NewMatch,
    OutgoingMessage,
    PlannedDelivery,
)

ANA, BEN = "ana@reader.test", "ben@other.test"
LATER = NOW + HOUR


@pytest.fixture
def archive(database_url):
    with Archive(database_url) as opened:
        yield opened


@pytest.fixture
def cursor(database_url):
    """A cursor of a connection of its own, beside the one that loads."""
    with Archive(database_url) as opened, opened.transaction() as transaction:
        yield transaction


def watch(name="Council", *, recipients=(ANA,), **fields) -> Watch:
    return Watch(name=name, query="council", recipients=recipients, **fields)


def message(number=1, *, address=ANA, **fields) -> OutgoingMessage:
    values = {
        "message_id": f"<{number}@khabar.test>",
        "address": address,
        "domain": alerts.provider_of(address),
        "template": "new",
        "subject": f"Mail {number}",
        "raw": b"Subject: x\r\n\r\nbody",
        "made_at": NOW,
        **fields,
    }
    return OutgoingMessage(**values)


def test_a_watch_reads_as_it_was_saved(cursor):
    full = watch(
        recipients=(ANA, "json://hook.test/x"),
        rhythm=Rhythm.WEEKLY,
        kinds=(MatchKind.NEW, MatchKind.DELETED),
        outlets=("one",),
        regions=("caucasus",),
        languages=("en",),
        timezone="Asia/Baku",
        hour=9,
        weekday=3,
        quiet=(time(22), time(6)),
        picked_up_by=3,
        settle=30,
        mail_language="ru",
        mute_until=LATER,
        expires=LATER + HOUR,
        paused=True,
    )
    number = alerts.save_watch(cursor, full)
    (saved,) = alerts.load_watches(cursor, "Council")
    assert (saved.id, saved.watch, saved.last_hit) == (number, full, None)
    assert alerts.watch_names(cursor, [number, 999]) == ["Council"]


def test_the_stamp_changes_with_every_change_of_a_watch_or_a_subscription(cursor):
    stamps = [alerts.watches_stamp(cursor)]
    number = alerts.save_watch(cursor, watch())
    stamps.append(alerts.watches_stamp(cursor))
    assert alerts.unsubscribe(cursor, ANA, [number], NOW) == 1
    stamps.append(alerts.watches_stamp(cursor))
    assert alerts.remove_watch(cursor, "Council")
    stamps.append(alerts.watches_stamp(cursor))
    assert len(set(stamps)) == 3  # without subscriptions and watches it is the first again
    assert not alerts.remove_watch(cursor, "Council")


def test_who_unsubscribed_stays_so_until_she_is_named_by_hand(cursor):
    number = alerts.save_watch(cursor, watch(recipients=(ANA, BEN)))
    alerts.unsubscribe(cursor, ANA, [number], NOW)
    alerts.save_watch(cursor, watch(recipients=(ANA, BEN)), resubscribe=False)
    assert alerts.load_watches(cursor)[0].watch.recipients == (BEN,)
    alerts.save_watch(cursor, watch(recipients=(ANA,)))
    assert alerts.load_watches(cursor)[0].watch.recipients == (ANA,)


def test_a_watch_that_cannot_be_read_leaves_the_others(cursor):
    alerts.save_watch(cursor, watch("Good"))
    alerts.save_watch(cursor, watch("Bad"))
    assert [item.watch.name for item in alerts.load_readable_watches(cursor)[0]] == ["Good", "Bad"]
    cursor.execute("alter table watches drop constraint watches_rhythm_check")
    cursor.execute("update watches set rhythm = 'never' where name = 'Bad'")
    readable, unreadable = alerts.load_readable_watches(cursor)
    assert [item.watch.name for item in readable] == ["Good"]
    assert unreadable == ["Bad"]


@pytest.mark.parametrize(
    ("address", "provider"),
    [("Ana@Reader.TEST", "reader.test"), ("tgram://secret/chat", "tgram:")],
)
def test_rate_limits_count_by_provider(address, provider):
    assert alerts.provider_of(address) == provider


def test_what_a_load_changes_is_queued_once_in_order(archive):
    archive.load(batch(article(1), article(2)))
    edited = article(1, "Quite another report of the council.", seen=LATER)
    archive.load(batch(edited, gone(2, seen=LATER), run="second"))
    with archive.transaction() as cursor:
        alerts.lock_matching(cursor)
        changes = alerts.dequeue_changes(cursor, 10)
        assert alerts.dequeue_changes(cursor, 10) == []
    assert [change.happened for change in changes] == [
        Happened.NEW,
        Happened.NEW,
        Happened.EDIT,
        Happened.DELETION,
    ]
    edit = changes[2]
    assert edit.text.body == "Quite another report of the council."
    assert edit.before.body.startswith("The council met")
    assert edit.silent
    assert "council':" in edit.terms
    assert changes[3].deleted
    assert changes[3].before is None


def test_a_transaction_that_fails_leaves_the_queue_as_it_was(archive):
    archive.load(batch(article(1)))
    with contextlib.suppress(ZeroDivisionError), archive.transaction() as cursor:
        assert len(alerts.dequeue_changes(cursor, 10)) == 1
        raise ZeroDivisionError
    with archive.transaction() as cursor:
        (first,) = [change.article for change in alerts.dequeue_changes(cursor, 10)]
    archive.load(batch(article(2), run="second"))
    with archive.transaction() as cursor:
        assert alerts.discard_change(cursor) == first + 1
        assert alerts.discard_change(cursor) is None


def test_previews_read_the_last_weeks_as_if_they_were_new(archive):
    with archive.transaction() as cursor:
        assert alerts.count_recent_articles(cursor, NOW) == (0, None)
    archive.load(batch(article(1), article(2, title="Weather", body="Rain in the hills.")))
    with archive.transaction() as cursor:
        since = NOW - 24 * HOUR
        count, first = alerts.count_recent_articles(cursor, since)
        assert (count, first) == (2, NOW - 2 * HOUR)
        (found,) = alerts.recent_articles(cursor, since, 10, parse("council"))
        assert (found.happened, found.outlet_title, found.region) == (
            Happened.NEW,
            "One",
            "caucasus",
        )
        assert alerts.outlet_regions(cursor) == {"one": "caucasus"}


def test_a_listener_wakes_at_the_commit_that_brought_an_article(archive, database_url):
    with Archive(database_url) as waiting:
        alerts.listen_for_articles(waiting.connection)
        assert not alerts.wait_for_articles(waiting.connection, 0.01)
        archive.load(batch(article(1)))
        assert alerts.wait_for_articles(waiting.connection, 10)
        assert not alerts.wait_for_articles(waiting.connection, 0.01)


@pytest.fixture
def stories(archive):
    """Two outlets with one story, and a third article that follows it: ids of the articles."""
    archive.load(batch(article(1), article(3)))
    archive.load(batch(article(2, outlet=OTHER), run="other", outlet=OTHER))
    with archive.transaction() as cursor:
        cursor.execute("select id from article_urls order by url")
        one, three, two = [number for (number,) in cursor.fetchall()]
        cursor.execute(
            "insert into stories (id, lead_id, reason, formed_at, changed_at)"
            " overriding system value values"
            " (1, %s, 'x', now(), now()), (2, %s, 'x', now(), now())",
            (one, three),
        )
        cursor.execute(
            "insert into story_members (article_id, story_id, role)"
            " values (%s, 1, 'member'), (%s, 1, 'member'), (%s, 2, 'member')",
            (one, two, three),
        )
        cursor.execute("insert into story_follow_ups values (2, 1, .5)")
    return one, two, three


def new_match(watch: int, article: int, *, story=1, kind=MatchKind.NEW, occasion="") -> NewMatch:
    return NewMatch(
        watch=watch,
        story=story,
        kind=kind,
        occasion=occasion,
        article=article,
        version=1,
        terms=("council",),
        excerpt="The council met",
    )


def test_the_facts_of_a_story_are_its_outlets_and_what_it_follows(cursor, stories):
    one, _, three = stories
    facts = alerts.story_facts(cursor, [one, three, 10**6])
    assert (facts[one].story, facts[one].outlets, facts[one].follows) == (1, 2, ())
    assert facts[three].follows == (1,)
    assert facts[10**6].story == -(10**6)


def test_the_copies_of_a_story_are_the_first_of_each_outlet(cursor, stories):
    one, two, _ = stories
    copies = alerts.story_copies(cursor, [1])[1]
    assert [copy.article for copy in copies] == [two, one]
    assert [copy.outlet for copy in copies] == ["Two", "One"]


def test_a_match_is_kept_once(cursor, stories):
    number = alerts.save_watch(cursor, watch())
    match = new_match(number, stories[0])
    ids = alerts.save_matches(cursor, [match], NOW)
    assert list(ids) == [(number, 1, MatchKind.NEW, "")]
    assert alerts.save_matches(cursor, [match], NOW) == {}
    assert alerts.save_matches(cursor, [], NOW) == {}
    assert alerts.prior_matches(cursor, [1, 2], [MatchKind.NEW]) == {(number, 1)}
    assert alerts.prior_matches(cursor, [1], [MatchKind.EDITED]) == set()
    alerts.record_hits(cursor, [(number, NOW), (number, LATER)])
    assert alerts.last_hits(cursor, [number]) == {number: LATER}
    (told,) = alerts.watch_history(cursor, "Council")
    assert (told.kind, told.story, told.terms, told.fates) == (MatchKind.NEW, 1, ("council",), ())


@pytest.fixture
def planned(cursor, stories):
    """A watch with a match that waits for Ana and is skipped for Ben: (watch, match)."""
    number = alerts.save_watch(cursor, watch(recipients=(ANA, BEN)))
    (match,) = alerts.save_matches(
        cursor, [new_match(number, stories[0], kind=MatchKind.PICKED_UP)], NOW
    ).values()
    alerts.plan_deliveries(
        cursor,
        [
            PlannedDelivery(match=match, address=ANA, due_at=NOW),
            PlannedDelivery(match=match, address=BEN, due_at=NOW, skipped="quiet"),
        ],
    )
    return number, match


def test_a_delivery_is_due_once_its_time_has_come(cursor, planned):
    _, match = planned
    assert alerts.due_deliveries(cursor, NOW - HOUR, 10) == []
    (due,) = alerts.due_deliveries(cursor, NOW, 10)
    assert (due.match, due.address, due.kind) == (match, ANA, MatchKind.PICKED_UP)
    alerts.postpone_deliveries(cursor, [(match, ANA, LATER)])
    alerts.postpone_deliveries(cursor, [])
    assert alerts.due_deliveries(cursor, NOW, 10) == []
    (history,) = alerts.watch_history(cursor, "Council")
    assert history.fates == (f"{ANA} waiting", f"{BEN} skipped: quiet")


def test_a_picked_up_mail_waits_for_further_copies(cursor, planned):
    number, _ = planned
    (pickup,) = alerts.waiting_pickups(cursor, [1, 2])
    assert (pickup.watch, pickup.story, pickup.at) == (number, 1, NOW)
    alerts.delay_pickups(cursor, [(number, 1, LATER)])
    assert alerts.due_deliveries(cursor, NOW, 10) == []
    assert len(alerts.due_deliveries(cursor, LATER, 10)) == 1


def test_an_address_has_notice_of_a_thing_once(cursor, planned):
    notice = (ANA, 1, "new", "")
    assert alerts.record_notices(cursor, [notice, notice], NOW) == {notice}
    assert alerts.record_notices(cursor, [notice], NOW) == set()
    alerts.retract_notices(cursor, ANA, [(1, "new", "")])
    alerts.retract_notices(cursor, ANA, [])
    assert alerts.record_notices(cursor, [notice], NOW) == {notice}
    assert alerts.record_notices(cursor, [], NOW) == set()


def test_what_was_said_of_a_merged_story_is_said_of_the_one_it_went_into(cursor, planned):
    alerts.record_notices(cursor, [(ANA, 7, "new", "")], NOW)
    cursor.execute("insert into story_aliases values (7, 1, now())")
    assert alerts.record_notices(cursor, [(ANA, 1, "new", "")], NOW) == set()


def test_a_written_mail_is_the_parent_of_what_follows(cursor, planned):
    _, match = planned
    alerts.record_notices(cursor, [(ANA, 1, "new", "")], NOW)
    assert alerts.thread_parent(cursor, ANA, [1]) is None
    alert = alerts.enqueue_message(cursor, message(story=1))
    alerts.mark_written(cursor, alert, ANA, [match], [(1, "new", "")])
    assert alerts.thread_parent(cursor, ANA, [1]) == "<1@khabar.test>"
    assert alerts.due_deliveries(cursor, NOW, 10) == []
    alerts.mark_written(cursor, alert, ANA, [match], [])


def test_a_skipped_delivery_has_its_reason(cursor, planned):
    _, match = planned
    alerts.skip_deliveries(cursor, [(match, ANA, "muted")])
    (history,) = alerts.watch_history(cursor, "Council")
    assert f"{ANA} skipped: muted" in history.fates


def test_the_last_notice_of_edits_is_found_by_article(cursor, planned, stories):
    alerts.record_notices(cursor, [(ANA, 1, "edited", f"{stories[0]}.2")], NOW)
    since = NOW - HOUR
    assert alerts.last_edit_notices(cursor, [ANA], [1], since) == {(ANA, stories[0]): NOW}
    assert alerts.last_edit_notices(cursor, [ANA], [1], LATER) == {}


def test_mails_show_articles_and_edits_as_they_are(archive, stories):
    one = stories[0]
    later = article(1, "The council will not meet.", seen=LATER, standfirst="No")
    archive.load(batch(later, run="later"))
    with archive.transaction() as cursor:
        shown = alerts.mail_articles(cursor, [one, 10**6])
        assert list(shown) == [one]
        assert shown[one].body == "No\nThe council will not meet."
        assert shown[one].outlet_title == "One"
        old, new = alerts.edit_texts(cursor, one, 2, 2)
        assert old.body.startswith("The council met")
        assert new.body == "No\nThe council will not meet."
        assert alerts.edit_texts(cursor, one, 1, 1) is None


def test_a_message_is_in_the_outbox_once_and_claimed_when_due(cursor):
    alerts.save_watch(cursor, watch())
    number = alerts.enqueue_message(cursor, message())
    assert alerts.enqueue_message(cursor, message()) is None
    assert alerts.claim_message(cursor, NOW - HOUR) is None
    assert alerts.claim_message(cursor, NOW, full=["reader.test"]) is None
    assert alerts.claim_message(cursor, NOW, apart=[ANA]) is None
    assert alerts.claim_message(cursor, NOW, mail=False) is None
    claimed = alerts.claim_message(cursor, NOW, only="<1@khabar.test>")
    assert (claimed.id, claimed.raw, claimed.attempts) == (number, message().raw, 0)
    assert alerts.waiting_messages(cursor) == (1, NOW)
    alerts.mark_sent(cursor, claimed.message_id, NOW)
    assert alerts.waiting_messages(cursor) == (0, None)
    assert alerts.count_sent(cursor, NOW - HOUR) == {"reader.test": 1}
    assert alerts.recipient_of(cursor, claimed.message_id) == ANA
    assert alerts.recipient_of(cursor, "<none>") is None
    assert alerts.empty_old_messages(cursor, LATER) == 1


def test_a_message_that_fails_waits_and_is_given_up(cursor):
    alerts.save_watch(cursor, watch())
    alerts.enqueue_message(cursor, message())
    alerts.enqueue_message(cursor, message(2))
    said = "no\0 \ud800thanks"
    alerts.mark_for_retry(cursor, "<1@khabar.test>", LATER, outcome="refused", said=said)
    alerts.mark_dropped(cursor, "<2@khabar.test>", outcome="unknown", said="nobody")
    second, first = alerts.failing_messages(cursor, NOW - HOUR, 10)
    assert (first.outcome, first.said, first.next_try_at) == ("refused", "no ?thanks", LATER)
    assert (second.outcome, second.next_try_at) == ("unknown", None)
    state = alerts.backlog(cursor, NOW - HOUR)
    assert (state.waiting, state.failing) == (1, {"refused": 1, "unknown": 1})
    stuck = alerts.stuck_mail(cursor, LATER)
    assert (stuck.count, stuck.since, stuck.said) == (1, NOW, "refused: no ?thanks")
    assert alerts.retry_failed(cursor, NOW) == (1, 0)
    assert alerts.claim_message(cursor, NOW).attempts == 1
    alerts.hold_address(cursor, ANA, LATER)
    assert alerts.claim_message(cursor, NOW) is None
    assert alerts.drop_message(cursor, first.id)
    assert not alerts.drop_message(cursor, first.id)
    assert alerts.stuck_mail(cursor, LATER) is None


def test_mail_that_was_never_tried_is_stuck_too(cursor):
    alerts.save_watch(cursor, watch())
    alerts.enqueue_message(cursor, message())
    assert alerts.stuck_mail(cursor, LATER).said == "no attempt was made"


def test_a_paused_address_gets_nothing_until_it_goes_on(cursor):
    alerts.save_watch(cursor, watch())
    alerts.enqueue_message(cursor, message())
    assert alerts.pause_address(cursor, ANA, "bounced\0", NOW)
    assert not alerts.pause_address(cursor, ANA, "again", NOW)
    assert alerts.claim_message(cursor, NOW) is None
    assert alerts.paused_addresses(cursor) == [(ANA, "bounced", NOW, 0.0)]
    assert alerts.backlog(cursor, NOW).paused == 1
    assert alerts.resume_address(cursor, ANA, NOW)
    assert not alerts.resume_address(cursor, ANA, NOW)
    assert alerts.claim_message(cursor, NOW) is not None


def test_what_waited_when_a_backup_was_made_is_not_sent(cursor, planned):
    alerts.enqueue_message(cursor, message())
    assert alerts.drop_restored(cursor, NOW) == 2
    assert alerts.drop_restored(cursor, NOW) == 0
    assert alerts.claim_message(cursor, NOW) is None
    assert alerts.skip_counts(cursor, NOW) == {"restored": 2}


def test_skipped_mails_are_counted_by_day_and_reason(cursor):
    alerts.count_skips(cursor, {"muted": 2, "quiet": 1}, NOW)
    alerts.count_skips(cursor, {"muted": 3}, NOW - timedelta(days=1))
    assert alerts.skip_counts(cursor, NOW) == {"muted": 2, "quiet": 1}
    assert alerts.skip_counts(cursor, NOW - timedelta(days=1)) == {"muted": 5, "quiet": 1}


def test_a_mail_that_quotes_a_forgotten_article_is_emptied(cursor, stories):
    alerts.save_watch(cursor, watch())
    alerts.enqueue_message(cursor, message(articles=(stories[0],)))
    assert alerts.forget_quotations(cursor, [stories[0]]) == 1
    assert alerts.claim_message(cursor, NOW) is None
    assert OUTLET.name == "one"
