"""An article removed for good, with what quotes it."""

from typing import TYPE_CHECKING

from news.urls import canonical
from pipeline import aliases, database
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

    Returns whether the archive had it. Raises ValueError for what is no address.
    """
    with Archive(database.url(settings), aliases.table(settings)) as archive:
        connection = archive.connection
        return bool(
            upkeep.forget_article(
                connection,
                canonical(url),
                reason,
                first=detach_article,
            )
        )


def detach_article(cursor: "Cursor", article: int) -> None:
    """Take an article out of its story, and out of the mails that quote it."""
    from pipeline.run import dedupe

    alerts.forget_quotations(cursor, [article])
    dedupe.leave_story(cursor, article)
