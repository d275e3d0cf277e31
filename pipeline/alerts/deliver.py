"""Delivering: mails that digests and quiet hours have held back are written, what is due is sent.

`follow` does it, and the matching before it, as articles come.
"""

import contextlib
import itertools
from datetime import UTC, datetime, timedelta
from typing import Any

from pipeline import aliases, database
from pipeline.alerts import compose, notices, send
from pipeline.alerts.mail_context import MailContext, mail_context
from pipeline.alerts.match import match_once
from pipeline.alerts.watch_cache import WatchCache, load_usable
from pipeline.run.link_events import EventLinker
from pipeline.settings import Settings
from storage import Archive, alerts

_REST = 5.0  # seconds between two looks when nothing wakes us: retries are due by the clock
_FEW = 20  # changes that are matched and mailed together when a look begins
_MANY = 640  # changes of the largest batch
_DIGESTS = timedelta(seconds=30)  # between two looks for digests
_LONG_AGO = datetime.min.replace(tzinfo=UTC)
_LOOKS = timedelta(minutes=5)  # between two looks for what the operator must mend


def alert(settings: Settings, *, now: datetime, ends_run: bool = False) -> dict[str, Any]:
    """Write the digests that are due and send what is due.

    `ends_run`: it is the last thing that a run does; until then what an archive's first run brings
    is not written, so that it is one digest.

    Return what `send.send_due` does, "composed" and "skipped": {reason: count} beside it.
    """
    context = mail_context(settings)
    with Archive(database.url(settings), aliases.table(settings)) as archive:
        with archive.transaction() as cursor:
            saved, _ = load_usable(cursor, archive.aliases)
            mails, skipped = compose.compose(
                cursor,
                context,
                saved,
                now,
                waits_for_first_run=not ends_run,
            )

        sent = send.send_due(archive, settings, now=now)
        return {**sent, "composed": mails, "skipped": dict(skipped)}


def tell_operator(settings: Settings, *, now: datetime) -> dict[str, Any]:
    """Look for all that a person must mend; return {"mails"}: how many the operator gets."""
    with Archive(database.url(settings), aliases.table(settings)) as archive:
        return {"mails": notices.tell_operator(archive, settings, now, daily=True)}


def follow(settings: Settings, *, most: int | None = None) -> None:
    """Match and send as articles come, for ever (or `most` rounds).

    Ends with the database's error; whoever keeps it running starts it again.
    """
    context = mail_context(settings)
    url = database.url(settings)
    with (
        Archive(url, aliases.table(settings)) as archive,
        Archive(url) as listener,
        contextlib.closing(send.carrier(settings)) as carrier,
    ):
        alerts.listen_for_articles(listener.connection)
        rates = send.limits(settings)
        sender = send.Sender(carrier, rates)
        cache = WatchCache(archive.aliases)
        linker = EventLinker() if settings.events else None
        digests_at = _LONG_AGO
        looked_at = _LONG_AGO
        rounds = itertools.count()
        for number in rounds:
            if number == most:
                return

            limit = _FEW
            while _match(archive, context, cache, linker, limit):
                sender.send_all(archive)
                # Each batch costs a look at all recent events: where much waits they grow.
                limit = min(2 * limit, _MANY)

            now = _now()
            if now - digests_at > _DIGESTS:
                digests_at = now
                _write_digests(
                    archive,
                    context,
                    cache,
                    now,
                )

            if now - looked_at > _LOOKS:
                looked_at = now
                notices.tell_operator(archive, settings, now)

            sender.send_all(archive)
            alerts.wait_for_articles(listener.connection, _REST)


def _match(
    archive: Archive,
    context: MailContext,
    cache: WatchCache,
    linker: EventLinker | None,
    limit: int,
) -> bool:
    """Match at most so many changes of what waits; whether there were any."""
    done = match_once(
        archive,
        context,
        _now(),
        limit=limit,
        cache=cache,
        linker=linker,
    )

    return bool(done.changes)


def _write_digests(
    archive: Archive,
    context: MailContext,
    cache: WatchCache,
    now: datetime,
) -> None:
    """Write the mails whose time has come without a new article."""
    with archive.transaction() as cursor:
        saved = cache.refresh(cursor)
        compose.compose(cursor, context, saved, now, waits_for_first_run=True)


def _now() -> datetime:
    """Return the moment, in UTC."""
    return datetime.now(UTC)
