"""What extraction makes of an outlet's pages, shown in a few lines each, and what the rules of its file change."""

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


def samples(outlet: Outlet, pages: Sequence[Page], say: Say) -> list[str]:
    """Say what extraction makes of some pages, which teach it the outlet first; return the titles of those that are articles."""
    profile = extraction.learn(None, pages, outlet)
    titles = []
    for page in pages:
        made = extraction.extract(page, outlet, profile)
        for line in _lines(page, made):
            say(line)
        for line in effect(page, outlet, profile) if outlet.layouts else ():
            say(f"       {line}")
        if isinstance(made, Article):
            titles.append(made.title)
    return titles


def _lines(page: Page, made: Article | Rejected) -> Iterator[str]:
    yield f"sample {page.url}"
    if isinstance(made, Rejected):
        yield f"       rejected: {made.reason} {made.detail}"
        return
    when = f"{made.published:%F %H:%M %z}" if made.published else "no date"
    yield f"       {made.title}"
    yield f"       {when} | {', '.join(made.authors) or 'no byline'} | {made.language} | {len(made.text.split())} words"
    yield f"       {made.text.partition(chr(10))[0][:160]}"


def effect(page: Page, outlet: Outlet, profile: "SiteProfile | None") -> Iterator[str]:
    """Say what the layouts of the outlet's file change on a page."""
    ruled, plain = (
        extraction.extract(page, outlet, profile),
        extraction.extract(page, replace(outlet, layouts=()), profile),
    )
    changed = False
    for name, value, other in zip(
        ("title", "published", "authors", "verdict"), _facts(ruled), _facts(plain), strict=True
    ):
        if value != other:
            changed = True
            yield f"rules: {name} {value}, without them {other}"
    with_them, without = ruled.text.split("\n"), plain.text.split("\n")
    for sign, lines in (
        ("+", [line for line in with_them if line and line not in without]),
        ("-", [line for line in without if line and line not in with_them]),
    ):
        changed = changed or bool(lines)
        for line in lines[:_SHOWN]:
            yield f"rules: {sign} {line[:140]}"
        if len(lines) > _SHOWN:
            yield f"rules: {sign} {len(lines) - _SHOWN} more blocks"
    if not changed:
        yield "rules: nothing changes on this page"


def _facts(made: Article | Rejected) -> tuple[str, str, str, str]:
    verdict = f"rejected as {made.reason}" if isinstance(made, Rejected) else "an article"
    return (
        made.title or "none",
        str(made.published or "none"),
        ", ".join(made.authors) or "none",
        verdict,
    )
