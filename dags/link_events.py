"""Airflow: stories of one event, across languages."""

from datetime import timedelta
from typing import Any

from airflow.sdk import Asset, dag, task

from task_glue import call

DOC = """
**Links stories that tell of one event in other words or languages**, by sentence vectors made on
this machine, names and numbers. It never joins copies into stories: that is done inside the load.
Whoever writes mails links first what a watch matched, so that one event is one mail; this is the
net under it. Starts whenever **gather_news** has written to the asset `archive`;
`KHABAR_EVENTS=0` switches it off.
"""


@task(
    retries=1,
    retry_delay=timedelta(minutes=1),
    execution_timeout=timedelta(hours=2),
)
def link() -> dict[str, Any]:
    """Give new stories their vectors, and all recent ones their events."""
    from pipeline import stages

    return call(stages.events, "events")


@dag(
    dag_id="link_events",
    schedule=[Asset("archive")],
    catchup=False,
    max_active_runs=1,
    dagrun_timeout=timedelta(hours=3),
    doc_md=DOC,
    tags=["khabar"],
)
def link_events() -> None:
    """Wire the task."""
    link()


link_events()
