"""When a page says it was published and changed: time of day, zone, raw string and where it stood.

`news.dates` reads the forms that dates have; this module finds where a page names them,
and judges which one counts.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from itertools import chain, islice
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from lxml.html import HtmlElement

from extract.page.dom import attribute
from extract.page.head import Head
from extract.page.segments import Segment
from news.dates import is_dateline, read

# In addresses: parts set apart may have one digit, parts run together (`/20261120/`,
# `/2026/1120/`) have two.
_URL_DATE = re.compile(
    r"/((?:19|20)\d\d)"
    r"(?:[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])"
    r"|[/-](1[0-2]|0?[1-9])[/-](3[01]|[12]\d|0?[1-9]))"
    r"(?=[/_-]|$)"
)
LONGEST = 200  # characters of a raw string
DATED_LINE = 120  # characters of a line near the headline in which a date is looked for
NAMED_LINE = 80  # characters of a line that mark-up calls a date
BEFORE, AFTER = 4, 9  # segments round the headline in which a date can stand
ELEMENTS = 5  # elements of one kind that are read
NAMED, LABELLED = 12, 3  # lines that mark-up or a label calls a date that are read


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time a page names: aware, with the raw string and the place where it stood."""

    at: datetime
    raw: str
    source: str
    timed: bool  # it had a time of day


@dataclass(frozen=True, slots=True)
class Claim:
    """A string that says when a page was published, and where it stands.

    "json-ld", "meta:NAME", "time".
    """

    source: str
    raw: str


def zone(name: str) -> tzinfo:
    """Return an IANA zone; UTC when there is none of this name."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def parse(raw: str, default: tzinfo, latest: datetime, source: str = "") -> Moment | None:
    """Return the moment a string names, in its own zone or else in `default`.

    None when it names none.

    `latest` (aware) bounds the result: nobody publishes more than a day ahead.
    """
    found = read(raw, default, latest)
    if found is None:
        return None

    return Moment(found.at, raw.strip()[:LONGEST], source, found.timed)


PUBLISHED = (
    "article:published_time",
    "og:published_time",
    "og:article:published_time",
    "datepublished",
    "date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "article.published",
    "published_at",
    "sailthru.date",
    "parsely-pub-date",
    "dc.date.issued",
    "dc.date",
    "dcterms.created",
    "dcterms.date",
    "dc.date.created",
    "cxenseparse:recs:publishtime",
    "article_date_original",
    "citation_publication_date",
    "originalpublicationdate",
    "timestamp",
    "rnews:datepublished",
    "prism.publicationdate",
    "iso-8601-publish-date",
    "bt:pubdate",
    "shareaholic:article_published_time",
    "datecreated",
)
MODIFIED = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "lastmod",
    "last-modified",
    "dcterms.modified",
    "dc.date.modified",
    "article:updated_time",
    "cxenseparse:recs:articlemodified",
)


def published(
    head: Head,
    root: HtmlElement,
    segments: list[Segment],
    default: tzinfo,
    latest: datetime,
    *,
    url: str = "",
    at: int | None = None,
) -> Moment | None:
    """Return when a page says it was published.

    The first sound claim, with time of day preferred on the same day.

    `default` is the zone of moments that name none, `latest` when the page was fetched.
    `at` is the number of the segment that shows the headline: on pages without an h1, a
    date is sought beside it.
    """
    claims = chain(
        _stated(head),
        _marked(root),
        _in_text(segments, at),
        _in_address(url),
    )
    first: Moment | None = None

    for claim in claims:
        moment = parse(claim.raw, default, latest, claim.source)
        if moment is None:
            continue

        if first is None:
            first = moment

        if moment.timed and moment.at.date() == first.at.date():
            return moment

    return first


def _stated(head: Head) -> Iterator[Claim]:
    """Give what the page says of its date to machines."""
    for item in head.articles:
        for name in ("datePublished", "dateCreated", "uploadDate"):
            if item.get(name):
                yield Claim("json-ld", str(item[name]))

    for name in PUBLISHED:
        for value in head.metas.get(name, ())[:1]:
            yield Claim(f"meta:{name}", value)


def _marked(root: HtmlElement) -> Iterator[Claim]:
    """Give what elements made for dates say."""
    path = ".//*[@itemprop='datePublished' or @itemprop='dateCreated' or @pubdate]"

    for element in root.xpath(path)[:ELEMENTS]:
        yield Claim("itemprop", attribute(element, "content") or _said(element))

    for element in islice(root.iter("time"), ELEMENTS):
        yield Claim("time", _said(element))


def _said(element: HtmlElement) -> str:
    """Return the moment that an element states to machines, else the one it shows."""
    return attribute(element, "datetime") or " ".join(element.itertext())


def _in_address(url: str) -> Iterator[Claim]:
    """Give the day that an address names as YEAR-MONTH-DAY."""
    match = _URL_DATE.search(url)
    if match is not None:
        yield Claim("url", "-".join(part for part in match.groups() if part))


_DATE_LABEL = re.compile(
    r"\W*(?:datum|date|published|дата|опубликовано|tarix|tarih|dərc olunub|ամսաթիվ|თარიღი|تاریخ)\b",
    re.IGNORECASE,
)
_DATE_NAMES = re.compile(r"date|time|publish|posted|tarix|tarih|дата")


def _in_text(segments: list[Segment], at: int | None) -> Iterator[Claim]:
    """Give short lines near the headline, lines that are nothing but a date first.

    Then any short line that mark-up or a label calls a date.
    """
    near = _near_headline(segments, at)
    sure = [segment for segment in near if is_dateline(segment.text)]
    named = (segment for segment in segments if _is_named_date(segment))
    labelled = (segment for segment in segments if _is_labelled_date(segment))
    unsure = [segment for segment in near if segment not in sure]

    for segment in chain(sure, islice(named, NAMED), islice(labelled, LABELLED), unsure):
        if _has_digits(segment.text):
            yield Claim("text", segment.text)


def _near_headline(segments: list[Segment], at: int | None) -> Iterable[Segment]:
    """Return the short lines with digits round the headline, or round the first h1.

    None when there is neither.
    """
    if at is None:
        at = next((segment.index for segment in segments if segment.node.tag == "h1"), None)

    if at is None:
        return []

    around = segments[max(0, at - BEFORE) : at + AFTER]

    return [segment for segment in around if _has_digits(segment.text)]


def _is_named_date(segment: Segment) -> bool:
    """Tell whether mark-up calls a short line a date."""
    if len(segment.text) >= NAMED_LINE:
        return False

    names = f"{segment.node.get('class') or ''} {segment.node.get('id') or ''}"

    return _DATE_NAMES.search(names.lower()) is not None


def _is_labelled_date(segment: Segment) -> bool:
    """Tell whether a line is a date with a label before it."""
    return _DATE_LABEL.match(segment.text) is not None and is_dateline(segment.text)


def _has_digits(text: str) -> bool:
    """Tell whether a line is short enough for a date and has digits."""
    return len(text) < DATED_LINE and any(char.isdigit() for char in text)


def modified(head: Head, default: tzinfo, latest: datetime) -> Moment | None:
    """Return when a page says it was changed last; `default` and `latest` as for `published`."""
    for claim in _stated_changes(head):
        moment = parse(claim.raw, default, latest, claim.source)
        if moment is not None:
            return moment

    return None


def _stated_changes(head: Head) -> Iterator[Claim]:
    """Give what the page says of its last change to machines."""
    for item in head.articles:
        if item.get("dateModified"):
            yield Claim("json-ld", str(item["dateModified"]))

    for name in MODIFIED:
        for value in head.metas.get(name, ())[:1]:
            yield Claim(f"meta:{name}", value)
