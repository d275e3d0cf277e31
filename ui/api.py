"""The read-only HTTP API: search, articles with their revisions, stories, outlets, runs. OpenAPI at /api/openapi.json, token needed."""

from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Query
from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from news.query import QueryError
from storage import StorageError, pages
from storage.search import Order
from ui.archives import Archives

_LAST = 2**63 - 1
Number = Annotated[int, Field(ge=0, le=_LAST)]


class Model(BaseModel):
    """What all answers have in common: made from rows by their names."""

    model_config = ConfigDict(from_attributes=True)


class Brief(Model):
    """An article in a list. Times are UTC."""

    id: int
    url: str
    outlet: str
    country: str
    language: str
    title: str
    standfirst: str
    at: datetime = Field(
        description="The article's own time: its publication, or its first sighting where the page names none."
    )
    published_at: datetime | None
    first_seen_at: datetime
    edits: int = Field(description="How many times the outlet changed the text.")
    deleted_at: datetime | None
    words: int
    kind: str


class Full(Brief):
    """An article, whole."""

    body: str = Field(description="One block a line.")
    authors: list[str]
    section: str
    tags: list[str]
    credit: str = Field(description="The agency the text itself names as its source.")
    modified_at: datetime | None
    lead_image: str
    confidence: float = Field(description="The extractor's own, 0 to 1.")
    extractor: str
    details: dict[str, Any] = Field(
        description="Provenance: where the date came from, which candidate won, what was pruned by which rule."
    )


class Revision(Model):
    """A change of an article; `before_*` is what it replaced."""

    number: int
    seen_at: datetime
    kind: str = Field(description="edit, correction (our own), deletion or return")
    silent: bool = Field(description="An edit without a note of correction.")
    note: str
    before_title: str | None
    before_standfirst: str | None
    before_body: str | None


class Found(Model):
    """One page of search results, newest first or by relevance."""

    articles: list[Brief]
    cursor: str | None = Field(
        description="Give it as `cursor` for the next page; null: this was the last."
    )


class Facet(Model):
    """Counts over the newest 10,000 results."""

    outlets: dict[str, int]
    days: dict[str, int]
    languages: dict[str, int]
    total: int
    complete: bool = Field(description="False: there are more results than were counted.")


class Member(Model):
    """An article of a story."""

    article: Brief
    role: str = Field(description="member, or quotes: carries this report among others")
    score: float | None = Field(
        description="Share of the smaller text that stands in the larger, compared with the lead."
    )


class Story(Model):
    """The same report in any number of outlets."""

    id: int
    lead: int | None
    reason: str = Field(description="Why the lead leads.")
    formed_at: datetime
    members: list[Member]
    later: list[int] = Field(description="Stories that carry this one on.")
    earlier: list[int]
    event: list[int] = Field(description="Other stories of the same event.")


class Outlet(Model):
    """An outlet and how it fared in its last run."""

    name: str
    title: str
    region: str
    country: str
    languages: list[str]
    home: str
    active: bool
    state: str | None
    run: str | None
    new: int | None
    days: list[int] = Field(description="New articles of the last fourteen days, today last.")


class Run(Model):
    """One pass of the pipeline."""

    name: str
    started_at: datetime
    finished_at: datetime | None
    outlets: int
    fetched: int
    new: int
    revised: int
    deleted: int
    ailing: int = Field(description="Outlets that were not well.")


class Fault(Model):
    """What went wrong."""

    error: str
    position: int | None = Field(
        default=None, description="The character of the query, from 0, that the error points at."
    )


def router(archives: Archives, reader: Any) -> APIRouter:
    """Return the API's routes, all behind `reader`."""
    routes = APIRouter(
        prefix="/api", dependencies=[Depends(reader)], responses={401: {"model": Fault}}
    )
    _search(routes, archives)
    _articles(routes, archives)
    _stories(routes, archives)
    _outlets(routes, archives)

    @routes.get("/openapi.json", include_in_schema=False)
    def openapi() -> JSONResponse:
        """Describe this API."""
        described = get_openapi(
            title="Khabar",
            version="1",
            routes=routes.routes,
            description="Read-only access to the archive.",
        )
        described["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
        described["security"] = [{"token": []}]
        described["servers"] = [{"url": "/khabar"}]
        return JSONResponse(described)

    return routes


def _search(routes: APIRouter, archives: Archives) -> None:
    @routes.get("/search", response_model=Found, responses={400: {"model": Fault}})
    def search(
        q: Annotated[str, Query(max_length=2_000, description="In the query language.")],
        order: Order = Order.NEWEST,
        limit: Annotated[int, Query(ge=1, le=500)] = 20,
        cursor: Annotated[str, Query(max_length=2_000)] = "",
    ) -> Any:
        """Find articles."""
        with archives.archive() as archive:
            try:
                results = archive.search(
                    q, now=datetime.now(UTC), order=order, limit=limit, cursor=cursor or None
                )
            except (QueryError, StorageError) as error:
                return _wrong(error)
        return {"articles": results.hits, "cursor": results.cursor}

    @routes.get("/facets", response_model=Facet, responses={400: {"model": Fault}})
    def facets(q: Annotated[str, Query(max_length=2_000)]) -> Any:
        """Count what a query finds, by outlet, day and language."""
        with archives.archive() as archive:
            try:
                return archive.facets(q)
            except QueryError as error:
                return _wrong(error)


def _wrong(error: QueryError | StorageError) -> JSONResponse:
    if isinstance(error, QueryError):
        return JSONResponse({"error": error.sentence, "position": error.position}, 400)
    return JSONResponse({"error": str(error), "position": None}, 400)


def _articles(routes: APIRouter, archives: Archives) -> None:
    @routes.get("/articles/{number}", response_model=Full, responses={404: {"model": Fault}})
    def article(number: Number) -> Any:
        """One article, whole."""
        with archives.reading() as cursor:
            return pages.article(cursor, number) or _none("article")

    @routes.get("/articles/{number}/revisions", response_model=list[Revision])
    def revisions(number: Number) -> Any:
        """Every change of an article, newest first."""
        with archives.reading() as cursor:
            return pages.revisions(cursor, number)


def _stories(routes: APIRouter, archives: Archives) -> None:
    @routes.get("/stories/{number}", response_model=Story, responses={404: {"model": Fault}})
    def story(number: Number) -> Any:
        """One story with all its articles."""
        with archives.reading() as cursor:
            found = pages.story(cursor, number) or _none("story")
            members = pages.story_members(cursor, found.id, found.lead_id)
            relations = pages.story_relations(cursor, found.id)
            articles = {row.id: row for row in pages.articles(cursor, [row.id for row in members])}
        related = {
            name: [row.id for row in relations if row.relation == name]
            for name in ("later", "earlier", "event")
        }
        listed = [
            {"article": articles[row.id], "role": row.role, "score": row.score}
            for row in members
            if row.id in articles
        ]
        return {
            "id": found.id,
            "lead": found.lead_id,
            "reason": found.reason,
            "formed_at": found.formed_at,
            "members": listed,
            **related,
        }


def _outlets(routes: APIRouter, archives: Archives) -> None:
    @routes.get("/outlets", response_model=list[Outlet])
    def outlets() -> Any:
        """Every outlet the archive has seen."""
        with archives.reading() as cursor:
            return pages.outlets(cursor, datetime.now(UTC).date())

    @routes.get("/runs", response_model=list[Run])
    def runs(limit: Annotated[int, Query(ge=1, le=500)] = 20) -> Any:
        """List the latest runs."""
        with archives.reading() as cursor:
            return pages.runs(cursor, limit=limit)


def _none(what: str) -> Any:
    raise HTTPException(404, f"there is no such {what}")
