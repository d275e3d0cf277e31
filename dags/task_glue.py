"""What every task of ours does around its stage.

It reads the settings, names itself to Sentry, and keeps the reason of a failure short. No DAG is
in here; .airflowignore keeps Airflow from looking for one.
"""

import contextlib
from collections.abc import Callable, Iterator
from typing import Any

from airflow.sdk import CronTriggerTimetable, Variable, get_current_context, get_parsing_context
from airflow.sdk.exceptions import AirflowFailException


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
