"""What every task of ours does around its stage.

It reads the settings, names itself to Sentry, and keeps the reason of a failure short. No DAG is
in here; .airflowignore keeps Airflow from looking for one.
"""

import contextlib
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from airflow.sdk import (
    AsyncCallback,
    CronTriggerTimetable,
    DeadlineAlert,
    DeadlineReference,
    Variable,
    get_current_context,
    get_parsing_context,
)
from airflow.sdk.exceptions import AirflowFailException

OUTLETS_POOL = "outlets"  # tasks that read outlets; the others always find a free slot
ARCHIVE_POOL = "archive"  # tasks that work through the whole archive, one at a time
# What failed is tried again later each time, never later than this.
LONGEST_PAUSE = timedelta(minutes=10)
TASKS: dict[str, Any] = {
    "owner": "operator",
    "retry_exponential_backoff": True,
    "max_retry_delay": LONGEST_PAUSE,
}


def read_settings() -> Any:
    """Return the settings of this process (pipeline.settings.Settings)."""
    from pipeline.settings import read

    return read()


def chosen(field: str) -> str:
    """Return a setting, by its field; the Airflow Variable khabar_FIELD goes before it.

    Variables are changed in the UI. The dag-processor reads them, so that a new value takes effect
    when the DAG files are parsed next, within a minute or so; a task has no use for a schedule and
    does not ask.
    """
    set_value = str(getattr(read_settings(), field))
    if get_parsing_context().task_id:
        return set_value

    return str(Variable.get(f"khabar_{field}", default=set_value)).strip()


def schedule(field: str) -> CronTriggerTimetable | None:
    """Return when a DAG runs, None for by hand only.

    The setting of that field, or the Variable over it, is a cron expression, or "off"; it is read
    in the zone KHABAR_TIMEZONE, or the Variable khabar_timezone.
    """
    cron = chosen(field)
    if cron in {"off", ""}:
        return None

    return CronTriggerTimetable(cron, timezone=chosen("timezone"))


def owner_links() -> dict[str, str]:
    """Return where the operator is reached: KHABAR_CONTACT, a page or a mail address."""
    contact = str(read_settings().contact)

    if contact.startswith(("http://", "https://")):
        return {"operator": contact}

    if "@" in contact:
        return {"operator": f"mailto:{contact}"}

    return {}


def late() -> DeadlineAlert:
    """Return the alert of a run that has not ended in time: the operator hears of it."""
    minutes = int(chosen("late_minutes"))

    return DeadlineAlert(
        reference=DeadlineReference.DAGRUN_QUEUED_AT,
        interval=timedelta(minutes=minutes),
        callback=AsyncCallback("pipeline.late_run.tell"),
    )


def tell_operator(context: Any) -> None:
    """Tell the operator at once that a run failed; called by Airflow, and never fails itself."""
    del context
    from news.errors import KhabarError
    from pipeline import stages

    try:
        stages.tell_operator(read_settings())
    except KhabarError as error:
        print(f"the operator could not be told: {error}")


def threshold(field: str) -> float:
    """Return a share that an operator sets: the Variable khabar_FIELD, else the setting.

    A Variable that is no share is named, and the setting counts.
    """
    set_value = float(getattr(read_settings(), field))

    given = str(Variable.get(f"khabar_{field}", default=set_value))
    try:
        share = float(given)
    except ValueError:
        share = -1.0

    if not 0.0 <= share <= 1.0:
        print(f"the Variable khabar_{field} is {given!r}, no share from 0 to 1; {set_value} counts")
        return set_value

    return share


@contextlib.contextmanager
def stage(
    name: str,
    *,
    outlet: str = "",
    run: str = "",
) -> Iterator[Any]:
    """Give a stage its settings. An error reaches Sentry once: from the last try.

    An expected error, whose message is a sentence for a person, is raised without its chain, so
    that the log ends with the sentence.
    """
    from news.errors import KhabarError
    from pipeline import sentry

    task = get_current_context()["ti"]
    last = task.try_number > (task.max_tries or 0)
    read = read_settings()

    reporting = sentry.stage(
        read,
        name,
        outlet=outlet,
        run=run or task.run_id,
        report=last,
    )
    with reporting:
        try:
            yield read
        except KhabarError as error:
            if last:
                raise AirflowFailException(str(error)) from None

            raise


def call(function: Callable[[Any], dict[str, Any]], name: str) -> dict[str, Any]:
    """Run a stage that needs nothing but the settings."""
    with stage(name) as settings:
        return function(settings)
