"""Airflow: read the outlets, keep the articles."""

from datetime import timedelta
from typing import Any

from airflow.sdk import Asset, Param, dag, get_current_context, task
from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException

from task_glue import schedule, stage

ARCHIVE = Asset("archive")

DOC = """
**Reads every outlet and brings its articles into the archive.**

| task | does |
|-|-|
| begin | makes the run's folder, says which outlets are due |
| read | takes one outlet through crawl, extract and load, stories included; mapped, by name |
| sum_up | adds up what came in; asset `archive` starts **send_alerts**, the net under the postman |
| judge | turns the run red when an outlet broke or brought less than expected; it stops nobody |

Each outlet flows by itself: what it brought is in the archive when its own task ends, and its mails
go out within seconds. An outlet that hangs or fails does not hold up the others. Any task may be
cleared and run again: what is done is found done.

Parameters: `outlets` (names; none means all that are due), `all_doors` (poll doors that are not due
yet). The schedule is `KHABAR_SCHEDULE` (cron, default five in the morning) in `KHABAR_TIMEZONE`;
`off` means by hand only.
"""


@task(retries=1, retry_delay=timedelta(seconds=20))
def begin(**context: Any) -> list[str]:
    """Make the run's folder; return the names of the outlets."""
    from pipeline import stages

    params = context["params"]
    with stage("begin") as settings:
        begun = stages.begin(
            settings, names=tuple(params["outlets"]), everything=params["all_doors"]
        )

    context["ti"].xcom_push(
        key="run",
        value=begun["run"],
    )

    return list(begun["outlets"])


def run_name() -> str:
    """Return the name of this run's folder, as `begin` made it."""
    name = get_current_context()["ti"].xcom_pull(
        task_ids="begin",
        key="run",
    )
    return str(name or "")


@task(
    map_index_template="{{ name }}",
    retries=1,
    retry_delay=timedelta(seconds=20),
    execution_timeout=timedelta(hours=3),
)
def read(name: str) -> dict[str, Any]:
    """Crawl, extract and load one outlet. Scrapy runs in a process of its own."""
    from pipeline import stages

    get_current_context()["name"] = name  # type: ignore[typeddict-unknown-key]

    run = run_name()
    with stage("read", outlet=name, run=run) as settings:
        [ended] = stages.read(settings, run, [name])
        if ended.error is not None:
            raise ended.error

    return dict(ended.counts)


@task(
    trigger_rule="all_done",
    outlets=[ARCHIVE],
    retries=2,
    retry_delay=timedelta(seconds=10),
)
def sum_up(*, outlet_events: Any = None) -> dict[str, Any]:
    """Add up what the outlets brought; tell the asset's consumers what is new."""
    from pipeline import stages

    run = run_name()
    if not run:
        raise AirflowSkipException("the run could not begin")

    with stage("sum_up", run=run) as settings:
        counts = dict(stages.sum_up(settings, run))

    # An asset's event carries names and counts, never content.
    outlet_events[ARCHIVE].extra = {"run": run, **counts}

    return counts


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

    return finished


@dag(
    dag_id="gather_news",
    schedule=schedule(),
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
    read.expand(name=begin()) >> sum_up() >> judge()


gather_news()
