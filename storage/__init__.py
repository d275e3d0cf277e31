"""Floor 1: the archive in PostgreSQL. The only room that knows psycopg2, and where all SQL lives.

An `Archive` is opened, loaded with batches and asked. Beside it the room has five more faces:
`storage.search` (orders, results, exports), `storage.alerts` (watches, matches, the outbox),
`storage.pages` (rows of the pages that people read), `storage.people` (who logs in, and what she
changed) and `storage.upkeep` (servers, migrations, backups, housekeeping). Nothing else of
the room is imported from outside.
"""

from typing import TYPE_CHECKING, Any

from storage.archive.archive import Archive
from storage.archive.batch import Batch, Hook, Loaded, LoadReport, OutletBatch, OutletCounts
from storage.archive.health import (
    OutletEvent,
    ailing_before,
    begin_run,
    count_copies,
    count_new_articles,
    finish_run,
    last_load,
    outlet_journal,
    record_outlet_event,
    run_events,
)
from storage.archive.history import Archived, Version, version_at, version_diff
from storage.archive.host_leases import (
    HostLease,
    claim_hosts,
    release_hosts,
    renew_hosts,
    who_holds,
)
from storage.errors import StorageError
from storage.sql.savepoint import in_savepoint

if TYPE_CHECKING:
    from storage.stories.events import EventMethods, link_events
    from storage.stories.stories import ArchiveStoryStore

__all__ = [
    "Archive",
    "ArchiveStoryStore",
    "Archived",
    "Batch",
    "EventMethods",
    "Hook",
    "HostLease",
    "LoadReport",
    "Loaded",
    "OutletBatch",
    "OutletCounts",
    "OutletEvent",
    "StorageError",
    "Version",
    "ailing_before",
    "begin_run",
    "claim_hosts",
    "count_copies",
    "count_new_articles",
    "finish_run",
    "in_savepoint",
    "last_load",
    "link_events",
    "outlet_journal",
    "record_outlet_event",
    "release_hosts",
    "renew_hosts",
    "run_events",
    "version_at",
    "version_diff",
    "who_holds",
]


def __getattr__(name: str) -> Any:
    """Return what forms stories: numpy comes with it, and most who open an archive form none."""
    if name == "ArchiveStoryStore":
        from storage.stories import stories

        return stories.ArchiveStoryStore

    if name in {"EventMethods", "link_events"}:
        from storage.stories import events

        return getattr(events, name)

    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
