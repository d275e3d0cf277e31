"""`khabar search`, `diff`, `export`, `sql`, `backup`, `restore` and `khabar archive`: people at a terminal and the archive."""  # noqa: E501

import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import click

from news import query as language
from news.errors import KhabarError
from news.urls import canonical
from pipeline import aliases, database, settings
from storage import Archive, Version, alerts, version_at, version_diff
from storage import upkeep as upkeeping
from storage.search import ExportFormat, Order, Result, export_results, json_line, snippet

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor


def _url() -> str:
    return database.url(settings.read())


def _archive() -> Archive:
    known = settings.read()
    return Archive(database.url(known), aliases.table(known))


@click.command()
@click.argument("query")
@click.option(
    "--order",
    type=click.Choice([item.value for item in Order]),
    default=Order.NEWEST.value,
    help="Newest first, or most relevant first.",
)
@click.option(
    "--limit",
    type=click.IntRange(1, 1000),
    default=20,
    show_default=True,
    help="Results on a page.",
)
@click.option("--after", "cursor", help="The cursor of the page before.")
@click.option("--facets", is_flag=True, help="Counts by outlet, day and language instead.")
@click.option("--json", "as_json", is_flag=True, help="One line of JSON a result.")
def search(
    query: str, order: str, limit: int, cursor: str | None, *, facets: bool, as_json: bool
) -> None:
    """Search the archive for QUERY: words, "phrases", AND OR NOT, prefix*, NEAR/5, title: outlet: lang: after: is:revised..."""  # noqa: E501
    parsed = language.parse(query, aliases.table(settings.read()))
    with _archive() as archive:
        if facets:
            _show_facets(archive, query, as_json=as_json)
            return
        found = archive.search(
            query, now=datetime.now(UTC), order=Order(order), limit=limit, cursor=cursor
        )
    for hit in found.hits:
        click.echo(_json(parsed, hit) if as_json else _lines(parsed, hit))
    if found.cursor and not as_json:
        click.echo(f"more: --after {found.cursor}", err=True)
    if not found.hits and not as_json:
        click.echo("nothing found", err=True)


def _json(query: language.Query, hit: Result) -> str:
    found = snippet(query, hit.document())
    row = json.loads(json_line(hit))
    return json.dumps(
        {**row, "snippet": found.marked("<b>", "</b>"), "terms": list(found.terms)},
        ensure_ascii=False,
    )


def _lines(query: language.Query, hit: Result) -> str:
    found = snippet(query, hit.document())
    state = ", ".join(
        [*([f"edited {hit.edits}x"] if hit.edits else []), *(["deleted"] if hit.deleted_at else [])]
    )
    title = "".join(click.style(text, bold=True, underline=is_hit) for text, is_hit in found.title)
    passage = "".join(
        click.style(text, bold=True, fg="yellow") if is_hit else text
        for text, is_hit in found.passage
    )
    return f"{hit.at:%Y-%m-%d %H:%M}  {hit.outlet}  {title}{f'  [{state}]' if state else ''}\n  {passage}\n  {hit.url}"  # noqa: E501


def _show_facets(archive: Archive, query: str, *, as_json: bool) -> None:
    found = archive.facets(query)
    if as_json:
        click.echo(
            json.dumps(
                {
                    "total": found.total,
                    "complete": found.complete,
                    "outlets": dict(found.outlets),
                    "languages": dict(found.languages),
                    "days": dict(found.days),
                },
                ensure_ascii=False,
            )
        )
        return
    click.echo(f"{found.total}{'' if found.complete else ' and more'} articles")
    for title, counts in (
        ("outlet", found.outlets),
        ("language", found.languages),
        ("day", found.days),
    ):
        for value, count in counts.items():
            click.echo(f"{title:<9} {count:>7}  {value}")


@click.command()
@click.argument("url")
@click.option(
    "--at", "moment", help="Show the text as it stood at this moment, as 2026-11-20T18:00+04:00."
)
@click.option("--from", "old", type=int, help="Compare from this version...")
@click.option("--to", "new", type=int, help="...to this one, over all changes between.")
@click.option("--json", "as_json", is_flag=True, help="The versions as one JSON object.")
def diff(url: str, moment: str | None, old: int | None, new: int | None, *, as_json: bool) -> None:
    """Show what an outlet changed in the article at URL."""
    with _archive() as archive:
        versions = archive.versions(canonical(url))
    if moment is not None:
        _show_text(version_at(versions, _moment(moment)), moment)
    elif as_json:
        click.echo(
            json.dumps(
                [
                    {
                        "number": item.number,
                        "kind": item.kind,
                        "since": item.since.isoformat(),
                        "silent": item.silent,
                        "note": item.note,
                        "signed": item.signed,
                        "changes": dict(item.changes),
                        "title": item.title,
                        "standfirst": item.standfirst,
                        "body": item.body,
                    }
                    for item in versions
                ],
                ensure_ascii=False,
            )
        )
    elif old is None and new is None:
        _show_changes(versions)
    else:
        _show_words(_numbered(versions, old or 1), _numbered(versions, new or versions[-1].number))


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise click.BadParameter(
            f"{text!r} is no moment; write 2026-11-20T18:00+04:00", param_hint="--at"
        ) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _show_text(version: Version | None, moment: str) -> None:
    if version is None:
        raise KhabarError(f"at {moment} the archive did not have this article yet")
    click.echo(
        f"version {version.number} ({version.kind}), since {version.since:%Y-%m-%d %H:%M} UTC{', deleted' if version.deleted else ''}"  # noqa: E501
    )
    click.echo("\n".join(version.lines))


def _numbered(versions: list[Version], number: int) -> Version:
    found = next((version for version in versions if version.number == number), None)
    if found is None:
        raise KhabarError(
            f"there is no version {number}; the article has versions 1 to {versions[-1].number}"
        )
    return found


def _show_changes(versions: list[Version]) -> None:
    """Show one change after the other."""
    first = versions[0]
    click.echo(f"version 1, first seen {first.since:%Y-%m-%d %H:%M} UTC: {first.title}")
    for before, version in pairwise(versions):
        said = (
            f", note: {version.note}"
            if version.note
            else ", without a word of it"
            if version.silent
            else ""
        )
        signed = f", by {version.signed}" if version.signed else ""
        click.echo(
            f"version {version.number}, {version.since:%Y-%m-%d %H:%M} UTC: {version.kind}{said}{signed}"  # noqa: E501
        )
        if version.kind in {"edit", "correction"}:
            _show_words(before, version)
    if len(versions) == 1:
        click.echo("it was never changed")


def _show_words(old: Version, new: Version) -> None:
    """Show two versions block by block, changed ones word by word."""
    for line in version_diff(old, new)[2:]:
        colour = {"-": "red", "+": "green", "@": "cyan"}.get(line[:1])
        click.echo(click.style(line, fg=colour) if colour else line)


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--query", help="Only what this query finds (default: everything).")
@click.option(
    "--format",
    "form",
    type=click.Choice([item.value for item in ExportFormat]),
    help="Default: by the file's ending.",
)
def export(file: Path, query: str | None, form: str | None) -> None:
    """Write search results into FILE as CSV, JSON lines or Parquet."""
    ending = form or file.suffix.lstrip(".").lower()
    if ending not in set(ExportFormat):
        raise click.BadParameter(
            f"{file.name}: name it .csv, .jsonl or .parquet, or say --format", param_hint="FILE"
        )
    with _archive() as archive, _counting("exported") as progress:
        count = export_results(archive.walk(query), file, ExportFormat(ending), progress)
    click.echo(f"{count} articles in {file}")


@contextmanager
def _counting(words: str) -> Iterator[Callable[[int], None]]:
    """Show a growing number on a terminal; nothing in a log."""
    shown = sys.stderr.isatty()

    def progress(count: int) -> None:
        if shown:
            click.echo(f"\r{words} {count}", nl=False, err=True)

    yield progress
    if shown:
        click.echo(err=True)


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def sql(arguments: tuple[str, ...]) -> None:
    """Open psql on the archive; ARGUMENTS go to it (-c "select ..."). The view `readable` is the place to begin."""  # noqa: E501
    import subprocess

    home = {
        name: os.environ[name]
        for name in ("HOME", "TERM", "LINES", "COLUMNS", "PAGER", "EDITOR", "PATH")
        if name in os.environ
    }
    # A child and not an exec: the embedded server is stopped by whoever leaves last: that is we.
    with upkeeping.program_environment(_url()) as environment:
        done = subprocess.run(
            [str(upkeeping.binaries() / "psql"), *arguments],
            env={**environment, **home},
            check=False,
        )
    raise SystemExit(done.returncode)


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Write the whole archive into FILE, with the checksums of every table."""
    manifest = upkeeping.back_up(_url(), file, datetime.now(UTC))
    rows = sum(count for count, _ in manifest.tables.values())
    click.echo(
        f"{file}: {manifest.tables['article_urls'][0]} articles, {rows} rows in {len(manifest.tables)} tables, {file.stat().st_size / 1e6:.1f} MB"  # noqa: E501
    )


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore(file: Path) -> None:
    """Read the backup FILE into an empty archive and prove it equal."""
    url = _url()
    manifest = upkeeping.restore(url, file)
    newer = upkeeping.migrate(url)
    later = f"; then brought up to date: {', '.join(newer)}" if newer else ""
    click.echo(
        f"{manifest.tables['article_urls'][0]} articles of {manifest.made_at[:16]}: every table is equal to what was backed up{later}"  # noqa: E501
    )
    from pipeline.alerts import match
    from pipeline.alerts.mail_context import mail_context

    with _archive() as opened:
        given_up = match.after_restore(opened, mail_context(settings.read()), datetime.now(UTC))
    if given_up:
        click.echo(
            f"{given_up} mails that waited when the backup was made are not sent: the house that went on since has told them"  # noqa: E501
        )


@click.group()
def archive() -> None:
    """Keep the archive's house."""


@archive.command()
def migrate() -> None:
    """Bring the schema up to date and make the next months' partitions."""
    url = _url()
    applied = upkeeping.migrate(url)
    with Archive(url) as opened:
        made = upkeeping.prepare_months(opened.connection, datetime.now(UTC))
    click.echo(
        f"schema {upkeeping.available_migrations()[-1][0]} ({len(applied)} steps applied now), partitions made: {', '.join(made) or 'none were missing'}"  # noqa: E501
    )


@archive.command()
def schema() -> None:
    """Print the schema as SQL."""
    click.echo(upkeeping.dump_schema(_url()), nl=False)


@archive.command()
@click.option(
    "--all", "everything", is_flag=True, help="Every article, not only those of an older analysis."
)
def reindex(*, everything: bool) -> None:
    """Make the index terms anew after a change of the language analysis. May be interrupted, and called again."""  # noqa: E501
    with _archive() as opened, _counting("re-indexed") as progress:
        count = upkeeping.reindex_terms(opened.connection, everything=everything, progress=progress)
    click.echo(f"{count} articles re-indexed")


@archive.command()
@click.option("--outlet", help="Set the retention of this outlet...")
@click.option("--days", type=click.IntRange(0), help="...to so many days; 0: for ever.")
@click.option(
    "--kind",
    type=click.Choice(["article", "brief", "interview", "opinion"]),
    help="Remove only articles of this kind.",
)
def retention(outlet: str | None, days: int | None, kind: str | None) -> None:
    """Remove what is older than its outlet's retention."""
    if (outlet is None) != (days is None):
        raise click.UsageError("--outlet and --days go together")
    with _archive() as opened:
        if outlet is not None:
            upkeeping.set_retention(opened.connection, outlet, days or None)
            click.echo(f"{outlet}: {f'{days} days' if days else 'for ever'}")
        for name, count in upkeeping.apply_retention(
            opened.connection, datetime.now(UTC), kind=kind
        ).items():
            click.echo(f"{name}: {count} articles removed")


@archive.command()
@click.option("--json", "as_json", is_flag=True)
def forecast(*, as_json: bool) -> None:
    """Say how large the archive is, how it grows, and when the disk is full."""
    read = settings.read()
    free = None if read.database_url else shutil.disk_usage(read.home).free
    with _archive() as opened:
        found = upkeeping.forecast(opened.connection, datetime.now(UTC), free)
    if as_json:
        click.echo(
            json.dumps(
                {
                    "articles": found.articles,
                    "revisions": found.revisions,
                    "bytes": found.bytes,
                    "bytes_per_article": found.bytes_per_article,
                    "articles_per_day": found.articles_per_day,
                    "bytes_in_a_year": found.bytes_in_a_year,
                    "free": found.free,
                    "full_on": found.full_on.isoformat() if found.full_on else None,
                    "tables": found.tables,
                }
            )
        )
        return
    click.echo(
        f"{found.articles} articles, {found.revisions} revisions, {found.bytes / 1e9:.2f} GB ({found.bytes_per_article / 1e3:.1f} kB an article)"  # noqa: E501
    )
    click.echo(
        f"{found.articles_per_day:.0f} articles a day; in a year {found.bytes_in_a_year / 1e9:.1f} GB"  # noqa: E501
    )
    if found.free is not None:
        click.echo(
            f"{found.free / 1e9:.1f} GB free: full {f'on {found.full_on:%Y-%m-%d}' if found.full_on else 'in more than ten years'}"  # noqa: E501
        )
    for name, size, rows in found.tables[:12]:
        click.echo(f"  {size / 1e6:>10.1f} MB  {rows:>10} rows  {name}")


@archive.command()
@click.argument("url")
@click.option("--reason", default="", help="Kept with the tombstone.")
@click.confirmation_option(prompt="This removes the article and its history for good. Sure?")
def forget(url: str, reason: str) -> None:
    """Remove the article at URL for good; a tombstone keeps it from coming back."""
    with _archive() as opened:
        had = upkeeping.forget_article(opened.connection, canonical(url), reason, first=leave)
    click.echo(
        "removed; it will not come back"
        if had
        else "the archive did not have it; it will not come in"
    )


def leave(cursor: "Cursor", article: int) -> None:
    """Take an article out of its story, and out of the mails that quote it."""
    from pipeline.run import dedupe

    alerts.forget_quotations(cursor, [article])
    dedupe.leave(cursor, article)


@archive.command()
def upkeep() -> None:
    """Vacuum, fresh statistics, overgrown indexes built anew. Everything else may go on meanwhile."""  # noqa: E501
    with _archive() as opened:
        upkeeping.tidy_tables(opened.connection, lambda name: click.echo(name, err=True))
