"""Matching: what is new in the archive against the watches.

A batch is taken from the queue, and its matches and deliveries are committed in one transaction: a
crash leaves the queue as it was. Then the new stories are linked into events, and mails are written
in a transaction of their own: a crash between leaves deliveries that the next pass writes. An
article that cannot be read or matched is set aside alone, under a counted name.
"""

import logging
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pipeline import aliases, database
from pipeline.alerts import compose
from pipeline.alerts.fits import find_fits
from pipeline.alerts.gathered import keep_gathered
from pipeline.alerts.listener import leave_to_listener
from pipeline.alerts.mail_context import MailContext, mail_context
from pipeline.alerts.occurrences import RESTORED, MatchPass
from pipeline.alerts.watch_cache import UNUSABLE, WatchCache
from pipeline.run.link_events import EventLinker
from pipeline.settings import Settings
from storage import Archive, alerts, in_savepoint

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor

UNREADABLE = "article_unreadable"  # the counted reason: an article that cannot be matched
_BATCH = 1_000  # changes of one transaction
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What a pass of matching did."""

    changes: int = 0
    matches: int = 0
    mails: int = 0
    skipped: Counter[str] = field(default_factory=Counter)

    def __add__(self, other: "Done") -> "Done":
        return Done(
            changes=self.changes + other.changes,
            matches=self.matches + other.matches,
            mails=self.mails + other.mails,
            skipped=self.skipped + other.skipped,
        )


def match(settings: Settings, *, now: datetime) -> dict[str, Any]:
    """Match everything that waits; what a listener is at work on is left to it.

    Return {"changes", "matches", "mails", "skipped": {reason: count}}.
    """
    context = mail_context(settings)
    with Archive(database.url(settings), aliases.table(settings)) as archive:
        leave_to_listener(archive)
        cache = WatchCache(archive.aliases)
        linker = EventLinker() if settings.events else None
        done = match_all(archive, context, now, cache=cache, linker=linker)

    return {
        "changes": done.changes,
        "matches": done.matches,
        "mails": done.mails,
        "skipped": dict(done.skipped),
    }


def match_all(
    archive: Archive,
    context: MailContext,
    now: datetime,
    *,
    cache: WatchCache,
    restored: bool = False,
    linker: EventLinker | None = None,
) -> Done:
    """Match batch after batch until nothing waits; see `match_once`."""
    done = Done()
    while True:
        step = match_once(
            archive,
            context,
            now,
            cache=cache,
            restored=restored,
            linker=linker,
        )
        done += step
        if not step.changes:
            return done


def match_once(
    archive: Archive,
    context: MailContext,
    now: datetime,
    *,
    cache: WatchCache | None = None,
    limit: int = _BATCH,
    restored: bool = False,
    linker: EventLinker | None = None,
) -> Done:
    """Match one batch and write its mails.

    `changes` is 0 when nothing waited. `cache` keeps the watches from one call to the next.
    `restored`: nothing of the batch is mailed, the house told it before the archive was restored.
    `linker` links what fits a watch into events before anything is told of it; None: nobody does.
    """
    cache = cache if cache is not None else WatchCache(archive.aliases)
    with archive.transaction() as cursor:
        alerts.lock_matching(cursor)
        unusable_before = cache.unusable
        batch = _Batch(cursor, cache, now, restored=restored)
        batch.match(limit)
        if cache.unusable and cache.unusable is not unusable_before:
            batch.skipped[UNUSABLE] += len(cache.unusable)
        # What an earlier pass matched, and was killed before it wrote, is written now.
        if not batch.changes and not alerts.is_any_due(cursor, now):
            return Done()

        alerts.count_skips(cursor, batch.skipped, now)

    if batch.matches and linker is not None:
        _link(linker, archive, now, batch.fitting)

    with archive.transaction() as cursor:
        alerts.lock_matching(cursor)
        saved = cache.refresh(cursor)
        gathered = keep_gathered(cursor, saved, now, withheld=RESTORED if restored else "")
        alerts.count_skips(cursor, gathered, now)
        mails, unwritten = compose.compose(
            cursor,
            context,
            saved,
            now,
            waits_for_first_run=True,
        )

    return Done(
        changes=batch.changes,
        matches=batch.matches,
        mails=mails,
        skipped=batch.skipped + gathered + unwritten,
    )


def _link(linker: EventLinker, archive: Archive, now: datetime, articles: set[int]) -> None:
    """Link what will be told into events; mails do not depend on it, so a failure is only told."""
    try:
        linker.link(archive, now, sorted(articles))
    except Exception:  # noqa: BLE001 - a mail that tells an event twice is better than none
        _LOG.exception("new stories could not be linked into events; mails go without")


def after_restore(archive: Archive, context: MailContext, now: datetime) -> int:
    """Keep a restored archive from telling again what was told since the backup.

    What waited in the outbox and what has been due since is given up; what waited to be matched is
    matched and kept, and not mailed. Return how many mails are not sent for it.
    """
    with archive.transaction() as cursor:
        given_up = alerts.drop_restored(cursor, now)

    cache = WatchCache(archive.aliases)
    done = match_all(archive, context, now, cache=cache, restored=True)

    return given_up + done.skipped[RESTORED]


@dataclass(slots=True)
class _Batch:
    """One transaction's changes, matched together, or in halves where something fails."""

    cursor: "Cursor"
    cache: WatchCache
    now: datetime
    restored: bool = field(kw_only=True)
    changes: int = 0
    matches: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    fitting: set[int] = field(default_factory=set)  # articles

    def match(self, limit: int) -> None:
        """Match up to so many changes; one that cannot be is set aside, whatever the error."""
        before = self.changes, self.matches, self.skipped.copy()
        error = in_savepoint(self.cursor, lambda: self._match(limit))
        if error is None:
            return

        self.changes, self.matches, self.skipped = before
        if limit == 1:
            self._set_aside(error)
            return

        # Halves find the one that fails in few steps, and keep the rest together.
        half = limit // 2
        self.match(half)
        self.match(limit - half)

    def _match(self, limit: int) -> None:
        """Take changes out of the queue, and keep what fits."""
        changes = alerts.dequeue_changes(self.cursor, limit)
        if not changes:
            return

        saved = self.cache.refresh(self.cursor)
        step = MatchPass(self.now, restored=self.restored)
        fitting = find_fits(changes, self.cache.matcher, saved, self.now)
        self.matches += step.keep(self.cursor, fitting)
        self.fitting.update(item.change.article for item in fitting)
        self.changes += len(changes)
        self.skipped += step.skipped

    def _set_aside(self, error: Exception) -> None:
        """Leave the queue's first change unmatched, and count it."""
        article = alerts.discard_change(self.cursor)
        if article is None:
            return

        self.changes += 1
        self.skipped[UNREADABLE] += 1
        _LOG.error("article %s could not be matched", article, exc_info=error)
