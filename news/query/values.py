"""The values of fields: what is allowed, and the one way to write it."""

import re
from datetime import UTC, date, datetime, time, timedelta

from news.query import addresses
from news.query.nodes import Name
from news.text import words
from news.text.scripts import TOKEN

_EXCLUDABLE = frozenset({Name.OUTLET, Name.LANG, Name.COUNTRY, Name.IS, Name.SITE, Name.SECTION})
_EXCLUDING = ("-", "!", "–", "—", "¬")
_WHOLE_WORDS = frozenset({Name.AUTHOR, Name.SECTION, Name.URL})
FLAGS = ("revised", "deleted", "silent")
_OUTLET = re.compile(r"[a-z0-9][a-z0-9._-]{0,99}")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_COUNTRY = re.compile(r"[a-z]{2}")
_ISO_START = re.compile(r"[0-9]{4}(?:$|-[0-9]{2}(?:$|-[0-9]{2}(?:$|T)))", re.IGNORECASE)
_AGO = re.compile(
    r"-?(?P<number>[0-9]{1,5})\s*(?P<unit>HOURS?|H|DAYS?|D|WEEKS?|W|MONTHS?|M|YEARS?|Y)(?:\s+AGO)?",
)
_UNITS = {"D": 1, "W": 7, "M": 30, "Y": 365}
_DAYS_AGO = {"TODAY": 0, "NOW": 0, "YESTERDAY": 1}
_YEAR_FIRST = re.compile(r"([0-9]{4})[./]([0-9]{1,2})[./]([0-9]{1,2})")
_DAY_FIRST = re.compile(
    r"(?P<first>[0-9]{1,2})(?P<sign>[./])(?P<second>[0-9]{1,2})[./](?P<year>[0-9]{4})"
)
_MONTHS = 12
_MONTH = re.compile(r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2}))?")


def canonical(name: Name, value: str, now: datetime | None) -> str:
    """Return a field's value in its one form; raises ValueError with a sentence.

    `now` (aware) is what relative dates count from; without one they are refused.
    """
    match name:
        case Name.OUTLET:
            return _code(
                value,
                _OUTLET,
                "outlet: takes an outlet's name: letters a to z, digits, points and hyphens",
            )
        case Name.LANG:
            return _code(value, _LANGUAGE, "lang: takes a language code such as az, en, hy, ka, ru")
        case Name.COUNTRY:
            return _code(
                value, _COUNTRY, "country: takes a country code such as az, am, ge, tr, kz"
            )
        case Name.IS:
            return _flag(value)
        case Name.AFTER | Name.BEFORE:
            return _moment(value, now)
        case Name.AUTHOR | Name.SECTION:
            return _name(name, value)
        case Name.SITE:
            return _site(value)
        case Name.URL:
            return _address(value)


def misread(name: Name, value: str) -> str:
    """Return why a value would be read otherwise than it is meant, empty for most values."""
    if name in _EXCLUDABLE and value[:1] in _EXCLUDING:
        return f"{name}: is excluded by -{name}:{value[1:]}"

    if name in _WHOLE_WORDS and "*" in value:
        return f"* cannot stand in {name}:, which takes whole words"

    return ""


def _code(value: str, form: re.Pattern[str], sentence: str) -> str:
    code = value.strip().lower()
    if not form.fullmatch(code):
        raise ValueError(sentence)

    return code


def _flag(value: str) -> str:
    flag = value.strip().lower()
    if flag not in FLAGS:
        allowed = ", ".join(FLAGS)
        msg = f"is: takes one of {allowed}"
        raise ValueError(msg)

    return flag


def _name(name: Name, value: str) -> str:
    tokens = TOKEN.findall(value)
    found = " ".join(tokens)
    if not words(found):
        msg = f"{name}: needs a word"
        raise ValueError(msg)

    return found


def _site(value: str) -> str:
    msg = "site: takes a host, as in site:trend.az; an outlet's name is outlet:trend"
    try:
        host = addresses.host_of(value)
    except ValueError:
        raise ValueError(msg) from None

    if "." not in host:
        raise ValueError(msg)

    return host


def _address(value: str) -> str:
    """Return the words of an address or a part of one."""
    found = addresses.words(value)
    if not found:
        msg = "url: takes words of an address, as in url:politics or url:trend.az/politics"
        raise ValueError(msg)

    return " ".join(found)


def is_iso(value: str) -> bool:
    """Return whether a date is written as its canonical form is, give or take the zone."""
    return _ISO_START.match(value.strip()) is not None


def _moment(value: str, now: datetime | None) -> str:
    """Return a day, month or year as it is, a moment with its zone (UTC where none is given)."""
    text = value.strip().upper()
    if now is None and _days_ago(text) is not None:
        msg = "a date that counts from today needs a day to count from: write it as 2026-01-31"
        raise ValueError(msg)

    try:
        if is_iso(text):
            return _iso(text)

        return _otherwise(text, now).isoformat()
    except (ValueError, OverflowError):
        ambiguous = _ambiguous(text)
        if ambiguous:
            raise ValueError(ambiguous) from None

        msg = (
            "dates are written 2026, 2026-01, 2026-01-31 or 2026-01-31T18:00+04:00,"
            " or as 7d, 2w, today, yesterday, 31.01.2026"
        )

        raise ValueError(msg) from None


def _iso(text: str) -> str:
    """Return a date of the canonical form with what it leaves out; raises ValueError."""
    first_moment = moment(text)
    if _MONTH.fullmatch(text):
        return text

    if "T" in text:
        return first_moment.isoformat()

    day = date.fromisoformat(text)

    return day.isoformat()


def _otherwise(text: str, now: datetime | None) -> date:
    """Return the day of a date that is relative, dotted or slashed; raises ValueError."""
    relative = _days_ago(text)
    if now is not None and relative is not None:
        today = now.astimezone(UTC).date()
        return today - timedelta(days=relative)

    year_first = _YEAR_FIRST.fullmatch(text)
    if year_first is not None:
        year, month, day = map(int, year_first.groups())
        return date(year, month, day)

    day_first = _DAY_FIRST.fullmatch(text)
    if day_first is None or _ambiguous(text):
        raise ValueError(text)

    first = int(day_first["first"])
    second = int(day_first["second"])
    year = int(day_first["year"])

    if second > _MONTHS:
        return date(year, first, second)

    return date(year, second, first)


def _days_ago(text: str) -> int | None:
    """Return how many days ago a relative date is, None for any other."""
    if text in _DAYS_AGO:
        return _DAYS_AGO[text]

    ago = _AGO.fullmatch(text)
    if ago is None:
        return None

    number = int(ago["number"])

    return _days(number, ago["unit"])


def _days(number: int, unit: str) -> int:
    """Return how many days ago "7d", "12h", "2w", "3m", "1y" is; hours count as whole days."""
    if unit.startswith("H"):
        return -(-number // 24)

    first_letter = unit[0]

    return number * _UNITS[first_letter]


def _ambiguous(text: str) -> str:
    """Return a sentence for a slashed date that could be two days, empty for any other."""
    slashed = _DAY_FIRST.fullmatch(text)
    if slashed is None or slashed["sign"] != "/":
        return ""

    first = int(slashed["first"])
    second = int(slashed["second"])
    year = slashed["year"]

    if first == second:
        return ""
    if first > _MONTHS or second > _MONTHS:
        return ""

    day_first = f"{year}-{second:02}-{first:02}"
    month_first = f"{year}-{first:02}-{second:02}"

    return f"{text} can be two days: write {day_first} or {month_first}"


def moment(value: str) -> datetime:
    """Return the first moment, UTC, of what a date names."""
    month = _MONTH.fullmatch(value)
    if month is not None:
        year_number = int(month["year"])
        month_number = int(month["month"] or 1)
        return datetime(
            year_number,
            month_number,
            1,
            tzinfo=UTC,
        )

    if "T" not in value:
        day = date.fromisoformat(value)
        return datetime.combine(day, time(), tzinfo=UTC)

    found = datetime.fromisoformat(value)
    if found.tzinfo is None:
        return found.replace(tzinfo=UTC)

    return found.astimezone(UTC)


def folded(text: str) -> str:
    """Return the words of an author's or section's name.

    Folded, one space before, between and after them.

    `author:X` matches when folded(X) is part of folded(author); `section:X` when both are equal.
    """
    name = " ".join(words(text))

    return f" {name} "
