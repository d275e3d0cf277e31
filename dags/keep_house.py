"""Airflow: keep archive and disk in order."""

from datetime import UTC, datetime, timedelta
from typing import Any

from airflow.sdk import dag, task

from task_glue import ARCHIVE_POOL, TASKS, owner_links, schedule, stage, tell_operator

DOC = """
**Keeps archive and disk in order, once a day at night** (`KHABAR_UPKEEP_SCHEDULE`, cron,
default 03:30).

| task | does |
|-|-|
| archive | makes next months' partitions, applies each outlet's retention, vacuums, |
| | drops old fingerprints and mail bodies, makes index terms of an older analyser anew |
| evidence | signs the day that is over, has it stamped, checks that all is as it was |
| pages | removes fetched pages older than `KHABAR_WARC_DAYS` days (45), |
| | then the oldest beyond `KHABAR_WARC_GB` gigabytes (20); records that are evidence are kept |
| runs | removes run folders older than `KHABAR_KEEP_RUNS` days (60) |
| logs | removes task logs older than `KHABAR_KEEP_LOGS` days (30) |
| operator | mails `KHABAR_CONTACT` what only a person can mend, the disk's forecast included |

A task that is red has said why in its last line; clear it when that is mended, or leave it to the
next night: each of them goes on where it stopped.
"""


@task(
    multiple_outputs=False,
    pool=ARCHIVE_POOL,
    retries=1,
    retry_delay=timedelta(minutes=5),
    execution_timeout=timedelta(hours=6),
)
def archive() -> dict[str, Any]:
    """Keep the archive."""
    from pipeline import upkeep

    with stage("keep-archive") as settings:
        return dict(
            upkeep.keep_archive(
                settings,
                datetime.now(UTC),
                print,
            )
        )


@task(multiple_outputs=False)
def pages() -> dict[str, Any]:
    """Remove old fetched pages."""
    from pipeline import upkeep

    with stage("keep-pages") as settings:
        return dict(
            upkeep.keep_pages(
                settings,
                datetime.now(UTC),
            )
        )


@task(multiple_outputs=False, trigger_rule="all_done")
def evidence() -> dict[str, Any]:
    """Sign the day that is over, have it stamped, check that all is as it was."""
    from pipeline.evidence import nightly

    with stage("keep-evidence") as settings:
        return dict(
            nightly.keep_evidence(
                settings,
                datetime.now(UTC),
            )
        )


@task(multiple_outputs=False, trigger_rule="all_done")
def runs() -> dict[str, Any]:
    """Remove old run folders."""
    from pipeline import upkeep

    with stage("keep-runs") as settings:
        return dict(upkeep.keep_runs(settings, datetime.now(UTC)))


@task(multiple_outputs=False)
def logs() -> dict[str, Any]:
    """Remove old task logs."""
    from pipeline import upkeep

    with stage("keep-logs") as settings:
        return dict(upkeep.keep_logs(settings, datetime.now(UTC)))


@task(multiple_outputs=False, trigger_rule="all_done")
def operator() -> dict[str, Any]:
    """Tell the operator what only a person can mend."""
    from pipeline import stages

    with stage("tell-operator") as settings:
        return stages.tell_operator(settings)


@dag(
    dag_id="keep_house",
    description="Keeps archive and disk in order, and tells the operator what to mend",
    schedule=schedule("upkeep_schedule"),
    catchup=False,
    max_active_runs=1,
    dagrun_timeout=timedelta(hours=8),
    default_args=TASKS,
    owner_links=owner_links(),
    on_failure_callback=tell_operator,
    doc_md=DOC,
    tags=["khabar", "upkeep"],
)
def keep_house() -> None:
    """Wire the tasks."""
    pages_kept = pages()
    runs_kept = runs()
    pages_kept >> runs_kept
    evidence_kept = evidence()
    runs_kept >> evidence_kept
    [archive(), evidence_kept, logs()] >> operator()


keep_house()
