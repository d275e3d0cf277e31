"""Beginning a run: what is refused in a sentence, told beside, and taken up again."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawlers import outlet_files
from news.crawl import DoorState, Known
from news.errors import KhabarError
from pipeline import settings, stages
from pipeline.run import run_folder, run_record
from pipeline.run.begin import renew_memory
from pipeline.settings import Settings
from storage import Archive, Batch, OutletBatch

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
Write = Callable[..., None]


@pytest.fixture
def home(tmp_path: Path, database_url: str) -> Settings:
    """A fresh home with a folder for its outlet files."""
    (tmp_path / "outlets" / "caspian").mkdir(parents=True)
    return settings.read(
        {
            "KHABAR_HOME": str(tmp_path / "home"),
            "KHABAR_DATABASE_URL": database_url,
            "KHABAR_OUTLETS": str(tmp_path / "outlets"),
        }
    )


@pytest.fixture
def write(home: Settings) -> Write:
    """Write an outlet's file."""

    def put(name: str, *lines: str) -> None:
        text = (
            f'title = "{name}"\nhome = "https://{name}.example/"\nlanguages = ["en"]\n'
            f'timezone = "UTC"\ndoors = [{{ kind = "feed", url = "https://{name}.example/rss" }}]\n'
        )
        file = home.outlets / "caspian" / f"{name}.toml"
        file.write_text(text + "".join(f"{line}\n" for line in lines))

    return put


def test_a_name_that_nobody_has_is_refused_with_what_shows_the_names(home, write) -> None:
    write("quay")
    with pytest.raises(KhabarError, match="there is no outlet 'key'; `khabar outlets list` shows"):
        stages.begin(home, names=("quay", "key"), now=NOW)
    assert run_folder.all_runs(home.runs) == []


def test_a_name_whose_file_is_broken_is_refused_with_what_is_wrong_in_it(home, write) -> None:
    write("quay", 'colour = "red"')
    with pytest.raises(KhabarError, match=r"there is no outlet 'quay' \(.*quay.toml.*colour"):
        stages.begin(home, names=("quay",), now=NOW)


def test_a_broken_file_is_told_beside_the_others_which_are_crawled(home, write) -> None:
    write("quay")
    write("mole", 'colour = "red"')
    begun = stages.begin(home, now=NOW)
    assert begun["outlets"] == ["quay"]
    (problem,) = begun["problems"]
    assert "mole.toml" in problem


def test_where_every_file_is_broken_the_first_is_the_reason(home, write) -> None:
    write("mole", 'colour = "red"')
    with pytest.raises(KhabarError, match=r"mole.toml.*colour"):
        stages.begin(home, now=NOW)


def test_outlets_that_are_all_put_to_rest_are_none_unless_they_are_named(home, write) -> None:
    write("quay", "active = false")
    with pytest.raises(KhabarError, match="no active outlet here; `khabar outlets add URL`"):
        stages.begin(home, now=NOW)
    assert stages.begin(home, names=("quay",), now=NOW)["outlets"] == ["quay"]


def test_a_run_that_was_broken_off_is_taken_up_with_its_outlets(home, write) -> None:
    write("quay")
    first = stages.begin(home, resume=True, now=NOW)
    write("mole")
    again = stages.begin(home, resume=True, now=NOW + timedelta(hours=1))
    assert again == first
    other = stages.begin(home, now=NOW + timedelta(hours=2))
    assert other["run"] != first["run"]


def test_a_run_that_is_old_or_somebodys_or_was_begun_by_the_schedule_is_not_taken_up(
    home, write
) -> None:
    write("quay")
    scheduled = stages.begin(home, everything=True, now=NOW)
    mine = stages.begin(home, everything=True, resume=True, now=NOW + timedelta(minutes=1))
    assert mine["run"] != scheduled["run"]
    run = run_folder.find(home.runs, mine["run"])
    soon = NOW + timedelta(minutes=2)
    with run_record.working(run.path) as is_free:
        assert is_free
        other = stages.begin(home, everything=True, resume=True, now=soon)
        assert other["run"] != mine["run"]
    later = stages.begin(home, everything=True, resume=True, now=NOW + timedelta(days=30))
    assert later["run"] not in {mine["run"], other["run"]}


def remember(home: Settings, name: str, next_poll: datetime, next_check: datetime) -> None:
    """Let the archive remember a poll and an article of an outlet, as a load writes them."""
    outlet = outlet_files.load_all(home.outlets)[0]
    [one] = [item for item in outlet if item.name == name]
    address = f"https://{name}.example/1"
    door = DoorState(
        outlet=name, url=one.doors[0].url, last_polled=NOW - timedelta(hours=1), next_poll=next_poll
    )
    known = Known(
        outlet=name,
        url=address,
        address=address,
        first_seen=NOW - timedelta(days=1),
        last_fetched=NOW - timedelta(hours=1),
        next_check=next_check,
    )
    part = OutletBatch(outlet=one, known=(known,), doors=(door,))
    with Archive(home.database_url) as archive:
        archive.load(Batch(run=f"before {name}", started=NOW - timedelta(days=1), outlets=(part,)))


SOON, LATER = NOW - timedelta(minutes=1), NOW + timedelta(hours=1)


def test_a_light_run_reads_what_is_due_and_leaves_no_folder_when_nothing_is(home, write) -> None:
    write("quay")
    write("mole")
    remember(home, "quay", next_poll=LATER, next_check=LATER)
    remember(home, "mole", next_poll=LATER, next_check=LATER)
    assert stages.begin(home, light=True, now=NOW) == {"run": "", "outlets": [], "problems": []}
    assert run_folder.all_runs(home.runs) == []
    begun = stages.begin(home, light=True, now=LATER)
    assert set(begun["outlets"]) == {"quay", "mole"}
    assert run_record.read_run(run_folder.find(home.runs, begun["run"])).light


@pytest.mark.parametrize(("poll", "check"), [(SOON, LATER), (LATER, SOON)])
def test_a_door_or_an_article_whose_time_has_come_makes_an_outlet_due(
    home, write, poll, check
) -> None:
    write("quay")
    write("mole")
    remember(home, "quay", next_poll=LATER, next_check=LATER)
    remember(home, "mole", next_poll=poll, next_check=check)
    assert stages.begin(home, light=True, now=NOW)["outlets"] == ["mole"]


def test_an_outlet_that_was_never_read_is_due(home, write) -> None:
    write("quay")
    assert stages.begin(home, light=True, now=NOW)["outlets"] == ["quay"]


def test_what_another_run_is_about_to_read_is_left_to_it(home, write) -> None:
    write("quay")
    daily = run_folder.find(home.runs, stages.begin(home, everything=True, now=NOW)["run"])
    soon = NOW + timedelta(minutes=15)
    assert stages.begin(home, light=True, now=soon)["outlets"] == []
    [folder] = daily.outlets()
    run_record.write_json(folder.loaded, {"new": 0})
    assert stages.begin(home, light=True, now=soon)["outlets"] == ["quay"]


def test_what_a_run_has_left_for_hours_is_read_by_the_next_light_one(home, write) -> None:
    write("quay")
    stages.begin(home, everything=True, now=NOW)
    assert stages.begin(home, light=True, now=NOW + timedelta(hours=4))["outlets"] == ["quay"]


def test_a_crawl_that_has_not_begun_learns_what_another_run_has_loaded_since(home, write) -> None:
    write("quay")
    run = run_folder.find(home.runs, stages.begin(home, now=NOW)["run"])
    [folder] = run.outlets()
    assert folder.memory.read_text() == ""
    renew_memory(home, folder)
    assert folder.memory.read_text() == ""
    remember(home, "quay", next_poll=LATER, next_check=LATER)
    renew_memory(home, folder)
    assert "https://quay.example/1" in folder.memory.read_text()
    folder.report.write_text("{}")
    folder.memory.write_text("")
    renew_memory(home, folder)
    assert folder.memory.read_text() == ""
