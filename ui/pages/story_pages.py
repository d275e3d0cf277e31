"""The page of all stories, which is the search too, and the page of one story."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, HTTPException
from fastapi.responses import HTMLResponse

from news.query import QueryError
from storage import Archive, StorageError, pages, people
from storage.search import Facets
from ui import listings, pictures, proposals
from ui.archives import Archives
from ui.listings import Listing
from ui.look import Look
from ui.pages.narrowing import Narrowing, narrowing
from ui.pages.numbers import Text, can_exist, not_there
from ui.pictures import Picture
from ui.writes import Visit, Visiting

Asked = Annotated[Narrowing, Depends(narrowing)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """What the page of stories shows: a list, and beside it counts or the latest run."""

    listing: Listing
    facets: Facets | None = None
    picture: Picture | None = None
    runs: Sequence[Any] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryRows:
    """The rows of one story's page."""

    story: Any
    members: Sequence[Any]
    relations: Sequence[Any]
    matches: Sequence[Any]
    articles: Mapping[int, Any]


def add(routes: APIRouter, archives: Archives, look: Look) -> None:
    """Add the two pages."""

    @routes.get("/")
    def home(visit: Visiting, asked: Asked, after: Text = "") -> HTMLResponse:
        """Show stories, newest first; those that a search finds, where something is asked."""
        with archives.archive() as archive:
            try:
                front = _front(archive, asked.query, after or None)
            except QueryError as error:
                return look.answer(
                    "stories.html", status=400, section="Stories", q=asked.q, error=error
                )
            except StorageError as error:
                raise HTTPException(HTTPStatus.BAD_REQUEST, str(error)) from error

        return look.answer(
            "stories.html",
            section="Stories",
            visit=visit,
            q=asked.q,
            asked=asked,
            error=None,
            listing=front.listing,
            facets=front.facets,
            picture=front.picture,
            runs=front.runs,
            more=_next_page(asked, front.listing.following),
        )

    @routes.get("/story/{number}")
    def story(number: int, visit: Visiting) -> HTMLResponse:
        """Show one story: its lead, its copies by time, what it follows and what follows it."""
        rows = _story_rows(archives, number)
        mark = _mark_read(archives, visit, number)
        if rows is None:
            raise not_there("There is no such story.")

        lead = _lead(rows)
        if lead is None:
            raise not_there("This story has no article any more.")

        return look.answer(
            "story.html",
            section="Stories",
            visit=visit,
            proposed=proposals.of_headline(lead.title),
            story=rows.story,
            lead=lead,
            members=[row for row in rows.members if row.id in rows.articles],
            articles=rows.articles,
            relations=[row for row in rows.relations if row.lead_id in rows.articles],
            matches=rows.matches,
            mark=mark,
        )


def _mark_read(archives: Archives, visit: Visit, number: int) -> people.StoryMark | None:
    """Note that a person has opened a story; return her marks on it."""
    if not can_exist(number):
        return None

    name = visit.person.name
    with archives.archive() as archive, archive.transaction() as cursor:
        people.read_stories(cursor, name, [number], datetime.now(UTC))
        return people.story_mark(cursor, name, number)


def _front(archive: Archive, query: str, after: str | None) -> Front:
    """Return what a query finds with its counts; without a query, the newest stories."""
    if query.strip():
        listing = listings.found(
            archive,
            query,
            after,
            datetime.now(UTC),
        )

        facets = archive.facets(query)
        picture = pictures.over_time(facets.days)

        return Front(listing=listing, facets=facets, picture=picture)

    listing = listings.newest(archive, after)
    with pages.reading(archive) as cursor:
        latest = pages.runs(cursor, limit=1)

    return Front(listing=listing, runs=latest)


def _next_page(asked: Narrowing, following: str | None) -> str:
    """Return the query string of the next page, empty on the last one."""
    if not following:
        return ""

    bounds = [part for part in (asked.where(), urlencode({"after": following})) if part]

    return "&".join(bounds)


def _story_rows(archives: Archives, number: int) -> StoryRows | None:
    if not can_exist(number):
        return None

    with archives.reading() as cursor:
        story = pages.story(cursor, number)
        if story is None:
            return None

        members = pages.story_members(cursor, story.id, story.lead_id)
        relations = pages.story_relations(cursor, story.id)
        matches = pages.story_matches(cursor, story.id)

        wanted = [row.id for row in members]
        wanted += [row.lead_id for row in relations if row.lead_id]
        articles = pages.articles(cursor, wanted)

    return StoryRows(
        story=story,
        members=members,
        relations=relations,
        matches=matches,
        articles={row.id: row for row in articles},
    )


def _lead(rows: StoryRows) -> Any | None:
    """Return the article that leads a story; when it is gone, the earliest one."""
    lead = rows.articles.get(rows.story.lead_id)
    if lead is None and rows.members:
        lead = rows.articles.get(rows.members[0].id)

    return lead
