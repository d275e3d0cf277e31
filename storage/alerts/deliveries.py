"""Deliveries: which match goes to which address, when, or why not; and what was said already.

Every function takes a cursor and acts in the caller's transaction.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from news.watch import MatchKind
from storage.alerts.changes import ArticleText, full_text
from storage.sql.statements import (
    execute,
    execute_many,
    fetch_all,
    fetch_many,
    fetch_one,
    fetch_value,
)

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedDelivery:
    """A match for an address: when, or why not."""

    match: int
    address: str
    due_at: datetime  # aware
    skipped: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDelivery:
    """A delivery whose time has come."""

    match: int
    watch: int
    story: int
    kind: MatchKind
    occasion: str
    article: int
    version: int
    terms: tuple[str, ...]
    excerpt: str
    at: datetime
    address: str
    moved_at: datetime | None = None  # when a changed rhythm moved it
    dropped_alert: int | None = None  # the mail that it stood in and that was given up


@dataclass(frozen=True, slots=True, kw_only=True)
class MailArticle:
    """An article as a mail shows it."""

    title: str
    language: str
    at: datetime
    url: str
    outlet: str
    outlet_title: str
    body: str


class Pickup(NamedTuple):
    """A "picked up" mail that waits: of which watch and story, matched when (aware)."""

    watch: int
    story: int
    at: datetime


class WaitingDelivery(NamedTuple):
    """A delivery that waits to become mail, and when (aware) its match was made."""

    match: int
    address: str
    kind: MatchKind
    matched_at: datetime


class Notice(NamedTuple):
    """That an address is told of a story once: of which kind, on which occasion."""

    address: str
    story: int
    kind: str
    occasion: str


def plan_deliveries(cursor: "Cursor", plans: Iterable[PlannedDelivery]) -> None:
    """Keep when and to whom matches go, or why not."""
    rows = []
    for plan in plans:
        state = "skipped" if plan.skipped else "waiting"
        rows.append((plan.match, plan.address, plan.due_at, state, plan.skipped))

    execute_many(cursor, "deliveries.plan", rows)


def waiting_pickups(cursor: "Cursor", stories: Iterable[int]) -> list[Pickup]:
    """Return the "picked up" mails of stories that still wait."""
    rows = fetch_all(cursor, "deliveries.waiting_pickups", stories=list(stories))
    return [Pickup(*row) for row in rows]


def delay_pickups(cursor: "Cursor", delayed: Iterable[tuple[int, int, datetime]]) -> None:
    """Let "picked up" mails wait longer: (watch, story, new moment)."""
    template = "(%s::bigint,%s::bigint,%s::timestamptz)"
    execute_many(cursor, "deliveries.delay_pickups", list(delayed), template)


def postpone_deliveries(cursor: "Cursor", rows: Sequence[tuple[int, str, datetime]]) -> None:
    """Let deliveries (match, address) wait until a moment."""
    execute_many(cursor, "deliveries.postpone", rows, "(%s::bigint,%s,%s::timestamptz)")


def due_deliveries(cursor: "Cursor", now: datetime, limit: int) -> list[DueDelivery]:
    """Return deliveries whose time has come, by address; locked for this transaction."""
    return [
        DueDelivery(
            match=row[0],
            watch=row[1],
            story=row[2],
            kind=MatchKind(row[3]),
            occasion=row[4],
            article=row[5],
            version=row[6],
            terms=tuple(row[7]),
            excerpt=row[8],
            at=row[9],
            address=row[10],
            moved_at=row[11],
            dropped_alert=row[12],
        )
        for row in fetch_all(cursor, "deliveries.due", now=now, limit=limit)
    ]


def is_any_due(cursor: "Cursor", now: datetime) -> bool:
    """Return whether the time of any delivery has come."""
    return bool(fetch_value(cursor, "deliveries.any_due", now=now))


def waiting_of_watch(cursor: "Cursor", watch: int) -> list[WaitingDelivery]:
    """Return what of a watch waits to become mail."""
    rows = fetch_all(cursor, "deliveries.waiting_of_watch", watch=watch)

    return [WaitingDelivery(row[0], row[1], MatchKind(row[2]), row[3]) for row in rows]


def move_deliveries(
    cursor: "Cursor",
    moved: Iterable[tuple[int, str, datetime]],
    now: datetime,
) -> None:
    """Give deliveries (match, address) another moment, for their watch has another rhythm."""
    rows = [(*row, now) for row in moved]
    template = "(%s::bigint,%s,%s::timestamptz,%s::timestamptz)"
    execute_many(cursor, "deliveries.move", rows, template)


def held_watches(cursor: "Cursor", since: datetime, now: datetime) -> list[int]:
    """Return the watches that are no longer paused or muted, and held matches back."""
    rows = fetch_all(cursor, "deliveries.held_watches", since=since, now=now)

    return [watch for (watch,) in rows]


def revive_held(
    cursor: "Cursor",
    watches: Iterable[tuple[int, datetime]],
    since: datetime,
) -> None:
    """Let what watches held back after a moment wait to be mailed: (watch, due at)."""
    rows = [(watch, due_at, since) for watch, due_at in watches]
    template = "(%s::bigint,%s::timestamptz,%s::timestamptz)"
    execute_many(cursor, "deliveries.revive_held", rows, template)


def skip_deliveries(cursor: "Cursor", rows: Sequence[tuple[int, str, str]]) -> None:
    """Mark deliveries (match, address) as skipped with a reason."""
    execute_many(cursor, "deliveries.skip", rows, "(%s::bigint,%s,%s)")


def record_notices(
    cursor: "Cursor",
    notices: Sequence[tuple[str, int, str, str]],
    now: datetime,
) -> set[tuple[str, int, str, str]]:
    """Note what addresses are told; return the notices that they had not had before."""
    stories = sorted({story for _, story, _, _ in notices})
    addresses = sorted({address for address, _, _, _ in notices})

    had = fetch_all(
        cursor,
        "deliveries.notices_of_merged",
        stories=stories,
        addresses=addresses,
    )

    rows = [(*notice, now) for notice in set(notices) - set(had)]
    recorded = fetch_many(cursor, "deliveries.record_notices", sorted(rows))

    return {Notice(*row) for row in recorded}


def retract_notices(
    cursor: "Cursor",
    address: str,
    keys: Sequence[tuple[int, str, str]],
) -> None:
    """Take back that an address is being told of (story, kind, occasion): no mail says it."""
    if keys:
        execute(cursor, "deliveries.retract_notices", address=address, keys=tuple(keys))


def revive_stories(
    cursor: "Cursor",
    stories: Iterable[tuple[int, int, datetime]],
) -> list[int]:
    """Let stories of which nobody was told when they came wait to be mailed after all.

    `stories`: (watch, story, due at). Return the watch of each delivery that waits again.
    """
    template = "(%s::bigint,%s::bigint,%s::timestamptz)"
    rows = fetch_many(cursor, "deliveries.revive_stories", sorted(set(stories)), template)
    return [watch for (watch,) in rows]


def last_edit_notices(
    cursor: "Cursor",
    addresses: Iterable[str],
    stories: Iterable[int],
    since: datetime,
) -> dict[tuple[str, int], datetime]:
    """Return (address, article) -> when the address last had a notice of the article's edits.

    Only those after a moment (aware).
    """
    rows = fetch_all(
        cursor,
        "deliveries.last_edit_notices",
        addresses=list(addresses),
        stories=list(stories),
        since=since,
    )

    return {(address, article): at for address, article, at in rows}


def thread_parent(cursor: "Cursor", address: str, stories: Iterable[int]) -> str | None:
    """Return the Message-ID of the mail that first told an address of stories or their events."""
    message_id: str | None = fetch_value(
        cursor,
        "deliveries.thread_parent",
        address=address,
        stories=list(stories),
    )

    return message_id


def mark_written(
    cursor: "Cursor",
    alert: int,
    address: str,
    matches: Iterable[int],
    keys: Sequence[tuple[int, str, str]],
) -> None:
    """Mark deliveries as written into a mail (by its number), and what it tells.

    `keys` are (story, kind, occasion).
    """
    execute(
        cursor,
        "deliveries.mark_written",
        alert=alert,
        address=address,
        matches=list(matches),
    )

    if keys:
        execute(
            cursor,
            "deliveries.link_notices",
            alert=alert,
            address=address,
            keys=tuple(keys),
        )


def mail_articles(cursor: "Cursor", articles: Iterable[int]) -> dict[int, MailArticle]:
    """Return articles as mails show them, by id."""
    shown = {}
    for row in fetch_all(cursor, "deliveries.mail_articles", ids=list(articles)):
        shown[row[0]] = MailArticle(
            title=row[1],
            language=row[2],
            at=row[3],
            url=row[4],
            outlet=row[5],
            outlet_title=row[6] or row[5],
            body=full_text(row[7], row[8]),
        )

    return shown


def edit_texts(
    cursor: "Cursor",
    article: int,
    first: int,
    last: int,
) -> tuple[ArticleText, ArticleText] | None:
    """Return the text before an article's version `first`, and as version `last` left it.

    None if `first` is no edit.
    """
    row = fetch_one(
        cursor,
        "deliveries.edit_texts",
        article=article,
        version=first,
        last=last,
    )

    if row is None:
        return None

    old_title, old_standfirst, old_body, new_title, new_standfirst, new_body = row
    old = ArticleText(title=old_title, body=full_text(old_standfirst, old_body))
    new = ArticleText(title=new_title, body=full_text(new_standfirst, new_body))

    return old, new
