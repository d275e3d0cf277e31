"""The pages: stories, a story, an article and its changes, outlets, watches, runs. Read only."""

from datetime import UTC, datetime
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException, Query
from fastapi.responses import HTMLResponse, RedirectResponse

from news.query import QueryError
from pipeline.settings import Settings
from storage import Archive, StorageError, alerts, outlet_journal, pages
from storage.pages import blocks_of
from storage.search import Facets
from ui import pruned_blocks, stories, words
from ui.archives import Archives
from ui.look import Look
from ui.stories import Listing

Text = Annotated[str, Query(max_length=2_000)]
_LAST = 2**63 - 1


def router(archives: Archives, look: Look, settings: Settings) -> APIRouter:
    """Return the pages' routes."""
    routes = APIRouter(default_response_class=HTMLResponse)
    _story_routes(routes, archives, look)
    _article_routes(routes, archives, look, settings)
    _outlet_routes(routes, archives, look)
    _watch_routes(routes, archives, look)
    _run_routes(routes, archives, look)
    return routes


def _story_routes(routes: APIRouter, archives: Archives, look: Look) -> None:
    @routes.get("/")
    def home(q: Text = "", after: Text = "") -> HTMLResponse:
        """Show stories, newest first; with `q`, those that it finds."""
        with archives.archive() as archive:
            try:
                listing, facets, runs = _listing(archive, q, after or None)
            except QueryError as error:
                return HTMLResponse(
                    look.page("stories.html", section="Stories", q=q, error=error), 400
                )
            except StorageError as error:
                raise HTTPException(400, str(error)) from error
        more = (
            urlencode(
                {name: value for name, value in (("q", q), ("after", listing.following)) if value}
            )
            if listing.following
            else ""
        )
        return HTMLResponse(
            look.page(
                "stories.html",
                section="Stories",
                q=q,
                error=None,
                listing=listing,
                facets=facets,
                runs=runs,
                more=more,
            )
        )

    @routes.get("/story/{number}")
    def story(number: int) -> HTMLResponse:
        """Show one story: its lead, its copies by time, what it follows and what follows it."""
        with archives.reading() as cursor:
            found = pages.story(cursor, number) if abs(number) <= _LAST else None
            if found is None:
                raise HTTPException(404, "There is no such story.")
            members = pages.story_members(cursor, found.id, found.lead_id)
            relations = pages.story_relations(cursor, found.id)
            wanted = [row.id for row in members] + [row.lead_id for row in relations if row.lead_id]
            articles = {row.id: row for row in pages.articles(cursor, wanted)}
            matches = pages.story_matches(cursor, found.id)
        lead = articles.get(found.lead_id) or (
            articles[members[0].id] if members and members[0].id in articles else None
        )
        if lead is None:
            raise HTTPException(404, "This story has no article any more.")
        return HTMLResponse(
            look.page(
                "story.html",
                section="Stories",
                story=found,
                lead=lead,
                members=[row for row in members if row.id in articles],
                articles=articles,
                relations=[row for row in relations if row.lead_id in articles],
                matches=matches,
            )
        )


def _listing(
    archive: Archive, query: str, after: str | None
) -> tuple[Listing, Facets | None, list[Any]]:
    """Return the stories of one page with what stands beside them: counts of what was found, or the latest run."""
    if query.strip():
        return stories.found(archive, query, after, datetime.now(UTC)), archive.facets(query), []
    listing = stories.newest(archive, after)
    with pages.rows(archive) as cursor:
        return listing, None, pages.runs(cursor, limit=1)


def _article_routes(routes: APIRouter, archives: Archives, look: Look, settings: Settings) -> None:
    @routes.get("/article/{number}")
    def article(number: int) -> HTMLResponse:
        """Show one article as it reads now, where each of its facts comes from, and every change the outlet made."""
        with archives.reading() as cursor:
            found = pages.article(cursor, number) if abs(number) <= _LAST else None
            if found is None:
                raise HTTPException(404, "There is no such article.")
            revisions = pages.revisions(cursor, number)
            story = pages.stories_of(cursor, [number]).get(number)
            size = pages.story_sizes(cursor, [story]).get(story) if story else None
            events = pages.article_events(cursor, number)
        return HTMLResponse(
            look.page(
                "article.html",
                section="Stories",
                article=found,
                story=story,
                members=size.members if size else 1,
                events=events,
                blocks=blocks_of(found.body, found.shape),
                changes=changes_of(found, revisions),
                leftovers=pruned_blocks.of(settings, found),
            )
        )


def changes_of(article: Any, revisions: list[Any]) -> list[dict[str, Any]]:
    """Return the changes of an article, newest first, compared word by word. Each row holds the text it replaced."""
    after, shown = (article.title, article.standfirst, article.body), []
    for row in revisions:
        change: dict[str, Any] = {"row": row, "title": None, "blocks": []}
        if row.before_body is not None:
            before = (row.before_title, row.before_standfirst, row.before_body)
            change["title"] = (
                words.words_changed(before[0], after[0]) if before[0] != after[0] else None
            )
            change["blocks"] = words.changed(
                "\n".join(before[1:]).strip("\n"), "\n".join(after[1:]).strip("\n")
            )
            after = before
        shown.append(change)
    return shown


def _outlet_routes(routes: APIRouter, archives: Archives, look: Look) -> None:
    @routes.get("/outlets")
    def outlets() -> HTMLResponse:
        """Show every outlet's health."""
        with archives.reading() as cursor:
            found = pages.outlets(cursor, datetime.now(UTC).date())
        return HTMLResponse(look.page("outlets.html", section="Outlets", outlets=found))

    @routes.get("/outlets/{name}")
    def outlet(name: str, after: Text = "") -> HTMLResponse:
        """Show one outlet: its doors, its runs, its articles."""
        with archives.archive() as archive:
            with pages.rows(archive) as cursor:
                found = pages.outlets(cursor, datetime.now(UTC).date(), name)
                if not found:
                    raise HTTPException(404, "The archive has never seen this outlet.")
                runs, doors = (
                    pages.outlet_runs(cursor, name, 14),
                    pages.outlet_doors(cursor, name),
                )
            with archive.transaction() as cursor:
                journal = outlet_journal(cursor, name, 10)
            listing = stories.of_outlet(archive, name, after or None)
        more = urlencode({"after": listing.following}) if listing.following else ""
        return HTMLResponse(
            look.page(
                "outlet.html",
                section="Outlets",
                outlet=found[0],
                runs=runs,
                doors=doors,
                journal=journal,
                listing=listing,
                more=more,
            )
        )


def _watch_routes(routes: APIRouter, archives: Archives, look: Look) -> None:
    @routes.get("/watches")
    def all_watches() -> HTMLResponse:
        """Show the saved queries."""
        with archives.archive() as archive, archive.transaction() as cursor:
            found = alerts.load_watches(cursor)
        return HTMLResponse(look.page("watches.html", section="Watches", watches=found))

    @routes.get("/watch/{number}")
    def by_number(number: int) -> RedirectResponse:
        """Lead from the number, which stands in mails, to the watch."""
        with archives.archive() as archive, archive.transaction() as cursor:
            names = alerts.watch_names(cursor, [number]) if 0 <= number <= _LAST else []
        if not names:
            raise HTTPException(404, "There is no such watch.")
        return RedirectResponse(look.url("watches", names[0]), 303)

    @routes.get("/watches/{name}")
    def watch(name: str) -> HTMLResponse:
        """Show one watch and what it told whom."""
        with archives.archive() as archive, archive.transaction() as cursor:
            found = alerts.load_watches(cursor, name)
            history = alerts.watch_history(cursor, name, 100)
        if not found:
            raise HTTPException(404, "There is no such watch.")
        return HTMLResponse(
            look.page("watch.html", section="Watches", saved=found[0], history=history)
        )


def _run_routes(routes: APIRouter, archives: Archives, look: Look) -> None:
    @routes.get("/runs")
    def runs() -> HTMLResponse:
        """Show the latest runs."""
        with archives.reading() as cursor:
            found = pages.runs(cursor)
        return HTMLResponse(look.page("runs.html", section="Runs", runs=found))

    @routes.get("/runs/{name}")
    def run(name: str) -> HTMLResponse:
        """Show one run, outlet by outlet."""
        with archives.reading() as cursor:
            found = pages.runs(cursor, name)
            if not found:
                raise HTTPException(404, "The archive does not know this run.")
            outlets = pages.run_outlets(cursor, name)
        return HTMLResponse(look.page("run.html", section="Runs", run=found[0], outlets=outlets))
