"""Commands on outlets: add, list, check, try; fetch their past; take WARC files as a source."""

import json
import tempfile
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from news.outlet import Outlet
from pipeline import settings as environment
from pipeline.settings import Settings

_JSON = click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")


@click.group()
def outlets() -> None:
    """Add, list, check and try outlets."""


def chosen(folder: Path, names: tuple[str, ...]) -> list[Outlet]:
    """Return the outlets of these names, all without names; an unknown name is one clear sentence."""  # noqa: E501
    from crawlers import outlet_files

    found, broken = outlet_files.load_all(folder)
    for error in broken:
        click.echo(f"khabar: {error}", err=True)
    known = {outlet.name: outlet for outlet in found}
    if unknown := [name for name in names if name not in known]:
        raise click.ClickException(
            f"there is no outlet {unknown[0]!r} in {folder}; `khabar outlets list` shows their names"  # noqa: E501
        )
    return [known[name] for name in names] if names else found


@outlets.command("list")
@_JSON
@click.option("--region", help="Only this region.")
@click.option("--health/--no-health", default=True, help="Ask the archive how they stand.")
def list_(region: str | None, *, as_json: bool, health: bool) -> None:
    """List the outlets and how they stand: last poll, state of the doors, articles of the last week."""  # noqa: E501
    from pipeline import home_kind

    settings = home_kind.following(environment.read())
    every = chosen(settings.outlets, ())
    held = [outlet for outlet in every if region in (None, outlet.region)]
    if region is not None and not held:
        raise click.ClickException(
            f"no outlet in region {region!r}; there are {', '.join(sorted({outlet.region for outlet in every})) or 'none at all'}"  # noqa: E501
        )
    standing = _health(settings, held) if health else {}
    for outlet in held:
        row: dict[str, Any] = {
            "name": outlet.name,
            "region": outlet.region,
            "languages": list(outlet.languages),
            "doors": [str(door.kind) for door in outlet.doors],
            "active": outlet.active,
            "verified": outlet.verified,
            **standing.get(outlet.name, {}),
        }
        click.echo(json.dumps(row, ensure_ascii=False) if as_json else _row(row))


def _row(row: dict[str, Any]) -> str:
    why = f" ({row['note']})" if row.get("note") else ""
    stands = (
        f"{row['state']}{why}, polled {row['polled']}, next {row['next']}, {row['week']} in 7 days"
        if "state" in row
        else row["verified"]
    )
    stands += f", redesigned {row['redesigned']}" if "redesigned" in row else ""
    stands = stands if row["active"] else f"off; {stands}"
    return f"{row['region']:13} {row['name']:22} {','.join(row['languages']):11.11} {','.join(row['doors']):24.24} {stands}"  # noqa: E501


def _health(settings: Settings, held: list[Outlet]) -> dict[str, dict[str, Any]]:
    """Return what the archive knows of each outlet; without an archive, say so and return nothing."""  # noqa: E501
    from news.errors import KhabarError

    if not settings.database_url and not (settings.home / "postgres").is_dir():
        return {}
    try:
        return _standing(settings, held)
    except KhabarError as error:
        click.echo(f"khabar: health is not shown: {error}", err=True)
        return {}


def _standing(settings: Settings, held: list[Outlet]) -> dict[str, dict[str, Any]]:
    from pipeline import database
    from storage import Archive

    with Archive(database.url(settings)) as archive:
        found = {outlet.name: _stands(archive, outlet) for outlet in held}
    return {name: row for name, row in found.items() if row}


def _stands(archive: Any, outlet: Outlet) -> dict[str, Any]:
    """Return an outlet's row of health; an empty one before its first poll."""
    from datetime import timedelta

    from storage import count_new_articles, outlet_journal
    from storage import pages as reading

    with reading.reading(archive) as cursor:
        runs = reading.outlet_runs(cursor, outlet.name, 1)
        doors = {row.url: row for row in reading.outlet_doors(cursor, outlet.name)}
        report = (
            next((row.report for row in reading.runs(cursor, runs[0].run, 1)), None)
            if runs
            else None
        )
    with archive.transaction() as cursor:
        brought = count_new_articles(cursor, outlet.name, datetime.now(UTC) - timedelta(days=7))
        redesigned = next(
            (
                one.at
                for one in outlet_journal(cursor, outlet.name)
                if one.kind == "redesign" and one.at > datetime.now(UTC) - timedelta(days=30)
            ),
            None,
        )
    polled = [
        doors[door.url]
        for door in outlet.doors
        if door.url in doors and doors[door.url].last_polled
    ]
    if not polled:
        return {}
    by_doors = min((row.state for row in polled), key=lambda state: state != "ok")
    seen = runs[0].state if runs else "ok"
    # Silence and walls are seen by a run, not by a door.
    state = seen if by_doors == "ok" and seen in {"silent", "paywalled"} else by_doors
    note = (
        (report or {}).get("outlets", {}).get(outlet.name, {}).get("note", "")
        if state == seen != "ok"
        else ""
    )
    return {
        "state": state,
        **({"note": note} if note else {}),
        "week": brought[0] if brought else 0,
        "polled": f"{max(row.last_polled for row in polled if row.last_polled).astimezone(UTC):%F %H:%M}",  # noqa: E501
        **({"redesigned": f"{redesigned.astimezone(UTC):%F}"} if redesigned else {}),
        "next": f"{min((row.next_poll for row in polled if row.next_poll), default=datetime.now(UTC)).astimezone(UTC):%F %H:%M}",  # noqa: E501
    }


def _options(settings: Settings, **further: Any) -> Any:
    from crawlers import CrawlOptions

    return CrawlOptions(
        contact=settings.contact,
        allow_loopback=settings.allow_loopback,
        sentry_dsn=settings.sentry_dsn,
        **further,
    )


@outlets.command()
@click.argument("url")
@click.option("--name", help="The outlet's name; the site's host without it.")
@click.option("--region", default="new", show_default=True, help="The folder of the file.")
@click.option("--yes", is_flag=True, help="Write the file without asking.")
def add(url: str, name: str | None, region: str, *, yes: bool) -> None:
    """Visit a site, find its doors, show five extracted samples, and write its outlet file when you agree."""  # noqa: E501
    from crawlers import outlet_files
    from crawlers.discovery import explore
    from pipeline.run import try_outlet

    settings = environment.read()
    _refuse_double(settings, name)
    with tempfile.TemporaryDirectory(prefix="khabar-visit-") as folder:
        draft = explore.visit(
            url, Path(folder), datetime.now(UTC), _options(settings), region=region, name=name
        )
    _refuse_double(settings, draft.outlet.name)
    path = settings.outlets / region / f"{draft.outlet.name}.toml"
    for note in draft.notes:
        click.echo(f"found  {note}")
    titles = try_outlet.show_samples(draft.outlet, draft.samples, click.echo)
    text = explore.as_toml(draft.outlet, [f"found: {note}" for note in draft.notes])
    outlet_files.parse_outlet(text, path)
    click.echo(f"\n{text}")
    if not explore.zone_is_known(draft.outlet):
        click.echo(
            "The time zone could not be told from the address: set `timezone` in the file.",
            err=True,
        )
    if not titles:
        click.echo("No sample became an article: look at the file before you rely on it.", err=True)
    if yes or click.confirm(f"Write {path}?"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        click.echo(f"written: {path}")


def _refuse_double(settings: Settings, name: str | None) -> None:
    """Refuse a name that an outlet of any region has."""
    from crawlers import CrawlError

    if name and (there := next(settings.outlets.glob(f"*/{name}.toml"), None)) is not None:
        raise CrawlError(f"{there} exists already; remove it first, or give another --name")


@outlets.command()
@click.argument("names", nargs=-1)
@_JSON
def check(names: tuple[str, ...], *, as_json: bool) -> None:
    """Say what works today: poll every door of the outlets, fetch two articles each. Exit code 1 when an outlet does not stand well."""  # noqa: E501
    import sys

    from service.rehearsal import following

    with following(environment.read()) as settings:
        held = chosen(settings.outlets, names)
        well = {outlet.name: _stands_well(settings, outlet, as_json=as_json) for outlet in held}
        bad = [name for name, stands in well.items() if not stands]
    if not as_json and len(held) > 1:
        click.echo(
            f"{len(held) - len(bad)} of {len(held)} outlets stand well{'; not ' + ', '.join(bad) if bad else ''}"  # noqa: E501
        )
    if bad:
        sys.exit(1)


def _stands_well(settings: Settings, outlet: Outlet, *, as_json: bool) -> bool:
    """Poll an outlet and say how it stands; tell whether well."""
    import crawlers
    from news import codec

    options = _options(settings, all_doors=True, budget=2, seconds=120.0, tries=1)
    with tempfile.TemporaryDirectory(prefix="khabar-check-") as folder:
        try:
            report = crawlers.run(
                crawlers.CrawlJob(
                    outlet=outlet, folder=Path(folder), now=datetime.now(UTC), options=options
                ),
                progress=False,
            )
        except crawlers.CrawlError as error:
            click.echo(
                json.dumps(
                    {"outlet": outlet.name, "state": "failed", "note": str(error)},
                    ensure_ascii=False,
                )
                if as_json
                else f"khabar: {error}",
                err=not as_json,
            )
            return False
    if as_json:
        click.echo(codec.dump(report))
    else:
        click.echo(
            f"{outlet.name}: {report.state}{f' ({report.note})' if report.note else ''}, {report.pages} of 2 articles fetched"  # noqa: E501
        )
        for door in report.doors:
            click.echo(_door_line(door))
    return report.state in {"ok", "moved"} and report.pages > 0


def _door_line(door: Any) -> str:
    """Return how one door answered, with what was left out of it on purpose."""
    parts = [f"{door.state}, {door.entries} articles"]
    if door.left_out:
        parts.append(f"{door.left_out} older ones left out (`khabar backfill` fetches them)")
    if door.unread:
        parts.append(f"{door.unread} of its files left for later polls")
    if door.note:
        parts.append(door.note)
    return f"  {door.kind:9} {door.url}: {', '.join(parts)}"


@outlets.command("try")
@click.argument("what", metavar="NAME|URL")
@click.option(
    "--pages", type=click.IntRange(1, 100), default=5, show_default=True, help="How many articles."
)
def try_(what: str, pages: int) -> None:
    """Fetch some articles of an outlet, or one page of it by its address, and show what extraction makes of them; nothing is archived.

    Where the outlet's file has rules (layouts), what they change is shown too.
    """  # noqa: E501
    from service.rehearsal import following

    with following(environment.read()) as settings:
        _try(settings, what, pages)


def _try(settings: Settings, what: str, pages: int) -> None:
    """Fetch and show; raises ClickException when nothing could be fetched."""
    import crawlers
    from crawlers import warc
    from pipeline.run import try_outlet

    outlet = _outlet_of(settings, what)
    wanted = (what,) if outlet.name != what else ()
    options = _options(settings, all_doors=not wanted, budget=1 if wanted else pages, urls=wanted)
    with tempfile.TemporaryDirectory(prefix="khabar-try-") as folder:
        report = crawlers.run(
            crawlers.CrawlJob(
                outlet=outlet, folder=Path(folder), now=datetime.now(UTC), options=options
            ),
            progress=False,
        )
        click.echo(
            f"{outlet.name}: {report.state}{f' ({report.note})' if report.note else ''}, {report.pages} {'page' if report.pages == 1 else 'pages'}"  # noqa: E501
        )
        try_outlet.show_samples(
            outlet,
            [
                page
                for page in warc.read_pages(Path(folder) / "pages.warc.gz")
                if wanted or page.status == 200  # noqa: PLR2004
            ],
            click.echo,
        )
    if not report.pages:
        sentence = (
            f"{what} could not be fetched"
            if wanted
            else f"no page of {outlet.name} could be fetched; `khabar outlets check {outlet.name}` looks at its doors"  # noqa: E501
        )
        raise click.ClickException(f"{sentence}{_reasons(report)}")


def _outlet_of(settings: Settings, what: str) -> Outlet:
    """Return the outlet of a name or of an address; one without a file is made up for a page that is looked at once."""  # noqa: E501
    if not what.startswith(("http://", "https://")):
        return chosen(settings.outlets, (what,))[0]
    from news.outlet import Door, DoorKind
    from news.urls import canonical
    from pipeline.run.sites import Sites

    canonical(what)
    found = Sites(settings.outlets).of(what)
    return (
        found
        if found.doors
        else replace(found, doors=(Door(kind=DoorKind.LISTING, url=found.home),))
    )


def _reasons(report: Any) -> str:
    """Say in brackets what stood in the way."""
    met = [
        *(f"{name} {count}" for name, count in report.faults.items()),
        *(f"HTTP {status}" for status in report.statuses if status != "200"),
    ]
    return f" ({', '.join(met)})" if met else ""


def _day(context: click.Context, parameter: click.Parameter, value: str | None) -> date | None:
    del context, parameter
    try:
        return date.fromisoformat(value) if value else None
    except ValueError as error:
        raise click.BadParameter(f"{value!r} is no day such as 2026-03-01") from error


@click.command()
@click.argument("name")
@click.option(
    "--from",
    "since",
    required=True,
    callback=_day,
    metavar="DAY",
    help="First day, such as 2026-03-01.",
)
@click.option("--to", "until", callback=_day, metavar="DAY", help="Last day; today without it.")
@click.option(
    "--budget", type=click.IntRange(1), default=20_000, show_default=True, help="Pages at most."
)
@click.option(
    "--hours",
    type=click.FloatRange(0, min_open=True),
    default=12.0,
    show_default=True,
    help="Time at most; what is left is fetched by the next runs.",
)
def backfill(name: str, since: date, until: date | None, budget: int, hours: float) -> None:
    """Fetch an outlet's past through its sitemaps, archives and pagination, at its ordinary pace, into the archive."""  # noqa: E501
    from pipeline.run import backfill as past

    span = past.Span(since=since, until=until, budget=budget, hours=hours)
    click.echo(f"{name}: {past.backfill(environment.read(), name, span, _progress)}")


def _progress(words: str) -> None:
    click.echo(f"khabar: {words}", err=True)


@click.command("import")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
def import_(files: tuple[Path, ...]) -> None:
    """Take WARC files (ours, Common Crawl's news crawl, anybody's) as a source: the pages of known outlets go into the archive."""  # noqa: E501
    from pipeline.run import backfill as past

    click.echo(past.import_warcs(environment.read(), files, _progress))
