"""Whether an outlet has fallen silent: nothing new for so long that it is no chance."""

import math
from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from crawlers.door_notes import DoorNotes
from news.outlet import Outlet

_KNOWN, _KNOWN_DAYS = 5.0, 2.0  # articles and days from which a rate is known
_NO_CHANCE = 0.001
_NIGHT_AND_DAY = timedelta(hours=36)
_LOOKED_BACK = 90  # days


def measure(
    doors: Iterable[DoorNotes], outlet: Outlet, now: datetime
) -> tuple[timedelta, float] | None:
    """Return how long an outlet has brought nothing and how many articles were to be expected.

    None unless that is no chance: with a rate of r a day, nothing in t days has the chance
    exp(-r t), and less than one in a thousand is no chance any more. No outlet is silent before a
    night and a day and a half; its quiet days do not count.
    """
    noted = [notes for notes in doors if notes.usual.span > 0]
    last = max((notes.last_new for notes in noted if notes.last_new), default=None)

    if last is None:
        return None

    articles = sum(notes.usual.count for notes in noted)
    days = max(notes.usual.span for notes in noted)

    if articles < _KNOWN or days < _KNOWN_DAYS:
        return None

    quiet = _active_time(last, now, outlet)
    usual = sum(notes.usual.a_day for notes in noted)
    expected = usual * (quiet / timedelta(days=1))

    if quiet < _NIGHT_AND_DAY or math.exp(-expected) >= _NO_CHANCE:
        return None

    return now - last, expected


def _active_time(begin: datetime, end: datetime, outlet: Outlet) -> timedelta:
    """Return the time between two moments that lies on days on which the outlet publishes."""
    zone = ZoneInfo(outlet.timezone)
    earliest = end - timedelta(days=_LOOKED_BACK)
    moment = max(begin, earliest).astimezone(zone)
    total = timedelta()

    while moment < end:
        tomorrow = moment.date() + timedelta(days=1)
        midnight = datetime.combine(tomorrow, time(), zone)
        day = moment.strftime("%a").lower()

        if day not in outlet.expects.quiet_days:
            # Differences of local times would not count an hour that the clock skips.
            until = min(midnight.astimezone(UTC), end)
            total += until - moment.astimezone(UTC)

        moment = midnight

    return total
