"""What waits a little longer, so that a reader gets one mail where two would say nearly the same.

Edits of an article that come within an hour of a mail about its edits are told as one change. Who
else reports an event that a reader knows comes at the pace that her watch sets.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from news.watch import MatchKind, Rhythm, Watch
from pipeline.alerts.topics import Topic, Topics
from storage import alerts
from storage.alerts import DueDelivery, EventNotice, SavedWatch
from watches import after_quiet_hours, traits

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor

# From one mail about an article's edits to the next: what is edited meanwhile is one change.
EDITS_PAUSE = timedelta(hours=1)
# How long an event is remembered as told: longer than stories are linked into events.
_EVENT_MEMORY = timedelta(days=30)
_PACED = {MatchKind.NEW, MatchKind.FOLLOW_UP}  # as they count

_DeliveryKey = tuple[int, str]  # match, address


@dataclass(slots=True)
class Paced:
    """The deliveries to make now, and which of them tell more of an event that was told before.

    `postponed`: the others, and until when they wait.
    """

    dues: list[DueDelivery] = field(default_factory=list)
    retold: set[_DeliveryKey] = field(default_factory=set)
    postponed: dict[_DeliveryKey, datetime] = field(default_factory=dict)


@dataclass(slots=True)
class Heard:
    """What addresses were told of events."""

    at: dict[tuple[str, Topic], datetime] = field(default_factory=dict)  # the last time
    reports: set[tuple[str, int, str, str]] = field(default_factory=set)  # address, story, kind...

    def note(self, notice: EventNotice, topics: Topics) -> None:
        """Remember that an address was told of a story."""
        if MatchKind(notice.kind) not in _PACED:
            return

        key = notice.address, topics.of_notice(notice)
        self.at[key] = max(notice.at, self.at.get(key, notice.at))
        report = (
            notice.address,
            notice.story,
            notice.kind,
            notice.occasion,
        )
        self.reports.add(report)

    def last_heard(self, due: DueDelivery, topics: Topics) -> datetime | None:
        """Return when the address last heard of the event; None: never, or of this very story.

        What was told of the story itself is no second telling: it is skipped as told.
        """
        kind = traits(due.kind).counts_as
        report = (
            due.address,
            due.story,
            kind.value,
            due.occasion,
        )
        if kind not in _PACED or report in self.reports:
            return None

        topic = topics.of_due(due)

        return self.at.get((due.address, topic))


def without_early_edits(
    cursor: "Cursor",
    dues: Sequence[DueDelivery],
    saved: Mapping[int, SavedWatch],
    now: datetime,
) -> list[DueDelivery]:
    """Return the deliveries but those of edits that come too soon after a mail about such.

    These wait until the hour is over, so that what is edited meanwhile is told as one change.
    """
    edited = [due for due in dues if traits(due.kind).adds_up]
    if not edited:
        return list(dues)

    last_notices = alerts.last_edit_notices(
        cursor,
        {due.address for due in edited},
        {due.story for due in edited},
        now - EDITS_PAUSE,
    )
    postponed = early_edits(edited, saved, last_notices)
    _postpone(cursor, postponed)

    return _others(dues, postponed)


def early_edits(
    dues: Sequence[DueDelivery],
    saved: Mapping[int, SavedWatch],
    last_notices: Mapping[tuple[str, int], datetime],
) -> dict[_DeliveryKey, datetime]:
    """Return the edits that come too soon, and until when they wait. Pure.

    `last_notices`: when an address was told of an article's edits within the last hour.
    """
    postponed: dict[_DeliveryKey, datetime] = {}
    for due in dues:
        noticed_at = last_notices.get((due.address, due.article))
        watch = _prompt_watch(due, saved)
        if noticed_at is None or watch is None:
            continue

        moment = after_quiet_hours(watch, noticed_at + EDITS_PAUSE)
        postponed[due.match, due.address] = moment

    return postponed


def without_early_tellings(
    cursor: "Cursor",
    dues: Sequence[DueDelivery],
    saved: Mapping[int, SavedWatch],
    topics: Topics,
    now: datetime,
) -> Paced:
    """Return the deliveries but those of events that were told too short a while ago.

    These wait until the pace of their watch allows another mail, and come together then.
    """
    heard = _heard(cursor, dues, topics, now)
    paced = early_tellings(dues, saved, topics, heard, now)
    _postpone(cursor, paced.postponed)

    return paced


def early_tellings(
    dues: Sequence[DueDelivery],
    saved: Mapping[int, SavedWatch],
    topics: Topics,
    heard: Heard,
    now: datetime,
) -> Paced:
    """Return which deliveries go, and which wait for the pace of their watch. Pure."""
    paced = Paced()
    for due in dues:
        heard_at = heard.last_heard(due, topics)
        if heard_at is None:
            continue

        key = due.match, due.address
        paced.retold.add(key)
        watch = _prompt_watch(due, saved)
        if watch is None:
            continue

        pace = timedelta(minutes=watch.pace)
        moment = after_quiet_hours(watch, heard_at + pace)
        if moment > now:
            paced.postponed[key] = moment

    paced.dues = _others(dues, paced.postponed)

    return paced


def _heard(
    cursor: "Cursor",
    dues: Sequence[DueDelivery],
    topics: Topics,
    now: datetime,
) -> Heard:
    """Return what the addresses of deliveries were told of their events."""
    notices = alerts.event_notices(
        cursor,
        {due.address for due in dues},
        {due.story for due in dues},
        now - _EVENT_MEMORY,
    )
    heard = Heard()
    for notice in notices:
        heard.note(notice, topics)

    return heard


def _prompt_watch(due: DueDelivery, saved: Mapping[int, SavedWatch]) -> Watch | None:
    """Return the watch of a delivery if it tells at once; digests have their own hour."""
    found = saved.get(due.watch)
    if found is None or found.watch.rhythm is not Rhythm.AT_ONCE:
        return None

    return found.watch


def _postpone(cursor: "Cursor", postponed: Mapping[_DeliveryKey, datetime]) -> None:
    """Let some deliveries wait until their moments."""
    rows: list[tuple[int, str, datetime]] = []
    for (match, address), moment in postponed.items():
        rows.append((match, address, moment))

    alerts.postpone_deliveries(cursor, rows)


def _others(
    dues: Sequence[DueDelivery],
    postponed: Mapping[_DeliveryKey, datetime],
) -> list[DueDelivery]:
    """Return the deliveries that are not postponed."""
    return [due for due in dues if (due.match, due.address) not in postponed]
