"""What is kept and what goes, on real folders and a real archive."""

import os
from datetime import UTC, datetime, timedelta

import pytest

from pipeline import settings, upkeep

NOW = datetime(2026, 6, 30, 12, 0, tzinfo=UTC)


@pytest.fixture
def read(tmp_path, database_url):
    given = {"KHABAR_HOME": str(tmp_path), "KHABAR_DATABASE_URL": database_url}
    return settings.read(given)


def run(read, days: float, *, done: bool = True):
    path = read.runs / (NOW - timedelta(days=days)).strftime("%Y-%m-%dT%H%M%SZ")
    (path / "caspian" / "bulletin").mkdir(parents=True)
    (path / "caspian" / "bulletin" / "pages.warc.gz").write_bytes(b"x" * 1000)
    if done:
        (path / "done.json").write_text("{}")
    return path


def test_old_runs_go_and_young_ones_stay(read):
    old, young = run(read, 61), run(read, 59)
    assert upkeep.keep_runs(read, NOW) == {"runs_removed": 1, "bytes_freed": 1002}
    assert not old.exists()
    assert young.exists()


def test_a_broken_off_run_stays_twice_as_long(read):
    stays, goes = run(read, 61, done=False), run(read, 121, done=False)
    upkeep.keep_runs(read, NOW)
    assert stays.exists()
    assert not goes.exists()


def test_what_is_no_run_is_left_alone(read):
    other = read.runs / "2020-notes"
    other.mkdir(parents=True)
    assert upkeep.keep_runs(read, NOW)["runs_removed"] == 0
    assert other.exists()


def test_days_can_be_set(read):
    old = run(read, 3)
    upkeep.keep_runs(settings.changed(read, keep_runs=2), NOW)
    assert not old.exists()


def pages(run_folder, days: float, size: int = 1000):
    path = run_folder / "caspian" / "bulletin" / "pages.warc.gz"
    path.write_bytes(b"x" * size)
    path.with_name("pages.warc.gz.index").write_text("")
    moment = (NOW - timedelta(days=days)).timestamp()
    os.utime(path, (moment, moment))
    return path


def test_old_pages_go_and_their_run_stays(read):
    old, young = pages(run(read, 46), 46), pages(run(read, 44), 44)
    assert upkeep.keep_pages(read, NOW) == {
        "files_removed": 1,
        "bytes_freed": 1000,
        "bytes_left": 1000,
        "bytes_copied": 0,
    }
    assert (old.exists(), young.exists()) == (False, True)
    assert list(old.parent.iterdir()) == []
    assert upkeep.keep_pages(read, NOW)["files_removed"] == 0


def test_pages_of_an_unfinished_run_stay_whatever_their_age(read):
    held = pages(run(read, 200, done=False), 200)
    assert upkeep.keep_pages(read, NOW)["files_removed"] == 0
    assert held.exists()


def test_beyond_its_size_the_oldest_pages_go_but_never_those_of_today(read):
    read = settings.changed(read, warc_days=400, warc_gb=0)
    old, today = pages(run(read, 3), 3), pages(run(read, 0.5), 0.5)
    assert upkeep.keep_pages(read, NOW)["files_removed"] == 1
    assert (old.exists(), today.exists()) == (False, True)


def test_days_and_gigabytes_of_pages_are_settings():
    read = settings.read({"KHABAR_WARC_DAYS": "7", "KHABAR_WARC_GB": "3"})
    assert (read.warc_days, read.warc_gb) == (7, 3)
    for name in ("KHABAR_WARC_DAYS", "KHABAR_WARC_GB"):
        with pytest.raises(
            settings.SettingsError, match=f"{name} is 'many'; it must be a number of"
        ):
            settings.read({name: "many"})


@pytest.mark.parametrize("text", ["0", "-1", "many", "1e3"])
def test_a_wrong_number_of_days_is_named(text):
    with pytest.raises(settings.SettingsError, match=r"KHABAR_KEEP_RUNS is .*number of days"):
        settings.read({"KHABAR_KEEP_RUNS": text})


def test_old_logs_go_with_their_empty_folders(read):
    folder = read.home / "logs" / "tasks" / "dag_id=x" / "run_id=1"
    folder.mkdir(parents=True)
    old, young = folder / "attempt=1.log", read.home / "logs" / "tasks" / "young.log"
    old.write_text("old")
    young.write_text("young")
    moment = (NOW - timedelta(days=31)).timestamp()
    os.utime(old, (moment, moment))
    os.utime(young, (NOW.timestamp(), NOW.timestamp()))
    assert upkeep.keep_logs(read, NOW) == {"logs_removed": 1}
    assert not folder.exists()
    assert young.exists()


def test_the_archive_is_kept_and_stays_as_it_is(database_url, tmp_path):
    read = settings.read({"KHABAR_HOME": str(tmp_path), "KHABAR_DATABASE_URL": database_url})
    said: list[str] = []
    first = upkeep.keep_archive(read, NOW, said.append)
    assert first["articles_removed"] == 0
    assert first["articles_reindexed"] == 0
    assert first["fingerprints_renewed"] == 0
    assert first["articles_recompared"] == 0
    assert said
    assert upkeep.keep_archive(read, NOW, said.append)["months_made"] == 0


def test_airflows_database_is_cleaned_once_a_day_and_first_after_a_day(tmp_path, monkeypatch):
    from service.airflow_cleanup import Cleaning

    (tmp_path / "airflow").mkdir()
    started: list[int] = []

    class Done:
        def poll(self) -> int:
            return 0

    monkeypatch.setattr(Cleaning, "_start", lambda _: started.append(1) or Done())
    cleaning = Cleaning(tmp_path, {}, days=30)
    for _ in range(3):
        cleaning.step()
    assert started == []
    os.utime(cleaning.mark, (1, 1))
    for _ in range(3):
        cleaning.step()
    assert started == [1]
