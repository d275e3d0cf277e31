"""down, status and logs where nothing runs, and what the first words of an expected failure are."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline import house_state
from pipeline.house_state import Process, State
from service import background


def khabar(home: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess:
    clean = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("KHABAR", "AIRFLOW"))
    }
    return subprocess.run(
        [sys.executable, "-P", "-m", "cli.main", *arguments],
        cwd="/",
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env={**clean, "KHABAR_HOME": str(home), **environment},
    )


def test_status_of_a_house_that_does_not_run(tmp_path):
    done = khabar(tmp_path, "status", "--json")
    assert done.returncode == 3
    told = json.loads(done.stdout)
    assert told["phase"] == "stopped"
    assert told["address"] is None
    assert "password" not in (told["database"]["url"] or "")


def test_down_where_nothing_runs_says_so(tmp_path):
    done = khabar(tmp_path, "down")
    assert done.returncode == 0
    assert done.stdout == "Khabar does not run here.\n"


def test_down_takes_what_an_interrupted_house_left(tmp_path):
    (tmp_path / "logs").mkdir()
    child = subprocess.Popen(
        [sys.executable, "-c", "import time; time.sleep(600)"],
        start_new_session=True,
        env={**os.environ, "KHABAR_HOUSE": str(tmp_path)},
    )
    identity = house_state.identify(child.pid)
    house_state.write(
        tmp_path,
        State(
            phase="ready",
            supervisor=Process(pid=1, started=0.0),
            parts={"part": house_state.PartState(process=identity)},
        ),
    )
    assert "of an interrupted one, what was still there (1)" in background.stop(tmp_path)
    assert child.wait(10) != 0


def test_logs_name_what_there_is(tmp_path):
    assert "none yet" in khabar(tmp_path, "logs", "scheduler").stderr
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "press.log").write_text("one\ntwo\nthree\n")
    assert khabar(tmp_path, "logs", "press", "-n", "2").stdout == "two\nthree\n"
    missing = khabar(tmp_path, "logs", "scheduler")
    assert missing.returncode == 1
    assert "there is: press" in missing.stderr


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("KHABAR_DATABASE_URL", "mysql://x", "KHABAR_DATABASE_URL must read"),
        (
            "KHABAR_DATABASE_URL",
            "postgresql://u:topsecret@127.0.0.1:1/x",
            "the database does not answer",
        ),
        ("KHABAR_KEEP_LOGS", "ten", "KHABAR_KEEP_LOGS is 'ten'"),
    ],
)
def test_up_with_a_wrong_setting_is_one_sentence(tmp_path, name, value, sentence):
    done = khabar(
        tmp_path, "up", **{"KHABAR_DATABASE_URL": "postgresql://u@127.0.0.1:1/x", name: value}
    )
    assert done.returncode == 1
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
    assert "topsecret" not in done.stderr + done.stdout
    assert "ends" not in done.stdout


def test_the_detached_start_repeats_why_it_failed(tmp_path):
    done = khabar(
        tmp_path, "up", "--detach", KHABAR_DATABASE_URL="postgresql://u:topsecret@127.0.0.1:1/x"
    )
    assert done.returncode == 1
    assert "the database does not answer" in done.stdout
    assert "the house did not start" in done.stderr
    assert "topsecret" not in done.stderr + done.stdout
