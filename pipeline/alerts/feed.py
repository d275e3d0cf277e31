"""A watch of the archive as an Atom feed; the ui serves what `feed` returns."""

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from news import feeds
from pipeline.alerts.mail_context import MailContext
from storage import alerts
from storage.alerts import SavedWatch, WatchMatch
from watches import line

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor

_ENTRIES = 100
_YEAR = 2026  # of the identities' tag (RFC 4151): a year in which the host was ours
_LONGEST_TITLE = 200  # characters, as the others
_LONGEST_OUTLET = 100
_LONGEST_SUMMARY = 600
_LONGEST_TERM = 60


def feed(cursor: "Cursor", saved: SavedWatch, context: MailContext) -> bytes:
    """Return the Atom document of a watch: its newest matches.

    Texts are cleaned, so that no mark-up of a page survives.
    """
    found = alerts.watch_history(cursor, saved.watch.name, _ENTRIES)
    host = urlsplit(context.base).hostname or "localhost"
    own_url = context.feed_url(saved.id)
    newest = max((match.at for match in found), default=saved.changed)

    return feeds.atom(
        feeds.Feed(
            identity=own_url or f"tag:{host},{_YEAR}:watch/{saved.id}",
            title=line(saved.watch.name),
            entries=tuple(_entry(match, host, context) for match in found),
            feed_url=own_url,
            updated=newest,
        )
    )


def _entry(match: WatchMatch, host: str, context: MailContext) -> feeds.Entry:
    """Return one match as an entry; its identity never changes."""
    words = ", ".join(line(term, _LONGEST_TERM) for term in match.terms)

    return feeds.Entry(
        identity=f"tag:{host},{_YEAR}:match/{match.number}",
        title=line(match.title, _LONGEST_TITLE),
        updated=match.at,
        published=match.published,
        url=match.url,
        archive_url=context.article_url(match.article),
        author=line(match.outlet, _LONGEST_OUTLET) or "?",
        summary=f"{line(match.excerpt, _LONGEST_SUMMARY)} [{words}]",
        language=match.language,
        tags=(match.kind.value,),
    )
