"""`khabar logs`, `status`, `down`, `up --detach`: the commands on a house, without starting one."""

import json
import threading
import time
from pathlib import Path

import click
import pytest

from cli import logs, status_page
from pipeline import house_state


@pytest.fixture
def written(tmp_path: Path, environment) -> Path:
    folder = tmp_path / "home" / "logs"
    folder.mkdir(parents=True)
    for name in ("house", "scheduler"):
        lines = [f"{name} line {number}" for number in range(100)]
        (folder / f"{name}.log").write_text("\n".join(lines) + "\n")
    return folder


def test_logs_of_all_parts_carry_their_names(written, khabar) -> None:
    shown = khabar("logs", "-n", "2").stdout.splitlines()
    assert shown[0].strip() == "house | house line 98"
    assert len(shown) == 4


def test_the_log_of_one_part_is_shown_as_it_is(written, khabar) -> None:
    assert khabar("logs", "scheduler", "-n", "1").stdout == "scheduler line 99\n"
    refused = khabar("logs", "nobody")
    assert refused.exit_code == 1
    assert "there is: house, scheduler" in refused.stderr


def test_without_logs_it_is_said_how_they_come(environment, khabar) -> None:
    assert "none yet, `khabar up` makes them" in khabar("logs", "house").stderr


def test_what_is_added_is_followed_and_a_cut_log_is_read_anew(tmp_path, monkeypatch) -> None:
    class EndedError(Exception):
        pass

    file = tmp_path / "house.log"
    file.write_text("old\n")
    shown: list[str] = []
    monkeypatch.setattr(click, "echo", lambda line: shown.append(str(line)))
    steps = iter(["old\nnew\n", "cut\n", "", "again\n"])

    def next_step(_seconds: float) -> None:
        try:
            file.write_text(next(steps))
        except StopIteration:
            raise EndedError from None

    monkeypatch.setattr(time, "sleep", next_step)
    with pytest.raises(EndedError):
        logs.follow_all({"house": file})
    assert shown == ["new", "cut", "again"]


def test_a_house_that_does_not_run_has_exit_code_three(environment, khabar) -> None:
    done = khabar("status")
    assert done.exit_code == 3
    assert "Khabar does not run in" in done.stdout
    assert json.loads(khabar("status", "--json").stdout)["phase"] == "stopped"
    assert khabar("down").stdout == "Khabar does not run here.\n"


def test_a_house_that_runs_already_is_not_started_again(tmp_path, environment, khabar) -> None:
    home = tmp_path / "home"
    home.mkdir()
    import os

    me = house_state.identify(os.getpid())
    house_state.write(home, house_state.State(phase="ready", supervisor=me, address="http://x"))
    with pytest.raises(Exception, match="Khabar runs already in"):
        khabar("up", "--detach")


def page(capsys: pytest.CaptureFixture[str], **changed: object) -> str:
    """What the status of a running house looks like, some of it changed."""
    part = {"name": "scheduler", "healthy": True, "pid": 7, "port": None, "restarts": 0}
    status = {
        "phase": "ready",
        "healthy": True,
        "home": "/h",
        "address": "http://127.0.0.1:1",
        "archive": "http://127.0.0.1:1/khabar/",
        "login_file": "/h/secrets/login",
        "database": {"url": "postgresql://x"},
        "disk": {"full": False},
        "kind": "real",
        "mail": None,
        "fingerprints": None,
        "last_run": None,
        "sentry": False,
        "parts": [{**part, "seconds": 5}],
        **changed,
    }
    status_page.show(status)
    return capsys.readouterr().out


def test_the_page_shows_parts_runs_and_what_is_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    plain = page(capsys)
    assert "scheduler" in plain
    assert "last run" not in plain
    run = {"state": "failed", "start": "then", "end": None, "failed": ["load"]}
    full = page(capsys, last_run=run, sentry=True, disk={"full": True}, kind=None)
    assert "last run: failed, began then, ended not yet" in full
    assert "failed: load" in full
    assert "errors go to Sentry" in full
    assert "the disk is full" in full


def test_a_stopped_house_names_what_is_left_of_it(capsys: pytest.CaptureFixture[str]) -> None:
    shown = page(capsys, phase="stopped", left_behind=["press"])
    assert "Left behind by an interrupted one: press" in shown
    assert threading.active_count() >= 1
