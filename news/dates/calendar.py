"""The Persian (Jalali) calendar, as arithmetic."""

from datetime import date

_FIRST_YEAR, _LAST_YEAR = 1206, 1498  # 1827 to 2119: what the 33-year cycle is exact for
_LEAP_REMAINDERS = frozenset({1, 5, 9, 13, 17, 22, 26, 30})
_ANCHOR_YEAR = 1400
_ANCHOR = date(2021, 3, 21).toordinal()  # 1 Farvardin 1400
_LONG_MONTHS = 6  # the first six have 31 days, the others 30, the last 29 but in leap years
_LAST_MONTH = 12


def from_persian(year: int, month: int, day: int) -> date:
    """Return the Gregorian date of a Persian one; raises ValueError for what is none.

    The arithmetic calendar with a 33-year cycle of eight leap years, exact for 1206 to 1498 AP,
    which is all that news can need.
    """
    longest = 31 if month <= _LONG_MONTHS else 30
    known = _FIRST_YEAR <= year <= _LAST_YEAR

    if not (known and 1 <= month <= _LAST_MONTH and 1 <= day <= longest):
        msg = f"{year}-{month}-{day} is no date of the Persian calendar"
        raise ValueError(msg)

    if month == _LAST_MONTH and day == longest and not is_persian_leap(year):
        msg = f"{year} has no 30 Esfand"
        raise ValueError(msg)

    months_before = month - 1
    short_before = max(0, months_before - _LONG_MONTHS)

    return date.fromordinal(_new_year(year) + 31 * months_before - short_before + day - 1)


def is_persian_leap(year: int) -> bool:
    """Return whether a Persian year has 366 days."""
    return year % 33 in _LEAP_REMAINDERS


def _new_year(year: int) -> int:
    """Return the ordinal of 1 Farvardin."""
    if year >= _ANCHOR_YEAR:
        return _ANCHOR + sum(map(_days, range(_ANCHOR_YEAR, year)))
    return _ANCHOR - sum(map(_days, range(year, _ANCHOR_YEAR)))


def _days(year: int) -> int:
    return 366 if is_persian_leap(year) else 365
