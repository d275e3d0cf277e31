"""The read-only HTTP API: search, articles and their revisions, stories, outlets, runs.

Described by OpenAPI at /api/openapi.json; every address needs the token or a login.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Annotated, Any, NoReturn

from fastapi import APIRouter, Depends, HTTPException, Query
from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse
from pydantic import Field

from news.query import QueryError
from storage import StorageError, pages
from storage.search import Order
from ui import api_models as models
from ui.archives import Archives

_LAST = 2**63 - 1  # the largest id that the database can hold
_RELATIONS = ("later", "earlier", "event")
Number = Annotated[int, Field(ge=0, le=_LAST)]
QueryText = Annotated[str, Query(max_length=2_000, description="In the query language.")]
Limit = Annotated[int, Query(ge=1, le=500)]
BAD_QUERY: dict[int | str, dict[str, Any]] = {400: {"model": models.Fault}}
NOT_THERE: dict[int | str, dict[str, Any]] = {404: {"model": models.Fault}}
NO_TOKEN: dict[int | str, dict[str, Any]] = {401: {"model": models.Fault}}


def router(archives: Archives, reader: Any) -> APIRouter:
    """Return the API's routes, all behind `reader`."""
    routes = APIRouter(prefix="/api", dependencies=[Depends(reader)], responses=NO_TOKEN)
    _search_routes(routes, archives)
    _article_routes(routes, archives)
    _story_routes(routes, archives)
    _outlet_routes(routes, archives)

    @routes.get("/openapi.json", include_in_schema=False)
    def openapi() -> JSONResponse:
        """Describe this API."""
        return JSONResponse(_description(routes))

    return routes


def _description(routes: APIRouter) -> dict[str, Any]:
    """Return the API's OpenAPI document."""
    described = get_openapi(
        title="Khabar",
        version="1",
        routes=routes.routes,
        description="Read-only access to the archive.",
    )

    bearer = {"type": "http", "scheme": "bearer"}
    described["components"]["securitySchemes"] = {"token": bearer}
    described["security"] = [{"token": []}]
    described["servers"] = [{"url": "/khabar"}]

    return described


def _search_routes(routes: APIRouter, archives: Archives) -> None:
    @routes.get("/search", response_model=models.SearchPage, responses=BAD_QUERY)
    def search(
        q: QueryText,
        order: Order = Order.NEWEST,
        limit: Limit = 20,
        cursor: Annotated[str, Query(max_length=2_000)] = "",
    ) -> Any:
        """Find articles."""
        now = datetime.now(UTC)

        after = cursor or None
        with archives.archive() as archive:
            try:
                parsed = archive.parse(q)
                results = archive.search(
                    q,
                    now=now,
                    order=order,
                    limit=limit,
                    cursor=after,
                )
            except QueryError as error:
                return _fault(error.sentence, error.position)
            except StorageError as error:
                return _fault(str(error))

        notes = [str(note) for note in parsed.notes]
        return {
            "articles": results.hits,
            "cursor": results.cursor,
            "ranked": results.ranked,
            "notes": notes,
        }

    @routes.get("/facets", response_model=models.Facet, responses=BAD_QUERY)
    def facets(q: QueryText) -> Any:
        """Count what a query finds, by outlet, day and language."""
        with archives.archive() as archive:
            try:
                return archive.facets(q)
            except QueryError as error:
                return _fault(error.sentence, error.position)


def _fault(sentence: str, position: int | None = None) -> JSONResponse:
    body = {"error": sentence, "position": position}
    return JSONResponse(body, HTTPStatus.BAD_REQUEST)


def _article_routes(routes: APIRouter, archives: Archives) -> None:
    @routes.get("/articles/{number}", response_model=models.Full, responses=NOT_THERE)
    def article(number: Number) -> Any:
        """One article, whole."""
        with archives.reading() as cursor:
            row = pages.article(cursor, number)

        return row or _refuse("article")

    @routes.get("/articles/{number}/revisions", response_model=list[models.Revision])
    def revisions(number: Number) -> Any:
        """Every change of an article, newest first."""
        with archives.reading() as cursor:
            return pages.revisions(cursor, number)


def _story_routes(routes: APIRouter, archives: Archives) -> None:
    @routes.get("/stories/{number}", response_model=models.Story, responses=NOT_THERE)
    def story(number: Number) -> Any:
        """One story with all its articles."""
        with archives.reading() as cursor:
            row = pages.story(cursor, number) or _refuse("story")
            members = pages.story_members(cursor, row.id, row.lead_id)
            relations = pages.story_relations(cursor, row.id)
            articles = pages.articles(cursor, [member.id for member in members])

        answer = {
            "id": row.id,
            "lead": row.lead_id,
            "reason": row.reason,
            "formed_at": row.formed_at,
            "members": _with_articles(members, articles),
        }

        for name in _RELATIONS:
            answer[name] = [other.id for other in relations if other.relation == name]

        return answer


def _with_articles(
    members: Iterable[Any],
    articles: Iterable[Any],
) -> list[dict[str, Any]]:
    """Return a story's members, each with its article; those whose article is gone are left out."""
    by_id = {article.id: article for article in articles}

    listed = []
    for member in members:
        if member.id in by_id:
            article = by_id[member.id]
            listed.append({"article": article, "role": member.role, "score": member.score})

    return listed


def _outlet_routes(routes: APIRouter, archives: Archives) -> None:
    @routes.get("/outlets", response_model=list[models.Outlet])
    def outlets() -> Any:
        """Every outlet the archive has seen."""
        today = datetime.now(UTC).date()
        with archives.reading() as cursor:
            return pages.outlets(cursor, today)

    @routes.get("/runs", response_model=list[models.Run])
    def runs(limit: Limit = 20) -> Any:
        """List the latest runs."""
        with archives.reading() as cursor:
            return pages.runs(cursor, limit=limit)


def _refuse(what: str) -> NoReturn:
    raise HTTPException(HTTPStatus.NOT_FOUND, f"there is no such {what}")
