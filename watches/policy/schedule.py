"""When a match becomes mail: rhythms and quiet hours in the reader's zone. Pure; `now` is an argument."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from news.watch import MatchKind, Rhythm, Watch

_LONGEST_SETTLE = timedelta(hours=6)


def due(watch: Watch, now: datetime) -> datetime:
    """Return when a match found at `now` is to be mailed (UTC)."""
    local = now.astimezone(ZoneInfo(watch.timezone))
    match watch.rhythm:
        case Rhythm.AT_ONCE:
            moment = local
        case Rhythm.HOURLY:
            moment = (
                now.astimezone(UTC).replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
            ).astimezone(local.tzinfo)
        case Rhythm.DAILY:
            moment = _next(local, watch.hour)
        case Rhythm.WEEKLY:
            moment = _next(local, watch.hour, weekday=watch.weekday)
    return after_quiet(watch, moment).astimezone(UTC)


def settled(watch: Watch, kind: MatchKind, now: datetime) -> datetime:
    """Return when a match of a kind is to be mailed: "picked up" waits until the copies have settled."""
    if kind is not MatchKind.PICKED_UP or watch.settle == 0:
        return due(watch, now)
    return due(watch, now + timedelta(minutes=watch.settle))


def settle_again(watch: Watch, matched_at: datetime, now: datetime) -> datetime:
    """Return the new moment of a waiting "picked up" mail when a further copy came at `now`; never over six hours after the match."""
    return due(
        watch,
        min(
            now + timedelta(minutes=watch.settle),
            matched_at + max(_LONGEST_SETTLE, timedelta(minutes=watch.settle)),
        ),
    )


def after_quiet(watch: Watch, moment: datetime) -> datetime:
    """Return the moment itself, or the end of the quiet hours it falls into. The hours may cross midnight."""
    if watch.quiet is None or watch.quiet[0] == watch.quiet[1]:
        return moment
    begin, end = watch.quiet
    local = moment.astimezone(ZoneInfo(watch.timezone))
    clock = local.time().replace(tzinfo=None)
    inside = begin <= clock < end if begin < end else clock >= begin or clock < end
    if not inside:
        return moment
    day = local.date() if clock < end else local.date() + timedelta(days=1)
    return _at(day, end, local)


def _next(local: datetime, hour: int, weekday: int | None = None) -> datetime:
    """Return the next local `hour`:00 that lies strictly after `local`, on a weekday if one is given."""
    for days in range(9):
        day = local.date() + timedelta(days=days)
        moment = _at(day, time(hour), local)
        if moment > local and (weekday is None or day.weekday() == weekday):
            return moment
    raise AssertionError(local)


def _at(day: object, clock: time, like: datetime) -> datetime:
    """Return a local time of a day; one that the change to summer time skips becomes the moment after the gap."""
    naive = datetime.combine(day, clock)  # type: ignore[arg-type]
    return naive.replace(tzinfo=like.tzinfo).astimezone(UTC).astimezone(like.tzinfo)
