"""`extract`: the extraction stage over runs, and extraction as a filter for files and pipes."""

import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from news.article import Article, Page, Rejected
from news.errors import KhabarError
from pipeline.run.sites import Sites

if TYPE_CHECKING:
    from extract import SiteProfile

UNKNOWN = "http://unknown.invalid/"


class ExtractError(KhabarError):
    """Something given to `extract` cannot be read."""


def page_of(body: bytes, url: str) -> Page:
    """Return a page made of a file, fetched now."""
    return Page(
        url=url, final_url=url, status=200, headers=(), body=body, fetched_at=datetime.now(UTC)
    )


def load_page(path: str, url: str | None) -> Page:
    """Return a page read from a file (`-` is standard input); raises ExtractError."""
    try:
        body = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    except OSError as error:
        raise ExtractError(f"{path}: {error.strerror or error}") from error
    return page_of(body, url or UNKNOWN)


@click.command()
@click.argument("file", required=False)
@click.option(
    "--url",
    help="The page's address: relative links, the site's name and its zone are known from it.",
)
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="Print everything known of the article (of what a run changed), as one line of JSON.",
)
@click.option(
    "--jsonl",
    is_flag=True,
    help='Filter: lines {"id","path","url"[,"outlet"]} to lines of extracted articles, in the same order.',  # noqa: E501
)
@click.option(
    "--run", "run_name", help="Extract a run's kept pages (again); `latest` is the newest run."
)
@click.option("--since", help="Extract all runs since this date (YYYY-MM-DD) again.")
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
        extract_runs(run_name, since, as_json=as_json)
    elif file:
        show(load_page(file, url), as_json=as_json)
    else:
        raise click.UsageError("name a FILE, or --jsonl, --run RUN or --since DATE")


def sites() -> Sites:
    """Return the outlets of the settings' folder; in a sample home those of the sample."""
    from pipeline import home_kind
    from pipeline import settings as all_settings

    return Sites(home_kind.following(all_settings.read()).outlets)


def show(page: Page, *, as_json: bool) -> None:
    """Print one page's article; a rejected page is said on standard error, with exit code 1."""
    import extract as extraction
    from news import codec

    result = extraction.extract(page, sites().of(page.url), None)
    if as_json:
        click.echo(codec.dump(result))
    elif isinstance(result, Article):
        click.echo(f"{result.title}\n\n{result.text}")
    if isinstance(result, Rejected):
        raise ExtractError(
            f"{page.url}: no article: {result.reason}{f' ({result.detail})' if result.detail else ''}"  # noqa: E501
        )


def extract_runs(run_name: str | None, since: str | None, *, as_json: bool) -> None:
    """Run the stage over one run, or over every run since a date, oldest first; a run that cannot be read again is named and leaves the others."""  # noqa: E501
    from cli.run_progress import Show
    from pipeline import settings as all_settings
    from pipeline import stages
    from pipeline.run.run_folder import RunError

    settings = all_settings.read()
    runs, failed = chosen_runs(settings.runs, run_name, since), 0
    show = Show(quiet=as_json and not sys.stderr.isatty())
    for run in runs:
        try:
            with show.steps("extract", len(run.outlets())) as step:
                report = stages.extract_run(settings, run, step.done)
        except RunError as error:
            failed += 1
            click.echo(f"khabar: {error}", err=True)
        else:
            click.echo(
                json.dumps(
                    {name: value for name, value in report.items() if name != "line"},
                    ensure_ascii=False,
                )
                if as_json
                else report["line"]
            )
    if failed == len(runs):
        sys.exit(1)


def chosen_runs(runs: Path, run_name: str | None, since: str | None) -> list[Any]:
    """Return the run folders that the options name; raises KhabarError."""
    from pipeline.run import run_folder

    if run_name:
        return [run_folder.find(runs, run_name)]
    try:
        first = datetime.strptime(since or "", "%Y-%m-%d").replace(tzinfo=UTC).strftime("%Y-%m-%d")
    except ValueError as error:
        raise ExtractError(f"--since {since}: a date as YYYY-MM-DD was expected") from error
    found = [
        run_folder.RunFolder(path)
        for path in sorted(runs.glob("2*"))
        if path.is_dir() and path.name[:10] >= first
    ]
    if not found:
        raise ExtractError(f"--since {since}: {runs} has no run of that day or later")
    return found


def filter_lines(source: TextIO, target: TextIO, known: Sites) -> None:
    """Read lines that name pages, write lines of what they carry, in the same order.

    A page's outlet is the one whose file has the job's "outlet" as its name, or else the address's host; its zone, languages and
    layouts count. A first pass learns each outlet's recurring blocks, so that siblings help each other; pages are read from
    disk twice and none is held in memory.
    """  # noqa: E501
    import extract as extraction

    jobs = [job(line, known) for line in source if line.strip()]
    profiles: dict[str, SiteProfile] = {}
    groups: dict[str, list[dict[str, Any]]] = {}
    for one in jobs:
        if "error" not in one:
            groups.setdefault(one["outlet"], []).append(one)
    for name, members in groups.items():
        if len(members) > 1:
            profiles[name] = extraction.learn(
                None, pages(members), known.of(members[0]["url"], name)
            )
    for one in jobs:
        target.write(json.dumps(answer(one, profiles, known), ensure_ascii=False) + "\n")
        target.flush()


def job(line: str, known: Sites) -> dict[str, Any]:
    """Return one line's job; a line that names no page is answered with its error."""
    try:
        found = json.loads(line)
        if not isinstance(found, dict) or not isinstance(found.get("path"), str):
            raise TypeError('an object with "id", "path" and "url" was expected')  # noqa: TRY301
    except (ValueError, TypeError, RecursionError) as error:
        return {"id": None, "error": f"not a job: {error}"}
    url = found.get("url") if isinstance(found.get("url"), str) else None
    name = found.get("outlet") if isinstance(found.get("outlet"), str) else None
    return {
        "id": found.get("id"),
        "path": found["path"],
        "url": url or UNKNOWN,
        "outlet": known.of(url or UNKNOWN, name).name,
    }


def pages(jobs: list[dict[str, Any]]) -> Iterator[Page]:
    """Give the jobs' pages that can be read."""
    for one in jobs:
        try:
            yield page_of(Path(one["path"]).read_bytes(), one["url"])
        except (OSError, ValueError):
            continue


def answer(one: dict[str, Any], profiles: dict[str, "SiteProfile"], known: Sites) -> dict[str, Any]:
    """Return one job's output line."""
    import extract as extraction

    empty = {
        "id": one["id"],
        "title": "",
        "text": "",
        "published": None,
        "authors": [],
        "language": "und",
    }
    if "error" in one:
        return {**empty, "rejected": "error", "detail": one["error"]}
    try:
        body = Path(one["path"]).read_bytes()
    except (OSError, ValueError) as error:
        return {
            **empty,
            "rejected": "error",
            "detail": f"{one['path']}: {getattr(error, 'strerror', None) or error}",
        }
    result = extraction.extract(
        page_of(body, one["url"]), known.of(one["url"], one["outlet"]), profiles.get(one["outlet"])
    )
    told = {
        "title": result.title,
        "text": result.text,
        "authors": list(result.authors),
        "published": result.published.isoformat() if result.published else None,
    }
    if isinstance(result, Rejected):
        return {**empty, **told, "rejected": str(result.reason), "detail": result.detail}
    return {**empty, **told, "language": result.language, "rejected": None}
