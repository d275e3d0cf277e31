"""Notes in Airflow beside a run and its tasks: how each outlet stands, with links to its pages.

No DAG is in here; .airflowignore keeps Airflow from looking for one.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from airflow.configuration import conf

_LONGEST = 1000  # characters of a note, as Airflow allows
_LONGEST_REASON = 200  # characters of what a crawl noted
_NAMED = 8  # outlets of a shard that its note names


def write_notes(
    settings: Any,
    report: Mapping[str, Any],
    shards: Sequence[Sequence[str]],
) -> None:
    """Write the notes of a run that has ended; `shards` are the outlets of its mapped tasks.

    Notes are an extra: where Airflow does not take them, that is printed and nothing else.
    """
    from pipeline.errors import HouseError
    from service.airflow_api import cockpit_of

    rows = report["outlets"]
    run = report["run"]
    pages = f"{settings.public_url.rstrip('/')}/khabar"

    notes: dict[int, str] = {}
    for number, outlets in enumerate(shards):
        notes[number] = note_of(run, outlets, rows, pages)

    sentence = report["verdict"]["sentence"]
    summary = f"{sentence}. [Report]({pages}/runs/{quote(run)})"

    dag = report["origin"]["dag"]
    run_id = report["origin"]["run"]
    try:
        cockpit = cockpit_of(settings, _address())
        cockpit.note_run(dag, run_id, summary[:_LONGEST])
        cockpit.note_tasks(dag, run_id, "read", notes)
    except HouseError as error:
        print(f"the notes could not be written: {error}")


def _address() -> str:
    """Return where the api-server is, as tasks reach it."""
    execution = str(conf.get("core", "execution_api_server_url"))
    return execution.removesuffix("/").removesuffix("/execution")


def note_of(
    run: str,
    outlets: Sequence[str],
    rows: Mapping[str, Mapping[str, Any]],
    pages: str,
) -> str:
    """Return the note of a task that read these outlets, in Markdown; those that ail come first."""

    def is_well(name: str) -> bool:
        return not rows.get(name, {}).get("ails_since")

    ordered = sorted(outlets, key=is_well)
    lines: list[str] = []
    for name in ordered[:_NAMED]:
        if name in rows:
            lines.append(_line(name, rows[name], pages))

    more = len(ordered) - _NAMED
    if more > 0:
        lines.append(f"and {more} more: [report]({pages}/runs/{quote(run)})")

    return "\n\n".join(lines)[:_LONGEST]


def _line(name: str, row: Mapping[str, Any], pages: str) -> str:
    state = row.get("condition") or row["state"]
    said = f"**{name}**: {state}"
    if row["note"]:
        said += f" ({row['note'][:_LONGEST_REASON]})"

    since = row.get("ails_since", "")
    if since:
        said += f", since {since[:10]}"

    outlet = quote(name)
    page = f"[outlet]({pages}/outlets/{outlet})"
    articles = f"[articles]({pages}/?q=outlet%3A{outlet})"

    return f"{said}: {row['pages']} pages, {row['new']} new. {page} · {articles}"
