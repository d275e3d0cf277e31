"""The page of all outlets with their health, and the page of one: doors, runs, articles."""

from datetime import UTC, datetime
from urllib.parse import urlencode

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from storage import outlet_journal, pages
from ui import listings
from ui.archives import Archives
from ui.look import Look
from ui.pages.numbers import Text, not_there
from ui.writes import Visiting

_RUNS = 14
_JOURNAL = 10  # entries


def add(routes: APIRouter, archives: Archives, look: Look) -> None:
    """Add the two pages."""

    @routes.get("/outlets")
    def outlets() -> HTMLResponse:
        """Show every outlet's health."""
        today = datetime.now(UTC).date()
        with archives.reading() as cursor:
            rows = pages.outlets(cursor, today)

        return look.answer("outlets.html", section="Outlets", outlets=rows)

    @routes.get("/outlets/{name}")
    def outlet(name: str, visit: Visiting, after: Text = "") -> HTMLResponse:
        """Show one outlet: its doors, its runs, its articles."""
        today = datetime.now(UTC).date()
        with archives.archive() as archive:
            with pages.reading(archive) as cursor:
                rows = pages.outlets(cursor, today, name)
                if not rows:
                    raise not_there("The archive has never seen this outlet.")

                runs = pages.outlet_runs(cursor, name, _RUNS)
                doors = pages.outlet_doors(cursor, name)

            with archive.transaction() as cursor:
                journal = outlet_journal(cursor, name, _JOURNAL)

            listing = listings.of_outlet(archive, name, after or None)

        following = listing.following

        return look.answer(
            "outlet.html",
            section="Outlets",
            visit=visit,
            outlet=rows[0],
            runs=runs,
            doors=doors,
            journal=journal,
            listing=listing,
            more=urlencode({"after": following}) if following else "",
        )
