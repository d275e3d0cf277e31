"""The supervisor with real processes: restarts, orphans, stubborn parts, an interrupted house."""

import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from pipeline import house_state
from pipeline.house_state import Process, State
from service import processes
from service.parts import Part, trim
from service.processes import MARK
from service.supervisor import Supervisor

# A part that writes its own and its child's process id, and neither of them minds a TERM.
STUBBORN = """
import os, signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
code = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)"
child = subprocess.Popen([sys.executable, "-c", code])
open(sys.argv[1], "w").write(f"{os.getpid()} {child.pid}")
time.sleep(600)
"""


def wait(condition: Callable[[], object], seconds: float = 20.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    for name in ("logs", "airflow"):
        (tmp_path / name).mkdir()
    return tmp_path


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def house(home: Path, said: list[str]):
    supervisor = Supervisor(
        home=home,
        environment={**os.environ, MARK: str(home)},
        say=said.append,
        database=lambda: None,
        base=State(phase="starting", supervisor=house_state.identify(os.getpid())),
    )
    yield supervisor
    processes.stop_all(home, [item.state for item in supervisor.parts.values()], grace=0.1)
    for running in supervisor.parts.values():
        if running.process is not None:
            running.process.wait()


def part(code: str, *arguments: str) -> Part:
    return Part(name="part", command=(sys.executable, "-c", code, *arguments))


def dead(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def test_a_part_that_dies_starts_again_and_is_named(house, said):
    house.start(part("import time; print('last words', flush=True); time.sleep(600)"))
    first = house.parts["part"].process.pid
    wait(lambda: (house.home / "logs" / "part.log").read_text().count("last words"))
    os.kill(first, signal.SIGKILL)
    wait(
        lambda: (
            house.tick()
            or (house.parts["part"].process and house.parts["part"].process.pid != first)
        )
    )
    assert "part was killed by SIGKILL" in said[0]
    assert "last words" in said[0]
    assert house_state.read(house.home).parts["part"].restarts == 1


def test_a_part_that_keeps_dying_is_started_more_and_more_rarely(house, said):
    house.start(part("raise SystemExit(3)"))
    wait(lambda: house.tick() or len(said) >= 3)
    assert [sentence.split("again in ")[1].split(" s.")[0] for sentence in said[:3]] == [
        "1",
        "2",
        "4",
    ]
    assert "ended with code 3" in said[0]


def test_the_children_of_a_killed_part_go_before_it_starts_again(house, tmp_path):
    told = tmp_path / "pids"
    house.start(part(STUBBORN, str(told)))
    wait(lambda: told.exists() and " " in told.read_text())
    leader, child = map(int, told.read_text().split())
    os.kill(leader, signal.SIGKILL)
    wait(lambda: house.tick() or dead(child))


def test_stop_ends_even_those_who_ignore_it(house, tmp_path, monkeypatch):
    told = tmp_path / "pids"
    house.start(part(STUBBORN, str(told)))
    wait(lambda: told.exists() and " " in told.read_text())
    leader, child = map(int, told.read_text().split())
    real = processes.stop_all
    monkeypatch.setattr(
        "service.supervisor.stop_all", lambda home, parts: real(home, parts, grace=0.5)
    )
    house.stop()
    assert dead(leader)
    assert dead(child)
    assert house_state.read(house.home).phase == "stopped"


def test_what_a_killed_supervisor_left_is_found_by_the_next(house, tmp_path):
    told = tmp_path / "pids"
    house.start(part(STUBBORN, str(told)))
    wait(lambda: told.exists() and " " in told.read_text())
    leader, child = map(int, told.read_text().split())
    # The next one knows nothing but state.json; and even the leader may be dead by then, so that
    # only the mark tells.
    os.kill(leader, signal.SIGKILL)
    house.parts["part"].process.wait()
    assert (
        processes.stop_all(house.home, house_state.read(house.home).parts.values(), grace=0.2) >= 1
    )
    assert dead(child)


def test_a_stranger_with_a_remembered_id_is_left_alone(home):
    me = house_state.identify(os.getpid())
    assert me is not None
    assert house_state.alive(me)
    assert not house_state.alive(Process(pid=me.pid, started=me.started - 100))
    assert (
        processes.sessions_of(
            [house_state.PartState(process=Process(pid=me.pid, started=me.started - 100))]
        )
        == set()
    )


def test_only_one_holds_the_house(home):
    with house_state.holding(home) as first, house_state.holding(home) as second:
        assert first
        assert not second
    with house_state.holding(home) as third:
        assert third


def test_a_damaged_state_is_an_empty_one(home):
    (home / "state.json").write_text('{"phase": "ready", "parts": {"x": 1}}')
    assert house_state.read(home) == State()


def test_state_round_trip(home):
    whole = State(
        phase="ready",
        supervisor=Process(pid=5, started=1.5),
        ports={"press": 8090},
        parts={
            "press": house_state.PartState(
                process=Process(pid=6, started=2.5), port=8090, restarts=2, since=3.0, log="x"
            )
        },
    )
    house_state.write(home, whole)
    assert house_state.read(home) == whole


def test_a_log_that_has_grown_too_long_is_cut_and_its_tail_kept(tmp_path, monkeypatch):
    monkeypatch.setattr("service.parts._LOG_BYTES", 1000)
    monkeypatch.setattr("service.parts._TAIL_BYTES", 100)
    log = tmp_path / "part.log"
    with log.open("ab") as writer:
        writer.write(b"x" * 2000 + b"the end")
        writer.flush()
        trim(log)
        writer.write(b"and on")
        writer.flush()
    assert (tmp_path / "part.log.1").read_bytes().endswith(b"the end")
    assert log.read_bytes() == b"and on"
