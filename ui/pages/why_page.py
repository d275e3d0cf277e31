"""The page that says why an article did not come: from the door that named it to the mail."""

from datetime import UTC, datetime
from functools import partial

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from news.query import QueryError
from news.urls import UrlError
from pipeline import why
from pipeline.run.sites import Sites
from pipeline.settings import Settings
from storage import Archive, alerts, pages, people
from ui import listings, proposals
from ui.address_masks import masked
from ui.archives import Archives
from ui.listings import Listing
from ui.look import Look
from ui.pages.numbers import Text
from ui.writes import Visiting

_CANDIDATES = 8  # articles that a headline may mean


def add(routes: APIRouter, archives: Archives, look: Look, settings: Settings) -> None:
    """Add the page."""

    @routes.get("/why")
    def ask(visit: Visiting, asked: Text = "", watch: Text = "") -> HTMLResponse:
        """Say what became of an address or a headline, for one watch or for all."""
        wanted = asked.strip()
        with archives.archive() as archive:
            with archive.transaction() as cursor:
                saved = alerts.load_watches(cursor)
                own = people.person(cursor, visit.person.name).addresses

            chosen = {each.watch.name: each.watch for each in saved}.get(watch)
            found = candidates = fault = None
            if _is_address(wanted):
                try:
                    with pages.reading(archive) as cursor:
                        found = why.explain(
                            cursor,
                            wanted,
                            list(Sites(settings.outlets).outlets.values()),
                            now=datetime.now(UTC),
                            watch=chosen,
                            aliases=archive.aliases,
                            shown=partial(masked, own=own),
                        )
                except UrlError as error:
                    fault = str(error)
            elif wanted:
                candidates = _of_headline(archive, wanted)

        return look.answer(
            "why.html",
            section="Watches",
            visit=visit,
            asked=wanted,
            watch=watch,
            watches=list(map(_name_of, saved)),
            found=found,
            candidates=candidates,
            fault=fault,
        )


def _name_of(saved: alerts.SavedWatch) -> str:
    return saved.watch.name


def _is_address(asked: str) -> bool:
    """Tell whether a line is an address, and no headline."""
    is_written_out = asked.startswith(("http://", "https://", "www."))
    return is_written_out and " " not in asked


def _of_headline(archive: Archive, headline: str) -> Listing | None:
    """Return the articles that a headline may mean; None where it has no words to look for."""
    try:
        return listings.found(
            archive,
            proposals.of_headline(headline),
            None,
            datetime.now(UTC),
            _CANDIDATES,
        )
    except QueryError:
        return None
