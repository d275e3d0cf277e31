"""Watches and who gets them, in the archive. Every function takes a cursor and acts in the caller's transaction."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from news.watch import MatchKind, Rhythm, Watch
from storage.sql.savepoint import in_savepoint
from storage.sql.statements import statement

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
    fates: tuple[str, ...]  # "address state[: reason]"


def save_watch(cursor: "Cursor", watch: Watch, *, again: bool = True) -> int:
    """Save a watch by its name and subscribe its recipients, no one else; return its id.

    `again`: whoever unsubscribed and is named here is subscribed again; without it (an import) her wish stands.
    """
    cursor.execute(statement("watches", "save"), _values(watch))
    saved = int(_one(cursor))
    for address in watch.recipients:
        cursor.execute(
            statement("watches", "know_address"),
            {"address": address, "domain": provider_of(address)},
        )
        cursor.execute(
            statement("watches", "subscribe"), {"watch": saved, "address": address, "again": again}
        )
    cursor.execute(
        statement("watches", "unsubscribe_others"),
        {"watch": saved, "addresses": list(watch.recipients)},
    )
    return saved


def load_watches(cursor: "Cursor", name: str | None = None) -> list[SavedWatch]:
    """Return all watches, or the one of a name."""
    cursor.execute(statement("watches", "all"), {"name": name})
    return [_saved(row) for row in cursor.fetchall()]


def load_readable_watches(cursor: "Cursor") -> tuple[list[SavedWatch], list[str]]:
    """Return all watches that can be read, and the names of those that cannot."""
    found: list[SavedWatch] = []
    if in_savepoint(cursor, lambda: found.extend(load_watches(cursor))) is None:
        return found, []

    found.clear()
    unreadable: list[str] = []
    cursor.execute(statement("watches", "every_name"))
    for (name,) in cursor.fetchall():
        error = in_savepoint(cursor, partial(_load_into, cursor, name, found))
        if error is not None:
            _LOG.error("the watch %r cannot be read", name, exc_info=error)
            unreadable.append(name)
    return found, unreadable


def _load_into(cursor: "Cursor", name: str, found: list[SavedWatch]) -> None:
    """Add the watch of a name."""
    found.extend(load_watches(cursor, name))


def watches_stamp(cursor: "Cursor") -> tuple[str, ...]:
    """Return what changes when a watch or a subscription does: `load` answers the same under the same stamp, but for last hits."""
    cursor.execute(statement("watches", "stamp"))
    return tuple(cursor.fetchone() or ())


def last_hits(cursor: "Cursor", ids: Iterable[int]) -> dict[int, datetime]:
    """Return when watches last fitted anything; those that never did are left out."""
    cursor.execute(statement("watches", "last_hits"), {"ids": list(ids)})
    return dict(cursor.fetchall())


def remove_watch(cursor: "Cursor", name: str) -> bool:
    """Remove a watch and its matches; whether there was one. Mails already written still go."""
    cursor.execute(statement("watches", "remove"), {"name": name})
    return cursor.fetchone() is not None


def unsubscribe(cursor: "Cursor", address: str, watches: Iterable[int], now: datetime) -> int:
    """End what an address gets of some watches; return how many subscriptions ran until now."""
    cursor.execute(
        statement("watches", "end_subscriptions"),
        {"address": address, "watches": list(watches), "now": now},
    )
    return cursor.rowcount


def watch_names(cursor: "Cursor", ids: Iterable[int]) -> list[str]:
    """Return the names of watches; ids that are no more are left out."""
    cursor.execute(statement("watches", "names"), {"ids": list(ids)})
    return [row[0] for row in cursor.fetchall()]


def watch_history(cursor: "Cursor", name: str, limit: int = 50) -> list[WatchMatch]:
    """Return what a watch matched lately, newest first."""
    cursor.execute(statement("watches", "history"), {"name": name, "limit": limit})
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
        for row in cursor.fetchall()
    ]


def provider_of(address: str) -> str:
    """Return the part of an address that rate limits count by: a mail's domain, an Apprise URL's scheme."""
    scheme, is_url, _ = address.partition("://")
    return f"{scheme}:" if is_url else address.rpartition("@")[2].lower()


def _values(watch: Watch) -> dict[str, Any]:
    quiet = watch.quiet or (None, None)
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
        "quiet_from": quiet[0],
        "quiet_until": quiet[1],
        "picked_up_by": watch.picked_up_by,
        "settle": watch.settle,
        "mail_language": watch.mail_language,
        "mute_until": watch.mute_until,
        "expires": watch.expires,
        "paused": watch.paused,
    }


def _saved(row: tuple[Any, ...]) -> SavedWatch:
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
        quiet=(row[11], row[12]) if row[11] is not None else None,
        picked_up_by=row[13],
        settle=row[14],
        mail_language=row[15],
        mute_until=row[16],
        expires=row[17],
        paused=row[18],
        recipients=tuple(row[20]),
    )
    return SavedWatch(id=row[0], watch=watch, last_hit=row[19], changed=row[21])


def _one(cursor: "Cursor") -> Any:
    row = cursor.fetchone()
    if row is None:
        raise AssertionError(cursor.query)
    return row[0]
