"""Following: articles are matched and mails leave as they come, digests by the clock."""

from datetime import UTC, datetime, timedelta

import pytest

from news.watch import Rhythm
from pipeline import settings as configuration
from pipeline.alerts import deliver
from pipeline.alerts import listener as leaving
from pipeline.alerts.listener import leave_to_listener
from pipeline.settings import Settings
from storage import Archive, alerts


@pytest.fixture
def house(world, tmp_path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """The settings of a home whose mail lies in a folder; nobody waits for the next article."""
    monkeypatch.setattr(deliver, "_REST", 0.01)
    world.now = datetime.now(UTC)
    return configuration.read({"KHABAR_HOME": str(tmp_path), "KHABAR_DATABASE_URL": world.url})


def sent(world) -> int:
    return world.rows("select count(*) from alerts where state = 'sent'")[0][0]


def test_what_waits_is_matched_and_sent_in_the_first_round(world, house) -> None:
    world.watch()
    world.publish()
    deliver.follow(house, most=1)
    assert sent(world) == 1
    deliver.follow(house, most=2)
    assert sent(world) == 1


def test_an_article_that_comes_later_is_told_in_its_round_once(
    world, house, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.watch()
    waits: list[int] = []

    def publish_meanwhile(_connection: object, _rest: float) -> None:
        waits.append(sent(world))
        if len(waits) == 1:
            world.publish()

    monkeypatch.setattr(deliver.alerts, "wait_for_articles", publish_meanwhile)
    deliver.follow(house, most=3)
    assert waits == [0, 1, 1]


def test_digests_are_looked_at_by_the_clock_not_in_every_round(
    world, house, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[datetime] = []
    monkeypatch.setattr(deliver, "_write_digests", lambda *given: looked.append(given[-1]))
    deliver.follow(house, most=3)
    assert len(looked) == 1
    looked.clear()
    monkeypatch.setattr(deliver, "_DIGESTS", timedelta())
    deliver.follow(house, most=3)
    assert len(looked) == 3


def test_a_digest_leaves_when_its_hour_has_come_without_a_new_article(
    world, house, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.watch(rhythm=Rhythm.DAILY)
    world.publish()
    deliver.follow(house, most=1)
    assert sent(world) == 0
    tomorrow = world.now + timedelta(days=1, hours=1)
    monkeypatch.setattr(deliver, "_now", lambda: tomorrow)
    deliver.follow(house, most=1)
    assert world.rows("select count(*) from alerts where template = 'digest'") == [(1,)]


def test_a_pass_by_hand_says_what_it_wrote_sent_and_skipped(world, house) -> None:
    world.watch(to=("ana@reader.test", "bo@reader.test"))
    world.publish()
    world.match()
    world.rows("update alerts set state = 'waiting'")
    told = deliver.alert(house, now=world.now)
    assert (told["sent"], told["waiting"], told["stuck"]) == (2, 0, "")
    assert told["skipped"] == {}
    again = deliver.alert(house, now=world.now)
    assert (again["composed"], again["sent"]) == (0, 0)


@pytest.fixture
def listener(world):
    """A process that listens for articles, and does nothing more with them."""
    with Archive(world.url) as archive:
        alerts.listen_for_articles(archive.connection)
        yield archive


def waiting(world) -> int:
    return world.rows("select count(*) from match_queue")[0][0]


def test_who_matches_by_a_schedule_leaves_it_to_the_listener_while_that_goes_on(
    world, listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    for outlet in ("one", "two", "three"):
        world.publish(outlet, title=f"Talks of {outlet}")
    looks: list[int] = []

    def take_one(_seconds: float) -> None:
        looks.append(waiting(world))
        world.rows("delete from match_queue where id = (select min(id) from match_queue)")

    monkeypatch.setattr(leaving.time, "sleep", take_one)
    with Archive(world.url) as archive:
        leave_to_listener(archive)
    assert looks == [3, 2, 1]


def test_a_listener_that_takes_nothing_is_not_waited_for(world, listener) -> None:
    world.publish()
    with Archive(world.url) as archive:
        leave_to_listener(archive, patience=0.0)
    assert waiting(world) == 1


def test_nobody_is_waited_for_where_nobody_listens(
    world, listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.publish()
    listener.close()
    monkeypatch.setattr(leaving.time, "sleep", lambda _seconds: pytest.fail("it waited"))
    with Archive(world.url) as archive:
        leave_to_listener(archive)
