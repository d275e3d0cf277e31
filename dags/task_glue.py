"""What every task of ours does around its stage.

It reads the settings, names itself to Sentry, and keeps the reason of a failure short. No DAG is
in here; .airflowignore keeps Airflow from looking for one.
"""

import contextlib
from collections.abc import Callable, Iterator
from typing import Any

from airflow.sdk import CronTriggerTimetable, get_current_context
from airflow.sdk.exceptions import AirflowFailException


def read_settings() -> Any:
    """Return the settings of this process (pipeline.settings.Settings)."""
    from pipeline.settings import read

    return read()


def schedule() -> CronTriggerTimetable | None:
    """Return when the outlets are read, None for by hand only.

    KHABAR_SCHEDULE is a cron expression, or "off"; it is read in the zone KHABAR_TIMEZONE.
    """
    cron = read_settings().schedule
    if cron == "off":
        return None

    return every(cron)


def every(cron: str) -> CronTriggerTimetable:
    """Return a timetable that starts at the ticks of a cron expression.

    It does not start at once when it is first seen.
    """
    zone = read_settings().timezone
    return CronTriggerTimetable(cron, timezone=zone)


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
