"""`khabar extract`: the extraction stage over runs, and extraction of files and pipes."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from cli.output import complain, json_line
from news.article import Article, Page, Rejected
from news.errors import KhabarError
from pipeline.run.extract_filter import UNKNOWN, filter_lines, page_of
from pipeline.run.run_folder import RunError, RunFolder, all_runs, find
from pipeline.run.sites import Sites


class ExtractError(KhabarError):
    """Something given to `extract` cannot be read."""


_FILE = click.argument("file", required=False)
_URL = click.option(
    "--url",
    help="The page's address: relative links, the site's name and its zone are known from it.",
)
_JSON = click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="Print everything known of the article (of what a run changed), as one line of JSON.",
)
_JSONL = click.option(
    "--jsonl",
    is_flag=True,
    help='Filter: lines {"id","path","url"[,"outlet"]} to lines of articles, in the same order.',
)
_RUN = click.option(
    "--run",
    "run_name",
    help="Extract a run's kept pages (again); `latest` is the newest run.",
)
_SINCE = click.option("--since", help="Extract all runs since this date (YYYY-MM-DD) again.")


@click.command()
@_FILE
@_URL
@_JSON
@_JSONL
@_RUN
@_SINCE
def extract(
    file: str | None,
    url: str | None,
    run_name: str | None,
    since: str | None,
    *,
    as_json: bool,
    jsonl: bool,
) -> None:
    """Turn pages into articles: a FILE, lines of files on standard input, or a run's kept pages."""
    if jsonl:
        filter_lines(sys.stdin, sys.stdout, sites())
    elif run_name or since:
        extract_runs(
            run_name,
            since,
            as_json=as_json,
        )
    elif file:
        show(load_page(file, url), as_json=as_json)
    else:
        raise click.UsageError("name a FILE, or --jsonl, --run RUN or --since DATE")


def load_page(
    path: str,
    url: str | None,
) -> Page:
    """Return a page read from a file (`-` is standard input); raises ExtractError."""
    try:
        body = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    except OSError as error:
        raise ExtractError(f"{path}: {error.strerror or error}") from error
    return page_of(body, url or UNKNOWN)


def sites() -> Sites:
    """Return the outlets of the settings' folder; in a sample home those of the sample."""
    from pipeline import home_kind, settings

    return Sites(home_kind.following(settings.read()).outlets)


def show(
    page: Page,
    *,
    as_json: bool,
) -> None:
    """Print one page's article; a rejected page is an ExtractError that says why."""
    import extract as extraction
    from news import codec

    result = extraction.extract(page, sites().of(page.url), None)
    if as_json:
        click.echo(codec.dump(result))
    elif isinstance(result, Article):
        click.echo(f"{result.title}\n\n{result.text}")
    if isinstance(result, Rejected):
        detail = f" ({result.detail})" if result.detail else ""
        raise ExtractError(f"{page.url}: no article: {result.reason}{detail}")


def extract_runs(
    run_name: str | None,
    since: str | None,
    *,
    as_json: bool,
) -> None:
    """Run the stage over one run, or over every run since a date, oldest first.

    A run that cannot be read again is named and leaves the others; exit code 1 when none can.
    """
    from cli.run_progress import Show
    from pipeline import settings as configuration
    from pipeline import stages

    settings = configuration.read()
    runs = chosen_runs(settings.runs, run_name, since)
    show_steps = Show(quiet=as_json and not sys.stderr.isatty())
    failed = 0
    for run in runs:
        try:
            with show_steps.steps("extract", len(run.outlets())) as step:
                report = stages.extract_run(settings, run, step.done)
        except RunError as error:
            failed += 1
            complain(str(error))
        else:
            click.echo(_report(report) if as_json else report["line"])
    if failed == len(runs):
        sys.exit(1)


def _report(report: dict[str, Any]) -> str:
    fields = {name: value for name, value in report.items() if name != "line"}
    return json_line(fields)


def chosen_runs(
    runs: Path,
    run_name: str | None,
    since: str | None,
) -> list[RunFolder]:
    """Return the run folders that the options name; raises KhabarError."""
    if run_name:
        return [find(runs, run_name)]
    try:
        day = datetime.strptime(since or "", "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError as error:
        raise ExtractError(f"--since {since}: a date as YYYY-MM-DD was expected") from error
    first = f"{day:%Y-%m-%d}"
    chosen = [run for run in all_runs(runs) if run.name[:10] >= first]
    if not chosen:
        raise ExtractError(f"--since {since}: {runs} has no run of that day or later")
    return chosen
