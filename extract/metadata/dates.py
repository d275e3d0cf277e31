"""When a page says it was published and changed: time of day, zone, raw string and where it stood."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime
from itertools import chain, islice
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from lxml.html import HtmlElement

from extract.metadata import calendar_words
from extract.page.dom import attribute
from extract.page.head import Head
from extract.page.segments import Segment

# ISO 8601 as sites write it: a space for the T, one-digit parts, fractions of any length, +0400, +04.
_ISO = re.compile(
    r"(?<!\d)((?:19|20)\d\d)-(\d{1,2})-(\d{1,2})(?!\d)(?:[T\s_]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:[.,]\d+)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?)?",
    re.IGNORECASE,
)
_COMPACT = re.compile(
    r"^((?:19|20)\d\d)(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?)?(Z|[+-]\d{2}:?\d{2})?$", re.IGNORECASE
)
_EPOCH = re.compile(r"^1\d{9}(\d{3})?$")
_CLOCK = re.compile(
    r"(?<![\d.])([01]?\d|2[0-3])[:.h]([0-5]\d)(?::[0-5]\d)?(?!\d|[.:]\d)\s*([ap])?\.?(?:m\b)?",
    re.IGNORECASE,
)
_NUMERIC = re.compile(r"(?<![\d./-])(\d{1,2})[./-](\d{1,2})[./-]((?:19|20)?\d{2})(?!\d)")
_NUMERIC_Y = re.compile(r"(?<![\d./-])((?:1[34]|19|20)\d\d)[./-](\d{1,2})[./-](\d{1,2})(?!\d)")
_DAY_MONTH = re.compile(
    r"(?<!\d)(\d{1,2})(?:-?(?:st|nd|rd|th|го|е|ին|ս))?[.,]?\s*(?:de\s+|of\s+)?([^\W\d_]{2,14})[.,]?(?:\s*(?:de\s+)?[,،]?\s*((?:1[34]|19|20)\d\d))?",
    re.IGNORECASE,
)
_MONTH_DAY = re.compile(
    r"([^\W\d_]{3,14})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+((?:19|20)\d\d)(?!\d)", re.IGNORECASE
)
_YEAR_MONTH_DAY = re.compile(
    r"(?<!\d)((?:19|20)\d\d)\s*(?:-?(?:ci|cı|cu|cü)\s*il[^\d\W]*|թ\.?|жылғы|жылы|yil|წლის|წ\.|йил|年)?[.,]?\s*(\d{1,2})?[-\s]*([^\W\d_]{2,14})(?:\s+(\d{1,2})(?![\d:]))?",
    re.IGNORECASE,
)
_CJK = re.compile(r"((?:19|20)\d\d)\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]")
# In addresses: parts set apart may have one digit, parts run together (`/20261120/`, `/2026/1120/`) have two.
_URL_DATE = re.compile(
    r"/((?:19|20)\d\d)"
    r"(?:[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])|[/-](1[0-2]|0?[1-9])[/-](3[01]|[12]\d|0?[1-9]))"
    r"(?=[/_-]|$)"
)
_ABBREVIATIONS = {
    "utc": 0,
    "gmt": 0,
    "z": 0,
    "cet": 60,
    "cest": 120,
    "msk": 180,
    "мск": 180,
    "eet": 120,
    "eest": 180,
    "trt": 180,
    "est": -300,
    "edt": -240,
    "cst": -360,
    "cdt": -300,
    "mst": -420,
    "mdt": -360,
    "pst": -480,
    "pdt": -420,
    "bst": 60,
    "ist": 330,
    "jst": 540,
    "kst": 540,
    "irst": 210,
    "azt": 240,
    "get": 240,
    "amt": 240,
}
_ZONE_WORD = re.compile(r"\b([A-Z]{3,4}|мск|МСК|Мск)\b(?!\s*[+-]\d)")
_ZONE_OFFSET = re.compile(r"\b(?:UTC|GMT)\s*([+-])(\d{1,2})(?::?(\d{2}))?", re.IGNORECASE)
EARLIEST = 1990  # the year before which no page of the web was published


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time a page names: aware, with the raw string and the place where it stood."""

    at: datetime
    raw: str
    source: str
    timed: bool  # it had a time of day


def zone(name: str) -> tzinfo:
    """Return an IANA zone; UTC when there is none of this name."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def parse(
    raw: str, default: tzinfo, latest: datetime, source: str = "", *, month_first: bool = False
) -> Moment | None:
    """Return the moment a string names, in its own zone or else in `default`; None when it names none.

    `latest` (aware) bounds the result: nobody publishes more than a day ahead.
    """
    text = calendar_words.plain_digits(raw.strip()[:200])
    for reader in (_iso, _number, _rfc, _words, _month_first if month_first else _numeric):
        try:
            found = reader(text, default)
        except (ValueError, OverflowError, TypeError, IndexError):
            continue
        if found is not None:
            at, timed = found
            if at.year >= EARLIEST and at <= latest + timedelta(days=1, hours=1):
                return Moment(at, raw.strip()[:200], source, timed)
    return None


def _offset(text: str | None, default: tzinfo) -> tzinfo:
    if not text:
        return default
    if text.upper() in {"Z", "UTC", "GMT"}:
        return UTC
    digits = text[1:].replace(":", "").ljust(4, "0")
    minutes = int(digits[:2]) * 60 + int(digits[2:4])
    return timezone(timedelta(minutes=-minutes if text[0] == "-" else minutes))


def _iso(text: str, default: tzinfo) -> tuple[datetime, bool] | None:
    match = _ISO.search(text)
    if match is None:
        match = _COMPACT.match(text)
    if match is None:
        return None
    year, month, day, hour, minute, second, offset = match.groups()
    at = datetime(
        int(year),
        int(month),
        int(day),
        int(hour or 0),
        int(minute or 0),
        min(59, int(second or 0)),
        tzinfo=_offset(offset, default),
    )
    if hour and not offset and (word := _ZONE_WORD.search(text[match.end() :])):
        at = at.replace(tzinfo=_named(word.group(1), default))
    return at, hour is not None


def _number(text: str, default: tzinfo) -> tuple[datetime, bool] | None:
    del default
    match = _EPOCH.match(text)
    return (
        (datetime.fromtimestamp(int(text) / (1000 if match.group(1) else 1), UTC), True)
        if match
        else None
    )


def _rfc(text: str, default: tzinfo) -> tuple[datetime, bool] | None:
    if text[:3].lower() not in {"mon", "tue", "wed", "thu", "fri", "sat", "sun"}:
        return None
    at = parsedate_to_datetime(text)
    return (at if at.tzinfo else at.replace(tzinfo=default)), ":" in text


def _named(word: str, default: tzinfo) -> tzinfo:
    minutes = _ABBREVIATIONS.get(word.lower())
    return default if minutes is None else timezone(timedelta(minutes=minutes))


def _with_clock(
    year: int, month: int, day: int, text: str, default: tzinfo
) -> tuple[datetime, bool]:
    """Add the time of day that stands elsewhere in the text."""
    at = datetime(year, month, day, tzinfo=default)
    match = _CLOCK.search(text)
    if match is None:
        return at, False
    hour = int(match.group(1))
    half = (match.group(3) or "").lower()
    if half and hour <= 12:  # noqa: PLR2004
        hour = hour % 12 + (12 if half == "p" else 0)
    at = at.replace(hour=hour, minute=int(match.group(2)))
    after = text[match.end() :][:16]
    if offset := _ZONE_OFFSET.search(after):
        at = at.replace(tzinfo=_offset(f"{offset[1]}{offset[2]:0>2}{offset[3] or '00'}", default))
    elif word := _ZONE_WORD.search(after):
        at = at.replace(tzinfo=_named(word.group(1), default))
    return at, True


def _words(text: str, default: tzinfo) -> tuple[datetime, bool] | None:
    if match := _CJK.search(text):
        return _with_clock(
            int(match[1]), int(match[2]), int(match[3]), text[match.end() :], default
        )
    for day, word, year, span in _candidates(text):
        month = calendar_words.month(word)
        rest = text[: span[0]] + " " + text[span[1] :]
        if month is not None and year >= EARLIEST:
            return _with_clock(year, month, day, rest, default)
        persian = calendar_words.jalali_month(word)
        if persian is not None and year < EARLIEST:
            date = calendar_words.from_jalali(year, persian, day)
            return _with_clock(date.year, date.month, date.day, rest, default)
    return None


def _candidates(text: str) -> Iterator[tuple[int, str, int, tuple[int, int]]]:
    for match in _DAY_MONTH.finditer(text):
        if match[3]:
            yield int(match[1]), match[2], int(match[3]), match.span()
    for match in _MONTH_DAY.finditer(text):
        yield int(match[2]), match[1], int(match[3]), match.span()
    for match in _YEAR_MONTH_DAY.finditer(text):
        day = match[2] or match[4]
        if day:
            yield int(day), match[3], int(match[1]), match.span()


def _month_first(text: str, default: tzinfo) -> tuple[datetime, bool] | None:
    return _numeric(text, default, month_first=True)


def _numeric(
    text: str, default: tzinfo, *, month_first: bool = False
) -> tuple[datetime, bool] | None:
    if match := _NUMERIC_Y.search(text):
        year, month, day = (int(part) for part in match.groups())
        if year < 1500:  # noqa: PLR2004
            date = calendar_words.from_jalali(year, month, day)
            year, month, day = date.year, date.month, date.day
        return _with_clock(
            year, month, day, text[: match.start()] + " " + text[match.end() :], default
        )
    match = _NUMERIC.search(text)
    if match is None:
        return None
    first, second, year = (int(part) for part in match.groups())
    year += 2000 if year < 100 else 0  # noqa: PLR2004
    day, month = (
        (second, first)
        if (month_first and second > 12) or (first <= 12 < second) or (month_first and first <= 12)  # noqa: PLR2004
        else (first, second)
    )
    return _with_clock(year, month, day, text[: match.start()] + " " + text[match.end() :], default)


_BYLINE_WORDS = re.compile(r"[^\W\d_]{2,}")


def is_dateline(text: str) -> bool:
    """Tell whether a short line is a date, perhaps with time, zone, place, counter or byline, and not a sentence with a date in it."""
    plain = calendar_words.plain_digits(text)
    if not any(char.isdigit() for char in plain):
        return False
    rest = plain
    for pattern in (_ISO, _NUMERIC, _NUMERIC_Y, _CLOCK):
        rest = pattern.sub(" ", rest)
    words = _BYLINE_WORDS.findall(rest)
    names = [
        word
        for word in words
        if calendar_words.month(word) is None and calendar_words.jalali_month(word) is None
    ]
    dated = rest != plain or len(names) < len(words)
    return dated and len(names) <= 6 and not re.search(r"[.!?։۔؟]\s*$", plain)  # noqa: PLR2004


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
    """Return when a page says it was published: the first sound claim, with time of day preferred on the same day.

    `at` is the number of the segment that shows the headline: on pages without an h1, a date is sought beside it.
    """
    day_only: Moment | None = None
    near = _in_text(segments, at, default, latest)
    for moment in _claims(_raw_claims(head, root), near, default, latest, url):
        if day_only is None:
            if moment.timed:
                return moment
            day_only = moment
        elif moment.timed and moment.at.date() == day_only.at.date():
            return moment
    return day_only


def _raw_claims(head: Head, root: HtmlElement) -> list[tuple[str, str]]:
    """Return (source, raw string) of everything made for machines."""
    raw = [
        ("json-ld", str(item[name]))
        for item in head.articles
        for name in ("datePublished", "dateCreated", "uploadDate")
        if item.get(name)
    ]
    raw += [(f"meta:{name}", value) for name in PUBLISHED for value in head.metas.get(name, ())[:1]]
    return [*raw, *_elements(root)]


def _claims(
    raw: list[tuple[str, str]], near: Iterator[Moment], default: tzinfo, latest: datetime, url: str
) -> Iterator[Moment]:
    for source, value in raw:
        if moment := parse(value, default, latest, source):
            yield moment
    yield from near
    if moment := parse(_url_date(url), default, latest, "url"):
        yield moment


def _url_date(url: str) -> str:
    """Return the day that an address names as YEAR-MONTH-DAY; empty when it names none."""
    match = _URL_DATE.search(url)
    return "-".join(part for part in match.groups() if part) if match else ""


def _elements(root: HtmlElement) -> Iterator[tuple[str, str]]:
    """Give what elements made for dates say."""
    for element in root.xpath(
        ".//*[@itemprop='datePublished' or @itemprop='dateCreated' or @pubdate]"
    )[:5]:
        yield (
            "itemprop",
            attribute(element, "content")
            or attribute(element, "datetime")
            or " ".join(element.itertext()),
        )
    for element in list(root.iter("time"))[:5]:
        yield "time", attribute(element, "datetime") or " ".join(element.itertext())


_DATE_LABEL = re.compile(
    r"\W*(?:datum|date|published|дата|опубликовано|tarix|tarih|dərc olunub|ամսաթիվ|თარიღი|تاریخ)\b",
    re.IGNORECASE,
)
_DATE_NAMES = re.compile(r"date|time|publish|posted|tarix|tarih|дата")


def _in_text(
    segments: list[Segment], at: int | None, default: tzinfo, latest: datetime
) -> Iterator[Moment]:
    """Give dates of short lines near the headline, lines that are nothing else first, then of any short line that mark-up calls a date."""
    first = (
        at
        if at is not None
        else next((segment.index for segment in segments if segment.node.tag == "h1"), None)
    )
    near = (
        []
        if first is None
        else [
            segment for segment in segments[max(0, first - 4) : first + 9] if _dated(segment.text)
        ]
    )
    sure, unsure = (
        [segment for segment in near if is_dateline(segment.text) is wanted]
        for wanted in (True, False)
    )
    named = (
        segment
        for segment in segments
        if len(segment.text) < 80  # noqa: PLR2004
        and _DATE_NAMES.search(
            f"{segment.node.get('class') or ''} {segment.node.get('id') or ''}".lower()
        )
    )
    labelled = (
        segment
        for segment in segments
        if _DATE_LABEL.match(segment.text) and is_dateline(segment.text)
    )
    for segment in chain(sure, islice(named, 12), islice(labelled, 3), unsure):
        if _dated(segment.text) and (moment := parse(segment.text, default, latest, "text")):
            yield moment


def _dated(text: str) -> bool:
    return len(text) < 120 and any(char.isdigit() for char in text)  # noqa: PLR2004


def modified(head: Head, default: tzinfo, latest: datetime) -> Moment | None:
    """Return when a page says it was changed last."""
    raw = [
        ("json-ld", str(item["dateModified"])) for item in head.articles if item.get("dateModified")
    ]
    raw += [(f"meta:{name}", value) for name in MODIFIED for value in head.metas.get(name, ())[:1]]
    return next(
        (moment for source, value in raw if (moment := parse(value, default, latest, source))), None
    )
