"""`khabar explain`: a page block by block, as extraction sees it."""

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from cli.extract import load_page, sites
from news.article import Article, Rejected
from news.outlet import Outlet

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from extract import Choice, Judged, SiteProfile

_PIPED = 160  # columns where there is no terminal


_URL = click.option(
    "--url",
    help="The page's address, when a file is given: its outlet, zone and layouts are known by it.",
)
_BESIDE = click.option(
    "--beside",
    multiple=True,
    type=click.Path(),
    help="A file with another page of the same site (may be repeated).",
)


@click.command()
@click.argument("page")
@_URL
@_BESIDE
def explain(
    page: str,
    url: str | None,
    beside: tuple[str, ...],
) -> None:
    """Show a page (FILE or URL kept in a run) block by block: kept, pruned, by what, how surely.

    The profile that runs have learnt of the outlet is used; with --beside, other pages of the same
    site (files) are learnt from instead.
    """
    from rich.console import Console

    import extract as extraction
    from pipeline import settings
    from pipeline.run import kept_pages

    runs = settings.read().runs
    if page.startswith(("http://", "https://")):
        kept = kept_pages.find(runs, page)
        shown, outlet, profile = kept.page, kept.outlet, kept.profile
    else:
        shown = load_page(page, url)
        outlet = sites().of(shown.url)
        profile = kept_pages.newest_profile(runs, outlet.name)
    if beside:
        siblings = [load_page(path, None) for path in beside]
        profile = extraction.learn(None, [shown, *siblings], outlet)

    width = None if sys.stdout.isatty() else _PIPED
    console = Console(
        file=sys.stdout,
        highlight=False,
        width=width,
    )
    examined = extraction.examine(shown, outlet, profile)
    show_head(
        console,
        extraction.extract(shown, outlet, profile),
        outlet,
        profile,
    )
    if examined:
        show_blocks(console, examined[1])


def show_head(
    console: "Console",
    result: Article | Rejected,
    outlet: Outlet,
    profile: "SiteProfile | None",
) -> None:
    """Print what is known of the page as a whole."""
    from rich.text import Text

    console.print(Text(result.title or "(no title)", style="bold"), soft_wrap=True)
    for name, value in _facts(result, outlet, profile):
        if value:
            console.print(Text.assemble((f"{name:<11}", "dim"), value), soft_wrap=True)
    console.print()


def _facts(
    result: Article | Rejected,
    outlet: Outlet,
    profile: "SiteProfile | None",
) -> Iterator[tuple[str, str]]:
    """Yield the page's facts, name and value."""
    yield "address", result.url

    filed = outlet.region
    if outlet.region == "unknown":
        filed = "no outlet file"

    learnt = "no profile"
    if profile:
        learnt = f"profile of {profile.articles} articles"

    yield "outlet", f"{outlet.name} ({filed}), {learnt}"
    if isinstance(result, Rejected):
        why = str(result.reason)
        if result.detail:
            why = f"{why} ({result.detail})"

        yield "no article", why
        yield "published", str(result.published or "")
    else:
        yield "published", _published(result)
    yield "authors", ", ".join(result.authors) or "none"
    if isinstance(result, Article):
        words = len(result.text.split())
        yield "credit", result.credit
        yield "section", result.section
        yield "is", f"{result.kind} in {result.language}, {words} words"
        yield "confidence", f"{result.confidence:.2f}, {result.chosen}"


def _published(article: Article) -> str:
    """Return when an article was published, and where that was read."""
    if not article.published:
        return "no date"
    raw = f": {article.published_raw}" if article.published_raw else ""
    return f"{article.published} from {article.published_source}{raw}"


def show_blocks(
    console: "Console",
    choice: "Choice",
) -> None:
    """Print the page's blocks in reading order, a line each.

    Kept or pruned, how surely, what it is, its text, the rule that pruned it.
    """
    for block in choice.judged:
        line = _block_line(block, console.width)
        console.print(
            line,
            no_wrap=True,
            overflow="ignore",
            crop=False,
        )
        evidence = _evidence_line(block)
        if evidence:
            console.print(evidence, style="dim", soft_wrap=True)
    kept = sum(not block.rule for block in choice.judged)
    console.print(f"\n{kept} of {len(choice.judged)} blocks kept", style="dim")


def _evidence_line(block: "Judged") -> str:
    """Return the strongest evidence for and against a block, in words.

    Empty for one that nobody doubted.
    """
    favour = [piece.about for piece in block.pieces if piece.weight > 0]
    against = [piece.about for piece in block.pieces if piece.weight < 0]
    said = []
    if favour:
        said.append(f"for: {', '.join(favour)}")
    if against:
        said.append(f"against: {', '.join(against)}")
    if not said:
        return ""
    return f"{'':<13}{'; '.join(said)}"


def _block_line(
    block: "Judged",
    width: int,
) -> "Text":
    from rich.text import Text

    rule = f"  [{block.rule}]" if block.rule else ""
    verdict = "pruned" if block.rule else "kept"
    kind = block.segment.kind.value
    head = f"{verdict:<7}{block.confidence:4.2f}  {kind:<8}"
    line = Text(head, style="dim" if block.rule else "green")
    text = Text(block.segment.text, style="dim" if block.rule else "")
    text.truncate(max(20, width - line.cell_len - len(rule)), overflow="ellipsis")
    return Text.assemble(line, text, (rule, "yellow"))
