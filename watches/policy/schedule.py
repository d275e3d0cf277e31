"""When a match becomes mail: rhythms and quiet hours in the reader's zone. `now` is an argument."""

from datetime import UTC, date, datetime, time, timedelta
from typing import assert_never
from zoneinfo import ZoneInfo

from news.watch import MatchKind, Rhythm, Watch
from watches.kinds import traits

_LONGEST_WAIT = timedelta(hours=6)  # of a "picked up" mail for further copies
_HOUR = timedelta(hours=1)
_WEEK_AND_MORE = 9  # days: a week, and a day that summer time or a past hour takes at each end


def due_at(watch: Watch, now: datetime) -> datetime:
    """Return when a match found at `now` is to be mailed (UTC)."""
    local = now.astimezone(ZoneInfo(watch.timezone))
    match watch.rhythm:
        case Rhythm.AT_ONCE:
            moment = local
        case Rhythm.HOURLY:
            hour = now.astimezone(UTC).replace(
                minute=0,
                second=0,
                microsecond=0,
            )
            moment = (hour + _HOUR).astimezone(local.tzinfo)
        case Rhythm.DAILY | Rhythm.BRIEF:
            moment = _next_hour(local, watch.hour)
        case Rhythm.WEEKLY:
            moment = _next_hour(local, watch.hour, weekday=watch.weekday)
        case _:
            assert_never(watch.rhythm)

    return after_quiet_hours(watch, moment).astimezone(UTC)


def due_of_kind(watch: Watch, kind: MatchKind, now: datetime) -> datetime:
    """Return when a match of a kind is to be mailed (UTC).

    A kind that waits for copies is due when none has come for `watch.settle` minutes.
    """
    if not traits(kind).waits_for_copies:
        return due_at(watch, now)

    return due_at(watch, now + timedelta(minutes=watch.settle))


def due_after_copy(watch: Watch, matched_at: datetime, now: datetime) -> datetime:
    """Return the new moment (UTC) of a mail that waits for copies, when one came at `now`.

    It is never over six hours after the match, or over `watch.settle` minutes if these are more.
    """
    wait = timedelta(minutes=watch.settle)
    latest = matched_at + max(_LONGEST_WAIT, wait)

    return due_at(watch, min(now + wait, latest))


def after_quiet_hours(watch: Watch, moment: datetime) -> datetime:
    """Return the moment itself, or the end of the quiet hours that it falls into.

    The hours may cross midnight; equal ends are no hours.
    """
    if watch.quiet is None:
        return moment

    begin, end = watch.quiet
    local = moment.astimezone(ZoneInfo(watch.timezone))
    clock = local.time().replace(tzinfo=None)
    if not _within(clock, begin, end):
        return moment

    day = local.date()
    if clock >= end:
        day += timedelta(days=1)

    return _local_moment(day, end, like=local)


def _within(clock: time, begin: time, end: time) -> bool:
    """Return whether a time of the day lies in a stretch, its first moment included."""
    if begin <= end:
        return begin <= clock < end

    return clock >= begin or clock < end


def _next_hour(local: datetime, hour: int, weekday: int | None = None) -> datetime:
    """Return the next `hour`:00 strictly after `local`, on a weekday (Monday 0) if one is given."""
    for days in range(_WEEK_AND_MORE):
        day = local.date() + timedelta(days=days)
        if weekday is not None and day.weekday() != weekday:
            continue

        moment = _local_moment(day, time(hour), like=local)
        if moment > local:
            return moment

    raise AssertionError(local)


def _local_moment(day: date, clock: time, *, like: datetime) -> datetime:
    """Return a time of a day in the zone of `like`.

    One that the change to summer time skips becomes the moment after the gap.
    """
    naive = datetime.combine(day, clock)
    in_zone = naive.replace(tzinfo=like.tzinfo)

    return in_zone.astimezone(UTC).astimezone(like.tzinfo)
