"""What extraction makes of an outlet's pages, in a few lines, and what its file's rules change."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import extract as extraction
from news.article import Article, Page, Rejected
from news.outlet import Outlet

if TYPE_CHECKING:
    from extract import SiteProfile

Say = Callable[[str], None]
_SHOWN = 5  # blocks that the rules added or dropped, of which a line is shown
_FACTS = ("title", "published", "authors", "verdict")


def show_samples(
    outlet: Outlet,
    pages: Sequence[Page],
    say: Say,
) -> list[str]:
    """Say what extraction makes of some pages, which teach it the outlet first.

    Returns the titles of those that are articles.
    """
    profile = extraction.learn(None, pages, outlet)
    titles = []
    for page in pages:
        result = extraction.extract(page, outlet, profile)
        for line in _lines(page, result):
            say(line)
        if outlet.layouts:
            for line in effect(page, outlet, profile):
                say(f"       {line}")
        if isinstance(result, Article):
            titles.append(result.title)
    return titles


def _lines(page: Page, result: Article | Rejected) -> Iterator[str]:
    yield f"sample {page.url}"
    if isinstance(result, Rejected):
        yield f"       rejected: {result.reason} {result.detail}"
        return
    when = "no date"
    if result.published:
        when = f"{result.published:%F %H:%M %z}"
    authors = ", ".join(result.authors) or "no byline"
    words = len(result.text.split())
    first_block = result.text.partition("\n")[0]
    yield f"       {result.title}"
    yield f"       {when} | {authors} | {result.language} | {words} words"
    yield f"       {first_block[:160]}"


def effect(
    page: Page,
    outlet: Outlet,
    profile: "SiteProfile | None",
) -> Iterator[str]:
    """Yield what the layouts of the outlet's file change on a page, in lines."""
    ruled = extraction.extract(page, outlet, profile)
    plain = extraction.extract(page, replace(outlet, layouts=()), profile)
    lines = [*_changed_facts(ruled, plain), *_changed_blocks(ruled, plain)]
    yield from lines or ["rules: nothing changes on this page"]


def _changed_facts(ruled: Article | Rejected, plain: Article | Rejected) -> Iterator[str]:
    for name, value, other in zip(
        _FACTS,
        _facts(ruled),
        _facts(plain),
        strict=True,
    ):
        if value != other:
            yield f"rules: {name} {value}, without them {other}"


def _changed_blocks(ruled: Article | Rejected, plain: Article | Rejected) -> Iterator[str]:
    with_rules = ruled.text.split("\n")
    without = plain.text.split("\n")
    yield from _only_in(with_rules, without, sign="+")
    yield from _only_in(without, with_rules, sign="-")


def _only_in(blocks: list[str], others: list[str], *, sign: str) -> Iterator[str]:
    """Give a line for each block that the others do not have, the first few of them."""
    known = {"", *others}
    alone = [block for block in blocks if block not in known]
    for block in alone[:_SHOWN]:
        yield f"rules: {sign} {block[:140]}"

    more = len(alone) - _SHOWN
    if more > 0:
        yield f"rules: {sign} {more} more blocks"


def _facts(result: Article | Rejected) -> tuple[str, str, str, str]:
    """Return the facts that are compared, in the order of _FACTS."""
    verdict = "an article"
    if isinstance(result, Rejected):
        verdict = f"rejected as {result.reason}"
    return (
        result.title or "none",
        str(result.published or "none"),
        ", ".join(result.authors) or "none",
        verdict,
    )
