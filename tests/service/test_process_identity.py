"""Processes are known whatever the clock does, and a house whatever became of its state.json."""

import contextlib
import dataclasses
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pipeline import house_state, process_identity
from pipeline.house_state import Process, State
from service import background
from service.processes import MARK
from service.supervisor import Supervisor

# Holds the house as `up` does, says so, and goes at a TERM.
HOLDER = """
import pathlib, sys, time
from pipeline import house_state
with house_state.holding(pathlib.Path(sys.argv[1])) as free:
    print(free, flush=True)
    time.sleep(600)
"""


@contextlib.contextmanager
def held(home: Path) -> Iterator["subprocess.Popen[str]"]:
    """A process that holds this house."""
    program = [sys.executable, "-P", "-c", HOLDER, str(home)]
    with subprocess.Popen(program, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "True\n"
        try:
            yield process
        finally:
            process.kill()


def wait(condition: Callable[[], object], seconds: float = 20.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


def me() -> Process:
    identity = process_identity.identify(os.getpid())
    assert identity is not None
    return identity


def test_a_process_stays_itself_when_the_clock_is_set() -> None:
    an_hour_off = dataclasses.replace(me(), started=me().started - 3600)
    assert house_state.alive(an_hour_off)


def test_a_later_process_of_the_same_number_is_another() -> None:
    assert not house_state.alive(dataclasses.replace(me(), ticks=me().ticks - 1))
    assert not house_state.alive(dataclasses.replace(me(), boot="of another boot"))


def test_where_only_start_times_are_known_they_decide() -> None:
    old = Process(pid=os.getpid(), started=me().started)
    assert house_state.alive(old)
    assert not house_state.alive(dataclasses.replace(old, started=old.started - 5))
    assert not house_state.alive(None)
    assert process_identity.identify(2**22 + 1) is None


def test_where_the_system_does_not_tell_the_boot_there_is_none(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(process_identity, "_BOOT_ID", tmp_path / "nothing")
    process_identity._boot_id.cache_clear()
    assert process_identity._boot_id() == ""
    process_identity._boot_id.cache_clear()
    assert process_identity._ticks(2**22 + 1) == 0


def test_a_state_of_an_older_house_is_still_read(tmp_path: Path) -> None:
    text = (
        '{"phase": "ready", "supervisor": {"pid": 1, "started": 5.0}, "sample": false,'
        ' "address": "", "parts": {}, "ports": {}}'
    )
    (tmp_path / "state.json").write_text(text)
    assert house_state.read(tmp_path).supervisor == Process(pid=1, started=5.0)


@pytest.mark.parametrize("damage", ["", "{", "[]", "null", '{"parts": 7}', "\x00\x00"])
def test_a_house_whose_state_is_damaged_is_still_seen_and_stopped(
    tmp_path: Path, damage: str
) -> None:
    with held(tmp_path) as process:
        (tmp_path / "state.json").write_text(damage)
        seen = house_state.read(tmp_path)
        assert seen.supervisor is not None
        assert seen.supervisor.pid == process.pid
        # Somebody must take the exit code while `down` waits, as a terminal does.
        import threading

        threading.Thread(target=process.wait, daemon=True).start()
        assert background.stop(tmp_path) == "Khabar is stopped."
        wait(lambda: process.poll() is not None)


def test_a_damaged_state_of_a_house_that_is_gone_is_a_stopped_one(tmp_path: Path) -> None:
    with held(tmp_path):
        pass
    (tmp_path / "state.json").write_text("{")
    assert house_state.read(tmp_path) == State()
    (tmp_path / "house.lock").write_text("nonsense")
    assert house_state.read(tmp_path) == State()


def test_the_supervisor_writes_a_damaged_state_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.supervisor._STATE_LOOK", 0.0)
    supervisor = Supervisor(
        home=tmp_path,
        environment={**os.environ, MARK: str(tmp_path)},
        say=lambda _sentence: None,
        database=lambda: None,
        base=State(phase="starting", supervisor=me()),
    )
    supervisor.tick()
    assert not (tmp_path / "state.json").exists()
    supervisor.phase("ready")
    for damage in (b"", b"{", b"\x00"):
        (tmp_path / "state.json").write_bytes(damage)
        supervisor.tick()
        assert house_state.read(tmp_path).phase == "ready"
    (tmp_path / "state.json").unlink()
    supervisor.tick()
    assert house_state.read(tmp_path).phase == "ready"
