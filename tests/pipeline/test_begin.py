"""Beginning a run: what is refused in a sentence, told beside, and taken up again."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from news.errors import KhabarError
from pipeline import settings, stages
from pipeline.run import run_folder, run_record
from pipeline.settings import Settings

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
