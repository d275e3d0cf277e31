"""What the pages of the archive show: plain reads, each one statement of reading.sql.

Every function takes a cursor of `reading()` and returns rows of storage.pages.rows. Moments are
aware, UTC.
"""

import contextlib
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, TypeVar

import psycopg2

from storage.archive.archive import Archive
from storage.pages.rows import (
    HIDDEN,
    AddressTrace,
    ArticleEvent,
    ArticleLine,
    ArticlePage,
    Happening,
    MatchTrace,
    OutletDoor,
    OutletHealth,
    OutletRun,
    PageTrace,
    Revision,
    RunSums,
    StoryLine,
    StoryMatch,
    StoryMember,
    StoryPage,
    StoryRelation,
    StorySize,
)
from storage.sql.statements import execute, fetch_all, fetch_as

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor

__all__ = [
    "AddressTrace",
    "ArticleEvent",
    "ArticleLine",
    "ArticlePage",
    "Happening",
    "MatchTrace",
    "OutletDoor",
    "OutletHealth",
    "OutletRun",
    "PageTrace",
    "Revision",
    "RunSums",
    "StoryLine",
    "StoryMatch",
    "StoryMember",
    "StoryPage",
    "StoryRelation",
    "StorySize",
    "article",
    "article_events",
    "articles",
    "happenings",
    "is_alive",
    "is_waiting_to_be_matched",
    "newest",
    "newest_stories",
    "outlet_doors",
    "outlet_runs",
    "outlets",
    "reading",
    "revisions",
    "run_outlets",
    "runs",
    "starred",
    "stories_of",
    "story",
    "story_matches",
    "story_members",
    "story_relations",
    "story_sizes",
    "trace_addresses",
    "trace_matches",
    "trace_pages",
]

R = TypeVar("R")


@contextlib.contextmanager
def reading(archive: Archive) -> Iterator["Cursor"]:
    """Give a cursor in a transaction that cannot write."""
    with archive.transaction() as cursor:
        execute(cursor, "reading.read_only")
        yield cursor


def is_alive(archive: Archive) -> bool:
    """Return whether the server still answers on an archive's connection.

    A transaction left open on it is undone.
    """
    try:
        archive.connection.rollback()
        with archive.transaction() as cursor:
            execute(cursor, "reading.ping")
    except psycopg2.Error:
        return False

    return True


def articles(cursor: "Cursor", ids: Iterable[int]) -> list[ArticleLine]:
    """Return articles in the order of their ids as given; ids that are no more are left out."""
    wanted = list(ids)
    lines = fetch_as(cursor, ArticleLine, "reading.articles_by_id", ids=wanted)
    by_id = {line.id: line for line in lines}

    return [by_id[number] for number in wanted if number in by_id]


def article(cursor: "Cursor", number: int) -> ArticlePage | None:
    """Return one article, whole; None when there is none."""
    pages = fetch_as(cursor, ArticlePage, "reading.article", hidden=HIDDEN, id=number)
    return _first(pages)


def revisions(cursor: "Cursor", number: int) -> list[Revision]:
    """Return an article's changes, newest first; each holds the text it replaced."""
    return fetch_as(cursor, Revision, "reading.revisions", id=number)


def article_events(cursor: "Cursor", number: int) -> list[ArticleEvent]:
    """Return what the journal says of an article."""
    return fetch_as(cursor, ArticleEvent, "reading.article_events", id=number)


def newest(
    cursor: "Cursor",
    *,
    outlet: str | None = None,
    before: tuple[datetime, int] | None = None,
    limit: int = 20,
) -> list[int]:
    """Return ids of articles by their own time, newest first.

    `before` is (time, id) of the last one seen.
    """
    at, number = before or (None, None)

    rows = fetch_all(
        cursor,
        "reading.newest_articles",
        outlet=outlet,
        at=at,
        id=number,
        limit=limit,
    )

    return [number for (number,) in rows]


def outlets(cursor: "Cursor", today: date, name: str | None = None) -> list[OutletHealth]:
    """Return every outlet (or one) with its last run and fourteen days of new articles."""
    return fetch_as(cursor, OutletHealth, "reading.outlets", today=today, name=name)


def outlet_runs(cursor: "Cursor", name: str, limit: int = 30) -> list[OutletRun]:
    """Return how an outlet fared in its latest runs, newest first."""
    return fetch_as(cursor, OutletRun, "reading.outlet_runs", name=name, limit=limit)


def outlet_doors(cursor: "Cursor", name: str) -> list[OutletDoor]:
    """Return an outlet's doors as the crawl remembers them."""
    return fetch_as(cursor, OutletDoor, "reading.outlet_doors", name=name)


def runs(cursor: "Cursor", name: str | None = None, limit: int = 50) -> list[RunSums]:
    """Return the latest runs (or one) with their sums, newest first."""
    return fetch_as(cursor, RunSums, "reading.runs", name=name, limit=limit)


def run_outlets(cursor: "Cursor", name: str) -> list[OutletRun]:
    """Return one run outlet by outlet, those in trouble first."""
    return fetch_as(cursor, OutletRun, "reading.run_outlets", name=name)


def newest_stories(
    cursor: "Cursor",
    *,
    before: tuple[datetime, int] | None = None,
    limit: int = 20,
) -> list[StoryLine]:
    """Return stories, newest lead first; `before` is (at, lead) of the last one seen."""
    at, lead = before or (None, None)

    return fetch_as(
        cursor,
        StoryLine,
        "reading.newest_stories",
        at=at,
        lead=lead,
        limit=limit,
    )


def stories_of(cursor: "Cursor", ids: Iterable[int]) -> dict[int, int]:
    """Return the story of each article that is in one."""
    return dict(fetch_all(cursor, "reading.stories_of", ids=list(ids)))


def story_sizes(cursor: "Cursor", ids: Iterable[int]) -> dict[int, StorySize]:
    """Return how large stories are, by id."""
    sizes = fetch_as(cursor, StorySize, "reading.story_sizes", ids=list(ids))
    return {size.story_id: size for size in sizes}


def story(cursor: "Cursor", number: int) -> StoryPage | None:
    """Return one story, None when there is none.

    The id of one that was merged into another leads there.
    """
    return _first(fetch_as(cursor, StoryPage, "reading.story", id=number))


def story_members(cursor: "Cursor", number: int, lead: int | None) -> list[StoryMember]:
    """Return a story's articles by time with their relation to the lead."""
    return fetch_as(cursor, StoryMember, "reading.story_members", id=number, lead=lead)


def story_relations(cursor: "Cursor", number: int) -> list[StoryRelation]:
    """Return later and earlier stories of the same thread, and other stories of the event."""
    return fetch_as(cursor, StoryRelation, "reading.story_relations", id=number)


def story_matches(cursor: "Cursor", number: int) -> list[StoryMatch]:
    """Return which watches a story has matched, and by which terms."""
    return fetch_as(cursor, StoryMatch, "reading.story_matches", id=number)


def happenings(
    cursor: "Cursor",
    person: str,
    *,
    since: datetime,
    zone: str,
    unread: bool,
    limit: int,
) -> list[Happening]:
    """Return what was told since a moment, by day of `zone` and weight, with a person's marks.

    `unread`: only what she has not read yet.
    """
    return fetch_as(
        cursor,
        Happening,
        "reading.happenings",
        person=person,
        since=since,
        zone=zone,
        unread=unread,
        limit=limit,
    )


def starred(cursor: "Cursor", person: str, limit: int) -> list[Happening]:
    """Return the stories that a person has starred, the last one first."""
    return fetch_as(cursor, Happening, "reading.starred", person=person, limit=limit)


def trace_addresses(cursor: "Cursor", urls: Iterable[str]) -> list[AddressTrace]:
    """Return what is known of canonical URLs, in their order."""
    return fetch_as(cursor, AddressTrace, "reading.trace_address", urls=list(urls))


def trace_pages(cursor: "Cursor", url: str, since: datetime) -> list[PageTrace]:
    """Return what became of the pages fetched at a canonical URL since a moment, newest first."""
    return fetch_as(cursor, PageTrace, "reading.trace_pages", url=url, since=since)


def trace_matches(cursor: "Cursor", article: int, stories: Iterable[int]) -> list[MatchTrace]:
    """Return which watches an article or its stories have matched, by delivery, oldest first."""
    wanted = list(stories)
    return fetch_as(cursor, MatchTrace, "reading.trace_matches", article=article, stories=wanted)


def is_waiting_to_be_matched(cursor: "Cursor", article: int) -> bool:
    """Tell whether an article has not been held against the watches yet."""
    rows = fetch_all(cursor, "reading.is_waiting_to_be_matched", article=article)
    return bool(rows[0][0])


def _first(rows: list[R]) -> R | None:
    """Return the first row, if there is one."""
    return rows[0] if rows else None
