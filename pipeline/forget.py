"""An article removed for good, with what quotes it."""

from typing import TYPE_CHECKING

from news.urls import canonical
from pipeline import aliases, database
from pipeline.evidence import rescue
from pipeline.settings import Settings
from storage import Archive, alerts, upkeep

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor


def forget(
    settings: Settings,
    url: str,
    reason: str,
) -> bool:
    """Remove the article at an address for good; a tombstone keeps it from coming back.

    Its pages are blanked wherever they are kept; that something was received then stays proven.
    Returns whether the archive had it. Raises ValueError for what is no address.
    """
    with Archive(database.url(settings), aliases.table(settings)) as archive:
        was_there = upkeep.forget_article(
            archive.connection,
            canonical(url),
            reason,
            first=detach_article,
        )
        rescue.remove_pages(archive, settings, canonical(url))

    return was_there


def detach_article(cursor: "Cursor", article: int) -> None:
    """Take an article out of its story, and out of the mails that quote it."""
    from pipeline.run import dedupe

    alerts.forget_quotations(cursor, [article])
    dedupe.leave_story(cursor, article)
