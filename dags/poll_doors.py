"""Airflow: between two daily runs, what has become due."""

from datetime import timedelta
from typing import Any

from airflow.sdk import dag, task
from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException

from outlet_tasks import begin_run, read, run_name, sum_up
from task_glue import schedule, stage

DOC = """
**Reads the doors that are due**, between two runs of **gather_news**: every quarter of an hour, or
as `KHABAR_LIGHT_SCHEDULE` (cron; `off` switches it off) says, in `KHABAR_TIMEZONE`. The Airflow
Variable `khabar_light_schedule` goes before it, and takes effect within a minute or so, without a
restart; the switch beside the DAG's name pauses it at once.

How often a door is due is learnt from how often it has news; articles whose time has come are
looked at again as well. A look that finds nothing due costs a few seconds and makes no run. Outlets
that another run is about to read are left to it. How much an outlet brought in a day is judged by
**gather_news** alone: a light run is red only when something of ours failed.
"""


@task(retries=0)
def begin() -> list[dict[str, Any]]:
    """Make the run's folder; return what is due. Nothing due is no run."""
    shards = begin_run(light=True)
    if not shards:
        raise AirflowSkipException("nothing is due")

    return shards


@task(trigger_rule="all_done")
def close() -> dict[str, Any]:
    """Close the run's folder; fail if an outlet could not be read for a reason of ours."""
    from pipeline import stages

    run = run_name()
    if not run:
        raise AirflowSkipException("no run was begun")

    with stage("close", run=run) as settings:
        finished = dict(stages.finish(settings, run))

    failed = [name for name, row in finished["outlets"].items() if row["state"] == "failed"]
    if failed:
        raise AirflowFailException(
            "could not be read: " + ", ".join(failed) + "; the logs of their tasks say why"
        )

    return {"run": run, "outlets": len(finished["outlets"])}


@dag(
    dag_id="poll_doors",
    schedule=schedule("light_schedule"),
    catchup=False,
    max_active_runs=1,
    dagrun_timeout=timedelta(hours=6),
    doc_md=DOC,
    tags=["khabar"],
)
def poll_doors() -> None:
    """Wire the tasks."""
    read.expand(shard=begin()) >> sum_up() >> close()


poll_doors()
