"""Dates of the Persian solar calendar, in words."""

from datetime import date

from press import names

_MONTHS = (
    "فروردین",
    "اردیبهشت",
    "خرداد",
    "تیر",
    "مرداد",
    "شهریور",
    "مهر",
    "آبان",
    "آذر",
    "دی",
    "بهمن",
    "اسفند",
)
# Leap years repeat in a 33-year cycle, good from 1799 to 2256: Borkowski, "The Persian calendar for
# 3000 years" (1996).
_LEAP = frozenset({1, 5, 9, 13, 17, 22, 26, 30})
_NOWRUZ_2025 = date(2025, 3, 21)  # 1 Farvardin 1404
_YEAR_2025 = 1404


def jalali(day: date) -> tuple[int, int, int]:
    """Return year, month, day of the Persian calendar."""
    year = _YEAR_2025

    rest = (day - _NOWRUZ_2025).days
    while rest < 0:
        year -= 1
        rest += _length(year)

    while rest >= _length(year):
        rest -= _length(year)
        year += 1

    if rest < 186:  # noqa: PLR2004 - six months of 31 days
        return year, rest // 31 + 1, rest % 31 + 1

    return year, (rest - 186) // 30 + 7, (rest - 186) % 30 + 1


def _length(year: int) -> int:
    return 366 if year % 33 in _LEAP else 365


def words(day: date) -> str:
    """Return a date as Persian sites print it."""
    year, month, number = jalali(day)
    return names.digits(
        f"{number} {_MONTHS[month - 1]} {year}",
        "fa",
    )
