"""Airflow: read the outlets, keep the articles."""

from datetime import timedelta
from typing import Any

from airflow.sdk import Param, dag, task
from airflow.sdk.exceptions import AirflowFailException

from outlet_tasks import begin_run, read, run_name, sum_up
from task_glue import schedule, stage

DOC = """
**Reads every outlet and brings its articles into the archive.**

| task | does |
|-|-|
| begin | makes the run's folder, says which outlets are read |
| read | takes an outlet through crawl, extract and load, stories included; mapped, by name. Beyond
300 outlets a task takes a shard of them, each outlet still for itself |
| sum_up | adds up what came in; asset `archive` starts **send_alerts**, the net under the postman |
| judge | turns the run red when an outlet broke or brought less than expected; it stops nobody |

Each outlet flows by itself: what it brought is in the archive when its own task ends, and its mails
go out within seconds. An outlet that hangs or fails does not hold up the others. Any task may be
cleared and run again: what is done is found done.

The scheduled run polls every door. Parameters of a run by hand: `outlets` (names; none means all
that are due), `all_doors` (poll doors that are not due yet). The schedule is `KHABAR_SCHEDULE`
(cron, default five in the morning) in `KHABAR_TIMEZONE`; `off` means by hand only. The Airflow
Variable `khabar_schedule` goes before it, and takes effect without a restart. Between two of these
runs **poll_doors** reads what is due.
"""


@task(retries=1, retry_delay=timedelta(seconds=20))
def begin(**context: Any) -> list[dict[str, Any]]:
    """Make the run's folder; return its outlets, alone or in shards, a task for each.

    The scheduled run polls all doors, a run by hand those that its parameters say.
    """
    params = context["params"]
    # The kind of a run is an enum of strings: it equals its word, whatever it prints as.
    scheduled = context["dag_run"].run_type == "scheduled"

    return begin_run(
        names=tuple(params["outlets"]),
        everything=params["all_doors"] or scheduled,
    )


@task(trigger_rule="all_done")
def judge() -> dict[str, Any]:
    """Say what went wrong, outlet by outlet; fail if anything did.

    The colour of a run is that of its last task.
    """
    from pipeline import stages

    run = run_name()
    if not run:
        raise AirflowFailException("the run could not begin; the log of `begin` says why")

    with stage("judge", run=run) as settings:
        finished = dict(stages.finish(settings, run))

    problems = finished.get("problems")
    if problems:
        raise AirflowFailException("; ".join(problems))

    return {"run": run, "outlets": len(finished["outlets"])}


@dag(
    dag_id="gather_news",
    schedule=schedule("schedule"),
    catchup=False,
    max_active_runs=1,
    dagrun_timeout=timedelta(hours=12),
    doc_md=DOC,
    tags=["khabar"],
    params={
        "outlets": Param(
            [],
            type="array",
            items={"type": "string"},
            title="Outlets",
            description="Names; none means all that are due.",
        ),
        "all_doors": Param(
            default=False,
            type="boolean",
            title="All doors",
            description="Poll doors that are not due yet as well.",
        ),
    },
)
def gather_news() -> None:
    """Wire the tasks."""
    read.expand(shard=begin()) >> sum_up() >> judge()


gather_news()
