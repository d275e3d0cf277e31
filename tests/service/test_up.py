"""`up` from the first word to the last, the press, the mailbox and the archive real.

Airflow's programs have a stand-in here; with Airflow itself the slow tests of the house run.
"""

import json
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pipeline import home_kind, house_state, secrets, settings
from pipeline.errors import HouseError
from pipeline.settings import Settings
from service import airflow_cleanup, parts, status, tour, up
from service.airflow_api import GATHER, Cockpit
from service.assemble import House

STANDIN = Path(__file__).resolve().parents[1] / "airflow_standin.py"


def python(*words: str) -> tuple[str, ...]:
    """A command in this Python; where it is Airflow's, the stand-in's."""
    if words[:2] == ("-m", "airflow"):
        return (sys.executable, str(STANDIN), *words[2:])
    if words[:2] == ("-m", "service.warm_scheduler"):
        return (sys.executable, str(STANDIN), "scheduler", *words[2:])
    return (sys.executable, "-P", *words)


@pytest.fixture(autouse=True)
def standin(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (parts, up, airflow_cleanup):
        monkeypatch.setattr(module, "python", python)
    monkeypatch.setattr(up, "_BEAT", 0.05)
    monkeypatch.setattr(tour, "_BEATS", 2)


@pytest.fixture
def home(tmp_path: Path, database_url: str) -> Settings:
    given = {"KHABAR_HOME": str(tmp_path / "home"), "KHABAR_DATABASE_URL": database_url}
    return settings.read(given)


def tell(home: Settings, **answers: object) -> None:
    """Have the stand-in answer so from now on."""
    (home.home / "airflow").mkdir(parents=True, exist_ok=True)
    (home.home / "airflow" / "standin.json").write_text(json.dumps(answers))


@contextmanager
def running(home: Settings, *, sample: bool = True) -> Iterator[tuple[House, list[str]]]:
    """A house that is ready, and what it has said."""
    said: list[str] = []
    with up.opened(home, sample=sample, say=said.append) as house:
        up.wait_ready(house)
        yield house, said


def wait(condition: Callable[[], object], seconds: float = 30.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


def test_a_house_starts_is_well_and_leaves_nothing_behind(home: Settings) -> None:
    with running(home) as (house, said):
        names = {part.name for part in parts.parts(home, house.wiring)}
        assert {"mailbox", "press", "api-server", "scheduler", "triggerer"} <= names
        found = status.collect(home)
        wait(lambda: status.collect(home)["healthy"])
        assert found["last_run"]["state"] == "success"
        assert found["kind"] == home_kind.Kind.SAMPLE
        with (
            pytest.raises(HouseError, match="runs already"),
            up.opened(home, sample=True, say=said.append),
        ):
            pass
        pids = [part["pid"] for part in status.collect(home)["parts"]]
    assert said[-2:] == ["stopping", "stopped"]
    assert status.collect(home)["phase"] == "stopped"
    assert not any(house_state.identify(pid) for pid in pids)
    assert (home.home / "sample" / "outlets").is_dir()


def test_a_second_start_finds_airflows_database_migrated(home: Settings) -> None:
    with running(home) as (_, said):
        assert "preparing Airflow's database" in said
    with running(home) as (_, said):
        assert "preparing Airflow's database" not in said


def test_a_migration_that_fails_ends_the_start_with_its_last_words(home: Settings) -> None:
    tell(home, migrate=3)
    with (
        pytest.raises(HouseError, match=r"preparing Airflow's database failed.*migrated"),
        running(home),
    ):
        pass


def test_a_house_whose_airflow_is_not_well_says_what_is_missing(
    home: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(up, "_READY_SECONDS", 2.0)
    tell(home, health={"scheduler": {"status": "unhealthy"}})
    with (
        pytest.raises(HouseError, match=r"Airflow is not well after 2 s: scheduler"),
        running(home),
    ):
        pass


def test_real_outlets_and_the_sample_do_not_share_a_home(home: Settings, tmp_path: Path) -> None:
    with running(home):
        pass
    with pytest.raises(home_kind.HomeError), running(home, sample=False):
        pass


def test_the_tour_begins_a_run_and_tells_how_it_ended(home: Settings) -> None:
    with running(home) as (house, said):
        guide = tour.Tour(house, said.append)  # type: ignore[arg-type]
        for _ in range(8):
            guide.step()
        assert tour.GREEN in said
        (home.home / "mail" / "1.eml").write_text("x")
        for _ in range(4):
            guide.step()
        assert any(tour.MAIL in sentence for sentence in said)
        assert any("a run has started" in sentence for sentence in said)


def test_the_tour_names_what_failed_and_survives_an_airflow_that_is_away(home: Settings) -> None:
    tell(home, run_state="failed", failed=["load"], knows=False)
    with running(home) as (house, said):
        guide = tour.Tour(house, said.append)  # type: ignore[arg-type]
        guide.step()
        guide.step()
        assert not guide.run_id
        tell(home, run_state="failed", failed=["load"])
        for _ in range(8):
            guide.step()
        assert any("the first run failed in: load" in sentence for sentence in said)
        lost = tour.Tour(house, said.append)  # type: ignore[arg-type]
        lost.house.cockpit.address = "http://127.0.0.1:9"
        lost.run_id = "x"
        lost.step()
        lost.step()
        assert any("does not answer" in sentence for sentence in said)


def test_a_house_of_real_outlets_leaves_later_runs_to_the_schedule(
    home: Settings, tmp_path: Path
) -> None:
    empty = tmp_path / "outlets"
    empty.mkdir()
    real = settings.changed(home, outlets=empty, follow=False)
    with running(real, sample=False) as (house, said):
        guide = tour.Tour(house, said.append)  # type: ignore[arg-type]
        guide.step()
        guide.step()
        assert not guide.run_id
        assert guide.reported == {tour.RUN, tour.MAIL}
        assert "gather_news" in tour.welcome(house)
        assert "the password is in" in tour.login_line(house.secrets.login_file)


def test_up_in_the_foreground_says_where_things_are_and_ends_at_a_signal(
    home: Settings, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(_house: House, each: Callable[[], None] | None = None) -> None:
        assert each is not None
        each()
        raise KeyboardInterrupt

    monkeypatch.setattr(up, "watch_over", interrupt)
    tour.run_house(home, sample=True)
    printed = capsys.readouterr().out
    assert "everything runs" in printed
    assert "Airflow and the archive" in printed
    assert "stopped" in printed
    assert "watches saved" in printed


def test_watching_over_the_house_cleans_and_follows_until_it_is_stopped(
    home: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    beats: list[int] = []

    def each() -> None:
        beats.append(1)
        if len(beats) > 2:
            raise KeyboardInterrupt

    with running(home) as (house, _):
        with pytest.raises(KeyboardInterrupt):
            up.watch_over(house, each)
        assert (home.home / "airflow" / "cleaned").exists()
        cleaning = airflow_cleanup.Cleaning(home.home, house.supervisor.environment, days=1)
        process = cleaning._start()
        process.terminate()
        process.wait(10)


def test_airflow_is_asked_again_when_its_token_has_expired(home: Settings) -> None:
    with running(home) as (house, _):
        cockpit = Cockpit(house.wiring.address, house.secrets.password)
        assert cockpit.knows(GATHER)
        cockpit._token = "expired"
        assert cockpit.runs(GATHER)[0]["dag_run_id"] == "manual__1"
        tell(home, knows=False)
        assert not cockpit.knows(GATHER)
        wrong = Cockpit(house.wiring.address, "wrong")
        with pytest.raises(HouseError, match="does not take the password"):
            wrong.runs(GATHER)
        tell(home, runs=[])
        assert status.collect(home)["last_run"] is None


def test_a_signal_ends_the_house_as_ctrl_c_does() -> None:
    import signal

    with up.stoppable():
        with pytest.raises(KeyboardInterrupt, match="SIGHUP"):
            signal.raise_signal(signal.SIGHUP)
        with up.unstoppable():
            signal.raise_signal(signal.SIGHUP)
    assert threading.current_thread() is threading.main_thread()


def test_the_login_is_shown_on_a_terminal_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = secrets.ensure(tmp_path)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    assert known.password in tour.login_line(known.login_file)
