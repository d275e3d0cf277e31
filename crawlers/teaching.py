"""What extraction made of a crawl's pages, told back to the crawl in the outlet's own notes."""

from collections.abc import Iterable

from crawlers import outlet_notes
from crawlers.discovery import pattern_record
from news.crawl import DoorState
from news.outlet import Outlet


def taught(
    doors: Iterable[DoorState],
    outlet: Outlet,
    articles: Iterable[str],
    others: Iterable[str],
) -> list[DoorState]:
    """Return the doors of a crawl, the outlet's notes among them taught by what came of its pages.

    `articles` are canonical URLs of pages that extraction accepted, `others` of those that it found
    to be something else. A crawl that left no notes on its outlet (a backfill) teaches nothing.
    """
    own = outlet_notes.outlet_url(outlet)

    return [_with_records(door, articles, others) if door.url == own else door for door in doors]


def _with_records(
    state: DoorState,
    articles: Iterable[str],
    others: Iterable[str],
) -> DoorState:
    """Return an outlet's own state with what came of the addresses."""
    notes = outlet_notes.read(state, state)
    records = pattern_record.enter(notes.records, articles, others)

    return outlet_notes.write(state, outlet_notes.with_records(notes, records))
