"""Which of the moments that a page names is that of its publication. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone

from extract.metadata.date_claims import Standing

_SEEN = frozenset({Standing.MARKED, Standing.SHOWN})  # told to readers, in the article's place
_CHANGES = frozenset({Standing.REVISED, Standing.UPDATED})


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time a page names: aware, with the raw string and the place where it stood."""

    at: datetime
    raw: str
    source: str
    timed: bool  # it had a time of day
    standing: Standing = Standing.STATED
    whole: bool = True  # its day is told in full, with its year

    @property
    def day(self) -> date:
        """The day in the zone in which it is told."""
        return self.at.date()


def best(
    moments: list[Moment],
    latest: datetime,
    month: tuple[int, int] | None = None,
) -> Moment | None:
    """Return the moment that counts, with a time of day if one of its day has it; None for none.

    `latest` is when the page was fetched, `month` the year and month that its address names.
    """
    sound = [moment for moment in moments if not _is_clock(moment, latest)]
    aloof = {moment.day for moment in sound if moment.standing is Standing.ALOOF}
    if len(aloof) > 1:
        sound = [moment for moment in sound if moment.standing is not Standing.ALOOF]

    if not sound:
        return None

    first = min(sound, key=lambda moment: moment.standing)
    if first.standing is Standing.STATED:
        chosen = _beside_shown(first, sound, latest)
    else:
        chosen = _beside_address(first, sound, month)

    return _with_clock(chosen, moments)


def _with_clock(chosen: Moment, moments: Iterable[Moment]) -> Moment:
    """Return the chosen moment, or one of its day that has a time of day."""
    if chosen.timed:
        return chosen

    for moment in moments:
        if moment.timed and moment.day == chosen.day and moment.standing not in _CHANGES:
            return moment

    return chosen


def _beside_shown(stated: Moment, moments: list[Moment], latest: datetime) -> Moment:
    """Return what is stated to machines, or what readers are shown where that is more likely.

    Systems state the day of an import, a redesign or the last change as that of publication.
    Nobody shows an earlier day than that of publication, and a later one is that of a change.
    """
    if _is_agreed(stated, moments):
        return stated

    shown = [moment for moment in moments if moment.standing in _SEEN and moment.whole]
    if not shown or any(_is_of_day(stated, moment.day) for moment in shown):
        return stated

    first = shown[0]
    changes = {moment.day for moment in moments if moment.standing in _CHANGES}
    if first.day in changes or first.day == latest.astimezone(first.at.tzinfo).date():
        return stated

    later = (first.day - stated.day).days
    if later < 0:
        read_by_all = first.standing is Standing.SHOWN or later < -1
        return first if read_by_all else stated

    return first if later > 1 and _is_confirmed(first, moments) else stated


def _is_confirmed(shown: Moment, moments: Iterable[Moment]) -> bool:
    """Tell whether a shown day is told to machines too, by its own element or elsewhere."""
    if shown.source != "text":
        return True

    told_to_machines = {Standing.STATED, Standing.SAID, Standing.ADDRESS}

    return any(one.day == shown.day and one.standing in told_to_machines for one in moments)


def _is_agreed(stated: Moment, moments: Iterable[Moment]) -> bool:
    """Tell whether what is stated in two ways, or in the address too, is one day."""
    for moment in moments:
        if moment.standing not in {Standing.STATED, Standing.ADDRESS} or moment.day != stated.day:
            continue

        if _kind(moment.source) != _kind(stated.source):
            return True

    return False


def _kind(source: str) -> str:
    """Return the kind of a source: "meta" of "meta:date"."""
    return source.partition(":")[0]


def _beside_address(first: Moment, moments: list[Moment], month: tuple[int, int] | None) -> Moment:
    """Return the first moment, or the one that the address speaks for against it.

    A general date that is stated is believed whatever the address says.
    """
    if first.standing is Standing.SAID:
        return first

    for moment in moments:
        if moment.standing is Standing.ADDRESS and _apart(first, moment) > 1:
            return moment

    if month is None or (first.day.year, first.day.month) == month:
        return first

    for moment in moments:
        if moment.standing <= Standing.ALOOF and (moment.day.year, moment.day.month) == month:
            return moment

    return first


def _is_clock(moment: Moment, latest: datetime) -> bool:
    """Tell whether a date over the headline is the day on which the page was fetched."""
    if moment.standing not in {Standing.ABOVE, Standing.ALOOF}:
        return False

    return moment.day == latest.astimezone(moment.at.tzinfo).date()


def _apart(one: Moment, two: Moment) -> int:
    """Return how many days two moments are apart."""
    return abs((one.day - two.day).days)


def told(chosen: Moment, moments: Iterable[Moment]) -> Moment:
    """Return a moment told in UTC in the zone in which its day is the one that readers are told.

    The moment is the same; its day is the one that the outlet itself gives it, in the address,
    beside the headline or in another stated form.
    """
    if not chosen.timed or chosen.at.utcoffset() != timedelta(0):
        return chosen

    known = [moment for moment in moments if moment.whole]
    days = [moment.day for moment in known if moment.standing in _SEEN | {Standing.ADDRESS}]
    days = days or [moment.day for moment in known if moment.standing is Standing.SAID]
    if chosen.day in days:
        return chosen

    for day in days:
        local = _on_day(chosen.at, day)
        if local is not None:
            return replace(chosen, at=local)

    return chosen


def _is_of_day(moment: Moment, day: date) -> bool:
    """Tell whether a moment falls on a day, in its own zone or, told in UTC, in some other."""
    if moment.day == day:
        return True

    in_utc = moment.timed and moment.at.utcoffset() == timedelta(0)

    return in_utc and _on_day(moment.at, day) is not None


def _on_day(at: datetime, day: date) -> datetime | None:
    """Return a moment in the zone of whole hours nearest to UTC in which it falls on a day.

    None for none.
    """
    for hours in range(1, 13):
        for sign in (1, -1):
            local = at.astimezone(timezone(timedelta(hours=sign * hours)))
            if at.date() != day and local.date() == day:
                return local

    return None
