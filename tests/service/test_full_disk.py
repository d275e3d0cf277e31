"""A house on a full disk: it stays, says so, and everything comes back when there is room."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import psycopg2
import pytest

from cli import status_page
from pipeline import house_state, settings
from pipeline.house_state import State
from service import processes, status
from service.assemble import revive
from service.parts import Part
from service.processes import MARK
from service.supervisor import Supervisor
from storage import upkeep

LIVES = "import time; print('alive', flush=True); time.sleep(600)"
WRITES = "import time; open('new', 'wb', 0).write(bytes(99)); time.sleep(600)"


@contextlib.contextmanager
def mounted(folder: Path, size: str) -> Iterator[Path]:
    """A disk of its own, in memory."""
    folder.mkdir()
    options = ["-t", "tmpfs", "-o", f"size={size},mode=755", "tmpfs", str(folder)]
    if subprocess.run(["mount", *options], capture_output=True, check=False).returncode:
        pytest.skip("no disk can be mounted here; only root may")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.fixture
def home(open_folder: Path) -> Iterator[Path]:
    """A home on a small disk, small enough to be filled at once."""
    with mounted(open_folder / "home", "1m") as path:
        for name in ("logs", "airflow"):
            (path / name).mkdir()
        yield path


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def house(home: Path, said: list[str]) -> Iterator[Supervisor]:
    nowhere = "http://127.0.0.1:9"
    base = State(phase="ready", supervisor=house_state.identify(os.getpid()), address=nowhere)
    supervisor = Supervisor(
        home=home,
        environment={**os.environ, MARK: str(home)},
        say=said.append,
        database=lambda: None,
        base=base,
    )
    yield supervisor
    processes.stop_all(home, [item.state for item in supervisor.parts.values()], grace=0.1)
    for running in supervisor.parts.values():
        if running.process is not None:
            running.process.wait()


def fill(folder: Path) -> Path:
    """Fill the disk to its last byte; return the file whose end makes room again."""
    path = folder / "filler"
    with contextlib.suppress(OSError), path.open("ab", buffering=0) as file:
        while file.write(bytes(4096)):
            pass
    return path


def wait(condition: Callable[[], object], seconds: float = 60.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


def part(name: str, code: str) -> Part:
    return Part(name=name, command=(sys.executable, "-c", code))


def lives(house: Supervisor, name: str, *, other_than: int) -> bool:
    house.tick()
    process = house.parts[name].process
    return process is not None and process.pid != other_than


def test_a_part_that_dies_on_a_full_disk_comes_back_and_is_written_down_later(
    house: Supervisor,
    home: Path,
    said: list[str],
) -> None:
    house.start(part("part", LIVES))
    first = house.parts["part"].process.pid
    wait(lambda: "alive" in (home / "logs" / "part.log").read_text())
    filler = fill(home)
    os.kill(first, signal.SIGKILL)
    wait(lambda: lives(house, "part", other_than=first))
    house.tick()
    troubles = [sentence for sentence in said if "state.json" in sentence]
    assert len(troubles) == 1
    assert "the disk is full" in troubles[0]
    assert house_state.read(home).parts["part"].process.pid == first
    filler.unlink()
    house.tick()
    assert said[-1] == "writing state.json works again"
    assert house_state.read(home).parts["part"].process.pid == house.parts["part"].process.pid
    assert [path.name for path in home.glob(".state*")] == []


def test_a_part_that_needs_room_is_tried_until_there_is_some(
    house: Supervisor,
    home: Path,
    said: list[str],
) -> None:
    filler = fill(home)
    house.start(part("part", WRITES))
    wait(lambda: house.tick() or house.parts["part"].restarts >= 2)
    assert "No space left on device" not in (home / "logs" / "part.log").read_text()
    filler.unlink()
    wait(lambda: house.tick() or (home / "airflow" / "new").stat().st_size == 99)
    assert house_state.read(home).parts["part"].restarts >= 2


def test_a_part_whose_start_fails_is_put_off_and_leaves_the_others_alone(
    house: Supervisor,
    home: Path,
    said: list[str],
) -> None:
    for name in ("one", "two"):
        house.start(part(name, LIVES))
    first = {name: house.parts[name].process.pid for name in ("one", "two")}
    log = home / "logs" / "one.log"
    log.unlink()
    log.mkdir()
    for pid in first.values():
        os.kill(pid, signal.SIGKILL)
    wait(lambda: lives(house, "two", other_than=first["two"]))
    wait(lambda: house.tick() or "starting one fails" in " ".join(said))
    log.rmdir()
    wait(lambda: lives(house, "one", other_than=first["one"]))
    assert "starting one works again" in said


def test_stopping_on_a_full_disk_leaves_nobody(house: Supervisor, home: Path) -> None:
    house.start(part("part", LIVES))
    running = psutil.Process(house.parts["part"].process.pid)
    fill(home)
    house.stop()
    assert not running.is_running()


def test_status_says_that_the_disk_is_full(house: Supervisor, home: Path, capsys) -> None:
    house.start(part("part", LIVES))
    read = settings.read({"KHABAR_HOME": str(home)})
    assert status.collect(read)["disk"]["full"] is False
    filler = fill(home)
    found = status.collect(read)
    assert (found["disk"], found["healthy"]) == ({"full": True, "free": 0}, False)
    status_page.show(found)
    assert "the disk is full" in capsys.readouterr().out
    filler.unlink()
    assert status.collect(read)["disk"]["full"] is False


def test_the_database_comes_back_on_its_port_when_there_is_room(
    open_folder: Path,
    said: list[str],
) -> None:
    with mounted(open_folder / "home", "160m") as home:
        (home / "logs").mkdir()
        running = upkeep.start_server(home / "postgres")
        house = Supervisor(
            home=home,
            environment={},
            say=said.append,
            base=State(),
            database=revive(settings.read({"KHABAR_HOME": str(home)})),
        )
        try:
            lock = upkeep.find_data(home / "postgres") / "postmaster.pid"
            os.kill(int(lock.read_text().splitlines()[0]), signal.SIGKILL)
            lock.unlink()
            filler = fill(home)
            wait(lambda: house.tick() or said)
            assert "starting the database fails" in said[0]
            assert "the disk is full" in said[0]
            filler.unlink()
            wait(lambda: house.tick() or len(said) > 1)
            assert said[1] == "starting the database works again"
            psycopg2.connect(running.url("postgres")).close()
        finally:
            upkeep.discard_server(home / "postgres")
