"""A watch of the archive as an Atom feed; the ui serves what `feed` returns."""

from typing import TYPE_CHECKING

from pipeline.alerts.mail_context import Office
from storage import alerts
from storage.alerts import SavedWatch
from watches.delivery.feed import Entry, atom

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor

_ENTRIES = 100


def feed(cursor: "Cursor", saved: SavedWatch, office: Office) -> bytes:
    """Return the feed of a watch: its newest matches."""
    found = alerts.watch_history(cursor, saved.watch.name, _ENTRIES)
    host = office.base.partition("://")[2].partition("/")[0].partition(":")[0] or "localhost"
    entries = [
        Entry(
            identity=f"tag:{host},2026:match/{item.number}",
            title=item.title,
            url=item.url,
            outlet=item.outlet,
            at=item.at,
            published=item.published,
            language=item.language,
            excerpt=item.excerpt,
            terms=item.terms,
            kind=item.kind.value,
        )
        for item in found
    ]
    return atom(
        saved.watch.name,
        office.feed(saved.id) or f"tag:{host},2026:watch/{saved.id}",
        entries,
        updated=max((item.at for item in found), default=saved.changed),
    )
