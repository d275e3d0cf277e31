"""`khabar outlets list`: the outlets, and how they are."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from cli.output import complain, json_line
from news.errors import KhabarError
from news.outlet import Outlet
from pipeline import home_kind
from pipeline import settings as configuration
from pipeline.settings import Settings

if TYPE_CHECKING:
    from pipeline.outlet_status import OutletStatus


_JSON = click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="One JSON object a line.",
)
_REGION = click.option("--region", help="Only this region.")
_HEALTH = click.option(
    "--health/--no-health",
    default=True,
    help="Ask the archive how they stand.",
)


@click.command("list")
@_JSON
@_REGION
@_HEALTH
def list_(
    region: str | None,
    *,
    as_json: bool,
    health: bool,
) -> None:
    """List the outlets and how they stand: last poll, state of the doors, articles of a week."""
    from pipeline.run import visit_outlet

    settings = home_kind.following(configuration.read())
    every = visit_outlet.chosen(settings.outlets, (), complain)
    chosen = [outlet for outlet in every if region in (None, outlet.region)]
    if region is not None and not chosen:
        regions = sorted({outlet.region for outlet in every})
        there_are = ", ".join(regions) or "none at all"
        raise click.ClickException(f"no outlet in region {region!r}; there are {there_are}")
    statuses = _statuses(settings, chosen) if health else {}
    for outlet in chosen:
        row = row_of(outlet, statuses.get(outlet.name))
        click.echo(json_line(row) if as_json else line_of(row))


def _statuses(
    settings: Settings,
    outlets: Sequence[Outlet],
) -> "dict[str, OutletStatus]":
    """Return what the archive knows of each outlet; without an archive, say so, return nothing."""
    from pipeline import outlet_status

    if not outlet_status.has_archive(settings):
        return {}
    try:
        return outlet_status.read(settings, outlets, datetime.now(UTC))
    except KhabarError as error:
        complain(f"health is not shown: {error}")
        return {}


def row_of(
    outlet: Outlet,
    status: "OutletStatus | None",
) -> dict[str, Any]:
    """Return an outlet as a JSON object; its status is part of it once it has been polled."""
    row: dict[str, Any] = {
        "name": outlet.name,
        "region": outlet.region,
        "languages": list(outlet.languages),
        "doors": [str(door.kind) for door in outlet.doors],
        "active": outlet.active,
        "verified": outlet.verified,
    }
    if status is not None:
        row.update(_status_fields(status))
    return row


def _status_fields(status: "OutletStatus") -> Iterator[tuple[str, Any]]:
    """Yield what the archive knows of an outlet, name and value; moments in UTC."""
    judgement = status.judgement
    yield "state", str(judgement.condition)
    if judgement.note:
        yield "note", judgement.note
    yield "week", status.week

    polled = status.polled.astimezone(UTC)
    yield "polled", f"{polled:%F %H:%M}"
    if status.redesigned:
        redesigned = status.redesigned.astimezone(UTC)
        yield "redesigned", f"{redesigned:%F}"
    planned = status.next.astimezone(UTC)
    yield "next", f"{planned:%F %H:%M}"


def line_of(row: dict[str, Any]) -> str:
    """Return an outlet as a line for a terminal."""
    languages = ",".join(row["languages"])
    doors = ",".join(row["doors"])
    columns = (
        f"{row['region']:13}",
        f"{row['name']:22}",
        f"{languages:11.11}",
        f"{doors:24.24}",
        _health_words(row),
    )
    return " ".join(columns)


def _health_words(row: dict[str, Any]) -> str:
    """Return how an outlet stands; one that was never polled, how far its file was verified."""
    parts = [row.get("verified", "")]
    if "state" in row:
        note = row.get("note")
        state = f"{row['state']} ({note})" if note else row["state"]
        parts = [
            state,
            f"polled {row['polled']}",
            f"next {row['next']}",
            f"{row['week']} in 7 days",
        ]
    if "redesigned" in row:
        parts.append(f"redesigned {row['redesigned']}")
    words = ", ".join(parts)
    return words if row["active"] else f"off; {words}"
