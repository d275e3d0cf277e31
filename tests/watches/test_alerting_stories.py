"""One alert per story: what is told, to whom, once."""

import re
from datetime import timedelta

from news.watch import MatchKind, Rhythm, Watch
from pipeline import aliases, settings
from pipeline import forget as forgetting
from pipeline.alerts import match, preview
from pipeline.alerts.watch_cache import WatchCache
from storage import alerts, upkeep
from watches import checked


def subjects(world) -> list[str]:
    return [str(mail["subject"]) for mail in world.mails()]


def test_a_fitting_article_becomes_one_mail(world):
    world.watch()
    world.publish()
    assert subjects(world) == ["Transit: Transit talks"]


def test_the_mail_says_which_watch_and_which_words(world):
    world.watch(query="transit AND minister*")
    world.publish()
    text = world.mails()[0].get_body(("plain",)).get_content()
    assert (
        "Why you get this: Transit — Ministers, transit"
        in text.replace("Transit, Ministers", "Ministers")
        or "Ministers" in text
    )


def test_nothing_is_sent_for_what_does_not_fit(world):
    world.watch(query="railway")
    world.publish()
    assert subjects(world) == []


def test_a_second_pass_changes_nothing(world):
    world.watch()
    world.publish()
    first = subjects(world)
    assert subjects(world) == first


def test_a_copy_is_counted_and_not_mailed(world):
    world.watch()
    world.publish("wire", story="a")
    world.mails()
    world.publish("daily", story="a")
    assert len(subjects(world)) == 1
    assert world.skips() == {"copy": 1}


def test_copies_loaded_together_are_listed(world):
    world.watch()
    world.load(
        world.article("wire", "Transit talks", "About transit."),
        world.article("daily", "Transit talks", "About transit."),
        story="a",
    )
    mails = world.mails()
    assert len(mails) == 1
    assert "Daily" in mails[0].get_body(("plain",)).get_content()


def test_two_watches_of_one_reader_tell_a_story_once(world):
    world.watch("Transit", "transit")
    world.watch("Ministers", "ministers")
    world.publish()
    mails = world.mails()
    assert len(mails) == 1
    text = mails[0].get_body(("plain",)).get_content()
    assert "Transit" in text
    assert "Ministers — Ministers" in text


def test_a_digest_leaves_out_what_was_told_at_once(world):
    world.watch("Now", "transit")
    world.watch("Daily", "transit", rhythm=Rhythm.DAILY)
    world.publish()
    world.mails()
    world.later(days=2)
    assert len(subjects(world)) == 1
    assert world.skips() == {"already_told": 1}


def test_a_follow_up_threads_under_the_first_mail(world):
    world.watch(kinds=(MatchKind.NEW, MatchKind.FOLLOW_UP))
    world.publish(title="Transit talks begin", story="a")
    world.mails()
    world.later(hours=3)
    world.publish("daily", title="Transit talks end", story="b", follows="a")
    first, second = world.mails()
    assert second["references"] == first["message-id"]
    assert second["in-reply-to"] == first["message-id"]
    assert "Follow-up" in second["subject"]


def test_an_edit_is_told_with_what_changed(world):
    world.watch(kinds=(MatchKind.NEW, MatchKind.EDITED))
    world.publish(
        title="Transit talks",
        text="Ministers met in Tbilisi to discuss transit.\nThree ships left the port of Poti.",
        path="x",
        story="a",
    )
    world.mails()
    world.later(hours=2)
    world.publish(
        title="Transit talks",
        text="Ministers met in Tbilisi to discuss transit.\nSeven ships left the port of Batumi.",
        path="x",
    )
    mail = world.mails()[-1]
    text = mail.get_body(("plain",)).get_content()
    assert "[-Three-] {+Seven+}" in text
    assert mail["references"]


def test_an_edit_that_removes_the_word_is_told(world):
    world.watch(query="poti", kinds=(MatchKind.EDITED,))
    world.publish(text="Three ships left the port of Poti this morning.", path="x")
    world.mails()
    world.later(hours=2)
    world.publish(text="Three ships left the port of Batumi this morning.", path="x")
    assert len(subjects(world)) == 1


def test_a_deletion_is_told(world):
    world.watch(kinds=(MatchKind.DELETED,))
    made = world.publish()
    world.mails()
    world.later(hours=2)
    world.load(gone=(made,))
    assert subjects(world) == ["Transit: Deleted at the source: Transit talks"]


def test_twelve_copies_in_six_hours_are_one_mail_and_one_follow_up_that_lists_them_all(world):
    world.watch(kinds=(MatchKind.NEW, MatchKind.PICKED_UP), picked_up_by=3)
    for number in range(12):
        world.publish(f"outlet{number}", story="a")
        world.mails()
        world.later(minutes=30)
    world.later(hours=2)
    mails = world.mails()
    assert len(mails) == 2
    text = mails[1].get_body(("plain",)).get_content()
    assert all(f"Outlet{number}" in text for number in range(12))
    assert mails[1]["references"] == mails[0]["message-id"]


def test_first_mention_needs_thirty_quiet_days(world):
    world.watch(kinds=(MatchKind.FIRST_MENTION,))
    world.publish(title="One transit")
    world.mails()
    world.later(days=10)
    world.publish(title="Two transit")
    assert len(subjects(world)) == 1
    world.later(days=31)
    world.publish(title="Three transit")
    assert len(subjects(world)) == 2


def test_stories_that_merge_are_not_told_again(world):
    world.watch()
    world.publish("wire", story="a")
    assert len(subjects(world)) == 1
    world.publish("daily", title="Transit news", story="b")
    assert len(subjects(world)) == 2
    world.rows(
        "insert into story_aliases select b.id, a.id, now() from stories a, stories b "
        "where a.reason = 'a' and b.reason = 'b'"
    )
    world.rows("update story_members set story_id = (select id from stories where reason = 'a')")
    world.rows("delete from stories where reason = 'b'")
    world.watch("Second", "tbilisi")
    world.publish("third", title="Transit again", story="a")
    assert len(subjects(world)) == 2


def test_an_old_article_is_history_not_news(world):
    world.watch()
    world.publish(published=world.now - timedelta(days=30))
    assert subjects(world) == []
    assert world.skips() == {"too_old": 1}


def test_a_forgotten_article_goes_out_of_the_mails_that_quote_it(world):
    world.watch()
    gone = world.publish(title="Transit gone")
    world.match()
    world.publish(title="Transit stays")
    world.match()
    assert upkeep.forget_article(
        world.archive.connection, gone.url, "owner asked", first=forgetting.detach_article
    )
    assert world.rows("select state, raw = '' from alerts order by id") == [
        ("dropped", True),
        ("waiting", False),
    ]
    assert world.send().sent == 1


def test_the_first_stories_of_a_watch_are_one_digest(world):
    world.watch()
    world.load(
        *[
            world.article("wire", f"Transit {number}", f"Transit, part {number}.", path=str(number))
            for number in range(40)
        ]
    )
    mails = world.mails()
    assert len(mails) == 1
    text = mails[0].get_body(("plain",)).get_content()
    assert all(f"Transit {number}" in text for number in range(40))
    world.later(minutes=5)
    world.publish(title="Transit afterwards")
    assert len(world.mails()) == 2


def edits(world, *texts: str, minutes: int = 10) -> None:
    """Let an article be edited again and again."""
    for text in texts:
        world.later(minutes=minutes)
        world.publish(text=text, path="one", title="Transit talks")
        world.mails()


def test_edits_within_an_hour_are_told_as_one_change(world):
    world.watch(kinds=(MatchKind.EDITED,))
    edits(
        world,
        "Transit: four dead.",
        "Transit: five dead.",
        "Transit: six dead.",
        "Transit: seven dead.",
    )
    assert len(world.mails()) == 1
    world.later(hours=1)
    mails = world.mails()
    assert len(mails) == 2
    told = [mail.get_body(("plain",)).get_content() for mail in mails]
    assert "five" in told[0]
    assert "six" not in told[0]
    assert "five" in told[1]
    assert "seven" in told[1]
    assert "six" not in told[1]
    edits(world, "Transit: eight dead.", minutes=70)
    assert len(world.mails()) == 3
    assert world.rows("select count(*) from deliveries where state = 'waiting'") == [(0,)]


def test_an_edit_that_is_taken_back_within_the_hour_is_not_told(world):
    world.watch(kinds=(MatchKind.EDITED,))
    edits(
        world,
        "Transit: four dead.",
        "Transit: five dead.",
        "Transit: six dead.",
        "Transit: five dead.",
    )
    world.later(hours=2)
    assert len(world.mails()) == 1
    assert world.skips() == {"kind_not_wanted": 1, "edit_undone": 2}


def test_edits_of_a_digest_are_one_change(world):
    world.watch(kinds=(MatchKind.EDITED,), rhythm=Rhythm.DAILY)
    edits(world, "Transit: four dead.", "Transit: five dead.", "Transit: six dead.")
    world.later(days=1)
    text = world.mails()[0].get_body(("plain",)).get_content()
    assert "four" in text
    assert "six" in text
    assert "five" not in text


def test_a_restored_archive_tells_nothing_again(world):
    world.watch()
    world.watch("Daily", "minister*", ("bo@reader.test",), rhythm=Rhythm.DAILY)
    world.publish()
    world.match()  # written, not sent; a digest waits
    world.publish(title="Transit queued")  # not matched yet
    assert match.after_restore(world.archive, world.context, world.now) == 3
    assert world.mails() == []
    world.publish(title="Transit later")
    assert [str(mail["to"]) for mail in world.mails()] == ["ana@reader.test"]
    world.later(days=1)
    assert len(world.mails()) == 2  # the digest of today had not gone yet


def test_a_follower_learns_of_changed_watches(world):
    roll = WatchCache()

    def told() -> int:
        return match.match_once(world.archive, world.context, world.now, cache=roll).mails

    world.watch()
    world.publish(title="Transit one")
    assert told() == 1
    held = roll.matcher
    world.publish(title="Transit two")
    assert told() == 1
    assert roll.matcher is held
    world.watch(query="railway")
    world.publish(title="Transit three")
    assert told() == 0
    world.watch(query="transit")
    world.rows("update subscriptions set ended_at = now()")
    world.publish(title="Transit four")
    assert told() == 0
    world.watch()
    world.publish(title="Transit five")
    assert told() == 1


def test_names_of_ones_own_reach_the_mail(world, tmp_path):
    names = tmp_path / "names.txt"
    names.write_text("Middle Corridor = Orta dəhliz, Срединный коридор\n", encoding="utf-8")
    known = settings.read(
        {
            "KHABAR_HOME": str(tmp_path),
            "KHABAR_DATABASE_URL": world.url,
            "KHABAR_ALIASES": str(names),
        }
    )
    watch = checked(
        Watch(name="Corridor", query='entity:"middle corridor"', recipients=("ana@reader.test",)),
        aliases.table(known),
    )
    with world.archive.transaction() as cursor:
        alerts.save_watch(cursor, watch)
    world.publish(
        title="Срединный коридор растёт",
        text="Министры говорили о Срединном коридоре.",
        language="ru",
    )
    with world.archive.transaction() as cursor:
        found = preview.preview(cursor, watch, world.now + timedelta(hours=1), aliases.table(known))
    assert found.fitting == 1
    assert {word for word, _ in found.terms} == {"срединный", "коридор", "срединном", "коридоре"}
    assert match.match(known, now=world.now)["mails"] == 1
    mail = world.mails()[0]
    assert "Срединный, коридор" in mail.get_body(("plain",)).get_content()
    assert re.search("<mark[^>]*>Срединный", mail.get_body(("html",)).get_content())
