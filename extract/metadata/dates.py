"""When a page says it was published and changed.

Time of day, zone, raw string and where it stood.

`news.dates` reads the forms that dates have, `date_claims` finds where a page names
them; here is judged which one counts.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from itertools import chain
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from lxml.html import HtmlElement

from extract.metadata import date_claims
from extract.metadata.date_claims import Claim, Rank
from extract.metadata.shown_dates import Shown
from extract.page.head import Head
from extract.page.segments import Segment
from news.dates import read

LONGEST = 200  # characters of a raw string


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time a page names: aware, with the raw string and the place where it stood."""

    at: datetime
    raw: str
    source: str
    timed: bool  # it had a time of day
    rank: Rank = Rank.STATED


def zone(name: str) -> tzinfo:
    """Return an IANA zone; UTC when there is none of this name."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def parse(
    raw: str,
    default: tzinfo,
    latest: datetime,
    source: str = "",
    *,
    month_first: bool = False,
) -> Moment | None:
    """Return the moment a string names, in its own zone or else in `default`.

    None when it names none.

    `latest` (aware) bounds the result: nobody publishes more than a day ahead.
    `month_first` reads 03/14/2026 as in America.
    """
    found = read(raw, default, latest, month_first=month_first)
    if found is None:
        return None

    return Moment(found.at, raw.strip()[:LONGEST], source, found.timed)


def published(
    head: Head,
    root: HtmlElement,
    segments: list[Segment],
    default: tzinfo,
    latest: datetime,
    *,
    url: str = "",
    at: int | None = None,
    cards: Iterable[int] = (),
) -> Moment | None:
    """Return when a page says it was published.

    The claim that stands best, with a time of day if one of its day has it.

    `default` is the zone of moments that name none, `latest` when the page was fetched.
    `at` is the number of the segment that shows the headline, `cards` are those of
    segments in teaser cards.
    """
    month_first = _is_american(head)
    stated = list(_moments(date_claims.stated(head), default, latest, month_first=month_first))
    claims: Iterable[Claim] = date_claims.in_address(url)
    if not _is_settled(stated):
        shown = Shown(segments, at, cards)
        claims = chain(
            shown.elements(root),
            shown.lines(),
            claims,
            date_claims.otherwise(head),
            date_claims.in_scripts(root),
        )

    moments = stated + list(_moments(claims, default, latest, month_first=month_first))
    if not moments:
        return None

    best = _best(moments, latest)
    if best is None:
        return None

    for moment in moments:
        if moment.timed and moment.at.date() == best.at.date() and not best.timed:
            best = moment

    return _stated_in_zone(best, moments)


def _is_settled(stated: list[Moment]) -> bool:
    """Tell whether the first surest claim has its time of day.

    Then nothing that is shown counts more.
    """
    for moment in stated:
        if moment.rank is Rank.STATED:
            return moment.timed

    return False


def _moments(
    claims: Iterable[Claim],
    default: tzinfo,
    latest: datetime,
    *,
    month_first: bool,
) -> Iterator[Moment]:
    """Give the moments that claims name, in their order."""
    for claim in claims:
        moment = parse(claim.raw, default, latest, claim.source, month_first=month_first)
        if moment is not None:
            yield replace(moment, rank=claim.rank)


def _best(moments: list[Moment], latest: datetime) -> Moment | None:
    """Return the moment that counts: by rank, the first of equals.

    A clock over the headline is none.
    """
    sound = [moment for moment in moments if not _is_clock(moment, latest)]
    aloof = {moment.at.date() for moment in sound if moment.rank is Rank.ALOOF}
    if len(aloof) > 1:
        sound = [moment for moment in sound if moment.rank is not Rank.ALOOF]

    if not sound:
        return None

    best = min(sound, key=lambda moment: moment.rank)
    in_address = [moment for moment in sound if moment.rank is Rank.ADDRESS]
    if (
        in_address
        and best.rank > Rank.STATED
        and best.rank is not Rank.SAID
        and _apart(best, in_address[0]) > 1
    ):
        return in_address[0]

    return best


def _is_clock(moment: Moment, latest: datetime) -> bool:
    """Tell whether a date over the headline is the day on which the page was fetched."""
    if moment.rank not in {Rank.ABOVE, Rank.ALOOF}:
        return False

    return moment.at.date() == latest.astimezone(moment.at.tzinfo).date()


def _apart(one: Moment, two: Moment) -> int:
    """Return how many days two moments are apart."""
    return abs((one.at.date() - two.at.date()).days)


def _stated_in_zone(best: Moment, moments: list[Moment]) -> Moment:
    """Return a moment told in UTC in the zone of the address, if its day there is the address's.

    The moment is the same; its day is the one that the outlet itself gives it.
    """
    if not best.timed or best.at.utcoffset() != timedelta(0):
        return best

    for moment in moments:
        if moment.rank is Rank.ADDRESS:
            local = _on_day(best.at, moment.at.date())
            return best if local is None else replace(best, at=local)

    return best


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


def _is_american(head: Head) -> bool:
    """Tell whether a page says that it is written in American English.

    There the month comes first.
    """
    said = (head.language, head.meta("og:locale"), head.meta("content-language"))
    return any(name.lower().replace("_", "-").startswith("en-us") for name in said)


def modified(head: Head, default: tzinfo, latest: datetime) -> Moment | None:
    """Return when a page says it was changed last; `default` and `latest` as for `published`."""
    for claim in date_claims.changes(head):
        moment = parse(claim.raw, default, latest, claim.source)
        if moment is not None:
            return moment

    return None
