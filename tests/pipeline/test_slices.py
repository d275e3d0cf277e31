"""Pages of a crawl that still goes on are loaded in slices, once, and as well as at its end."""

import contextlib
from datetime import UTC, datetime, timedelta

import pytest
from kept_runs import OUTLET, kept, pages, passed

from news import run_layout
from pipeline import settings, stages
from pipeline.run import load, run_record
from pipeline.run.page_reader import PageReader
from pipeline.run.slices import Slices
from storage import Archive

AT = datetime(2026, 11, 1, 6, 0, tzinfo=UTC)


@pytest.fixture
def house(database_url, tmp_path, monkeypatch):
    monkeypatch.setattr("pipeline.run.slices.EVERY", 0.0)
    return settings.read({"KHABAR_HOME": str(tmp_path), "KHABAR_DATABASE_URL": database_url})


@pytest.fixture(scope="module")
def reader():
    with PageReader(60) as one:
        yield one


@pytest.fixture
def crawling(house, reader):
    """An outlet that is known, and its next crawl under way: folder and slices."""
    passed(house, kept(house, AT, pages("broad", 3, 6)))
    run = kept(house, AT + timedelta(hours=1), pages("broad", 4, 6))
    [folder] = run.outlets()
    # What a crawl under way has instead of its results.
    folder.crawled.rename(folder.path / run_layout.JOURNAL)
    folder.report.unlink()
    return folder, Slices(house, folder, lambda: contextlib.nullcontext(reader))


def counted(house, query: str) -> int:
    with Archive(house.database_url) as archive, archive.transaction() as cursor:
        cursor.execute(query)
        return cursor.fetchone()[0]


def end(folder) -> None:
    """Let the crawl end."""
    (folder.path / run_layout.JOURNAL).rename(folder.crawled)
    run_record.write_json(folder.report, {"state": "ok", "pages": 6})


def test_what_is_fetched_is_in_the_archive_before_the_crawl_ends_and_counts_once(house, crawling):
    folder, slices = crawling
    slices.look()
    brought = counted(house, "select count(*) from articles") - 6
    assert brought >= 4
    slices.look()
    end(folder)
    stages.extract(house, folder.run, OUTLET.name)
    counts = load.load_outlet(house, folder)
    assert (counts["new"], counts["unchanged"], counts["revised"]) == (6, 0, 0)
    assert counted(house, "select count(*) from articles") == 12
    assert counted(house, "select count(*) from revisions where kind = 'edit'") == 0
    assert counted(house, "select new from outlet_runs order by run_id desc limit 1") == 6
    assert stages.finish(house, folder.run)["outlets"][OUTLET.name]["new"] == 6


def test_a_slice_whose_commit_was_not_written_down_is_lost_to_nobody(house, crawling):
    folder, slices = crawling
    slices.look()
    folder.sliced.unlink()
    end(folder)
    stages.extract(house, folder.run, OUTLET.name)
    load.load_outlet(house, folder)
    assert counted(house, "select count(*) from articles") == 12
    assert counted(house, "select new from outlet_runs order by run_id desc limit 1") == 6


def test_the_end_of_a_file_that_is_being_written_is_left_to_the_next_look(house, crawling):
    folder, slices = crawling
    whole = folder.pages.read_bytes()
    folder.pages.write_bytes(whole[:-200])
    slices.look()
    first = counted(house, "select count(*) from articles")
    folder.pages.write_bytes(whole)
    slices.look()
    assert counted(house, "select count(*) from articles") >= first


def test_pages_that_may_be_a_wall_wait_for_the_end(house, crawling, monkeypatch):
    _, slices = crawling
    monkeypatch.setattr("crawlers.may_be_wall", lambda _body: True)
    slices.look()
    assert counted(house, "select count(*) from articles") == 6


def test_an_outlet_without_a_profile_is_read_at_the_end_of_its_crawl(house, crawling):
    folder, slices = crawling
    folder.profile_before.unlink()
    slices.look()
    assert counted(house, "select count(*) from articles") == 6
    assert not folder.sliced.exists()
