"""Dates in words: month names of the region's languages and the Persian (Jalali) calendar. Pure tables and arithmetic."""

import re
import unicodedata
from datetime import date

# Stems, in small letters and without diacritics where the language writes them inconsistently. A month is matched by the
# beginning of the word, so that cases and suffixes (января, իյունի, ივნისს, iyunun) need no forms of their own.
_MONTHS: tuple[tuple[str, ...], ...] = (
    (
        "january",
        "jan",
        "январ",
        "янв",
        "yanvar",
        "ocak",
        "հունվար",
        "იანვარ",
        "ianvar",
        "ژانویه",
        "қаңтар",
        "январь",
        "үчтүн",
        "januar",
        "janvier",
        "enero",
        "gennaio",
        "січ",
    ),
    (
        "february",
        "feb",
        "феврал",
        "фев",
        "fevral",
        "subat",
        "şubat",
        "փետրվար",
        "თებერვალ",
        "tebervl",
        "فوریه",
        "ақпан",
        "februar",
        "fevrier",
        "février",
        "febrero",
        "febbraio",
        "лют",
    ),
    (
        "march",
        "mar",
        "март",
        "мар",
        "mart",
        "մարտ",
        "მარტ",
        "مارس",
        "наурыз",
        "märz",
        "marz",
        "mars",
        "marzo",
        "берез",
    ),
    (
        "april",
        "apr",
        "апрел",
        "апр",
        "aprel",
        "nisan",
        "ապրիլ",
        "აპრილ",
        "آوریل",
        "сәуір",
        "avril",
        "abril",
        "aprile",
        "квіт",
    ),
    (
        "may",
        "мая",
        "май",
        "mai",
        "mayıs",
        "mayis",
        "մայիս",
        "მაის",
        "مه",
        "می",
        "мамыр",
        "mayo",
        "maggio",
        "трав",
    ),
    (
        "june",
        "jun",
        "июн",
        "iyun",
        "haziran",
        "հունիս",
        "ივნის",
        "ژوئن",
        "маусым",
        "juni",
        "juin",
        "junio",
        "giugno",
        "черв",
    ),
    (
        "july",
        "jul",
        "июл",
        "iyul",
        "temmuz",
        "հուլիս",
        "ივლის",
        "ژوئیه",
        "جولای",
        "шілде",
        "juli",
        "juillet",
        "julio",
        "luglio",
        "лип",
    ),
    (
        "august",
        "aug",
        "август",
        "авг",
        "avqust",
        "avgust",
        "agustos",
        "ağustos",
        "օգոստոս",
        "აგვისტ",
        "اوت",
        "آگوست",
        "тамыз",
        "août",
        "aout",
        "agosto",
        "серп",
    ),
    (
        "september",
        "sep",
        "сентябр",
        "сен",
        "sentyabr",
        "eylul",
        "eylül",
        "սեպտեմբեր",
        "სექტემბერ",
        "سپتامبر",
        "қыркүйек",
        "septembre",
        "septiembre",
        "settembre",
        "верес",
    ),
    (
        "october",
        "oct",
        "октябр",
        "окт",
        "oktyabr",
        "ekim",
        "հոկտեմբեր",
        "ოქტომბერ",
        "اکتبر",
        "қазан",
        "oktober",
        "octobre",
        "octubre",
        "ottobre",
        "жовт",
    ),
    (
        "november",
        "nov",
        "ноябр",
        "ноя",
        "noyabr",
        "kasim",
        "kasım",
        "նոյեմբեր",
        "ნოემბერ",
        "نوامبر",
        "қараша",
        "novembre",
        "noviembre",
        "листоп",
    ),
    (
        "december",
        "dec",
        "декабр",
        "дек",
        "dekabr",
        "aralik",
        "aralık",
        "դեկտեմբեր",
        "დეკემბერ",
        "دسامبر",
        "желтоқсан",
        "dezember",
        "décembre",
        "decembre",
        "diciembre",
        "dicembre",
        "груд",
    ),
)
_JALALI = (
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
_KURDISH_YEH = str.maketrans({"ي": "ی", "ك": "ک", "ى": "ی", "\u200c": " "})
# Persian months as Afghans and Tajiks write them are zodiac names; they are rare on the web and left out.
_DIGITS = {
    ord(char): str(unicodedata.digit(char))
    for block in ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹")
    for char in block
}


def plain_digits(text: str) -> str:
    """Return text with Arabic and Persian digits as ASCII ones."""
    return text.translate(_DIGITS)


def month(word: str) -> int | None:
    """Return the month a word names (1 to 12, Gregorian), by the longest stem that begins it."""
    word = word.casefold().replace("i̇", "i").strip(".,")
    best, found = 0, None
    for number, stems in enumerate(_MONTHS, 1):
        for stem in stems:
            exact = len(stem) <= 3 and stem.isascii()  # noqa: PLR2004
            if len(stem) > best and (word == stem if exact else word.startswith(stem)):
                best, found = len(stem), number
    return found


def jalali_month(word: str) -> int | None:
    """Return the month of the Persian calendar a word names, 1 to 12."""
    word = word.translate(_KURDISH_YEH).strip()
    return _JALALI.index(word) + 1 if word in _JALALI else None


def from_jalali(year: int, number: int, day: int) -> date:
    """Return the Gregorian date of a Persian one; raises ValueError.

    The arithmetic calendar with a 33-year cycle (eight leap years), exact for 1206 to 1498 AP (1827 to 2119), which is all
    that news can need.
    """
    if not (1206 <= year <= 1498 and 1 <= number <= 12 and 1 <= day <= (31 if number < 7 else 30)):  # noqa: PLR2004
        msg = f"{year}-{number}-{day} is no date of the Persian calendar"
        raise ValueError(msg)
    if number == 12 and day == 30 and not is_jalali_leap(year):  # noqa: PLR2004
        msg = f"{year} has no 30 Esfand"
        raise ValueError(msg)
    days = (number - 1) * 31 - max(0, number - 7) + day - 1
    return date.fromordinal(_new_year(year) + days)


def is_jalali_leap(year: int) -> bool:
    """Tell whether a Persian year has 366 days: its remainder by 33 is one of eight."""
    return year % 33 in {1, 5, 9, 13, 17, 22, 26, 30}


def _new_year(year: int) -> int:
    """Return the ordinal of 1 Farvardin. Anchor: 1 Farvardin 1400 was 21 March 2021."""
    ordinal = date(2021, 3, 21).toordinal()
    if year >= 1400:  # noqa: PLR2004
        return ordinal + sum(366 if is_jalali_leap(one) else 365 for one in range(1400, year))
    return ordinal - sum(366 if is_jalali_leap(one) else 365 for one in range(year, 1400))


WORD = re.compile(r"[^\W\d_]+")
