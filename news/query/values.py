"""The values of fields: what is allowed, and the one way to write it."""

import re
from datetime import UTC, date, datetime, time

from news.query.nodes import Name
from news.text import words
from news.text.scripts import TOKEN

FLAGS = ("revised", "deleted", "silent")
_OUTLET = re.compile(r"[a-z0-9][a-z0-9._-]{0,99}")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_COUNTRY = re.compile(r"[a-z]{2}")
_MONTH = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?")


def canonical(name: Name, value: str) -> str:
    """Return a field's value in its one form; raises ValueError with a sentence."""
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
            return _moment(value)
        case Name.AUTHOR | Name.SECTION:
            return _name(name, value)


def _code(value: str, form: re.Pattern[str], sentence: str) -> str:
    code = value.strip().lower()
    if not form.fullmatch(code):
        raise ValueError(sentence)
    return code


def _flag(value: str) -> str:
    flag = value.strip().lower()
    if flag not in FLAGS:
        msg = f"is: takes one of {', '.join(FLAGS)}"
        raise ValueError(msg)
    return flag


def _name(name: Name, value: str) -> str:
    found = " ".join(TOKEN.findall(value))
    if not words(found):
        msg = f"{name}: needs a word"
        raise ValueError(msg)
    return found


def _moment(value: str) -> str:
    """Return a day, month or year as it is, a moment with its zone (UTC where none is given)."""
    text = value.strip().upper()
    try:
        moment(text)
        if _MONTH.fullmatch(text):
            return text
        return date.fromisoformat(text).isoformat() if "T" not in text else moment(text).isoformat()
    except (ValueError, OverflowError):
        msg = "dates are written 2026, 2026-01, 2026-01-31 or 2026-01-31T18:00+04:00"
        raise ValueError(msg) from None


def moment(value: str) -> datetime:
    """Return the first moment, UTC, of what a date names."""
    if month := _MONTH.fullmatch(value):
        return datetime(int(month[1]), int(month[2] or 1), 1, tzinfo=UTC)
    if "T" not in value:
        return datetime.combine(date.fromisoformat(value), time(), tzinfo=UTC)
    found = datetime.fromisoformat(value)
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


def folded(text: str) -> str:
    """Return the words of an author's or section's name, folded, one space before, between and after them.

    `author:X` matches when folded(X) is part of folded(author); `section:X` when both are equal.
    """
    return f" {' '.join(words(text))} "
