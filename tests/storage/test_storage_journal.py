"""What runs say of outlets, and an article's past."""

from datetime import timedelta

import psycopg2
import pytest
from archivegen import HOUR, NOW, article, batch, gone

from storage import (
    Archive,
    StorageError,
    count_copies,
    count_new_articles,
    finish_run,
    in_savepoint,
    outlet_journal,
    record_outlet_event,
    run_events,
    version_at,
    version_diff,
)
from storage.search import TermVector

DAY = timedelta(days=1)


@pytest.fixture
def archive(database_url):
    with Archive(database_url) as opened:
        opened.load(batch(article(1), article(2)))
        yield opened


@pytest.fixture
def cursor(archive):
    with archive.transaction() as opened:
        yield opened


def test_the_same_event_of_an_outlet_stands_once_in_the_journal(cursor):
    def record(at, kind="redesign"):
        return record_outlet_event(cursor, "run", "one", kind, "other\0 markup", at=at)

    assert record(NOW)
    assert not record(NOW + 20 * DAY)
    assert record(NOW + 22 * DAY)
    assert record(NOW, "moved")
    assert not record_outlet_event(cursor, "run", "nobody", "moved", "", at=NOW)
    newest, *_, last = outlet_journal(cursor, "one")
    assert (newest.at, newest.kind, newest.run) == (NOW + 22 * DAY, "redesign", "run")
    assert newest.detail == {"detail": "other� markup"}
    assert last.at == NOW
    assert len(outlet_journal(cursor, "one", limit=1)) == 1
    assert ("one", "moved", "other� markup") in run_events(cursor, "run")


def test_new_articles_are_counted_since_a_moment(cursor):
    count, first_seen = count_new_articles(cursor, "one", NOW - DAY)
    assert count == 2
    assert count_new_articles(cursor, "one", first_seen + DAY) == (0, first_seen)
    assert count_new_articles(cursor, "nobody", NOW) is None


def test_a_run_ends_with_its_report(cursor):
    finish_run(cursor, "run", NOW + HOUR, {"problems": ["a\0b"]})
    finish_run(cursor, "never", NOW, {})
    cursor.execute("select finished_at, report from runs")
    assert cursor.fetchall() == [(NOW + HOUR, {"problems": ["a�b"]})]


def test_copies_are_members_that_do_not_lead(cursor):
    cursor.execute("select id from articles order by id")
    (lead,), (copy,) = cursor.fetchall()
    cursor.execute(
        "insert into stories (lead_id, reason, formed_at, changed_at)"
        " values (%s, 'x', now(), now()) returning id",
        (lead,),
    )
    (story,) = cursor.fetchone()
    cursor.execute(
        "insert into story_members (article_id, story_id, role)"
        " values (%s, %s, 'member'), (%s, %s, 'member')",
        (lead, story, copy, story),
    )
    assert count_copies(cursor, "run") == {"one": 1}


def test_an_articles_versions_are_told_apart(archive):
    url = article(1).url
    archive.load(batch(article(1, "Nothing was decided.", seen=NOW + HOUR), run="second"))
    archive.load(batch(gone(1, seen=NOW + 2 * HOUR), run="third"))
    first, edit, deletion = archive.versions(url)
    assert [version.kind for version in (first, edit, deletion)] == ["first", "edit", "deletion"]
    assert deletion.deleted
    assert not edit.deleted
    assert first.until == edit.since
    diff = version_diff(first, edit)
    assert "-Nobody spoke against it." in diff
    assert "+Nothing was decided." in diff
    assert diff[0].startswith("--- version 1, 2026-11-20 12:00 UTC")
    assert version_at([first, edit], NOW - HOUR) is None
    assert archive.text_at(url, NOW + HOUR).number == 2


def test_an_absent_article_and_a_removed_one_are_told_apart(archive):
    from storage.upkeep import forget_article

    left = []
    url = article(1).url
    assert forget_article(archive.connection, url, "asked", first=lambda _, id_: left.append(id_))
    assert len(left) == 1
    assert not forget_article(archive.connection, url, "twice", first=lambda *_: left.append(0))
    assert len(left) == 1
    with pytest.raises(StorageError, match="was removed from the archive"):
        archive.versions(url)
    with pytest.raises(StorageError, match="has no article"):
        archive.versions("https://one.localhost/never")
    assert archive.article(url) is None
    assert archive.article(article(2).url).article.title == "Council meets 2"


def test_a_profile_set_by_hand_is_a_version_of_its_own(archive):
    assert archive.profile("one") is None
    assert archive.save_profile("one", "first") == 1
    assert archive.save_profile("one", "first") is None
    assert archive.save_profile("one", "second") == 2
    assert (archive.profile("one"), archive.profile("one", 1)) == ("second", "first")
    assert archive.save_profile("nobody", "x") is None
    assert archive.profile("nobody") is None
    assert archive.front_pages() == ["https://one.localhost/"]
    assert list(archive.memory("nobody")) == []


def test_work_that_fails_alone_leaves_the_transaction_going(cursor):
    def fail():
        cursor.execute("delete from revisions")
        cursor.execute("select 1 / 0")

    error = in_savepoint(cursor, fail)
    assert isinstance(error, psycopg2.errors.DivisionByZero)
    assert in_savepoint(cursor, lambda: cursor.execute("select 1")) is None
    long = "select string_agg(md5(n::text), ' ')::tsvector from generate_series(1, 60000) n"
    too_large = in_savepoint(cursor, lambda: cursor.execute(long))
    assert isinstance(too_large, psycopg2.errors.ProgramLimitExceeded)
    assert in_savepoint(cursor, lambda: cursor.execute("select 1")) is None


@pytest.mark.parametrize("kind", [psycopg2.errors.AdminShutdown, psycopg2.InterfaceError])
def test_what_the_database_itself_suffers_from_is_nobodys_fault(cursor, kind):
    with pytest.raises(kind):
        in_savepoint(cursor, raising(kind("away")))


def raising(error):
    """Return work that fails so."""

    def work():
        raise error

    return work


def test_a_stored_vector_is_read_without_another_analysis(cursor):
    cursor.execute(
        "select %s::tsvector::text",
        ("'@o:one' '@t:it''s' '@t:new' 'a\\\\b':7,9 'it''s':1A,300 'new':2A 'zzz'",),
    )
    vector = TermVector(cursor.fetchone()[0])
    assert set(vector.terms) == {"@o:one", "@t:it's", "@t:new", "a\\b", "it's", "new", "zzz"}
    assert vector.in_title == ["it's", "new"]
    assert vector.positions("it's") == [1, 300]
    assert vector.positions("a\\b") == [7, 9]
    assert vector.positions("absent") == []
    plain = TermVector("'new':2A,5 'old':3")
    assert (plain.positions("new"), plain.positions("old")) == ([2, 5], [3])
    assert (plain.terms, plain.in_title) == (["new", "old"], [])
