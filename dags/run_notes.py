"""Notes in Airflow beside a run and its tasks: how each outlet stands, with links to its pages.

No DAG is in here; .airflowignore keeps Airflow from looking for one.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from airflow.configuration import conf

_LONGEST = 1000  # characters of a note, as Airflow allows
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

    address = (
        conf.get("core", "execution_api_server_url").removesuffix("/").removesuffix("/execution")
    )
    origin = report["origin"]
    pages = f"{settings.public_url.rstrip('/')}/khabar"
    rows = report["outlets"]
    notes = {
        number: note_of(report["run"], outlets, rows, pages)
        for number, outlets in enumerate(shards)
    }
    summary = f"{report['verdict']['sentence']}. [Report]({pages}/runs/{quote(report['run'])})"
    try:
        cockpit = cockpit_of(settings, address)
        cockpit.note_run(origin["dag"], origin["run"], summary[:_LONGEST])
        cockpit.note_tasks(origin["dag"], origin["run"], "read", notes)
    except HouseError as error:
        print(f"the notes could not be written: {error}")


def note_of(
    run: str,
    outlets: Sequence[str],
    rows: Mapping[str, Mapping[str, Any]],
    pages: str,
) -> str:
    """Return the note of a task that read these outlets, in Markdown; those that ail come first."""
    ordered = sorted(outlets, key=lambda name: not rows.get(name, {}).get("ails_since"))
    lines = [_line(name, rows[name], pages) for name in ordered[:_NAMED] if name in rows]
    if len(ordered) > _NAMED:
        lines.append(f"and {len(ordered) - _NAMED} more: [report]({pages}/runs/{quote(run)})")
    return "\n\n".join(lines)[:_LONGEST]


def _line(name: str, row: Mapping[str, Any], pages: str) -> str:
    state = row.get("condition") or row["state"]
    said = f"**{name}**: {state}"
    if row["note"]:
        said += f" ({row['note'][:200]})"
    since = row.get("ails_since", "")
    if since:
        said += f", since {since[:10]}"
    outlet = quote(name)
    links = f"[outlet]({pages}/outlets/{outlet}) · [articles]({pages}/?q=outlet%3A{outlet})"
    return f"{said}: {row['pages']} pages, {row['new']} new. {links}"
