"""Airflow: what outlets published before we began to read them."""

from datetime import timedelta
from typing import Any

from airflow.sdk import Asset, Param, dag, get_current_context, task

from task_glue import LONGEST_PAUSE, OUTLETS_POOL, TASKS, owner_links, stage, tell_operator

ARCHIVE = Asset("archive")

DOC = """
**Fetches the past of outlets**, through their sitemaps, archive pages and pagination, at their
ordinary pace. It is the backfill that there is: Airflow's own would run **gather_news** for days on
which nobody looked, and outlets show what they show today.

By hand only: *Trigger*, name the outlets and the days; on the command line
`khabar backfill NAME --from DAY --to DAY`. What comes in is loaded like any run, and
**send_alerts** starts afterwards; mails tell of it as of the past, not as of news.

`chosen` is red when a name or a day is wrong: its log says which. `fetch` is red when an outlet
could not be read: clear it, and it goes on where it stopped. What pages or hours did not suffice
for is fetched by the next run with the same days.
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
            require_day(name, params[name] or "")

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


@task(
    map_index_template="{{ name }}",
    outlets=[ARCHIVE],
    max_active_tis_per_dagrun=2,
    pool=OUTLETS_POOL,
    retries=2,
    retry_delay=timedelta(minutes=1),
    retry_exponential_backoff=True,
    max_retry_delay=LONGEST_PAUSE,
)
def fetch(name: str, *, outlet_events: Any = None, **context: Any) -> None:
    """Fetch, extract and load one outlet's past."""
    from datetime import date

    from pipeline.run import backfill

    get_current_context()["name"] = name  # type: ignore[typeddict-unknown-key]
    context["ti"].xcom_push(key="outlets", value=[name])

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
    # An asset's event carries names and counts, never content.
    outlet_events[ARCHIVE].extra = {"outlet": name, "brought": str(brought)}


@dag(
    dag_id="fetch_past",
    description="The backfill: fetches what outlets published on the days that are named",
    schedule=None,
    catchup=False,
    max_active_runs=1,
    dagrun_timeout=timedelta(days=14),
    default_args=TASKS,
    owner_links=owner_links(),
    on_failure_callback=tell_operator,
    doc_md=DOC,
    tags=["khabar", "outlets", "by hand"],
    params={
        "outlets": Param(
            [],
            type="array",
            items={"type": "string"},
            title="Outlets",
            description="Names of outlets, one a line, as `khabar outlets list` shows them; at "
            "least one.",
        ),
        "first": Param(
            "2026-01-01",
            type="string",
            format="date",
            title="First day",
            description="From this day on, in the outlet's own zone.",
        ),
        "last": Param(
            None,
            type=["null", "string"],
            format="date",
            title="Last day",
            description="Up to and with this day, such as 2026-03-31; empty: today.",
        ),
        "budget": Param(
            20_000,
            type="integer",
            minimum=1,
            title="Pages at most per outlet",
            description="What is left over is fetched by the next run with the same days.",
        ),
        "hours": Param(
            12.0,
            type="number",
            exclusiveMinimum=0,
            title="Hours at most per outlet",
            description="At two seconds a page an hour brings some 1,800 pages.",
        ),
    },
)
def fetch_past() -> None:
    """Wire the tasks."""
    fetch.expand(name=chosen())


fetch_past()
