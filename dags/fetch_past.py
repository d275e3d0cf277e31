"""Airflow: what outlets published before we began to read them."""

from datetime import timedelta
from typing import Any

from airflow.sdk import Asset, Param, dag, get_current_context, task

from task_glue import stage

ARCHIVE = Asset("archive")

DOC = """
**Fetches the past of outlets**, through their sitemaps, archive pages and pagination, at their
ordinary pace. By hand only.

Parameters: `outlets` (names), `first` and `last` (days, such as 2026-03-01; an empty `last` is
today), `budget` (pages at most per outlet), `hours` (time at most per outlet; what is left is
fetched by the next runs). The same as `khabar backfill NAME --from DAY --to DAY`. What comes in is
loaded like any run, and **send_alerts** starts afterwards.
"""


@task
def chosen(**context: Any) -> list[str]:
    """Return the outlets' names.

    Refuses a day that is none, and an outlet that nobody has, before anything is fetched.
    """
    from pipeline.errors import HouseError
    from pipeline.run import backfill

    params = context["params"]
    with stage("backfill") as settings:
        for name in ("first", "last"):
            require_day(name, params[name])

        if not params["outlets"]:
            raise HouseError("name at least one outlet")

        backfill.require(settings, params["outlets"])

    return list(params["outlets"])


def require_day(name: str, text: str) -> None:
    """Refuse a parameter that is neither empty nor a day."""
    from datetime import date

    from pipeline.errors import HouseError

    if not text:
        return

    try:
        date.fromisoformat(text)
    except ValueError as error:
        raise HouseError(f"{name} is {text!r}; a day is written like 2026-03-01") from error


@task(map_index_template="{{ name }}", outlets=[ARCHIVE], max_active_tis_per_dagrun=2)
def fetch(name: str, **context: Any) -> None:
    """Fetch, extract and load one outlet's past."""
    from datetime import date

    from pipeline.run import backfill

    get_current_context()["name"] = name  # type: ignore[typeddict-unknown-key]

    params = context["params"]
    with stage("backfill", outlet=name) as settings:
        until = None
        if params["last"]:
            until = date.fromisoformat(params["last"])

        span = backfill.Span(
            since=date.fromisoformat(params["first"]),
            until=until,
            budget=params["budget"],
            hours=params["hours"],
        )

        brought = backfill.backfill(
            settings,
            name,
            span,
            print,
        )

    print(f"{name}: {brought}")


@dag(
    dag_id="fetch_past",
    schedule=None,
    catchup=False,
    max_active_runs=1,
    dagrun_timeout=timedelta(days=14),
    doc_md=DOC,
    tags=["khabar"],
    params={
        "outlets": Param(
            [],
            type="array",
            items={"type": "string"},
            title="Outlets",
        ),
        "first": Param("2026-01-01", type="string", format="date", title="First day"),
        "last": Param("", type="string", title="Last day", description="Empty: today."),
        "budget": Param(20_000, type="integer", minimum=1, title="Pages at most per outlet"),
        "hours": Param(12.0, type="number", exclusiveMinimum=0, title="Hours at most per outlet"),
    },
)
def fetch_past() -> None:
    """Wire the tasks."""
    fetch.expand(name=chosen())


fetch_past()
