"""What pages read: typed rows of the archive, whatever stands in an address."""

from datetime import UTC, datetime, timedelta, timezone

import psycopg2
import pytest
from archivegen import HOUR, NOW, OUTLET, article, batch, gone

from news.crawl import DoorState
from storage import Archive, alerts, pages, record_outlet_event
from storage import finish_run as close_run

ODD = timezone(timedelta(hours=1, microseconds=5))  # no server reads such an offset


@pytest.fixture
def archive(database_url):
    with Archive(database_url) as opened:
        door = DoorState(
            url=f"{OUTLET.home}feed",
            outlet=OUTLET.name,
            last_polled=NOW,
            next_poll=NOW + HOUR,
        )
        opened.load(batch(article(1), article(2), article(3), doors=(door,)))
        later = NOW + HOUR
        edited = article(1, "Another text of the same council.", seen=later)
        opened.load(batch(edited, gone(2, seen=later), run="second"))
        yield opened


@pytest.fixture
def cursor(archive):
    with pages.reading(archive) as reading:
        yield reading


def test_the_newest_come_first_and_a_cursor_goes_on_after_the_last(cursor):
    ids = pages.newest(cursor, limit=2)
    lines = pages.articles(cursor, ids)
    assert [line.title for line in lines] == ["Council meets 1", "Council meets 2"]
    last = lines[-1]
    (third,) = pages.newest(cursor, before=(last.at, last.id))
    assert pages.articles(cursor, [third])[0].title == "Council meets 3"
    assert pages.newest(cursor, outlet="nobody") == []


def test_articles_keep_the_order_that_was_asked_for(cursor):
    first, second, third = pages.newest(cursor)
    assert [line.id for line in pages.articles(cursor, [third, 10**12, first])] == [third, first]
    assert second


def test_an_article_is_shown_whole_with_its_past(cursor):
    first, second, _ = pages.newest(cursor)
    page = pages.article(cursor, first)
    assert page.body == "Another text of the same council."
    assert [block.text for block in page.blocks] == [page.body]
    assert (page.outlet, page.country, page.run) == ("one", "AZ", "run")
    (edit,) = pages.revisions(cursor, first)
    assert edit.kind == "edit"
    assert edit.before_body.startswith("The council met")
    (deletion,) = pages.revisions(cursor, second)
    assert (deletion.kind, deletion.before_body) == ("deletion", None)
    assert pages.article(cursor, 10**12) is None
    assert pages.article_events(cursor, first) == []


def test_an_outlet_shows_its_last_run_its_doors_and_fourteen_days(cursor):
    today = datetime.now(UTC).date()
    (row,) = pages.outlets(cursor, today)
    assert (row.name, row.state, row.run, row.deleted) == ("one", "ok", "second", 1)
    assert len(row.days) == 14
    assert row.days[-1] == 3
    assert [run.run for run in pages.outlet_runs(cursor, "one")] == ["second", "run"]
    (door,) = pages.outlet_doors(cursor, "one")
    assert (door.state, door.last_polled) == ("ok", NOW)


def test_runs_have_their_sums(archive):
    with archive.transaction() as cursor:
        close_run(cursor, "run", NOW + HOUR, {"problems": []})
        record_outlet_event(cursor, "run", "one", "redesign", "new", at=NOW)
    with pages.reading(archive) as cursor:
        (run,) = pages.runs(cursor, "run")
        assert (run.new, run.outlets, run.ailing, run.finished_at) == (3, 1, 0, NOW + HOUR)
        assert len(pages.runs(cursor, limit=1)) == 1
        (outlet,) = pages.run_outlets(cursor, "second")
        assert (outlet.outlet, outlet.revised, outlet.deleted) == ("one", 1, 1)


def test_a_story_lists_its_members_and_where_it_went(archive):
    with archive.transaction() as cursor:
        first, second, third = pages.newest(cursor)
        cursor.execute(
            "insert into stories (lead_id, reason, formed_at, changed_at)"
            " values (%s, 'first', now(), now()), (%s, 'first', now(), now()) returning id",
            (first, third),
        )
        (story,), (earlier,) = cursor.fetchall()
        cursor.execute(
            "insert into story_members (story_id, article_id, role)"
            " values (%s, %s, 'member'), (%s, %s, 'member'), (%s, %s, 'member')",
            (story, first, story, second, earlier, third),
        )
        cursor.execute("insert into story_follow_ups values (%s, %s, .5)", (story, earlier))
        cursor.execute("insert into story_aliases values (%s, %s, now())", (10**6, story))
    with pages.reading(archive) as cursor:
        assert [line.id for line in pages.newest_stories(cursor)] == [story, earlier]
        (line,) = pages.newest_stories(cursor, limit=1)
        assert [row.id for row in pages.newest_stories(cursor, before=(line.at, line.lead))] == [
            earlier
        ]
        assert pages.story(cursor, 10**6) == pages.story(cursor, story)
        assert pages.story(cursor, 10**7) is None
        members = pages.story_members(cursor, story, first)
        assert {member.id for member in members} == {first, second}
        (relation,) = pages.story_relations(cursor, story)
        assert (relation.relation, relation.id) == ("earlier", earlier)
        assert pages.stories_of(cursor, [second]) == {second: story}
        assert pages.story_sizes(cursor, [story])[story].members == 2
        assert pages.story_matches(cursor, story) == []


def test_pages_write_nothing(cursor):
    with pytest.raises(psycopg2.errors.ReadOnlySqlTransaction):
        cursor.execute("delete from article_urls")


def test_an_open_archive_is_alive_until_its_connection_ends(archive):
    assert pages.is_alive(archive)
    archive.connection.cursor().execute("select 1")
    assert pages.is_alive(archive)
    archive.close()
    assert not pages.is_alive(archive)


@pytest.mark.parametrize("name", ["one\0", "\0", "\ud800", "о́дин"])
def test_a_name_that_no_outlet_can_have_finds_nothing(cursor, name):
    assert pages.outlets(cursor, NOW.date(), name) == []
    assert pages.outlet_runs(cursor, name) == []
    assert pages.outlet_doors(cursor, name) == []
    assert pages.runs(cursor, name) == []
    assert pages.run_outlets(cursor, name) == []
    assert pages.newest(cursor, outlet=name) == []
    assert alerts.watch_history(cursor, name) == []
    assert alerts.load_watches(cursor, name) == []


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 11, 20, tzinfo=ODD),
        datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14))),
        datetime(9999, 12, 31, 23, 59, tzinfo=timezone(-timedelta(hours=14))),
    ],
)
def test_a_cursor_with_an_odd_offset_is_a_moment_like_any_other(cursor, moment):
    assert isinstance(pages.newest(cursor, before=(moment, 1)), list)
    assert isinstance(pages.newest_stories(cursor, before=(moment, 1)), list)


def test_a_number_that_the_database_cannot_hold_is_nobodys(cursor):
    assert pages.article(cursor, 2**63) is None
    assert pages.story(cursor, -(2**70)) is None
    assert pages.revisions(cursor, 2**64) == []
