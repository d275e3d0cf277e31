"""Each outlet flows by itself, from crawl to archive, whatever the others of its run do."""

import threading
import time
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from kept_runs import OUTLET, kept, pages

from news import codec
from news.errors import KhabarError
from pipeline import settings, stages
from pipeline.run import crawl, host_lease, load, outlet_pass, run_record
from pipeline.run.host_lease import HostBusyError
from pipeline.run.outlet_pass import Ended
from storage import Archive

AT = datetime(2026, 11, 1, 6, 0, tzinfo=UTC)
OTHER = replace(
    OUTLET,
    name="dead",
    home="http://dead.localhost/",
    doors=tuple(
        replace(door, url=door.url.replace("kanar.localhost", "dead.localhost"))
        for door in OUTLET.doors
    ),
)


@pytest.fixture
def house(database_url, tmp_path):
    return settings.read({"KHABAR_HOME": str(tmp_path), "KHABAR_DATABASE_URL": database_url})


@pytest.fixture
def run(house):
    """A run of two outlets: of one the crawl has ended, of the other nothing is there yet."""
    made = kept(house, AT, pages("broad", 3, 3))
    run_record.write_outlet(made.outlet(OTHER.region, OTHER.name), OTHER)
    record = run_record.read_run(made)
    run_record.write_run(made, replace(record, outlets=(OUTLET.name, OTHER.name)))
    return made


@pytest.fixture
def no_crawl(monkeypatch):
    """The crawl of one outlet is found done, that of the other cannot be made."""

    def crawl_one(_house, folder, _run, **_options):
        if folder.outlet == OTHER.name:
            raise KhabarError("the host is gone")
        return {"state": "ok"}

    monkeypatch.setattr(crawl, "crawl", crawl_one)


def archived(house) -> int:
    with Archive(house.database_url) as archive, archive.transaction() as cursor:
        cursor.execute("select count(*) from articles")
        return cursor.fetchone()[0]


def test_an_outlet_that_fails_is_named_and_the_others_are_in_the_archive(house, run, no_crawl):
    ended = {one.outlet: one for one in stages.read(house, run.name, ["kanar", "dead"], at_once=2)}
    assert ended["kanar"].counts["new"] == archived(house) == 3
    assert ended["dead"].failure == "dead: crawl: the host is gone"
    report = stages.finish(house, run.name)
    assert report["outlets"]["kanar"]["new"] == 3
    assert report["outlets"]["dead"]["state"] == "failed"
    assert report["problems"] == ["dead: crawl: the host is gone"]
    assert report["verdict"]["red"]
    assert "new: dead (failed)" in report["verdict"]["sentence"]
    assert not stages.finish(house, run.name, red_share=0.5)["verdict"]["red"]
    assert not run.is_done


def test_an_outlets_task_is_as_the_outlet_stands_and_what_ails_for_long_is_told_once(
    house, run, monkeypatch
):
    monkeypatch.setattr(crawl, "crawl", lambda *_words, **_options: {"state": "ok"})
    dead = run.outlet(OTHER.region, OTHER.name)
    dead.pages.write_bytes(b"")
    run_record.write_outlet(dead, replace(OTHER, must_have=True))
    run_record.write_json(dead.report, {"state": "unreachable", "note": "no route", "pages": 0})
    ended = list(stages.read(house, run.name, ["kanar", "dead"]))
    stood = {one.outlet: one for one in stages.verdicts(house, run.name, ended)}
    assert not stood["kanar"].ails
    assert stood["kanar"].sentence.endswith("3 new")
    assert stood["dead"].ails
    assert "dead: unreachable: no route; 0 pages; wait a day" in stood["dead"].sentence
    first = stages.finish(house, run.name, red_share=1.0, origin={"dag": "gather_news"})
    assert first["verdict"]["red"]
    assert first["verdict"]["sentence"].startswith("must-have: dead (unreachable)")
    assert "new: dead" in first["verdict"]["sentence"]
    assert first["origin"] == {"dag": "gather_news"}
    second = stages.finish(house, run.name)
    assert "1 for longer, told before" in second["verdict"]["sentence"]
    assert second["outlets"]["dead"]["ails_since"] == first["outlets"]["dead"]["ails_since"]


def test_what_failed_is_made_again_and_what_was_done_is_found_done(
    house, run, no_crawl, monkeypatch
):
    list(stages.read(house, run.name, ["kanar", "dead"]))
    [again] = stages.read(house, run.name, ["kanar"])
    assert not again.failure
    dead = run.outlet(OTHER.region, OTHER.name)
    dead.pages.write_bytes(b"")
    run_record.write_json(dead.report, {"state": "unreachable", "pages": 0})
    monkeypatch.setattr(crawl, "crawl", lambda *_words, **_options: {"state": "unreachable"})
    [healed] = stages.read(house, run.name, ["dead"])
    assert not healed.failure
    assert not dead.failed.exists()
    assert stages.finish(house, run.name)["outlets"]["kanar"]["new"] == 3
    assert run.is_done


def test_an_outlet_that_was_killed_on_its_way_is_told_in_a_sentence(house, run):
    failures = outlet_pass.failures(run)
    assert set(failures) == {"kanar", "dead"}
    assert "not read to its end" in failures["dead"]


def test_a_surprise_in_one_outlet_leaves_the_others(house, run, monkeypatch):
    def broken(_settings, folder, _run, **_options):
        if folder.outlet == OTHER.name:
            raise ZeroDivisionError("x")
        return {"state": "ok"}

    monkeypatch.setattr(crawl, "crawl", broken)
    ended = {one.outlet: one for one in stages.read(house, run.name, ["dead", "kanar"], at_once=2)}
    assert isinstance(ended["dead"].error, ZeroDivisionError)
    assert "crawl: ZeroDivisionError: x" in ended["dead"].failure
    assert not ended["kanar"].failure


def test_loading_again_outlet_by_outlet_or_as_a_run_counts_the_same(house, run):
    stages.extract(house, run.name, OUTLET.name)
    [folder] = [one for one in run.outlets() if one.outlet == OUTLET.name]
    first = load.load_outlet(house, folder)
    assert first == load.load_outlet(house, folder)
    assert stages.load(house, run.name)["new"] == first["new"] == 3
    assert stages.sum_up(house, run.name) == stages.load(house, run.name)


def test_a_commit_before_a_kill_is_counted_when_its_file_is_written_at_last(house, run):
    stages.extract(house, run.name, OUTLET.name)
    [folder] = [one for one in run.outlets() if one.outlet == OUTLET.name]
    first = load.load_outlet(house, folder)
    folder.loaded.unlink()
    assert load.load_outlet(house, folder) == first
    assert archived(house) == 3


def test_a_run_that_an_earlier_khabar_loaded_as_a_whole_stays_as_it_is(house, run):
    stages.extract(house, run.name, OUTLET.name)
    whole = load._load(house, run, run_record.begun_outlets(run))
    run_record.write_json(run.loaded, load._counts(whole))
    before = run.loaded.read_bytes()
    assert stages.load(house, run.name)["new"] == 3
    assert run.loaded.read_bytes() == before
    assert not any(folder.loaded.exists() for folder in run.outlets())
    assert outlet_pass.failures(run) == {}
    assert codec.load(type(OUTLET), run.outlets()[1].record.read_text()).name == OUTLET.name


def test_two_outlets_with_one_text_make_one_story_in_either_order(house, run):
    stages.extract(house, run.name, OUTLET.name)
    [folder] = [one for one in run.outlets() if one.outlet == OUTLET.name]
    other = run.outlet(OTHER.region, OTHER.name)
    text = folder.articles.read_text(encoding="utf-8")
    copied = text.replace("kanar.localhost", "dead.localhost").replace('"kanar"', '"dead"')
    other.articles.write_text(copied, encoding="utf-8")
    run_record.write_json(other.report, {"state": "ok", "pages": 3})
    load.load_outlet(house, other)
    load.load_outlet(house, folder)
    counts = load.sum_up(run)
    assert (counts["new"], counts["stories_new"]) == (6, 3)


def test_an_outlet_that_hangs_holds_up_nobody_and_is_stopped_with_its_caller(
    house, run, monkeypatch
):
    hanging = threading.Event()

    def crawl_one(_house, folder, _run, *, everything, goes_on):
        del everything
        while folder.outlet == OTHER.name and goes_on():
            hanging.set()
            time.sleep(0.01)
        return {"state": "ok"}

    monkeypatch.setattr(crawl, "crawl", crawl_one)
    reading = stages.read(house, run.name, ["dead", "kanar"], at_once=2)
    first = next(reading)
    assert (first.outlet, first.failure, first.skipped) == ("kanar", "", "")
    assert hanging.wait(20)
    assert archived(house) == 3
    reading.close()
    dead = run.outlet(OTHER.region, OTHER.name)
    assert not dead.loaded.exists()
    assert "stopped" in run_record.read_json(dead.failed)["sentence"]


def test_an_outlet_whose_host_is_asked_by_another_is_left_to_the_next_run(house, run, monkeypatch):
    monkeypatch.setattr(host_lease, "_PATIENCE", 0.0)
    with host_lease.holding(house, OUTLET, "another", lambda: True):
        [ended] = stages.read(house, run.name, [OUTLET.name])
    assert "another" in ended.skipped
    report = stages.finish(house, run.name)
    assert report["outlets"][OUTLET.name]["state"] == "skipped"
    assert not [one for one in report["problems"] if OUTLET.name in one]
    assert [one for one in report["warnings"] if "another" in one]
    monkeypatch.setattr(crawl, "crawl", lambda *_words, **_options: {"state": "ok"})
    [ended] = stages.read(house, run.name, [OUTLET.name])
    assert (ended.skipped, ended.counts["new"]) == ("", 3)


def test_what_several_outlets_brought_is_added_up_and_what_failed_is_named():
    ended = [
        Ended(outlet="a", counts={"new": 2, "state": "ok"}),
        Ended(outlet="b", counts={"new": 3}),
        Ended(outlet="c", skipped="its host is busy"),
    ]
    assert outlet_pass.outcome(ended) == {"outlets": 3, "skipped": 1, "new": 5}
    with pytest.raises(HostBusyError, match="busy"):
        outlet_pass.outcome(ended[2:])
    failed = Ended(outlet="d", failure="d: crawl: x", error=KhabarError("x"))
    with pytest.raises(outlet_pass.ReadError, match=r"1 of 4 outlets .* d: crawl: x"):
        outlet_pass.outcome([*ended, failed])
    with pytest.raises(KhabarError, match=r"^x$"):
        outlet_pass.outcome([failed])
