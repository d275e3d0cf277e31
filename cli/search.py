"""`khabar search`: what the archive has, on a terminal or as JSON lines."""

import json
from datetime import UTC, datetime

import click

from cli import query_notes
from cli.open_archive import open_archive
from cli.output import json_line, say
from news import query as language
from pipeline import aliases, settings
from storage import Archive
from storage.search import Order, Result, snippet
from storage.search import json_line as result_line

_ORDER = click.option(
    "--order",
    type=click.Choice([item.value for item in Order]),
    default=Order.NEWEST.value,
    help="Newest first, or most relevant first.",
)
_LIMIT = click.option(
    "--limit",
    type=click.IntRange(1, 1000),
    default=20,
    show_default=True,
    help="Results on a page.",
)
_AFTER = click.option(
    "--after",
    "cursor",
    help="The cursor of the page before.",
)
_FACETS = click.option(
    "--facets",
    is_flag=True,
    help="Counts by outlet, day and language instead.",
)
_JSON = click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="One line of JSON a result.",
)


@click.command()
@click.argument("query")
@_ORDER
@_LIMIT
@_AFTER
@_FACETS
@_JSON
def search(
    query: str,
    order: str,
    limit: int,
    cursor: str | None,
    *,
    facets: bool,
    as_json: bool,
) -> None:
    """Search the archive for QUERY.

    Words, "phrases", AND OR NOT, prefix*, NEAR/5, title: outlet: lang: after: is:revised...
    """
    parsed = language.parse(query, aliases.table(settings.read()), now=datetime.now(UTC))
    query_notes.show(parsed)
    with open_archive() as archive:
        if facets:
            _show_facets(
                archive,
                query,
                as_json=as_json,
            )
            return
        results = archive.search(
            query,
            now=datetime.now(UTC),
            order=Order(order),
            limit=limit,
            cursor=cursor,
        )
    for hit in results.hits:
        click.echo(_json(parsed, hit) if as_json else _lines(parsed, hit))
    if as_json:
        return
    if results.ranked is not None:
        say(f"the newest {results.ranked} results were put in order; there are more")
    if results.cursor:
        say(f"more: --after {results.cursor}")
    if not results.hits:
        say("nothing found")


def _json(
    query: language.Query,
    hit: Result,
) -> str:
    found = snippet(query, hit.document())
    row = json.loads(result_line(hit))
    row["snippet"] = found.marked("<b>", "</b>")
    row["terms"] = list(found.terms)
    return json_line(row)


def _lines(
    query: language.Query,
    hit: Result,
) -> str:
    """Return a result as three lines: when, where and what; the passage; the address."""
    found = snippet(query, hit.document())
    marks = []
    if hit.edits:
        marks.append(f"edited {hit.edits}x")
    if hit.deleted_at:
        marks.append("deleted")
    state = f"  [{', '.join(marks)}]" if marks else ""
    title = "".join(
        click.style(
            text,
            bold=True,
            underline=is_hit,
        )
        for text, is_hit in found.title
    )
    passage = "".join(_passage(text, is_hit=is_hit) for text, is_hit in found.passage)
    return f"{hit.at:%Y-%m-%d %H:%M}  {hit.outlet}  {title}{state}\n  {passage}\n  {hit.url}"


def _passage(
    text: str,
    *,
    is_hit: bool,
) -> str:
    return (
        click.style(
            text,
            bold=True,
            fg="yellow",
        )
        if is_hit
        else text
    )


def _show_facets(
    archive: Archive,
    query: str,
    *,
    as_json: bool,
) -> None:
    facets = archive.facets(query)
    if as_json:
        counts = {
            "total": facets.total,
            "complete": facets.complete,
            "outlets": dict(facets.outlets),
            "languages": dict(facets.languages),
            "days": dict(facets.days),
        }
        click.echo(json_line(counts))
        return
    if facets.complete:
        click.echo(f"{facets.total} articles")
    else:
        click.echo(f"{facets.total} and more articles, the newest counted")

    groups = (("outlet", facets.outlets), ("language", facets.languages), ("day", facets.days))
    for title, values in groups:
        for value, count in values.items():
            click.echo(f"{title:<9} {count:>7}  {value}")
