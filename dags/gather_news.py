"""Airflow: read the outlets, keep the articles."""

from datetime import timedelta
from typing import Any

from airflow.sdk import Param, dag, task
from airflow.sdk.exceptions import AirflowFailException

from outlet_tasks import begin_run, finish_run, read, run_name, sum_up
from task_glue import TASKS, late, owner_links, schedule, tell_operator

DOC = """
**Reads every outlet and brings its articles into the archive**, once a day, by all doors. Between
two of these runs **poll_doors** reads what is due.

- `begin` makes the run's folder and says which outlets are read. *Red*: its log names the outlet
  file or the setting that is wrong; mend it and clear the task.
- `read` takes an outlet through crawl, extract and load; mapped, by name. Beyond 300 outlets a task
  takes a shard of them. *Red*: the outlet ails, or a step failed; note and log say which and what
  to do. *Skipped*: another run has its host, the next one reads it.
- `sum_up` adds up what came in. The asset `archive` starts **send_alerts**, the net under the
  postman.
- `judge` colours the run and puts the notes beside run and tasks. *Red*: more outlets ail than
  allowed; its last line says which.

**Colours.** The run is red when more than a share of its outlets ails, `khabar_red_share` (a
Variable under Admin, else `KHABAR_RED_SHARE`, 0.25), or one whose file says `must_have = true`.
An outlet that ailed before is counted, and no longer named.

**What to do.** Open the red task of an outlet, read its note, follow *Outlet*;
`khabar outlets check NAME` looks again. A task may be cleared at any time: what is done is found
done. One that hangs is stopped after six hours, its crawler with it; mark it failed to stop it now.
A run that has not ended after an hour (`khabar_late_minutes`) is told to the operator.

**When.** `KHABAR_SCHEDULE` (cron) in `KHABAR_TIMEZONE`; the Variables `khabar_schedule` and
`khabar_timezone` go before them and take effect within a minute or so; `off` is by hand only.
By hand: *Trigger*, with outlets or without. There is nothing to backfill here: a run reads what
outlets show now, and what they published earlier is fetched by **fetch_past**.
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
        names=tuple(params["outlets"] or ()),
        everything=params["all_doors"] or scheduled,
    )


@task(multiple_outputs=False, trigger_rule="all_done", retries=1, retry_delay=timedelta(seconds=20))
def judge() -> dict[str, Any]:
    """Close the run and colour it: red only when more outlets ail than the operator allows.

    The colour of a run is that of its last task.
    """
    run = run_name()
    if not run:
        raise AirflowFailException("the run could not begin; the log of `begin` says why")

    report = finish_run("judge", run)

    return {"run": run, "outlets": len(report["outlets"])}


@dag(
    dag_id="gather_news",
    description="Reads every outlet, all its doors, and judges the day",
    schedule=schedule("schedule"),
    catchup=False,
    max_active_runs=1,
    allowed_run_types=["scheduled", "manual"],
    dagrun_timeout=timedelta(hours=12),
    deadline=late(),
    default_args=TASKS,
    owner_links=owner_links(),
    on_failure_callback=tell_operator,
    doc_md=DOC,
    tags=["khabar", "outlets"],
    params={
        "outlets": Param(
            None,
            type=["null", "array"],
            items={"type": "string"},
            title="Outlets",
            description="Names of outlets, one a line, as `khabar outlets list` shows them: all "
            "their doors are read. Empty: every outlet that is due.",
        ),
        "all_doors": Param(
            default=False,
            type="boolean",
            title="All doors",
            description="Without names: read the doors that are not due yet as well, as the "
            "daily run does.",
        ),
    },
)
def gather_news() -> None:
    """Wire the tasks."""
    read.expand(shard=begin()) >> sum_up() >> judge()


gather_news()
