"""What the pages of the archive show: plain reads, each one statement of sql/reading.sql, rows by name.

Every function takes a cursor of `rows()` and returns rows whose attributes are the statement's columns. Times are aware, UTC.
"""

import contextlib
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import psycopg2
from psycopg2.extras import NamedTupleCursor

from storage.archive.archive import Archive
from storage.archive.rows import blocks_of as blocks_of  # noqa: PLC0414  # a part of this face
from storage.sql.statements import statement

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor

Row = Any


@contextlib.contextmanager
def rows(archive: Archive) -> Iterator["Cursor"]:
    """Give a cursor whose rows have names, in a transaction that cannot write."""
    connection = archive.connection
    with connection, connection.cursor(cursor_factory=NamedTupleCursor) as cursor:
        named: Cursor = cursor
        named.execute("set transaction read only")
        yield named


def alive(archive: Archive) -> bool:
    """Tell whether the server still answers on an archive's connection; a transaction left open on it is undone."""
    connection = archive.connection
    try:
        connection.rollback()
        with connection, connection.cursor() as cursor:
            cursor.execute("select 1")
    except psycopg2.Error:
        return False
    return True


def articles(cursor: "Cursor", ids: Iterable[int]) -> list[Row]:
    """Return articles in the order of their ids as given; ids that are no more are left out."""
    wanted = list(ids)
    found = {row.id: row for row in _all(cursor, "articles_by_id", ids=wanted)}
    return [found[number] for number in wanted if number in found]


def article(cursor: "Cursor", number: int) -> Row | None:
    """Return one article, whole."""
    return _one(cursor, "article", id=number)


def article_by_url(cursor: "Cursor", url: str) -> int | None:
    """Return the id of the article at a canonical URL."""
    row = _one(cursor, "article_by_url", url=url)
    return None if row is None else int(row.id)


def revisions(cursor: "Cursor", number: int) -> list[Row]:
    """Return an article's changes, newest first; each holds the text it replaced."""
    return _all(cursor, "revisions", id=number)


def article_events(cursor: "Cursor", number: int) -> list[Row]:
    """Return what the journal says of an article."""
    return _all(cursor, "article_events", id=number)


def newest(
    cursor: "Cursor",
    *,
    outlet: str | None = None,
    before: tuple[datetime, int] | None = None,
    limit: int = 20,
) -> list[int]:
    """Return ids of articles by their own time, newest first; `before` is (time, id) of the last one seen."""
    at, number = before or (None, None)
    return [
        row.id
        for row in _all(cursor, "newest_articles", outlet=outlet, at=at, id=number, limit=limit)
    ]


def outlets(cursor: "Cursor", today: date, name: str | None = None) -> list[Row]:
    """Return every outlet (or one) with its last run and fourteen days of new articles, oldest day first."""
    return _all(cursor, "outlets", today=today, name=name)


def outlet_runs(cursor: "Cursor", name: str, limit: int = 30) -> list[Row]:
    """Return how an outlet fared in its latest runs."""
    return _all(cursor, "outlet_runs", name=name, limit=limit)


def outlet_doors(cursor: "Cursor", name: str) -> list[Row]:
    """Return an outlet's doors as the crawl remembers them."""
    return _all(cursor, "outlet_doors", name=name)


def runs(cursor: "Cursor", name: str | None = None, limit: int = 50) -> list[Row]:
    """Return the latest runs (or one) with their sums."""
    return _all(cursor, "runs", name=name, limit=limit)


def run_outlets(cursor: "Cursor", name: str) -> list[Row]:
    """Return one run outlet by outlet, those in trouble first."""
    return _all(cursor, "run_outlets", name=name)


def newest_stories(
    cursor: "Cursor", *, before: tuple[datetime, int] | None = None, limit: int = 20
) -> list[Row]:
    """Return (id, lead, at) of stories, newest lead first; `before` is (at, lead) of the last one seen."""
    at, lead = before or (None, None)
    return _all(cursor, "newest_stories", at=at, lead=lead, limit=limit)


def stories_of(cursor: "Cursor", ids: Iterable[int]) -> dict[int, int]:
    """Return the story of each article."""
    return {row.article_id: row.story_id for row in _all(cursor, "stories_of", ids=list(ids))}


def story_sizes(cursor: "Cursor", ids: Iterable[int]) -> dict[int, Row]:
    """Return members (a count) and outlets (names) by story."""
    return {row.story_id: row for row in _all(cursor, "story_sizes", ids=list(ids))}


def story(cursor: "Cursor", number: int) -> Row | None:
    """Return one story; the id of one that was taken up by another leads there."""
    return _one(cursor, "story", id=number)


def story_members(cursor: "Cursor", number: int, lead: int | None) -> list[Row]:
    """Return a story's articles by time with their relation to the lead."""
    return _all(cursor, "story_members", id=number, lead=lead)


def story_relations(cursor: "Cursor", number: int) -> list[Row]:
    """Return later and earlier stories of the same thread, and other stories of the event."""
    return _all(cursor, "story_relations", id=number)


def story_matches(cursor: "Cursor", number: int) -> list[Row]:
    """Return which watches a story has matched, and by which terms."""
    return _all(cursor, "story_matches", id=number)


def _all(cursor: "Cursor", name: str, /, **values: Any) -> list[Row]:
    cursor.execute(statement("reading", name), values)
    return cursor.fetchall()


def _one(cursor: "Cursor", name: str, /, **values: Any) -> Row | None:
    cursor.execute(statement("reading", name), values)
    return cursor.fetchone()
