"""What an archive's first run brings is one digest, whoever writes it and however the run goes."""

from datetime import UTC, datetime

import pytest

from news.watch import MatchKind
from pipeline import settings as configuration
from pipeline.alerts import compose, deliver, match
from pipeline.settings import Settings
from storage import begin_run

ALL_KINDS = (MatchKind.NEW, MatchKind.FOLLOW_UP, MatchKind.EDITED, MatchKind.DELETED)


@pytest.fixture
def house(world, tmp_path) -> Settings:
    """The settings of a home whose mail lies in a folder."""
    world.now = datetime.now(UTC)
    return configuration.read({"KHABAR_HOME": str(tmp_path), "KHABAR_DATABASE_URL": world.url})


def begin(world, name: str) -> None:
    """Let a run begin now; it has loaded nothing yet."""
    with world.archive.transaction() as cursor:
        begin_run(cursor, name, world.now)


def end(world, name: str) -> None:
    """Let a run end now."""
    world.rows("update runs set finished_at = %s where name = %s", world.now, name)


def publish(world, title: str, run: str = "first", **more):
    """Publish an article in a run that goes on."""
    made = world.publish(title=title, run=run, **more)
    world.rows("delete from outlet_runs")  # these are dated by the real clock
    return made


def written(world) -> list[str]:
    """The subjects of all mails, as they were written."""
    return [subject for (subject,) in world.rows("select subject from alerts order by id")]


def unaccounted(world) -> int:
    """How many matches and readers are neither told nor kept back under a name."""
    return world.rows(
        "select count(*) from matches join subscriptions using (watch_id) left join deliveries "
        "on match_id = matches.id and deliveries.address = subscriptions.address "
        "where state is null or state = 'waiting' or (state = 'skipped' and reason = '')"
    )[0][0]


def test_developments_copies_and_edits_of_a_first_run_are_lines_of_its_digest(world):
    world.watch(kinds=ALL_KINDS)
    begin(world, "first")
    article = publish(world, "Transit line opens", story="a")
    world.later(minutes=1)
    publish(world, "Transit line opens", outlet="daily", story="a")
    publish(world, "Transit line closes", story="b", follows="a")
    world.match()
    path = article.url.removeprefix("https://wire.test/")
    edited = world.article("wire", article.title, "Transit is free.", path=path)
    world.load(edited, run="first")
    world.rows("delete from outlet_runs")
    assert world.match().mails == 0
    world.later(minutes=1)
    end(world, "first")
    (mail,) = world.mails()
    text = mail.get_body(("plain",)).get_content()
    assert str(mail["subject"]).startswith("First matches: ")
    assert "Transit line opens" in text
    assert "Transit line closes" in text
    assert unaccounted(world) == 0


def test_of_two_first_runs_the_one_that_ends_first_lets_nothing_go(world):
    world.watch()
    begin(world, "light")
    begin(world, "daily")
    publish(world, "Transit line opens", run="light", story="a")
    world.match()
    world.later(minutes=3)
    end(world, "light")
    publish(world, "Transit line closes", run="daily", story="b", follows="a")
    assert world.match().mails == 0
    world.later(minutes=1)
    end(world, "daily")
    (mail,) = world.mails()
    assert "(2)" in str(mail["subject"])


def test_a_run_that_began_before_the_first_ended_counts_though_it_has_loaded_nothing(world):
    world.watch()
    begin(world, "light")
    begin(world, "daily")
    publish(world, "Transit line opens", run="light")
    world.later(minutes=3)
    end(world, "light")
    assert world.match().mails == 0


def test_a_run_that_begins_after_the_first_has_ended_holds_nothing_up(world):
    world.watch()
    begin(world, "first")
    publish(world, "Transit line opens")
    world.later(minutes=3)
    end(world, "first")
    world.later(minutes=1)
    begin(world, "second")
    assert world.match().mails == 1


def test_whoever_writes_mails_beside_the_postman_waits_for_the_first_run_too(world, house):
    world.watch()
    begin(world, "first")
    publish(world, "Transit line opens", story="a")
    world.match()
    assert deliver.alert(house, now=world.now)["composed"] == 0
    publish(world, "Transit line closes", story="b", follows="a")
    world.match()
    world.later(minutes=1)
    end(world, "first")
    assert deliver.alert(house, now=world.now)["composed"] == 1
    assert [subject[:25] for subject in written(world)] == ["First matches: Transit (2"]


def test_the_last_stage_of_a_run_writes_what_the_run_brought(world, house):
    world.watch()
    begin(world, "first")
    publish(world, "Transit line opens")
    world.match()
    assert deliver.alert(house, now=world.now, ends_run=True)["composed"] == 1


def test_a_first_run_that_is_killed_and_taken_up_is_still_one_digest(world):
    world.watch()
    begin(world, "first")
    publish(world, "Transit line opens", story="a")
    world.match()
    world.later(minutes=40)
    begin(world, "first")
    publish(world, "Transit line closes", story="b", follows="a")
    assert world.match().mails == 0
    end(world, "first")
    assert len(world.mails()) == 1


def test_a_first_run_that_was_cut_short_lets_go_what_it_brought_after_an_hour(world):
    world.watch()
    begin(world, "first")
    publish(world, "Transit line opens")
    world.match()
    world.later(minutes=59)
    assert world.match().mails == 0
    world.later(minutes=2)
    (mail,) = world.mails()
    assert str(mail["subject"]).endswith("Transit line opens")


def test_the_operators_mail_does_not_break_up_the_first_digest(world):
    world.watch()
    begin(world, "first")
    for number in range(3):
        publish(world, f"Transit line {number} opens")
    world.rows("insert into addresses (address) values ('operator@house.test')")
    world.rows(
        "insert into alerts (address, subject, template, message_id, raw, made_at, next_try_at) "
        "values ('operator@house.test', 'A late run', 'operator', '1', '', now(), now())"
    )
    world.later(minutes=1)
    end(world, "first")
    while match.match_once(world.archive, world.context, world.now, limit=1).changes:
        pass
    assert [subject for subject in written(world) if "(3)" in subject] == written(world)[1:]


def test_first_matches_that_take_several_steps_are_digests_all_of_them(world, monkeypatch):
    monkeypatch.setattr(compose, "_AT_A_TIME", 4)
    world.watch(to=("ana@reader.test", "bo@reader.test"))
    for number in range(6):
        publish(world, f"Transit line {number} opens")
    end(world, "first")
    assert world.match().mails == len(written(world)) > 2
    assert all(subject.startswith("First matches: ") for subject in written(world))
    assert unaccounted(world) == 0
