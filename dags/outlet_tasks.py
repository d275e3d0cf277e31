"""The tasks that read outlets, as the DAGs that read them have them: read, sum_up.

No DAG is in here; .airflowignore keeps Airflow from looking for one.
"""

from datetime import timedelta
from typing import Any

from airflow.sdk import Asset, get_current_context, task
from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException

from task_glue import LONGEST_PAUSE, OUTLETS_POOL, stage, threshold

ARCHIVE = Asset("archive")
AT_ONCE = 3  # outlets of one shard; each has a crawl, which mostly waits


def run_name() -> str:
    """Return the name of this run's folder, as `begin` made it; empty when there is none."""
    name = get_current_context()["ti"].xcom_pull(
        task_ids="begin",
        key="run",
    )
    return str(name or "")


def begin_run(**options: Any) -> list[dict[str, Any]]:
    """Make a run's folder; return its shards: {"name", "outlets"}, one for each task."""
    from pipeline import stages

    with stage("begin") as settings:
        begun = stages.begin(settings, **options)
        shards: list[dict[str, Any]] = []
        if begun["run"]:
            shards = [
                {"name": shard.name, "outlets": list(shard.outlets)}
                for shard in stages.shards(settings, begun["run"])
            ]

    get_current_context()["ti"].xcom_push(
        key="run",
        value=begun["run"],
    )

    return shards


@task(
    # Counts are one value of the task: each by itself would cost the api-server a call.
    multiple_outputs=False,
    map_index_template="{{ name }}",
    pool=OUTLETS_POOL,
    retries=1,
    retry_delay=timedelta(seconds=20),
    retry_exponential_backoff=True,
    max_retry_delay=LONGEST_PAUSE,
    execution_timeout=timedelta(hours=6),
)
def read(shard: dict[str, Any]) -> dict[str, Any]:
    """Crawl, extract and load an outlet, or the outlets of a shard, each for itself.

    The task is as its outlet is: failed when it ails, skipped when another run has its host. That
    of a shard is failed when a step of ours failed, or all its outlets ail.
    """
    from pipeline import stages
    from pipeline.run import outlet_pass
    from pipeline.run.host_lease import HostBusyError

    context = get_current_context()
    context["name"] = shard["name"]  # type: ignore[typeddict-unknown-key]

    run = run_name()
    names = shard["outlets"]
    context["ti"].xcom_push(key="outlets", value=names)

    busy = ""
    counts: dict[str, Any] = {}
    with stage("read", outlet=names[0], run=run) as settings:
        ended = []
        for one in stages.read(settings, run, names, at_once=AT_ONCE):
            print(f"{one.outlet}: {one.failure or one.skipped or dict(one.counts)}")
            ended.append(one)
        try:
            counts = outlet_pass.outcome(ended)
        except HostBusyError as error:
            busy = str(error)
        stood = stages.verdicts(settings, run, ended)

    if busy:
        raise AirflowSkipException(busy)

    ailing = [one.sentence for one in stood if one.ails]
    if ailing:
        print("\n".join(ailing))

    # An outlet that ails is none the better for being asked again at once: no retry.
    if len(ailing) == len(names):
        raise AirflowFailException("; ".join(ailing))

    return {**counts, "ailing": len(ailing)}


@task(
    multiple_outputs=False,
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
        raise AirflowSkipException("no run was begun")

    with stage("sum_up", run=run) as settings:
        counts = dict(stages.sum_up(settings, run))

    # An asset's event carries names and counts, never content.
    outlet_events[ARCHIVE].extra = {"run": run, **counts}

    return counts


def finish_run(name: str, run: str) -> dict[str, Any]:
    """Close a run's folder and put its notes beside the tasks; return its report.

    `name`: of the stage. Raises AirflowFailException with the verdict's sentence when it is red.
    """
    from pipeline import stages
    from run_notes import write_notes

    context = get_current_context()
    dag_run = context["dag_run"]
    with stage(name, run=run) as settings:
        formed = stages.shards(settings, run)
        shards = [list(shard.outlets) for shard in formed]

        tasks: dict[str, int] = {}
        for number, outlets in enumerate(shards):
            tasks.update(dict.fromkeys(outlets, number))

        origin = {
            "dag": dag_run.dag_id,
            "run": dag_run.run_id,
            "tasks": tasks,
        }
        report = dict(
            stages.finish(
                settings,
                run,
                red_share=threshold("red_share"),
                origin=origin,
            )
        )
        write_notes(settings, report, shards)

    for sentence in (*report["problems"], *report["warnings"]):
        print(sentence)
    verdict = report["verdict"]
    if verdict["red"]:
        raise AirflowFailException(verdict["sentence"])

    print(verdict["sentence"])
    return report
