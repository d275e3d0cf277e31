"""Airflow: stories of one event, across languages."""

from datetime import timedelta
from typing import Any

from airflow.sdk import Asset, dag, task

from task_glue import ARCHIVE_POOL, TASKS, call, owner_links, tell_operator

DOC = """
**Links stories that tell of one event in other words or languages**, by sentence vectors made on
this machine, names and numbers. It never joins copies into stories: that is done inside the load.
Whoever writes mails links first what a watch matched, so that one event is one mail; this is the
net under it. Starts whenever **gather_news** has written to the asset `archive`;
`KHABAR_EVENTS=0` switches it off. When it is red, mails go out all the same, events told one by one
where they should be one; the next run makes up for it.
"""


@task(
    multiple_outputs=False,
    pool=ARCHIVE_POOL,
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
    description="Links stories of one event across words and languages",
    schedule=[Asset("archive")],
    catchup=False,
    max_active_runs=1,
    dagrun_timeout=timedelta(hours=3),
    default_args=TASKS,
    owner_links=owner_links(),
    on_failure_callback=tell_operator,
    doc_md=DOC,
    tags=["khabar", "alerts"],
)
def link_events() -> None:
    """Wire the task."""
    link()


link_events()
