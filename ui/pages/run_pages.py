"""The page of the latest runs, and the page of one run, outlet by outlet."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from storage import pages
from ui.archives import Archives
from ui.look import Look
from ui.pages.numbers import not_there


def add(routes: APIRouter, archives: Archives, look: Look) -> None:
    """Add the two pages."""

    @routes.get("/runs")
    def runs() -> HTMLResponse:
        """Show the latest runs."""
        with archives.reading() as cursor:
            rows = pages.runs(cursor)

        return look.answer("runs.html", section="Runs", runs=rows)

    @routes.get("/runs/{name}")
    def run(name: str) -> HTMLResponse:
        """Show one run, outlet by outlet."""
        with archives.reading() as cursor:
            rows = pages.runs(cursor, name)
            if not rows:
                raise not_there("The archive does not know this run.")

            outlets = pages.run_outlets(cursor, name)

        return look.answer("run.html", section="Runs", run=rows[0], outlets=outlets)
