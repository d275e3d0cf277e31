"""Words and digits of dates, in the region's languages and those around it."""

import re
import unicodedata
from functools import cache

from news import languages

_SHORT = 3  # letters of an ASCII stem that stands whole: "mar" is March, "market" is not
_DIGITS = {ord(char): str(unicodedata.digit(char)) for char in "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹"}
_ARABIC_LETTERS = str.maketrans({"ي": "ی", "ك": "ک", "ى": "ی", "\u200c": " "})


def plain_digits(text: str) -> str:
    """Return a text with its Arabic and Persian digits as ASCII ones."""
    return text.translate(_DIGITS)


def month(word: str) -> int | None:
    """Return the Gregorian month that a word names, 1 to 12, by the longest stem that begins it.

    So cases and suffixes (января, իյունի, ივნისს, iyunun) need no forms of their own.
    """
    plain = word.casefold().replace("i̇", "i").strip(".,")
    stems, longest = _stems()

    for length in range(min(longest, len(plain)), 0, -1):
        number = stems.get(plain[:length])
        if number is None:
            continue

        whole = length <= _SHORT and plain[:length].isascii()
        if not whole or length == len(plain):
            return number

    return None


def persian_month(word: str) -> int | None:
    """Return the month of the Persian calendar that a word names, 1 to 12."""
    names = _persian_names()
    return names.get(word.translate(_ARABIC_LETTERS).strip())


def days_back(text: str) -> int | None:
    """Return how many days back a line says it was, by a word for today or yesterday; None."""
    match = _day_words().search(text.casefold().replace("i̇", "i"))
    if match is None:
        return None

    if match["yesterday"]:
        return 1

    return 0


@cache
def _day_words() -> re.Pattern[str]:
    """Return the pattern of the words for today and yesterday, in all languages."""
    words_for_today = languages.every(lambda known: known.calendar.today)
    words_for_yesterday = languages.every(lambda known: known.calendar.yesterday)
    today = "|".join(words_for_today)
    yesterday = "|".join(words_for_yesterday)

    return re.compile(rf"\b(?:(?P<today>{today})|(?P<yesterday>{yesterday}))\b")


@cache
def _stems() -> tuple[dict[str, int], int]:
    """Return every language's stems of months with their numbers, and the longest one's length."""
    stems: dict[str, int] = {}
    for known in languages.languages().values():
        months = known.calendar.months
        for number, spellings in enumerate(months, 1):
            for stem in spellings:
                stems[stem] = number

    longest = max(map(len, stems))

    return stems, longest


@cache
def _persian_names() -> dict[str, int]:
    """Return the months of the Persian calendar with their numbers."""
    persian = languages.language("fa")
    numbers: dict[str, int] = {}
    for number, name in enumerate(persian.calendar.persian_months, 1):
        numbers[name] = number

    return numbers
