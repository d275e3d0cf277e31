"""The tasks that read outlets, as the DAGs that read them have them: read, sum_up.

No DAG is in here; .airflowignore keeps Airflow from looking for one.
"""

from datetime import timedelta
from typing import Any

from airflow.sdk import Asset, get_current_context, task
from airflow.sdk.exceptions import AirflowSkipException

from task_glue import stage

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
    map_index_template="{{ name }}",
    retries=1,
    retry_delay=timedelta(seconds=20),
    execution_timeout=timedelta(hours=6),
)
def read(shard: dict[str, Any]) -> dict[str, Any]:
    """Crawl, extract and load an outlet, or the outlets of a shard, each for itself."""
    from pipeline import stages
    from pipeline.run import outlet_pass
    from pipeline.run.host_lease import HostBusyError

    get_current_context()["name"] = shard["name"]  # type: ignore[typeddict-unknown-key]

    run = run_name()
    names = shard["outlets"]
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

    if busy:
        raise AirflowSkipException(busy)

    return counts


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
        raise AirflowSkipException("no run was begun")

    with stage("sum_up", run=run) as settings:
        counts = dict(stages.sum_up(settings, run))

    # An asset's event carries names and counts, never content.
    outlet_events[ARCHIVE].extra = {"run": run, **counts}

    return counts
