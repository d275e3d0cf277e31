"""One happening is one mail, however many outlets tell it, in whatever words and languages."""

import pytest

from news.watch import MatchKind, Rhythm
from pipeline.alerts import match


def text_of(mail) -> str:
    return mail.get_body(("plain",)).get_content()


def open_thread(world) -> None:
    """Let the reader have had some other mail, so that nothing is her first."""
    world.publish("wire", title="Transit fees published")
    world.mails()
    world.later(hours=1)


def tell(world, *tellings: tuple[str, str, str, str]) -> None:
    """Load stories of one event: (outlet, title, language, story)."""
    for outlet, title, language, story in tellings:
        world.publish(outlet, title=title, language=language, story=story)
    world.event(*[story for *_, story in tellings])


OPENING = (
    ("daily", "Transit line opens in Poti", "en", "a"),
    ("kavkaz", "Transit: открыта линия в Поти", "ru", "b"),
    ("azeri", "Transit xətti Potidə açıldı", "az", "c"),
)


def test_three_tellings_of_one_event_are_one_mail(world):
    world.watch()
    open_thread(world)
    tell(world, *OPENING)
    mails = world.mails()
    assert len(mails) == 2
    text = text_of(mails[-1])
    assert all(title in text for _, title, _, _ in OPENING)


def test_a_reader_has_the_telling_in_her_language_at_the_head(world):
    world.watch("Transit", "transit", mail_language="ru")
    open_thread(world)
    tell(world, *OPENING)
    assert world.mails()[-1]["subject"] == "Transit: Transit: открыта линия в Поти"


def test_the_languages_that_a_watch_names_come_before_others(world):
    world.watch(languages=("en", "az"))
    open_thread(world)
    tell(world, *OPENING)
    text = text_of(world.mails()[-1])
    assert text.index("xətti Potidə") < text.index("открыта линия")


def test_who_tells_it_in_words_that_do_not_fit_is_listed_too(world):
    world.watch(query="transit AND line")
    open_thread(world)
    tell(world, *OPENING)
    assert "открыта линия" in text_of(world.mails()[-1])


def test_a_telling_that_comes_soon_after_waits_for_the_readers_pace(world):
    world.watch(pace=120)
    open_thread(world)
    tell(world, *OPENING[:1])
    first = world.mails()[-1]
    world.later(minutes=30)
    tell(world, *OPENING[1:])
    world.event("a", "b", "c")
    assert len(world.mails()) == 2
    world.later(minutes=91)
    mails = world.mails()
    assert len(mails) == 3
    assert mails[-1]["subject"].startswith("Transit: More on this: ")
    assert mails[-1]["references"] == first["message-id"]
    assert all(title in text_of(mails[-1]) for _, title, _, _ in OPENING[1:])


def test_a_reader_who_wants_no_pause_hears_each_telling_under_the_first(world):
    world.watch(pace=0)
    open_thread(world)
    tell(world, *OPENING[:1])
    first = world.mails()[-1]
    world.later(minutes=30)
    tell(world, *OPENING[1:])
    world.event("a", "b", "c")
    mails = world.mails()
    assert len(mails) == 3
    assert mails[-1]["references"] == first["message-id"]


def test_a_telling_days_later_threads_under_the_first_mail(world):
    world.watch()
    open_thread(world)
    tell(world, *OPENING[:1])
    first = world.mails()[-1]
    world.later(days=2)
    tell(world, *OPENING[1:2])
    world.event("a", "b")
    last = world.mails()[-1]
    assert last["references"] == first["message-id"]
    assert "More on this" in last["subject"]


def test_two_outlets_that_tell_a_development_in_their_own_words_are_one_mail(world):
    world.watch()
    open_thread(world)
    tell(world, OPENING[0])
    world.mails()
    world.later(hours=5)
    world.publish("wire", title="Transit line closed", story="x", follows="a")
    world.publish("kavkaz", title="Transit: линия закрыта", story="y", follows="a")
    world.event("x", "y")
    mails = world.mails()
    assert len(mails) == 3
    assert "Follow-up" in mails[-1]["subject"]
    assert "линия закрыта" in text_of(mails[-1])


def test_a_development_is_told_at_once_however_slow_the_pace(world):
    world.watch(pace=10_000)
    open_thread(world)
    tell(world, OPENING[0])
    world.mails()
    world.later(minutes=5)
    world.publish("wire", title="Transit line closed", story="x", follows="a")
    assert "Follow-up: Transit line closed" in world.mails()[-1]["subject"]


def test_a_second_watch_of_the_same_reader_makes_no_second_mail(world):
    world.watch()
    world.watch("Ports", "poti OR поти OR potidə")
    open_thread(world)
    tell(world, OPENING[0])
    world.mails()
    world.later(minutes=10)
    tell(world, OPENING[1])
    world.event("a", "b")
    assert len(world.mails()) == 2


def test_another_reader_hears_the_telling_that_fits_her_watch(world):
    world.watch()
    world.watch("Порт", "поти", ("bo@reader.test",), mail_language="ru")
    open_thread(world)
    tell(world, OPENING[0])
    world.mails()
    world.later(minutes=10)
    tell(world, OPENING[1])
    world.event("a", "b")
    assert [str(mail["to"]) for mail in world.mails()].count("bo@reader.test") == 1


def test_a_digest_has_an_event_once(world):
    world.watch(rhythm=Rhythm.DAILY)
    tell(world, *OPENING)
    world.match()
    world.later(days=1)
    (mail,) = world.mails()
    assert "1 story" in text_of(mail)


def test_an_edit_of_one_telling_is_told_for_itself(world):
    world.watch(kinds=(MatchKind.NEW, MatchKind.EDITED))
    open_thread(world)
    world.publish("daily", "Transit talks", "Transit: four ships.", path="x", story="a")
    world.publish("azeri", "Transit danışıqları", "Transit: dörd gəmi.", path="y", story="c")
    world.event("a", "c")
    world.mails()
    world.later(hours=2)
    world.publish("daily", "Transit talks", "Transit: five ships.", path="x")
    world.publish("azeri", "Transit danışıqları", "Transit: beş gəmi.", path="y")
    assert len(world.mails()) == 4


def test_the_first_that_a_new_watch_says_is_one_digest(world):
    world.watch()
    for number in range(5):
        world.publish(title=f"Transit {number}")
    (mail,) = world.mails()
    assert str(mail["subject"]).startswith("First matches: Transit (5): ")
    world.later(hours=1)
    world.publish(title="Transit afterwards")
    world.publish(title="Transit after that")
    assert len(world.mails()) == 3


def test_a_first_match_that_is_alone_is_a_mail_like_others(world):
    world.watch()
    world.publish()
    assert [str(mail["subject"]) for mail in world.mails()] == ["Transit: Transit talks"]


def unfinish(world) -> None:
    """Let the runs so far be one that still goes on."""
    world.rows("update runs set finished_at = null, started_at = %s", world.now)


def test_mails_of_an_archives_first_run_wait_for_its_end(world):
    world.watch()
    world.publish("wire", title="Transit one")
    unfinish(world)
    world.match()
    assert world.rows("select count(*) from alerts") == [(0,)]
    world.publish("daily", title="Transit two")
    unfinish(world)
    world.match()
    assert world.rows("select count(*) from alerts") == [(0,)]
    world.rows("update runs set finished_at = started_at")
    (mail,) = world.mails()
    assert "(2)" in str(mail["subject"])


def test_what_a_first_run_brought_is_one_digest_though_it_is_matched_in_parts(world):
    world.watch()
    for number in range(3):
        world.publish(title=f"Transit {number}")
    while match.match_once(world.archive, world.context, world.now, limit=1).changes:
        pass
    (mail,) = world.mails()
    assert "(3)" in str(mail["subject"])


def test_a_first_run_that_never_ends_holds_nothing_up_for_longer_than_six_hours(world):
    world.watch()
    world.publish("wire", title="Transit one")
    unfinish(world)
    world.match()
    world.later(hours=7)
    world.publish("wire", title="Transit two")
    world.rows("update runs set finished_at = null")
    world.match()
    assert world.rows("select count(*) > 0 from alerts") == [(True,)]


def test_what_was_matched_before_a_kill_is_written_by_the_next_pass(world, monkeypatch):
    world.watch()
    world.publish()

    def killed(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(match.compose, "compose", killed)
        with pytest.raises(KeyboardInterrupt):
            match.match_once(world.archive, world.context, world.now)

    assert world.rows("select count(*) from match_queue") == [(0,)]
    assert match.match_once(world.archive, world.context, world.now).mails == 1


def test_mails_go_though_events_cannot_be_linked(world, caplog):
    class Broken:
        def link(self, *_):
            raise OSError("no model")

    world.watch()
    world.publish()
    done = match.match_once(world.archive, world.context, world.now, linker=Broken())
    assert done.mails == 1
    assert "could not be linked into events" in caplog.text


def test_stories_are_linked_before_they_are_told(world):
    class Linker:
        def link(self, *_):
            world.event("a", "b")

    world.watch()
    open_thread(world)
    world.publish(*OPENING[0][:2], story="a")
    world.publish(*OPENING[1][:2], story="b")
    done = match.match_once(world.archive, world.context, world.now, linker=Linker())
    assert (done.matches, done.mails) == (2, 1)


def test_only_what_fits_a_watch_is_linked_before_it_is_told(world):
    asked: list[list[int]] = []

    class Linker:
        def link(self, _archive, _now, articles):
            asked.append(articles)

    world.watch()
    world.publish("wire", title="Weather", text="Rain is expected in Batumi.")
    world.publish("paper", title="Transit talks")
    match.match_once(world.archive, world.context, world.now, linker=Linker())
    fitting = world.rows("select distinct article_id from matches")
    assert asked == [[article for (article,) in fitting]]
    assert len(asked[0]) == 1


def test_what_waited_for_the_end_of_a_long_first_run_is_told_as_the_first(world):
    world.watch()
    world.publish("wire", title="Transit one")
    world.publish("wire", title="Transit two")
    unfinish(world)
    world.match()
    world.later(minutes=20)
    world.rows("update runs set finished_at = started_at")
    (mail,) = world.mails()
    assert str(mail["subject"]).startswith("First matches: Transit (2): ")


def test_tellings_that_a_mail_leaves_out_are_a_link(world):
    world.watch(to=("ana@reader.test",))
    open_thread(world)
    names = [chr(ord("a") + number) for number in range(14)]
    tell(world, *[(f"out{name}", f"Transit line {name} opens", "en", name) for name in names])
    mail = world.mails()[-1]
    text = text_of(mail)
    assert "more in the archive: https://khabar.test/khabar/article/" in text
    page = mail.get_body(("html",)).get_content()
    assert "more in the archive</a>" in page
