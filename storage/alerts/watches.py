"""Watches and who gets them, in the archive.

Every function takes a cursor and acts in the caller's transaction.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from news.watch import MatchKind, Rhythm, Watch
from storage.sql.savepoint import in_savepoint
from storage.sql.statements import execute, fetch_all, fetch_one

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor


_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedWatch:
    """A watch of the archive. `watch.recipients` are the addresses still subscribed."""

    id: int
    watch: Watch
    changed: datetime
    last_hit: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchMatch:
    """One match of a watch, and what became of it for each address."""

    number: int  # of the match
    at: datetime
    kind: MatchKind
    story: int
    article: int
    title: str
    outlet: str
    terms: tuple[str, ...]
    excerpt: str
    url: str
    published: datetime
    language: str
    fates: tuple[str, ...]  # of its deliveries, "address state[: reason]"; named so in --json


def save_watch(cursor: "Cursor", watch: Watch, *, resubscribe: bool = True) -> int:
    """Save a watch by its name and subscribe its recipients, no one else; return its id.

    `resubscribe`: whoever unsubscribed and is named here is subscribed again; without it (an
    import) her wish stands.
    """
    (number,) = fetch_one(cursor, "watches.save", **_values(watch)) or (0,)
    execute(cursor, "watches.recall_unsubscribed", watch=number, name=watch.name)
    for address in watch.recipients:
        domain = provider_of(address)
        execute(cursor, "watches.know_address", address=address, domain=domain)

        execute(
            cursor,
            "watches.subscribe",
            watch=number,
            address=address,
            resubscribe=resubscribe,
        )

    recipients = list(watch.recipients)
    execute(cursor, "watches.unsubscribe_others", watch=number, addresses=recipients)

    return int(number)


def load_watches(cursor: "Cursor", name: str | None = None) -> list[SavedWatch]:
    """Return all watches, or the one of a name."""
    return [_saved(row) for row in fetch_all(cursor, "watches.all", name=name)]


def load_readable_watches(cursor: "Cursor") -> tuple[list[SavedWatch], list[str]]:
    """Return all watches that can be read, and the names of those that cannot."""
    watches: list[SavedWatch] = []
    if in_savepoint(cursor, lambda: watches.extend(load_watches(cursor))) is None:
        return watches, []

    watches.clear()
    unreadable: list[str] = []
    for (name,) in fetch_all(cursor, "watches.every_name"):
        error = in_savepoint(cursor, partial(_load_into, cursor, name, watches))
        if error is not None:
            _LOG.error("the watch %r cannot be read", name, exc_info=error)
            unreadable.append(name)

    return watches, unreadable


def _load_into(cursor: "Cursor", name: str, watches: list[SavedWatch]) -> None:
    """Add the watch of a name."""
    watches.extend(load_watches(cursor, name))


def watches_stamp(cursor: "Cursor") -> tuple[str, ...]:
    """Return what changes when a watch or a subscription does.

    `load_watches` answers the same under the same stamp, but for last hits.
    """
    return tuple(fetch_one(cursor, "watches.stamp") or ())


def last_hits(cursor: "Cursor", ids: Iterable[int]) -> dict[int, datetime]:
    """Return when watches last fitted anything; those that never did are left out."""
    return dict(fetch_all(cursor, "watches.last_hits", ids=list(ids)))


def remove_watch(cursor: "Cursor", name: str) -> bool:
    """Remove a watch and its matches; return whether there was one.

    Mails already written still go. Who unsubscribed is remembered by the watch's name, in case it
    is imported again.
    """
    execute(cursor, "watches.remember_unsubscribed", name=name)

    return fetch_one(cursor, "watches.remove", name=name) is not None


def unsubscribe(
    cursor: "Cursor",
    address: str,
    watches: Iterable[int] | None,
    now: datetime,
) -> int:
    """End what an address gets of some watches, or of all (None); return how many ran until now."""
    return execute(
        cursor,
        "watches.end_subscriptions",
        address=address,
        watches=None if watches is None else list(watches),
        now=now,
    )


def watches_of(cursor: "Cursor", address: str) -> list[str]:
    """Return the names of the watches that an address gets."""
    return [name for (name,) in fetch_all(cursor, "watches.of_address", address=address)]


def watch_names(cursor: "Cursor", ids: Iterable[int]) -> list[str]:
    """Return the names of watches; ids that are no more are left out."""
    return [name for (name,) in fetch_all(cursor, "watches.names", ids=list(ids))]


def watch_history(cursor: "Cursor", name: str, limit: int = 50) -> list[WatchMatch]:
    """Return what a watch matched, newest first."""
    return [
        WatchMatch(
            at=row[0],
            kind=MatchKind(row[1]),
            story=row[2],
            article=row[3],
            title=row[4],
            outlet=row[5],
            terms=tuple(row[6]),
            excerpt=row[7],
            url=row[8],
            published=row[9],
            language=row[10],
            fates=tuple(row[11]),
            number=row[12],
        )
        for row in fetch_all(cursor, "watches.history", name=name, limit=limit)
    ]


def provider_of(address: str) -> str:
    """Return the part of an address that rate limits count by.

    It is a mail's domain, or an Apprise URL's scheme.
    """
    scheme, is_url, _ = address.partition("://")
    if is_url:
        return f"{scheme}:"

    _, _, domain = address.rpartition("@")

    return domain.lower()


def _values(watch: Watch) -> dict[str, Any]:
    """Return what the statement watches.save wants."""
    quiet_from, quiet_until = watch.quiet or (None, None)

    return {
        "name": watch.name,
        "query": watch.query,
        "rhythm": watch.rhythm.value,
        "kinds": [kind.value for kind in watch.kinds],
        "outlets": list(watch.outlets),
        "regions": list(watch.regions),
        "languages": list(watch.languages),
        "timezone": watch.timezone,
        "hour": watch.hour,
        "weekday": watch.weekday,
        "quiet_from": quiet_from,
        "quiet_until": quiet_until,
        "picked_up_by": watch.picked_up_by,
        "settle": watch.settle,
        "pace": watch.pace,
        "mail_language": watch.mail_language,
        "mute_until": watch.mute_until,
        "expires": watch.expires,
        "paused": watch.paused,
    }


def _saved(row: tuple[Any, ...]) -> SavedWatch:
    """Return the watch of a row of watches.all."""
    quiet = None if row[11] is None else (row[11], row[12])

    watch = Watch(
        name=row[1],
        query=row[2],
        rhythm=Rhythm(row[3]),
        kinds=tuple(MatchKind(kind) for kind in row[4]),
        outlets=tuple(row[5]),
        regions=tuple(row[6]),
        languages=tuple(row[7]),
        timezone=row[8],
        hour=row[9],
        weekday=row[10],
        quiet=quiet,
        picked_up_by=row[13],
        settle=row[14],
        pace=row[22],
        mail_language=row[15],
        mute_until=row[16],
        expires=row[17],
        paused=row[18],
        recipients=tuple(row[20]),
    )

    return SavedWatch(id=row[0], watch=watch, last_hit=row[19], changed=row[21])
