"""Airflow: digests whose hour has come, and mails that could not be sent at first."""

from datetime import timedelta
from typing import Any

from airflow.exceptions import AirflowFailException
from airflow.sdk import dag, task

from task_glue import TASKS, call, owner_links, schedule, tell_operator

DOC = """
**Sends what has become due since the last look**: digests at their hour, mails held back by quiet
hours, mails that a mail server refused for a while. Every five minutes, or as
`KHABAR_MAIL_SCHEDULE` (cron) says; a look that finds nothing costs a second. The run is red when
mail has been stuck for half an hour: look at `khabar mail failed` and `KHABAR_SMTP_URL`, then
`khabar mail retry`.
"""


@task(multiple_outputs=False, retries=1, retry_delay=timedelta(seconds=30))
def send() -> dict[str, Any]:
    """Send what is due."""
    from pipeline import stages

    sent = call(stages.alert, "alert")
    if sent.get("stuck"):
        raise AirflowFailException(sent["stuck"])

    return sent


@dag(
    dag_id="send_mail",
    description="Sends digests at their hour, and tries again what could not be sent",
    schedule=schedule("mail_schedule"),
    catchup=False,
    max_active_runs=1,
    dagrun_timeout=timedelta(minutes=30),
    default_args=TASKS,
    owner_links=owner_links(),
    on_failure_callback=tell_operator,
    doc_md=DOC,
    tags=["khabar", "alerts"],
)
def send_mail() -> None:
    """Wire the task."""
    send()


send_mail()
