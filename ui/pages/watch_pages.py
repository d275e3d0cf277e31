"""The page of all watches, and the page of one with what it told whom."""

from functools import partial
from http import HTTPStatus

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, RedirectResponse

from storage import alerts, people
from ui.address_masks import masked, masked_match
from ui.archives import Archives
from ui.look import Look
from ui.pages.numbers import can_exist, not_there
from ui.writes import Visiting

_HISTORY = 1_000  # matches: all that a digest of a day could not list


def add(routes: APIRouter, archives: Archives, look: Look) -> None:
    """Add the pages."""

    @routes.get("/watches")
    def all_watches(visit: Visiting) -> HTMLResponse:
        """Show the saved queries."""
        with archives.archive() as archive, archive.transaction() as cursor:
            saved = alerts.load_watches(cursor)
            own = people.person(cursor, visit.person.name).addresses

        return look.answer(
            "watches.html",
            section="Watches",
            visit=visit,
            watches=saved,
            shown=partial(masked, own=own),
        )

    @routes.get("/watch/{number}")
    def by_number(number: int) -> RedirectResponse:
        """Lead from the number, which stands in mails, to the watch."""
        names: list[str] = []
        if number >= 0 and can_exist(number):
            with archives.archive() as archive, archive.transaction() as cursor:
                names = alerts.watch_names(cursor, [number])

        if not names:
            raise not_there("There is no such watch.")

        return RedirectResponse(look.url("watches", names[0]), HTTPStatus.SEE_OTHER)

    @routes.get("/watches/{name}")
    def watch(name: str, visit: Visiting) -> HTMLResponse:
        """Show one watch and what it told whom."""
        with archives.archive() as archive, archive.transaction() as cursor:
            saved = alerts.load_watches(cursor, name)
            history = alerts.watch_history(cursor, name, _HISTORY)
            own = people.person(cursor, visit.person.name).addresses

        if not saved:
            raise not_there("There is no such watch.")

        return look.answer(
            "watch.html",
            section="Watches",
            visit=visit,
            saved=saved[0],
            history=[masked_match(match, own) for match in history],
            shown=partial(masked, own=own),
        )
