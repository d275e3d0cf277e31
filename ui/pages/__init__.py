"""The pages for people: stories, articles and their changes, outlets, watches, runs, her own."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from pipeline.settings import Settings
from ui.archives import Archives
from ui.look import Look
from ui.pages import (
    article_page,
    evidence_page,
    found_files,
    me_page,
    outlet_pages,
    run_pages,
    story_pages,
    today_page,
    watch_file_pages,
    watch_form_pages,
    watch_pages,
    why_page,
)

__all__ = ["router"]


def router(archives: Archives, look: Look, settings: Settings) -> APIRouter:
    """Return the routes of all pages."""
    routes = APIRouter(default_response_class=HTMLResponse)
    today_page.add(routes, archives, look)
    story_pages.add(routes, archives, look)
    found_files.add(routes, archives)
    article_page.add(routes, archives, look, settings)
    evidence_page.add(routes, archives, settings)
    outlet_pages.add(routes, archives, look)
    watch_file_pages.add(routes, archives, look, settings)
    watch_form_pages.add(routes, archives, look, settings)
    watch_pages.add(routes, archives, look)
    why_page.add(routes, archives, look, settings)
    me_page.add(routes, archives, look)
    run_pages.add(routes, archives, look)

    return routes
