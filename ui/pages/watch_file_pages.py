"""Watches as TOML, out of the browser and into it; others' addresses neither leave nor go lost."""

from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

from news.watch import Watch
from pipeline.alerts import saving
from pipeline.settings import Settings
from storage import alerts, people
from ui.archives import Archives
from ui.look import Look
from ui.people import Role, needs
from ui.writes import Posted, Visit, Visiting, text_of
from watches import WatchError, dumps, loads
from watches.delivery import check_recipients

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor

_EDITOR = [Depends(needs(Role.EDITOR))]


def add(routes: APIRouter, archives: Archives, look: Look, settings: Settings) -> None:
    """Add the file of all watches, and the page that takes one."""

    @routes.get("/watches.toml")
    def export(visit: Visiting) -> PlainTextResponse:
        """Write all watches, of their recipients only the visitor's own."""
        with archives.archive() as archive, archive.transaction() as cursor:
            saved = alerts.load_watches(cursor)
            own = people.person(cursor, visit.person.name).addresses

        watches: list[Watch] = []
        for item in saved:
            watch = item.watch
            mine = [address for address in watch.recipients if address in own]
            watches.append(replace(watch, recipients=tuple(mine)))

        return PlainTextResponse(dumps(watches), media_type="application/toml")

    @routes.get("/watch/import", dependencies=_EDITOR)
    def ask(visit: Visiting) -> HTMLResponse:
        """Show the form."""
        return _page(look, visit)

    @routes.post("/watch/import", dependencies=_EDITOR)
    def import_text(visit: Visiting, form: Posted) -> Response:
        """Save the watches of a text, all or none; those of the same name are changed."""
        text = text_of(form, "toml")
        with archives.archive() as archive:
            try:
                watches = loads(text, "the text", archive.aliases)
                with archive.transaction() as cursor:
                    _save(cursor, watches, visit, settings)
            except WatchError as error:
                return _page(look, visit, text, error)

        return RedirectResponse(f"{look.url('watches')}?notice=saved", HTTPStatus.SEE_OTHER)


def _save(
    cursor: "Cursor",
    watches: Collection[Watch],
    visit: Visit,
    settings: Settings,
) -> None:
    """Save watches; whoever else is told of one already stays."""
    own = people.person(cursor, visit.person.name).addresses
    now = datetime.now(UTC)
    for watch in watches:
        known = alerts.load_watches(cursor, watch.name)
        before = known[0].watch.recipients if known else ()
        others = [address for address in before if address not in own]
        recipients = dict.fromkeys((*others, *watch.recipients))
        check_recipients(
            sorted(set(recipients) - set(before)),
            smtp_url=settings.smtp_url,
            mail_from=settings.mail_from,
        )
        saving.save_watch(
            cursor,
            replace(watch, recipients=tuple(recipients)),
            now,
            resubscribe=False,
        )
        people.record_change(cursor, visit.person.name, "watch imported", watch.name)


def _page(
    look: Look,
    visit: Visit,
    text: str = "",
    error: WatchError | None = None,
) -> HTMLResponse:
    fault = None
    if error is not None:
        fault = WatchError(str(error), field="toml")

    return look.answer(
        "watch_import.html",
        status=HTTPStatus.BAD_REQUEST if error else HTTPStatus.OK,
        section="Watches",
        visit=visit,
        text=text,
        error=fault,
    )
