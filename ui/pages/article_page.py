"""The page of one article: its text, where each fact comes from, every change the outlet made."""

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from pipeline.settings import Settings
from storage import pages
from storage.archive.rows import blocks_of
from ui import excerpts, pruned_blocks
from ui.archives import Archives
from ui.look import Look
from ui.pages.numbers import can_exist, not_there


def add(routes: APIRouter, archives: Archives, look: Look, settings: Settings) -> None:
    """Add the page."""

    @routes.get("/article/{number}")
    def article(number: int) -> HTMLResponse:
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
            article=row,
            story=story,
            members=sizes[story].members if story in sizes else 1,
            events=events,
            blocks=blocks_of(row.body, row.shape),
            changes=changes_of(row, revisions),
            pruned=pruned_blocks.of(settings, row),
        )


def changes_of(
    article: Any,
    revisions: Sequence[Any],
) -> list[dict[str, Any]]:
    """Return an article's changes, newest first: {"row", "title", "blocks"}, compared by word.

    `title` is None where it stayed; `blocks` are (kind, changes) in order. Each revision holds
    the text it replaced, so the text after a change is the one before the next newer change.
    """
    newer = article.title, article.standfirst, article.body

    changes = []
    for row in revisions:
        change: dict[str, Any] = {
            "row": row,
            "title": None,
            "blocks": [],
        }

        changes.append(change)
        if row.before_body is None:
            continue

        older = row.before_title, row.before_standfirst, row.before_body
        if older[0] != newer[0]:
            change["title"] = excerpts.words_changed(older[0], newer[0])

        change["blocks"] = excerpts.changed(_text(older), _text(newer))
        newer = older

    return changes


def _text(version: tuple[str, str, str]) -> str:
    """Return standfirst and body of a version, one block a line."""
    _, standfirst, body = version
    return f"{standfirst}\n{body}".strip("\n")
