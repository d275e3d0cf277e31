"""`explain`: a page block by block, as extraction sees it."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.extract import ExtractError, load_page, sites
from news.article import Article, Page, Rejected
from news.outlet import Outlet
from pipeline.run.run_folder import OutletFolder

if TYPE_CHECKING:
    from rich.console import Console

    from extract import Choice, SiteProfile

_PIPED = 160  # columns where there is no terminal


@click.command()
@click.argument("page")
@click.option(
    "--url",
    help="The page's address, when a file is given: the outlet, its zone and its layouts are known from it.",  # noqa: E501
)
@click.option(
    "--beside",
    multiple=True,
    type=click.Path(),
    help="A file with another page of the same site (may be repeated).",
)
def explain(page: str, url: str | None, beside: tuple[str, ...]) -> None:
    """Show a page (FILE or URL kept in a run) block by block: kept, pruned, by what, with what confidence.

    The profile that runs have learnt of the outlet is used; with --beside, other pages of the same site (files) are learnt from instead.
    """  # noqa: E501
    from rich.console import Console

    import extract as extraction

    if page.startswith(("http://", "https://")):
        held, outlet, site = kept_page(page)
    else:
        held = load_page(page, url)
        outlet = sites().of(held.url)
        site = newest_profile(outlet.name)
    if beside:
        site = extraction.learn(None, [held, *(load_page(one, None) for one in beside)], outlet)
    console = Console(
        file=sys.stdout, highlight=False, width=None if sys.stdout.isatty() else _PIPED
    )
    found = extraction.examine(held, outlet, site)
    head(console, extraction.extract(held, outlet, site), outlet, site)
    if found:
        blocks(console, found[1])


def head(
    console: "Console", result: Article | Rejected, outlet: Outlet, site: "SiteProfile | None"
) -> None:
    """Print what is known of the page as a whole."""
    from rich.text import Text

    console.print(Text(result.title or "(no title)", style="bold"), soft_wrap=True)
    for name, value in _facts(result, outlet, site):
        if value:
            console.print(Text.assemble((f"{name:<11}", "dim"), value), soft_wrap=True)
    console.print()


def _facts(
    result: Article | Rejected, outlet: Outlet, site: "SiteProfile | None"
) -> Iterator[tuple[str, str]]:
    yield "address", result.url
    filed = "no outlet file" if outlet.region == "unknown" else outlet.region
    yield (
        "outlet",
        f"{outlet.name} ({filed}), {f'profile of {site.articles} articles' if site else 'no profile'}",  # noqa: E501
    )
    if isinstance(result, Rejected):
        yield "no article", f"{result.reason}{f' ({result.detail})' if result.detail else ''}"
        yield "published", str(result.published or "")
    else:
        yield (
            "published",
            f"{result.published} from {result.published_source}{f': {result.published_raw}' if result.published_raw else ''}"  # noqa: E501
            if result.published
            else "no date",
        )
    yield "authors", ", ".join(result.authors) or "none"
    if isinstance(result, Article):
        yield "credit", result.credit
        yield "section", result.section
        yield "is", f"{result.kind} in {result.language}, {len(result.text.split())} words"
        yield "confidence", f"{result.confidence:.2f}, {result.chosen}"


def blocks(console: "Console", choice: "Choice") -> None:
    """Print the page's blocks in reading order, a line each: kept or pruned, how surely, what it is, its text, the rule that pruned it."""  # noqa: E501
    from rich.text import Text

    for one in choice.judged:
        rule = f"  [{one.rule}]" if one.rule else ""
        line = Text(
            f"{'pruned' if one.rule else 'kept':<7}{one.confidence:4.2f}  {one.segment.kind.value:<8}",  # noqa: E501
            style="dim" if one.rule else "green",
        )
        text = Text(one.segment.text, style="dim" if one.rule else "")
        text.truncate(max(20, console.width - line.cell_len - len(rule)), overflow="ellipsis")
        console.print(
            Text.assemble(line, text, (rule, "yellow")), no_wrap=True, overflow="ignore", crop=False
        )
    kept = sum(not one.rule for one in choice.judged)
    console.print(f"\n{kept} of {len(choice.judged)} blocks kept", style="dim")


def kept_page(url: str) -> tuple[Page, Outlet, "SiteProfile | None"]:
    """Return the newest kept page of an address, its outlet as its run knew it, and the profile of that run; raises ExtractError."""  # noqa: E501
    from crawlers.warc import read_pages
    from news.urls import canonical
    from pipeline import settings as all_settings
    from pipeline.run import run_record

    runs, wanted = all_settings.read().runs, canonical(url)
    for folder in _folders(runs, wanted):
        for page in read_pages(folder.pages):
            if wanted in {canonical(page.url), canonical(page.final_url)}:
                return page, run_record.read_outlet(folder), _profile(folder)
    raise ExtractError(f"{url}: no run in {runs} has kept this page; give its file instead")


def _folders(runs: Path, url: str) -> Iterator[OutletFolder]:
    """Give the outlets' folders with kept pages that can hold an address, newest first: those on whose hosts it lies."""  # noqa: E501
    from pipeline.run import run_record
    from pipeline.run.sites import whose

    known: dict[str, bool] = {}
    for path in sorted(
        runs.glob("2*/*/*/pages.warc.gz"), key=lambda path: path.parts[-4], reverse=True
    ):
        folder = OutletFolder(path.parent)
        if folder.outlet not in known:
            known[folder.outlet] = (folder.path / "outlet.json").exists() and whose(
                url, [run_record.read_outlet(folder)]
            ) is not None
        if known[folder.outlet]:
            yield folder


def newest_profile(outlet: str) -> "SiteProfile | None":
    """Return what the newest run has learnt of an outlet; None when none has."""
    from pipeline import settings as all_settings

    paths = sorted(
        all_settings.read().runs.glob(f"2*/*/{outlet}/profile.json"),
        key=lambda path: path.parts[-4],
    )
    return _profile(OutletFolder(paths[-1].parent)) if paths else None


def _profile(folder: OutletFolder) -> "SiteProfile | None":
    from extract import SiteProfile

    return (
        SiteProfile.loads(folder.profile.read_text(encoding="utf-8"))
        if folder.profile.exists()
        else None
    )
