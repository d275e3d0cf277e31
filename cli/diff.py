"""`khabar diff`: what an outlet changed in an article."""

from datetime import UTC, datetime
from itertools import pairwise

import click

from cli.open_archive import open_archive
from cli.output import json_line
from news.errors import KhabarError
from news.urls import canonical
from storage import Version, version_at, version_diff

_COLOURS = {
    "-": "red",
    "+": "green",
    "@": "cyan",
}
_SHOWN_KINDS = frozenset({"edit", "correction"})


_AT = click.option(
    "--at",
    "moment",
    help="Show the text as it stood at this moment, as 2026-11-20T18:00+04:00.",
)
_FROM = click.option(
    "--from",
    "old",
    type=int,
    help="Compare from this version...",
)
_TO = click.option(
    "--to",
    "new",
    type=int,
    help="...to this one, over all changes between.",
)
_JSON = click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="The versions as one JSON object.",
)


@click.command()
@click.argument("url")
@_AT
@_FROM
@_TO
@_JSON
def diff(
    url: str,
    moment: str | None,
    old: int | None,
    new: int | None,
    *,
    as_json: bool,
) -> None:
    """Show what an outlet changed in the article at URL."""
    with open_archive() as archive:
        versions = archive.versions(canonical(url))
    if moment is not None:
        _show_text(version_at(versions, _moment(moment)), moment)
    elif as_json:
        rows = [_row(version) for version in versions]
        click.echo(json_line(rows))
    elif old is None and new is None:
        _show_changes(versions)
    else:
        first = _numbered(versions, old or 1)
        last = _numbered(versions, new or versions[-1].number)
        _show_words(first, last)


def _row(version: Version) -> dict[str, object]:
    return {
        "number": version.number,
        "kind": version.kind,
        "since": version.since.isoformat(),
        "silent": version.silent,
        "note": version.note,
        "signed": version.signed,
        "changes": dict(version.changes),
        "title": version.title,
        "standfirst": version.standfirst,
        "body": version.body,
    }


def _moment(text: str) -> datetime:
    """Return a moment; without a zone it is UTC."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        sentence = f"{text!r} is no moment; write 2026-11-20T18:00+04:00"
        raise click.BadParameter(sentence, param_hint="--at") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _show_text(
    version: Version | None,
    moment: str,
) -> None:
    if version is None:
        raise KhabarError(f"at {moment} the archive did not have this article yet")
    deleted = ", deleted" if version.deleted else ""
    since = f"since {version.since:%Y-%m-%d %H:%M} UTC"
    click.echo(f"version {version.number} ({version.kind}), {since}{deleted}")
    click.echo("\n".join(version.lines))


def _numbered(
    versions: list[Version],
    number: int,
) -> Version:
    for version in versions:
        if version.number == number:
            return version
    last = versions[-1].number
    raise KhabarError(f"there is no version {number}; the article has versions 1 to {last}")


def _show_changes(versions: list[Version]) -> None:
    """Show one change after the other."""
    first = versions[0]
    click.echo(f"version 1, first seen {first.since:%Y-%m-%d %H:%M} UTC: {first.title}")
    for before, version in pairwise(versions):
        when = f"{version.since:%Y-%m-%d %H:%M} UTC"
        click.echo(f"version {version.number}, {when}: {version.kind}{_notes(version)}")
        if version.kind in _SHOWN_KINDS:
            _show_words(before, version)
    if len(versions) == 1:
        click.echo("it was never changed")


def _notes(version: Version) -> str:
    """Return what the outlet says of a change itself."""
    said = ""
    if version.note:
        said = f", note: {version.note}"
    elif version.silent:
        said = ", without a word of it"
    signed = f", by {version.signed}" if version.signed else ""
    return said + signed


def _show_words(
    old: Version,
    new: Version,
) -> None:
    """Show two versions block by block, changed ones word by word."""
    for line in version_diff(old, new)[2:]:
        colour = _COLOURS.get(line[:1])
        click.echo(click.style(line, fg=colour) if colour else line)
