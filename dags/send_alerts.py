"""Airflow: new in the archive, on to those who wait for it."""

from datetime import timedelta
from typing import Any

from airflow.sdk import Asset, dag, task

from task_glue import TASKS, call, owner_links, tell_operator

DOC = """
**Compares what is new in the archive with every watch, and sends the mails that are due.**

Starts whenever **gather_news** has written to the asset `archive`. `match` puts matches and
finished mails into the outbox, in one transaction; `send` hands them to the mail server, each
exactly once. What cannot be sent now is tried again by **send_mail**. The part `postman` does the
same within seconds of each load, so that this run mostly finds nothing to do.

When `match` is red nothing has been lost: clear it, or wait for the next run. `khabar mail failed`
names what the mail server refused.
"""


@task(multiple_outputs=False, retries=2, retry_delay=timedelta(seconds=10))
def match() -> dict[str, Any]:
    """Compare new stories, edits and deletions with the watches."""
    from pipeline import stages

    return call(stages.match, "match")


@task(multiple_outputs=False, retries=2, retry_delay=timedelta(seconds=20))
def send() -> dict[str, Any]:
    """Send what is due."""
    from pipeline import stages

    return call(stages.alert, "alert")


@dag(
    dag_id="send_alerts",
    description="Matches what is new against the watches, and sends what is due",
    schedule=[Asset("archive")],
    catchup=False,
    max_active_runs=1,
    dagrun_timeout=timedelta(hours=1),
    default_args=TASKS,
    owner_links=owner_links(),
    on_failure_callback=tell_operator,
    doc_md=DOC,
    tags=["khabar", "alerts"],
)
def send_alerts() -> None:
    """Wire the tasks."""
    match() >> send()


send_alerts()
