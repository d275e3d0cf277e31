"""Airflow: read the outlets, keep the articles."""

from datetime import timedelta
from typing import Any

from airflow.sdk import Asset, Param, dag, get_current_context, task, task_group
from airflow.sdk.exceptions import AirflowFailException

from task_glue import schedule, stage

ARCHIVE = Asset("archive")
STEPS = ("crawl", "extract")  # of one outlet, in order

DOC = """
**Reads every outlet and brings its articles into the archive.**

| task | does |
|-|-|
| begin | makes the run's folder, says which outlets are due |
| outlet.crawl | fetches one outlet's pages into the folder; one mapped task per outlet, by name |
| outlet.extract | pages to clean articles; rejected pages with their reason |
| dedupe | finds copies of one text, makes stories |
| load | writes all into the archive in one transaction; asset `archive` starts **send_alerts** |
| judge | turns the run red when an outlet broke or brought less than expected; it stops nobody |

An outlet that fails does not hold up the others. Any task may be cleared and run again: what is
done is found done.

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
    return str(
        get_current_context()["ti"].xcom_pull(
            task_ids="begin",
            key="run",
        )
    )


@task(
    map_index_template="{{ name }}",
    retries=1,
    retry_delay=timedelta(seconds=30),
    execution_timeout=timedelta(hours=2),
)
def crawl(name: str) -> dict[str, Any]:
    """Fetch one outlet's pages. Scrapy runs in a process of its own."""
    from pipeline import stages

    get_current_context()["name"] = name  # type: ignore[typeddict-unknown-key]

    run = run_name()
    with stage("crawl", outlet=name, run=run) as settings:
        return dict(
            stages.crawl(
                settings,
                run,
                name,
            )
        )


@task(
    map_index_template="{{ name }}",
    retries=1,
    retry_delay=timedelta(seconds=10),
    execution_timeout=timedelta(hours=1),
)
def extract(name: str, crawled: Any) -> dict[str, Any]:
    """Turn one outlet's pages into articles."""
    from pipeline import stages

    del crawled  # only for the order
    get_current_context()["name"] = name  # type: ignore[typeddict-unknown-key]

    run = run_name()
    with stage("extract", outlet=name, run=run) as settings:
        return dict(
            stages.extract(
                settings,
                run,
                name,
            )
        )


@task_group(group_id="outlet")
def outlet(name: str) -> None:
    """Read one outlet."""
    extract(name, crawl(name))


@task(trigger_rule="all_done_min_one_success", retries=1, retry_delay=timedelta(seconds=10))
def dedupe() -> dict[str, Any]:
    """Find copies, make stories, over all outlets that could be read."""
    from pipeline import stages

    run = run_name()
    with stage("dedupe", run=run) as settings:
        return dict(stages.dedupe(settings, run))


@task(
    outlets=[ARCHIVE],
    retries=2,
    retry_delay=timedelta(seconds=10),
)
def load(*, outlet_events: Any = None) -> dict[str, Any]:
    """Write the run into the archive; tell the asset's consumers what is new."""
    from pipeline import stages

    run = run_name()
    with stage("load", run=run) as settings:
        loaded = dict(stages.load(settings, run))

    # An asset's event carries names and counts, never content.
    counts = {name: value for name, value in loaded.items() if isinstance(value, int | str)}
    outlet_events[ARCHIVE].extra = {"run": run, **counts}

    return loaded


@task(trigger_rule="all_done")
def judge() -> dict[str, Any]:
    """Say what went wrong, outlet by outlet; fail if anything did.

    The colour of a run is that of its last task.
    """
    from pipeline import stages

    run = run_name()
    if run == "None":
        raise AirflowFailException("the run could not begin; the log of `begin` says why")

    with stage("judge", run=run) as settings:
        finished = dict(
            stages.finish(
                settings,
                run,
                failures=failed_outlets(),
            )
        )

    problems = finished.get("problems")
    if problems:
        raise AirflowFailException("; ".join(problems))

    return finished


def failed_outlets() -> dict[str, str]:
    """Return a sentence for each outlet whose crawl or extraction failed in this run."""
    task_instance: Any = get_current_context()["ti"]
    names = task_instance.xcom_pull(task_ids="begin") or []
    run = task_instance.run_id
    states_by_run = task_instance.get_task_states(
        dag_id="gather_news",
        task_ids=[f"outlet.{step}" for step in STEPS],
        run_ids=[run],
    )

    states = states_by_run.get(run, {})

    sentences: dict[str, str] = {}

    for index, name in enumerate(names):
        for step in STEPS:
            failed = states.get(f"outlet.{step}_{index}") == "failed"
            if failed and name not in sentences:
                sentences[name] = f"{name}: {step} failed; its log says why"

    return sentences


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
    done = dedupe()
    outlet.expand(name=begin()) >> done
    done >> load() >> judge()


gather_news()
