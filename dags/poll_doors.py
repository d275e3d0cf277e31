"""Airflow: between two daily runs, what has become due."""

from datetime import timedelta
from typing import Any

from airflow.sdk import dag, task
from airflow.sdk.exceptions import AirflowSkipException

from outlet_tasks import begin_run, finish_run, read, run_name, sum_up
from task_glue import TASKS, late, owner_links, schedule, tell_operator

DOC = """
**Reads the doors that are due**, between two runs of **gather_news**: every quarter of an hour, or
as `KHABAR_LIGHT_SCHEDULE` (cron; `off` switches it off) says, in `KHABAR_TIMEZONE`. The Airflow
Variable `khabar_light_schedule` goes before it, and takes effect within a minute or so, without a
restart; the switch beside the DAG's name pauses it at once.

How often a door is due is learnt from how often it has news; articles whose time has come are
looked at again as well. A look that finds nothing due costs a few seconds and makes no run.
Outlets that another run is about to read are left to it.

How much an outlet brought in a day is judged by **gather_news** alone: a light run is red only when
steps of ours failed for more of its outlets than `khabar_red_share` allows, or for one that is
must-have. A red `read` task has its reason in its note and log; clearing it reads the outlet again.
"""


@task(retries=0)
def begin() -> list[dict[str, Any]]:
    """Make the run's folder; return what is due. Nothing due is no run."""
    shards = begin_run(light=True)
    if not shards:
        raise AirflowSkipException("nothing is due")

    return shards


@task(multiple_outputs=False, trigger_rule="all_done", retries=1, retry_delay=timedelta(seconds=20))
def close() -> dict[str, Any]:
    """Close the run's folder; fail when a step of ours failed for too many of its outlets."""
    run = run_name()
    if not run:
        raise AirflowSkipException("no run was begun")

    report = finish_run("close", run)

    return {"run": run, "outlets": len(report["outlets"])}


@dag(
    dag_id="poll_doors",
    description="Reads the doors that are due, every quarter of an hour",
    schedule=schedule("light_schedule"),
    catchup=False,
    max_active_runs=1,
    allowed_run_types=["scheduled", "manual"],
    dagrun_timeout=timedelta(hours=6),
    deadline=late(),
    default_args=TASKS,
    owner_links=owner_links(),
    on_failure_callback=tell_operator,
    doc_md=DOC,
    tags=["khabar", "outlets"],
)
def poll_doors() -> None:
    """Wire the tasks."""
    read.expand(shard=begin()) >> sum_up() >> close()


poll_doors()
