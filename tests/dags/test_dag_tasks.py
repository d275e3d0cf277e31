"""What the DAG files do themselves, in a process that has Airflow: sentences, colours, names."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# Each case prints what came of it; the context of a task is made by hand, all else is real.
CASES = """
import contextlib, json, sys
from types import SimpleNamespace

sys.path.append(sys.argv[1])
import fetch_past
import outlet_tasks
import run_notes
import task_glue
from airflow.sdk.exceptions import AirflowFailException
from pipeline.errors import HouseError


def case(function, *arguments):
    try:
        return function(*arguments)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def in_stage(tries, error):
    instance = SimpleNamespace(try_number=tries, max_tries=1, run_id="manual")
    task_glue.get_current_context = lambda: {"ti": instance}
    with task_glue.stage("test") as settings:
        if error is not None:
            raise error
        return str(settings.home)


class Instance:
    run_id = "r1"

    def xcom_pull(self, task_ids, key="return_value"):
        return ["alpha", "beta", "gamma"] if key == "return_value" else "2026-03-01T080000Z"


def share(given):
    task_glue.Variable = SimpleNamespace(get=lambda name, default: given or default)
    return task_glue.threshold("red_share")


ROWS = {
    "alpha": {"condition": "ok", "state": "ok", "note": "", "pages": 3, "new": 2},
    "beta": {
        "condition": "unreachable", "state": "unreachable", "note": "no such host",
        "pages": 0, "new": 0, "ails_since": "2026-03-01T08:00:00+00:00",
    },
}
MANY = {f"o{number}": ROWS["alpha"] for number in range(25)}
outlet_tasks.get_current_context = lambda: {"ti": Instance()}
print("\\n" + json.dumps({
    "day": case(fetch_past.require_day, "first", "2026-03-01"),
    "no day": case(fetch_past.require_day, "first", "yesterday"),
    "empty day": case(fetch_past.require_day, "last", ""),
    "well": case(in_stage, 1, None),
    "first try": case(in_stage, 1, HouseError("the disk is full")),
    "last try": case(in_stage, 2, HouseError("the disk is full")),
    "surprise": case(in_stage, 2, ZeroDivisionError("x")),
    "call": case(task_glue.call, lambda settings: {"sent": 1}, "alert"),
    "run": case(outlet_tasks.run_name),
    "shares": [share(""), share("0.5"), share("half"), share("7")],
    "note": run_notes.note_of("R", ["alpha", "beta"], ROWS, "http://k/khabar"),
    "long note": run_notes.note_of("R", list(MANY), MANY, "http://k/khabar"),
}))
"""


@pytest.fixture(scope="module")
def outcome(tmp_path_factory) -> dict:
    home = tmp_path_factory.mktemp("airflow")
    clean = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("AIRFLOW", "KHABAR"))
    }
    done = subprocess.run(
        [sys.executable, "-P", "-W", "ignore", "-c", CASES, str(ROOT / "dags")],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        cwd=home,
        env={
            **clean,
            "AIRFLOW_HOME": str(home),
            "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
            "AIRFLOW__LOGGING__LOGGING_LEVEL": "ERROR",
            "KHABAR_HOME": str(home / "khabar"),
        },
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.strip().splitlines()[-1])


def test_a_day_is_taken_and_what_is_none_is_refused_in_a_sentence(outcome):
    assert outcome["day"] is None
    assert outcome["empty day"] is None
    assert outcome["no day"] == (
        "HouseError: first is 'yesterday'; a day is written like 2026-03-01"
    )


def test_a_stage_gets_its_settings(outcome):
    assert outcome["well"].endswith("khabar")
    assert outcome["call"] == {"sent": 1}


def test_an_expected_error_may_be_tried_again_and_ends_the_task_at_last(outcome):
    assert outcome["first try"] == "HouseError: the disk is full"
    assert outcome["last try"] == "AirflowFailException: the disk is full"


def test_a_surprise_keeps_its_type(outcome):
    assert outcome["surprise"] == "ZeroDivisionError: x"


def test_tasks_find_the_run_by_the_name_that_begin_gave(outcome):
    assert outcome["run"] == "2026-03-01T080000Z"


def test_a_threshold_is_the_variable_and_where_that_is_no_share_the_setting(outcome):
    assert outcome["shares"] == [0.25, 0.5, 0.25, 0.25]


def test_a_note_says_how_outlets_are_those_that_ail_first_and_leads_to_their_pages(outcome):
    ill, well = outcome["note"].split("\n\n")
    assert ill.startswith("**beta**: unreachable (no such host), since 2026-03-01: 0 pages")
    assert "(http://k/khabar/outlets/beta)" in ill
    assert "(http://k/khabar/?q=outlet%3Aalpha)" in well
    assert len(outcome["long note"]) <= 1000
    assert "and 17 more: [report](http://k/khabar/runs/R)" in outcome["long note"]
