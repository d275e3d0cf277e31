"""Commands on outlets: add, list, check, try; fetch their past; take WARC files as a source."""

import json
from pathlib import Path

import click

from crawlers import registry
from news.outlet import Outlet
from pipeline import settings


@click.group()
def outlets() -> None:
    """Add, list, check and try outlets."""


def chosen(folder: Path, names: tuple[str, ...]) -> list[Outlet]:
    """Return the outlets of these names, all without names; an unknown name is one clear sentence."""
    found, broken = registry.load_all(folder)
    for error in broken:
        click.echo(f"khabar: {error}", err=True)
    known = {outlet.name: outlet for outlet in found}
    if unknown := [name for name in names if name not in known]:
        raise click.ClickException(f"there is no outlet {unknown[0]!r} in {folder}; `khabar outlets list` shows their names")
    return [known[name] for name in names] if names else found


@outlets.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.option("--region", help="Only this region.")
def list_(region: str | None, *, as_json: bool) -> None:
    """List the outlets."""
    held = [outlet for outlet in chosen(settings.read().outlets, ()) if region in (None, outlet.region)]
    for outlet in held:
        row = {"name": outlet.name, "region": outlet.region, "languages": list(outlet.languages), "doors": [str(door.kind) for door in outlet.doors],
               "active": outlet.active, "verified": outlet.verified}
        click.echo(json.dumps(row, ensure_ascii=False) if as_json else
                   f"{outlet.region:14} {outlet.name:24} {','.join(outlet.languages):12} {','.join(row['doors']):20} {outlet.verified}")


@click.command()
def backfill() -> None:
    """Fetch an outlet's past."""
    raise click.ClickException("not yet")


@click.command("import")
def import_() -> None:
    """Take WARC files as a source."""
    raise click.ClickException("not yet")
