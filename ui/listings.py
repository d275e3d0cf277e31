"""Lists of stories, one line each: the newest, those that a query finds, one outlet's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from news import query as language
from storage import Archive, pages
from ui import excerpts
from ui.excerpts import Pieces

PAGE = 25  # lines of a page
_LAST = 2**63 - 1  # the largest id that the database can hold


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One story in a list, shown by its lead or by the article that was found."""

    article: Any  # a row of pages.articles, or a search result
    story: int | None
    members: int
    outlets: tuple[str, ...]
    title: Pieces
    excerpt: Pieces


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One page of a list; `following` is the cursor of the next one, None at the end."""

    lines: tuple[Line, ...]
    following: str | None
    notes: tuple[str, ...] = ()  # how the query was read, where it looks otherwise


def newest(archive: Archive, after: str | None, limit: int = PAGE) -> Listing:
    """Return stories, newest first. `after` is the cursor of the page before."""
    with pages.reading(archive) as cursor:
        # One more than is shown tells whether there is a next page.
        stories = pages.newest_stories(
            cursor,
            before=read_cursor(after),
            limit=limit + 1,
        )

        shown = stories[:limit]
        articles = pages.articles(cursor, [row.lead for row in shown])
        sizes = pages.story_sizes(cursor, [row.id for row in shown])

    story_of_lead = {row.lead: row.id for row in shown}
    lines = [
        _plain_line(
            row,
            story_of_lead.get(row.id),
            sizes,
        )
        for row in articles
    ]

    following = None
    if len(stories) > limit:
        following = f"{shown[-1].at.isoformat()},{shown[-1].lead}"

    return Listing(lines=tuple(lines), following=following)


def found(
    archive: Archive, query: str, after: str | None, now: datetime, limit: int = PAGE
) -> Listing:
    """Return what a query finds, newest first, each story once a page.

    Raises QueryError with the place of the mistake, StorageError for a cursor that is none.
    """
    parsed = archive.parse(query)
    results = archive.search(query, now=now, limit=limit, cursor=after)

    ids = [hit.id for hit in results.hits]
    with pages.reading(archive) as cursor:
        story_of = pages.stories_of(cursor, ids)
        sizes = pages.story_sizes(cursor, set(story_of.values()))
        articles = {row.id: row for row in pages.articles(cursor, ids)}

    lines: list[Line] = []
    seen_stories: set[int] = set()

    for hit in results.hits:
        article = articles.get(hit.id)
        story = story_of.get(hit.id)
        if article is None or story in seen_stories:
            continue
        if story is not None:
            seen_stories.add(story)

        document = hit.document()
        evidence = language.evaluate(parsed, document)
        marks = evidence.hits if evidence else ()
        lines.append(
            _line(
                article,
                story,
                sizes,
                marks,
                document.text,
            )
        )

    notes = tuple(map(str, parsed.notes))
    return Listing(lines=tuple(lines), following=results.cursor, notes=notes)


def of_outlet(
    archive: Archive,
    outlet: str,
    after: str | None,
    limit: int = PAGE,
) -> Listing:
    """Return one outlet's articles, newest first. `after` is the cursor of the page before."""
    with pages.reading(archive) as cursor:
        ids = pages.newest(
            cursor,
            outlet=outlet,
            before=read_cursor(after),
            limit=limit + 1,
        )

        articles = pages.articles(cursor, ids[:limit])
        story_of = pages.stories_of(cursor, ids)
        sizes = pages.story_sizes(cursor, set(story_of.values()))

    lines = [
        _plain_line(
            row,
            story_of.get(row.id),
            sizes,
        )
        for row in articles
    ]

    following = None
    if len(ids) > limit and articles:
        last = articles[-1]
        following = f"{last.at.isoformat()},{last.id}"

    return Listing(lines=tuple(lines), following=following)


def read_cursor(cursor: str | None) -> tuple[datetime, int] | None:
    """Return (time, id) out of a cursor; one that is not ours opens the first page."""
    if not cursor:
        return None

    moment, _, number = cursor.partition(",")
    try:
        at = datetime.fromisoformat(moment)
        article = int(number)
    except ValueError:
        return None

    if at.tzinfo is None:
        at = at.replace(tzinfo=UTC)

    return at, max(-_LAST - 1, min(_LAST, article))


def _plain_line(
    row: Any,
    story: int | None,
    sizes: Mapping[int, Any],
) -> Line:
    """Return a line with nothing marked in it."""
    return _line(
        row,
        story,
        sizes,
        (),
        str(row.standfirst or row.opening),
    )


def _line(
    row: Any,
    story: int | None,
    sizes: Mapping[int, Any],
    marks: Sequence[language.Hit],
    text: str,
) -> Line:
    size = None if story is None else sizes.get(story)
    return Line(
        article=row,
        story=story,
        members=size.members if size else 1,
        outlets=tuple(size.outlets) if size else (row.outlet,),
        title=excerpts.title(row.title, marks),
        excerpt=excerpts.excerpt(text, marks),
    )
