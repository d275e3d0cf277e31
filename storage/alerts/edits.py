"""Edits as mails tell them: the text before and after, and when an address was told last. Every function takes a cursor."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from psycopg2.extras import execute_values

from storage.alerts.matches import ArticleText
from storage.sql.statements import statement

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor


def last_edit_notices(
    cursor: "Cursor", addresses: Iterable[str], stories: Iterable[int], since: datetime
) -> dict[tuple[str, int], datetime]:
    """Return (address, article) -> when the address was last told of the article's edits, if after a moment."""
    cursor.execute(
        statement("watches", "edits_told"),
        {"addresses": list(addresses), "stories": list(stories), "since": since},
    )
    return {(address, article): at for address, article, at in cursor.fetchall()}


def postpone_deliveries(cursor: "Cursor", rows: Sequence[tuple[int, str, datetime]]) -> None:
    """Let deliveries (match, address) wait until a moment."""
    if rows:
        execute_values(
            cursor,
            statement("watches", "postpone"),
            rows,
            template="(%s::bigint,%s,%s::timestamptz)",
            page_size=1000,
        )


def edit_texts(
    cursor: "Cursor", article: int, first: int, last: int
) -> tuple[ArticleText, ArticleText] | None:
    """Return the text before an article's version `first`, and as version `last` left it; None if `first` is no edit."""
    cursor.execute(
        statement("watches", "edit"), {"article": article, "version": first, "last": last}
    )
    row = cursor.fetchone()
    return (
        (ArticleText(title=row[0], body=row[1]), ArticleText(title=row[2], body=row[3]))
        if row
        else None
    )
