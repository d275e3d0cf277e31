"""The page of one article: its text, where each fact comes from, every change the outlet made."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from news import diff
from news.diff import Run
from pipeline.settings import Settings
from storage import pages
from ui import pruned_blocks
from ui.archives import Archives
from ui.look import Look
from ui.pages.numbers import can_exist, not_there
from ui.writes import Visiting

Version = tuple[str, str, str]  # title, standfirst, body


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change of an article as its page shows it: what became of the words."""

    row: Any  # of pages.revisions
    title: Sequence[Run] = ()  # empty: it stayed
    paragraphs: Sequence[Sequence[Run]] = ()  # those that changed
    unchanged: int = 0  # paragraphs


def add(routes: APIRouter, archives: Archives, look: Look, settings: Settings) -> None:
    """Add the page."""

    @routes.get("/article/{number}")
    def article(number: int, visit: Visiting) -> HTMLResponse:
        """Show one article as it reads now, and every change of it."""
        if not can_exist(number):
            raise not_there("There is no such article.")

        with archives.reading() as cursor:
            row = pages.article(cursor, number)
            if row is None:
                raise not_there("There is no such article.")

            revisions = pages.revisions(cursor, number)
            events = pages.article_events(cursor, number)
            story = pages.stories_of(cursor, [number]).get(number)
            sizes = pages.story_sizes(cursor, [story] if story else [])

        return look.answer(
            "article.html",
            section="Stories",
            visit=visit,
            article=row,
            story=story,
            members=sizes[story].members if story in sizes else 1,
            events=events,
            blocks=row.blocks,
            changes=changes_of(row, revisions),
            pruned=pruned_blocks.of(settings, row),
        )


def changes_of(article: Any, revisions: Sequence[Any]) -> list[Change]:
    """Return an article's changes, newest first, compared word by word.

    Each revision holds the text it replaced, so the text after a change is the one before the
    next newer change.
    """
    newer = article.title, article.standfirst, article.body

    changes = []
    for row in revisions:
        if row.before_body is None:
            changes.append(Change(row=row))
            continue

        older = row.before_title, row.before_standfirst, row.before_body
        changes.append(_change(row, older, newer))
        newer = older

    return changes


def _change(row: Any, older: Version, newer: Version) -> Change:
    title: list[Run] = []
    if older[0] != newer[0]:
        title = diff.words(older[0], newer[0])

    paragraphs = diff.paragraphs(_lines(older), _lines(newer))
    changed = [diff.words(pair.old, pair.new) for pair in paragraphs if not pair.same]

    return Change(
        row=row,
        title=title,
        paragraphs=changed,
        unchanged=len(paragraphs) - len(changed),
    )


def _lines(version: Version) -> list[str]:
    """Return standfirst and paragraphs of a version."""
    _, standfirst, body = version
    return f"{standfirst}\n{body}".strip("\n").split("\n")
