"""A home is over the sample press or over real outlets, and stays what it is."""

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from news.outlet import Door, DoorKind, Outlet
from pipeline import home_kind, house_state, settings, stages
from pipeline.home_kind import HomeError, Kind
from pipeline.house_state import State
from pipeline.run import load, run_folder, run_record
from pipeline.run.run_folder import RunFolder
from pipeline.settings import Settings
from service import rehearsal, up
from storage import Archive

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
HOMES = {Kind.SAMPLE: "http://quay.localhost:8090/", Kind.REAL: "https://quay.example/"}


def outlet(kind: Kind, name: str = "quay") -> Outlet:
    door = Door(kind=DoorKind.FEED, url=f"{HOMES[kind]}rss")
    return Outlet(
        name=name,
        region="caspian",
        title=name,
        home=HOMES[kind],
        country="AZ",
        languages=("en",),
        timezone="UTC",
        doors=(door,),
    )


def folder(path: Path, *read: Kind) -> Path:
    """A folder of outlet files, one of each kind given."""
    (path / "caspian").mkdir(parents=True)
    for kind in read:
        address = HOMES[kind]
        (path / "caspian" / f"{kind}.toml").write_text(
            f'title = "Quay"\nhome = "{address}"\nlanguages = ["en"]\ntimezone = "UTC"\n'
            f'doors = [{{ kind = "feed", url = "{address}rss" }}]\n'
        )
    return path


def run_of(read: Settings, *found: Outlet, foreground: bool = False) -> RunFolder:
    """A run's folder as a crawl of these outlets leaves it."""
    run = run_folder.create(read.runs, NOW)
    for item in found:
        run_record.write_outlet(run.outlet(item.region, item.name), item)
    names = tuple(item.name for item in found)
    run_record.write_run(
        run, run_record.RunRecord(started=NOW, outlets=names, foreground=foreground)
    )
    return run


@pytest.fixture
def home(tmp_path: Path, database_url: str) -> Settings:
    """A home that holds nothing yet, its archive empty."""
    given = {"KHABAR_HOME": str(tmp_path / "home"), "KHABAR_DATABASE_URL": database_url}
    return settings.read(given)


@pytest.fixture
def over(home: Settings, tmp_path: Path) -> Callable[[Kind], Settings]:
    """The home's settings with a folder of outlets of a kind."""

    def make(kind: Kind) -> Settings:
        path = tmp_path / f"outlets-{kind}"
        if not path.is_dir():
            folder(path, kind)
        return settings.changed(home, outlets=path)

    return make


def test_the_first_run_says_what_a_home_is(over: Callable[[Kind], Settings]) -> None:
    assert home_kind.held(over(Kind.REAL)) is None
    stages.begin(over(Kind.REAL), now=NOW)
    assert home_kind.held(over(Kind.REAL)) is Kind.REAL
    with pytest.raises(HomeError, match="holds real outlets"):
        stages.begin(over(Kind.SAMPLE), now=NOW)
    assert len(list(over(Kind.REAL).runs.iterdir())) == 1


@pytest.mark.parametrize("kind", list(Kind))
def test_a_run_of_before_says_what_its_home_is(
    over: Callable[[Kind], Settings],
    kind: Kind,
) -> None:
    [other] = set(Kind) - {kind}
    run_of(over(kind), outlet(kind))
    assert home_kind.held(over(kind)) is kind
    with pytest.raises(HomeError):
        stages.begin(over(other), now=NOW)
    assert stages.begin(over(kind), now=NOW)["outlets"] == [str(kind)]


def test_a_home_of_before_that_holds_both_is_a_real_one(home: Settings) -> None:
    run_of(home, outlet(Kind.SAMPLE))
    run_of(home, outlet(Kind.REAL))
    assert home_kind.held(home) is Kind.REAL


def test_a_home_of_before_whose_runs_are_gone_is_known_by_its_press(home: Settings) -> None:
    (home.home / "press").mkdir(parents=True)
    assert home_kind.held(home) is Kind.SAMPLE


def test_a_living_house_says_what_its_home_is(home: Settings) -> None:
    home.home.mkdir()
    house_state.write(
        home.home, State(phase="ready", supervisor=house_state.identify(os.getpid()), address="x")
    )
    assert home_kind.held(home) is Kind.REAL


@pytest.mark.parametrize("kind", list(Kind))
def test_an_archive_that_another_home_has_filled_stays_what_it_is(
    over: Callable[[Kind], Settings],
    kind: Kind,
    tmp_path: Path,
) -> None:
    [other] = set(Kind) - {kind}
    stages.load(over(kind), run_of(over(kind), outlet(kind)).name)
    fresh = settings.changed(over(other), home=tmp_path / "another")
    with pytest.raises(HomeError, match="KHABAR_DATABASE_URL"):
        stages.begin(fresh, now=NOW)
    assert not fresh.runs.exists()
    with pytest.raises(HomeError, match="KHABAR_DATABASE_URL"):
        load.load(fresh, run_of(fresh, outlet(other, "another")))
    with Archive(str(fresh.database_url)) as archive:
        assert archive.front_pages() == [HOMES[kind]]


def test_a_real_home_takes_no_sample(over: Callable[[Kind], Settings]) -> None:
    real = over(Kind.REAL)
    home_kind.claim(real, Kind.REAL)
    with pytest.raises(HomeError, match="holds real outlets"), rehearsal.rehearsal(real):
        pytest.fail("the sample press was served")
    said: list[str] = []
    opening = up.opened(real, sample=True, say=said.append)
    with pytest.raises(HomeError, match="holds real outlets"), opening:
        pytest.fail("the house was started")
    assert said == []
    assert not (real.home / "sample").exists()


def test_an_archive_of_real_outlets_gets_no_sample_watches(
    over: Callable[[Kind], Settings],
    tmp_path: Path,
) -> None:
    stages.load(over(Kind.REAL), run_of(over(Kind.REAL), outlet(Kind.REAL)).name)
    fresh = settings.changed(over(Kind.SAMPLE), home=tmp_path / "another")
    with pytest.raises(HomeError, match="KHABAR_DATABASE_URL"), rehearsal.rehearsal(fresh):
        pytest.fail("the sample press was served")
    with Archive(str(fresh.database_url)) as archive, archive.transaction() as cursor:
        cursor.execute("select count(*) from watches")
        assert cursor.fetchone() == (0,)


def test_an_unfinished_run_of_the_other_kind_is_not_taken_up(
    over: Callable[[Kind], Settings],
) -> None:
    sample = over(Kind.SAMPLE)
    home_kind.claim(sample, Kind.SAMPLE)
    left = run_of(sample, outlet(Kind.REAL), foreground=True)
    assert stages.begin(sample, resume=True, now=NOW)["run"] != left.name
    with pytest.raises(HomeError, match="holds the sample press"):
        stages.crawl(sample, left.name, "quay")


def test_outlets_of_both_kinds_are_not_read_together(home: Settings, tmp_path: Path) -> None:
    both = settings.changed(home, outlets=folder(tmp_path / "both", *Kind))
    with pytest.raises(HomeError, match="one kind or the other"):
        stages.begin(both, now=NOW)
    assert stages.begin(both, names=("real",), now=NOW)["outlets"] == ["real"]


CLAIM = """
import sys
from pipeline import home_kind, settings
try:
    home_kind.claim(settings.read(), home_kind.Kind(sys.argv[1]))
except home_kind.HomeError:
    print("refused")
else:
    print("claimed")
"""


def test_of_two_that_claim_a_home_at_once_one_has_it(tmp_path: Path) -> None:
    for number in range(3):
        env = {**os.environ, "KHABAR_HOME": str(tmp_path / str(number))}
        racing = [
            subprocess.Popen(
                [sys.executable, "-P", "-c", CLAIM, kind],
                env=env,
                stdout=subprocess.PIPE,
                text=True,
            )
            for kind in Kind
        ]
        said = [process.communicate(timeout=60)[0].strip() for process in racing]
        assert sorted(said) == ["claimed", "refused"]


def test_a_damaged_note_is_one_sentence(home: Settings) -> None:
    home.home.mkdir()
    (home.home / "kind").write_text("neither")
    with pytest.raises(HomeError, match="must be sample or real"):
        home_kind.held(home)
