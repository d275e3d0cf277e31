"""The DAG files as Airflow reads them, in a process of their own.

Thin, complete, nothing heavy imported.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HEAVY = (
    "scrapy",
    "trafilatura",
    "psycopg2",
    "lxml",
    "numpy",
    "tantivy",
    "pyarrow",
    "news",
    "crawlers",
    "extract",
    "dedupe",
    "watches",
    "storage",
    "pipeline",
)
# The settings, of which the schedules are.
LIGHT = {"news", "news.errors", "pipeline", "pipeline.settings", "pipeline.setting_checks"}
LIGHT |= {"pipeline.late_run"}  # what a deadline calls
# Airflow itself is loaded first, so that what is counted is what our files add.
READER = """
import json, sys
sys.path.append(sys.argv[1])
from airflow.dag_processing.dagbag import DagBag
import airflow.sdk, airflow.sdk.exceptions
before = set(sys.modules)
bag = DagBag(sys.argv[1])

def task_facts(task):
    rule = task.trigger_rule
    return {
        "rule": str(getattr(rule, "value", rule)),
        "up": sorted(task.upstream_task_ids),
        "retries": task.retries,
        "pool": task.pool,
        "owner": task.owner,
        "values": 2 if getattr(task, "multiple_outputs", False) else 1,
        "stops": bool(task.execution_timeout),
        "backs_off": bool(task.retry_exponential_backoff),
        "label": task.map_index_template,
    }

def field_facts(param):
    return {"title": param.schema["title"], "description": param.description or ""}

def dag_facts(dag):
    return {
        "tasks": {task.task_id: task_facts(task) for task in dag.tasks},
        "catchup": dag.catchup,
        "doc": dag.doc_md or "",
        "description": dag.description or "",
        "tags": sorted(dag.tags),
        "runs": sorted(kind.value for kind in dag.allowed_run_types or ()),
        "late": [alert.interval.total_seconds() for alert in dag.deadline or ()],
        "told": bool(dag.on_failure_callback),
        "fields": {name: field_facts(dag.params.get_param(name)) for name in dag.params},
        "active": dag.max_active_runs,
        "params": sorted(dag.params),
        "timeout": bool(dag.dagrun_timeout),
        "timetable": type(dag.timetable).__name__,
        "expression": getattr(dag.timetable, "expression", ""),
        "start": bool(dag.start_date),
    }

dags = {name: dag_facts(dag) for name, dag in bag.dags.items()}
added = sorted(set(sys.modules) - before)
print("\\n" + json.dumps({"errors": bag.import_errors, "dags": dags, "added": added}))
"""


def read(home: Path, **environment: str) -> dict:
    clean = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("AIRFLOW", "KHABAR"))
    }
    done = subprocess.run(
        [sys.executable, "-P", "-W", "ignore", "-c", READER, str(ROOT / "dags")],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        cwd=home,
        env={
            **clean,
            "AIRFLOW_HOME": str(home),
            "AIRFLOW__CORE__DAGS_FOLDER": str(ROOT / "dags"),
            "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
            "AIRFLOW__LOGGING__LOGGING_LEVEL": "ERROR",
            **environment,
        },
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.strip().splitlines()[-1])


@pytest.fixture(scope="module")
def bag(tmp_path_factory) -> dict:
    return read(tmp_path_factory.mktemp("airflow"))


def test_every_file_is_read_and_has_the_name_of_its_dag(bag):
    assert bag["errors"] == {}
    files = {path.stem for path in (ROOT / "dags").glob("*.py")}
    assert set(bag["dags"]) == files - {"task_glue", "outlet_tasks", "run_notes"}


def test_nothing_heavy_is_imported_at_parse(bag):
    heavy = {name for name in bag["added"] if name.split(".")[0] in HEAVY}
    assert heavy - LIGHT == set()


def test_every_dag_is_described_bounded_and_does_not_catch_up(bag):
    for dag in bag["dags"].values():
        assert len(dag["doc"]) > 100
        assert not dag["catchup"]
        assert dag["active"] == 1
        assert dag["timeout"]


def test_every_dag_says_what_it_is_for_who_owns_it_and_calls_when_it_fails(bag):
    for dag in bag["dags"].values():
        assert 10 < len(dag["description"]) < 100
        assert "khabar" in dag["tags"]
        assert len(dag["tags"]) > 1
        assert dag["told"]
        assert {task["owner"] for task in dag["tasks"].values()} == {"operator"}
        assert all(task["backs_off"] for task in dag["tasks"].values())


def test_what_a_task_returns_is_one_value_not_one_for_each_count(bag):
    for dag in bag["dags"].values():
        assert {task["values"] for task in dag["tasks"].values()} == {1}


def test_every_field_of_a_form_has_a_title_and_says_what_it_takes(bag):
    for dag in bag["dags"].values():
        for field in dag["fields"].values():
            assert field["title"]
            assert len(field["description"]) > 20


def test_outlets_are_read_in_a_pool_of_their_own_and_a_crawl_is_stopped_in_the_end(bag):
    for dag, task in (("gather_news", "read"), ("poll_doors", "read"), ("fetch_past", "fetch")):
        assert bag["dags"][dag]["tasks"][task]["pool"] == "outlets"
    assert bag["dags"]["gather_news"]["tasks"]["read"]["stops"]
    assert bag["dags"]["keep_house"]["tasks"]["archive"]["pool"] == "archive"
    assert bag["dags"]["send_alerts"]["tasks"]["match"]["pool"] == "default_pool"


def test_every_pool_that_a_task_names_is_made_by_the_house(bag):
    from service.airflow_pools import POOLS

    named = {task["pool"] for dag in bag["dags"].values() for task in dag["tasks"].values()}
    assert named - {"default_pool"} == {name for name, _slots, _words in POOLS}


def test_a_run_that_is_late_by_an_hour_is_told_and_the_backfill_is_the_one_of_fetch_past(bag):
    for name in ("gather_news", "poll_doors"):
        assert bag["dags"][name]["late"] == [3600.0]
        assert bag["dags"][name]["runs"] == ["manual", "scheduled"]
    assert "fetch_past" in bag["dags"]["gather_news"]["doc"]


def test_outlets_are_mapped_by_name_and_each_flows_by_itself(bag):
    tasks = bag["dags"]["gather_news"]["tasks"]
    assert tasks["read"]["label"] == "{{ name }}"
    assert tasks["read"]["up"] == ["begin"]


def test_an_outlet_that_fails_does_not_stop_the_others_and_the_last_task_tells(bag):
    tasks = bag["dags"]["gather_news"]["tasks"]
    assert tasks["sum_up"]["rule"] == "all_done"
    assert tasks["judge"]["rule"] == "all_done"
    leaves = set(tasks) - {name for task in tasks.values() for name in task["up"]}
    assert leaves == {"judge"}


def test_the_archive_starts_the_alerts(bag):
    assert "Asset" in bag["dags"]["send_alerts"]["timetable"]
    assert bag["dags"]["send_alerts"]["tasks"]["send"]["up"] == ["match"]


def test_a_run_can_be_narrowed(bag):
    assert {"outlets", "all_doors"} <= set(bag["dags"]["gather_news"]["params"])


def test_between_two_daily_runs_what_is_due_is_read_every_quarter_of_an_hour(bag):
    light = bag["dags"]["poll_doors"]
    assert light["expression"] == "*/15 * * * *"
    assert light["tasks"]["read"]["label"] == "{{ name }}"
    assert light["tasks"]["close"]["rule"] == "all_done"


def test_the_first_run_is_not_started_by_the_schedule(bag):
    assert not bag["dags"]["gather_news"]["start"]
    assert bag["dags"]["gather_news"]["timetable"] == "CronTriggerTimetable"


@pytest.mark.slow
def test_a_variable_of_airflow_goes_before_the_setting(tmp_path):
    given = {
        "AIRFLOW_VAR_KHABAR_SCHEDULE": "7 3 * * *",
        "AIRFLOW_VAR_KHABAR_LIGHT_SCHEDULE": "off",
        "AIRFLOW_VAR_KHABAR_MAIL_SCHEDULE": "*/2 * * * *",
    }
    dags = read(tmp_path, KHABAR_SCHEDULE="9 9 * * *", **given)["dags"]
    assert dags["gather_news"]["expression"] == "7 3 * * *"
    assert dags["poll_doors"]["timetable"] == "NullTimetable"
    assert dags["send_mail"]["expression"] == "*/2 * * * *"


@pytest.mark.slow
def test_the_schedule_can_be_set_and_switched_off(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    off = read(tmp_path / "a", KHABAR_SCHEDULE="off")["dags"]["gather_news"]
    assert off["timetable"] == "NullTimetable"
    hourly = read(tmp_path / "b", KHABAR_SCHEDULE="7 * * * *", KHABAR_TIMEZONE="Asia/Baku")["dags"][
        "gather_news"
    ]
    assert hourly["expression"] == "7 * * * *"
