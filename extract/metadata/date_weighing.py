"""Which of the moments that a page names is that of its publication. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone

from extract.metadata.date_claims import Rank

_SEEN = frozenset({Rank.MARKED, Rank.SHOWN})  # told to readers, in the article's place
_FOR_MACHINES = frozenset({Rank.STATED, Rank.SAID, Rank.ADDRESS})
_CHANGES = frozenset({Rank.REVISED, Rank.UPDATED})


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time a page names: aware, with the raw string and the place where it stood."""

    at: datetime
    raw: str
    source: str
    timed: bool  # it had a time of day
    rank: Rank = Rank.STATED
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
    aloof = {moment.day for moment in sound if moment.rank is Rank.ALOOF}
    if len(aloof) > 1:
        sound = [moment for moment in sound if moment.rank is not Rank.ALOOF]

    if not sound:
        return None

    first = min(sound, key=lambda moment: moment.rank)
    if first.rank is Rank.STATED:
        chosen = _beside_shown(first, sound, latest)
    else:
        chosen = _beside_address(first, sound, month)

    return _with_clock(chosen, moments)


def _with_clock(chosen: Moment, moments: Iterable[Moment]) -> Moment:
    """Return the chosen moment, or one of its day that has a time of day."""
    if chosen.timed:
        return chosen

    for moment in moments:
        if moment.timed and moment.day == chosen.day and moment.rank not in _CHANGES:
            return moment

    return chosen


def _beside_shown(stated: Moment, moments: list[Moment], latest: datetime) -> Moment:
    """Return what is stated to machines, or what readers are shown where that is more likely.

    Systems state the day of an import, a redesign or the last change as that of publication.
    Nobody shows an earlier day than that of publication, and a later one is that of a change.
    """
    if _is_agreed(stated, moments):
        return stated

    shown = [moment for moment in moments if moment.rank in _SEEN and moment.whole]
    for moment in shown:
        if _is_of_day(stated, moment.day):
            return stated

    if not shown or _is_of_change(shown[0], moments):
        return stated

    first = shown[0]
    later = (first.day - stated.day).days
    if later < 0:
        certain = first.rank is Rank.SHOWN or later < -1
    else:
        today = latest.astimezone(first.at.tzinfo).date()
        certain = later > 1 and first.day != today and _is_confirmed(first, moments)

    return first if certain else stated


def _is_of_change(shown: Moment, moments: Iterable[Moment]) -> bool:
    """Tell whether a shown day is one that the page calls that of a change."""
    return any(moment.rank in _CHANGES and moment.day == shown.day for moment in moments)


def _is_confirmed(shown: Moment, moments: Iterable[Moment]) -> bool:
    """Tell whether a shown day is told to machines too, by its own element or elsewhere."""
    if shown.source != "text":
        return True

    return any(moment.rank in _FOR_MACHINES and moment.day == shown.day for moment in moments)


def _is_agreed(stated: Moment, moments: Iterable[Moment]) -> bool:
    """Tell whether what is stated in two ways, or in the address too, is one day."""
    for moment in moments:
        if moment.rank not in {Rank.STATED, Rank.ADDRESS} or moment.day != stated.day:
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
    if first.rank is Rank.SAID:
        return first

    for moment in moments:
        if moment.rank is Rank.ADDRESS and _apart(first, moment) > 1:
            return moment

    if month is None or (first.day.year, first.day.month) == month:
        return first

    for moment in moments:
        if moment.rank <= Rank.ALOOF and (moment.day.year, moment.day.month) == month:
            return moment

    return first


def _is_clock(moment: Moment, latest: datetime) -> bool:
    """Tell whether a date over the headline is the day on which the page was fetched."""
    if moment.rank not in {Rank.ABOVE, Rank.ALOOF}:
        return False

    return moment.day == latest.astimezone(moment.at.tzinfo).date()


def _apart(one: Moment, two: Moment) -> int:
    """Return how many days two moments are apart."""
    return abs((one.day - two.day).days)


def in_outlets_zone(chosen: Moment, moments: list[Moment]) -> Moment:
    """Return a moment told in UTC in the zone in which its day is the one that readers are told.

    The moment is the same; its day is the one that the outlet itself gives it, in the address,
    beside the headline or in another stated form.
    """
    if not chosen.timed or chosen.at.utcoffset() != timedelta(0):
        return chosen

    days = _days(moments, _SEEN | {Rank.ADDRESS}) or _days(moments, {Rank.SAID})
    if chosen.day in days:
        return chosen

    for day in days:
        local = _on_day(chosen.at, day)
        if local is not None:
            return replace(chosen, at=local)

    return chosen


def _days(moments: Iterable[Moment], ranks: Collection[Rank]) -> list[date]:
    """Return the days of the moments of some ranks that are named in full, in their order."""
    days: list[date] = []

    for moment in moments:
        if moment.whole and moment.rank in ranks:
            days.append(moment.day)

    return days


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
