"""When a page says it was published and changed.

Time of day, zone, raw string and where it stood.

`news.dates` reads the forms that dates have; `date_claims`, `shown_dates` and `date_state` find
where a page names them, `date_weighing` judges which one counts.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from itertools import chain
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from lxml.html import HtmlElement

from extract.metadata import date_claims, date_state, date_weighing
from extract.metadata.date_claims import Claim, Rank
from extract.metadata.date_weighing import Moment
from extract.metadata.shown_dates import Shown
from extract.page.head import Head
from extract.page.segments import Segment
from news.dates import read

LONGEST = 200  # characters of a raw string
SHORT = 60  # characters of a line that tells how a page writes dates
MONTHS = 12
_SLASHES = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/(?:20)?\d\d(?!\d)")


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

    return Moment(found.at, raw.strip()[:LONGEST], source, found.timed, whole=found.whole)


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
    month_first = _is_american(head) or _has_month_first(segments)
    shown = Shown(segments, at, cards)
    headline = "" if shown.at is None else segments[shown.at].text
    claims = chain(
        date_claims.stated(head),
        shown.elements(root),
        shown.lines(),
        shown.opening(),
        date_claims.in_address(url),
        date_claims.otherwise(head),
        date_claims.changes(head),
    )
    moments = list(_moments(claims, default, latest, month_first=month_first))
    if all(moment.rank > Rank.OTHERWISE for moment in moments):
        further = chain(
            date_state.beside_headline(root, headline),
            date_state.in_scripts(root),
            date_claims.in_words(head, headline),
        )
        moments += _moments(further, default, latest, month_first=month_first)

    best = date_weighing.best(moments, latest, date_claims.month_in_address(url))

    return None if best is None else date_weighing.in_outlets_zone(best, moments)


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


def _is_american(head: Head) -> bool:
    """Tell whether a page says that it is written in American English.

    There the month comes first.
    """
    said = (head.language, head.meta("og:locale"), head.meta("content-language"))
    return any(name.lower().replace("_", "-").startswith("en-us") for name in said)


def _has_month_first(segments: list[Segment]) -> bool:
    """Tell whether a page shows dates as in America and none that cannot be one: 5/23/2026."""
    found = False

    for segment in segments:
        if len(segment.text) < SHORT and "/" in segment.text:
            for first, second in _SLASHES.findall(segment.text):
                if int(first) > MONTHS:
                    return False

                found = found or int(second) > MONTHS

    return found


def modified(head: Head, default: tzinfo, latest: datetime) -> Moment | None:
    """Return when a page says it was changed last; `default` and `latest` as for `published`."""
    for claim in date_claims.changes(head):
        moment = parse(claim.raw, default, latest, claim.source)
        if moment is not None:
            return moment

    return None
