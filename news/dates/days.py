"""Days as texts name them: in words, in numbers, with and without a year."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from news.dates.calendar import from_persian
from news.dates.words import month, persian_month

EARLIEST = 1990  # the year before which no page of the web was published
MOST_NAMES = 6  # words beside a date that a dateline may have
NAME = re.compile(r"[^\W\d_]{2,}")
_LAST_PERSIAN_YEAR = 1500  # a year before it is one of the Persian calendar
YEAR_LAST = re.compile(r"(?<![\d./-])(\d{1,2})[./-](\d{1,2})[./-]((?:1[34]|19|20)?\d{2})(?!\d)")
YEAR_FIRST = re.compile(r"(?<![\d./-])((?:1[34]|19|20)\d\d)[./-](\d{1,2})[./-](\d{1,2})(?!\d)")
_DAY_MONTH = re.compile(
    r"""(?<!\d)(\d{1,2})(?:-?(?:st|nd|rd|th|го|е|ին|ս))?[.,]?
    \s*(?:de\s+|of\s+)?([^\W\d_]{2,14})[.,]?
    (?:\s*(?:de\s+)?[,،]?\s*((?:1[34]|19|20)\d\d))?""",
    re.IGNORECASE | re.VERBOSE,
)
_MONTH_DAY = re.compile(
    r"([^\W\d_]{3,14})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+((?:19|20)\d\d)(?!\d)",
    re.IGNORECASE,
)
_MONTH_THEN_DAY = re.compile(r"([^\W\d_]{3,14})\.?\s+(\d{1,2})(?:st|nd|rd|th)?(?![\d:.])")
_YEAR_MONTH_DAY = re.compile(
    r"""(?<!\d)((?:19|20)\d\d)
    \s*(?:-?(?:ci|cı|cu|cü)\s*il[^\d\W]*|թ\.?|жылғы|жылы|yil|წლის|წ\.|йил|年)?[.,]?
    \s*(\d{1,2})?[-\s]*([^\W\d_]{2,14})(?:\s+(\d{1,2})(?![\d:]))?""",
    re.IGNORECASE | re.VERBOSE,
)
_SPAN = re.compile(r"(?<![\d:.])\d{1,2}\.?\s*[-–—]\s")  # "1 - 15 March" is no day
_NUMBER = re.compile(r"\d{3}")  # beside a day and a month: a year, or no date at all
_EAST_ASIAN = re.compile(r"((?:19|20)\d\d)\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]")


@dataclass(frozen=True, slots=True)
class Day:
    """A day that a text names, and what stands around its name."""

    day: date
    rest: str


@dataclass(frozen=True, slots=True)
class _Named:
    """What has the shape of a date in words."""

    day: int
    month: str  # as it is written
    year: int
    rest: str  # what stands around it


def in_words(text: str) -> Day | None:
    """Read a date whose month is a word, or whose parts are called year, month and day."""
    match = _EAST_ASIAN.search(text)
    if match is not None:
        year, number, day = map(int, match.groups())
        after = text[match.end() :]
        return Day(date(year, number, day), after)

    for named in _days_in_words(text):
        day_named = _day_of(named)
        if day_named is not None:
            return Day(day_named, named.rest)

    return None


def _day_of(named: _Named) -> date | None:
    """Return the day that words name in the calendar that their year belongs to."""
    if named.year >= EARLIEST:
        number = month(named.month)
        if number is None:
            return None

        return date(named.year, number, named.day)

    number = persian_month(named.month)
    if number is None:
        return None

    return from_persian(named.year, number, named.day)


def _days_in_words(text: str) -> Iterator[_Named]:
    """Give everything that has the shape of a date in words."""
    for match in _DAY_MONTH.finditer(text):
        day, month_, year = match.groups()
        if year:
            yield _named(text, match, day, month_, year)

    for match in _MONTH_DAY.finditer(text):
        month_, day, year = match.groups()
        yield _named(text, match, day, month_, year)

    for match in _YEAR_MONTH_DAY.finditer(text):
        year, day_before, month_, day_after = match.groups()
        day = day_before or day_after
        if day:
            yield _named(text, match, day, month_, year)


def in_numbers(text: str, *, month_first: bool) -> Day | None:
    """Read a date in numbers: the year first, else the year last."""
    match = YEAR_FIRST.search(text)
    if match is not None:
        year, number, day = map(int, match.groups())
        named = _by_calendar(year, number, day)
        return Day(named, _around(text, match))

    match = YEAR_LAST.search(text)
    if match is None:
        return None

    first, second, year = map(int, match.groups())
    named = _year_last(first, second, year, month_first=month_first)

    return Day(named, _around(text, match))


def _by_calendar(year: int, number: int, day: int) -> date:
    """Return a day of the Persian calendar where the year is one of its years."""
    if year < _LAST_PERSIAN_YEAR:
        return from_persian(year, number, day)

    return date(year, number, day)


def _year_last(first: int, second: int, year: int, *, month_first: bool) -> date:
    """Return the day of three numbers of which the last is the year.

    The month comes second, but where no month has that number or America's order holds.
    """
    if year < 100:  # noqa: PLR2004  (two digits)
        year += 2000
    elif year < _LAST_PERSIAN_YEAR:
        return from_persian(year, second, first)

    if second > 12 or (month_first and first <= 12):  # noqa: PLR2004  (months)
        return date(year, first, second)

    return date(year, second, first)


def without_year(text: str, today: date) -> Day | None:
    """Read a line that is a day and a month: the last such day that is not after `today`."""
    for named in _days_of_months(text):
        number = month(named.month)
        if number is None or not _stands_alone(named):
            continue

        day = _last_such_day(number, named.day, today)
        if day is not None:
            return Day(day, named.rest)

    return None


def _stands_alone(named: _Named) -> bool:
    """Return whether a day and a month are what a line says, not a part of a sentence."""
    names = NAME.findall(named.rest)
    if len(names) > MOST_NAMES // 2:
        return False

    return _NUMBER.search(named.rest) is None and _SPAN.search(named.rest) is None


def _last_such_day(number: int, day: int, today: date) -> date | None:
    """Return this year's or last year's day of a month, whichever is the last that has come."""
    for year in (today.year, today.year - 1):
        try:
            found = date(year, number, day)
        except ValueError:
            continue  # a 29 February, or no day at all
        if found <= today:
            return found

    return None


def _named(text: str, match: re.Match[str], day: str, month_: str, year: str) -> _Named:
    """Return what a match calls a date, with what stands around it."""
    return _Named(
        day=int(day),
        month=month_,
        year=int(year),
        rest=_around(text, match),
    )


def _around(text: str, match: re.Match[str]) -> str:
    """Return what stands before and after a match."""
    before = text[: match.start()]
    after = text[match.end() :]

    return f"{before} {after}"


def _days_of_months(text: str) -> Iterator[_Named]:
    """Give everything that has the shape of a day and a month; the year is left at 0."""
    for match in _DAY_MONTH.finditer(text):
        day, month_, _ = match.groups()
        yield _named(text, match, day, month_, "0")

    for match in _MONTH_THEN_DAY.finditer(text):
        month_, day = match.groups()
        yield _named(text, match, day, month_, "0")
