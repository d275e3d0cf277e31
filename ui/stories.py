"""Lists of stories: the newest, or those that a query finds, one line each."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from news import query as language
from storage import Archive, pages
from ui import words
from ui.words import Pieces

PAGE = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One story in a list, shown by its lead or by the article that was found."""

    article: Any  # a row of reading.articles, or a search result
    story: int | None
    members: int
    outlets: tuple[str, ...]
    title: Pieces
    excerpt: Pieces


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One page of a list; `following` opens the next one."""

    lines: tuple[Line, ...]
    following: str | None


def newest(archive: Archive, after: str | None, limit: int = PAGE) -> Listing:
    """Return stories, newest first. `after` is the cursor of the page before."""
    with pages.rows(archive) as cursor:
        keys = pages.newest_stories(cursor, before=place(after), limit=limit + 1)
        shown = keys[:limit]
        articles = pages.articles(cursor, [row.lead for row in shown])
        sizes = pages.story_sizes(cursor, [row.id for row in shown])
    story_of = {row.lead: row.id for row in shown}
    lines = [_line(row, story_of.get(row.id), sizes, (), text_of(row)) for row in articles]
    following = f"{shown[-1].at.isoformat()},{shown[-1].lead}" if len(keys) > limit else None
    return Listing(lines=tuple(lines), following=following)


def found(
    archive: Archive, query: str, after: str | None, now: datetime, limit: int = PAGE
) -> Listing:
    """Return what a query finds, newest first, each story once a page. Raises QueryError with the place of the mistake."""
    parsed = archive.parse(query)
    results = archive.search(query, now=now, limit=limit, cursor=after)
    ids = [hit.id for hit in results.hits]
    with pages.rows(archive) as cursor:
        story_of = pages.stories_of(cursor, ids)
        sizes = pages.story_sizes(cursor, set(story_of.values()))
        rows = {row.id: row for row in pages.articles(cursor, ids)}
    lines, seen = [], set[int]()
    for hit in results.hits:
        story = story_of.get(hit.id)
        if hit.id not in rows or (story is not None and story in seen):
            continue
        seen.update({story} if story is not None else ())
        document = hit.document()
        evidence = language.evaluate(parsed, document)
        lines.append(
            _line(rows[hit.id], story, sizes, evidence.hits if evidence else (), document.text)
        )
    return Listing(lines=tuple(lines), following=results.cursor)


def of_outlet(archive: Archive, outlet: str, after: str | None, limit: int = PAGE) -> Listing:
    """Return one outlet's articles, newest first."""
    with pages.rows(archive) as cursor:
        ids = pages.newest(cursor, outlet=outlet, before=place(after), limit=limit + 1)
        articles = pages.articles(cursor, ids[:limit])
        story_of = pages.stories_of(cursor, ids)
        sizes = pages.story_sizes(cursor, set(story_of.values()))
    lines = [_line(row, story_of.get(row.id), sizes, (), text_of(row)) for row in articles]
    following = (
        f"{articles[-1].at.isoformat()},{articles[-1].id}"
        if len(ids) > limit and articles
        else None
    )
    return Listing(lines=tuple(lines), following=following)


def text_of(row: Any) -> str:
    """Return what of an article stands in a list."""
    return str(row.standfirst or row.opening)


def _line(
    row: Any, story: int | None, sizes: dict[int, Any], hits: tuple[language.Hit, ...], text: str
) -> Line:
    size = sizes.get(story) if story is not None else None
    return Line(
        article=row,
        story=story,
        members=size.members if size else 1,
        outlets=tuple(size.outlets) if size else (row.outlet,),
        title=words.title(row.title, hits),
        excerpt=words.excerpt(text, hits),
    )


def place(cursor: str | None) -> tuple[datetime, int] | None:
    """Return (time, id) out of a cursor; one that is not ours opens the first page."""
    if not cursor:
        return None
    moment, _, number = cursor.partition(",")
    try:
        at = datetime.fromisoformat(moment)
        return (at if at.tzinfo else at.replace(tzinfo=UTC)), max(
            -(2**63), min(2**63 - 1, int(number))
        )
    except ValueError:
        return None
