"""The words of mails, labels/<language>.toml: with their plurals, and dates and numbers by CLDR.

And the direction in which a language is written. The only module that knows babel.
"""

import re
import tomllib
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_skeleton
from babel.numbers import format_decimal

_FOLDER = Path(__file__).parent / "delivery" / "labels"
_FALLBACK = "en"
_RIGHT_TO_LEFT = {"ar", "ckb", "fa", "he", "ps", "ur", "yi"}
# By CLDR's names of numbering systems.
_DIGITS = {"arabext": "۰۱۲۳۴۵۶۷۸۹", "arab": "٠١٢٣٤٥٦٧٨٩"}
_CODE = re.compile(r"[a-z]{2,3}")


@cache
def labels(language: str) -> dict[str, Any]:
    """Return the labels of a language, English where it has none."""
    words = _read(_FALLBACK)
    if _CODE.fullmatch(language) and (_FOLDER / f"{language}.toml").exists():
        words |= _read(language)

    return words


@cache
def languages() -> tuple[str, ...]:
    """Return the languages that mails can be written in, in alphabetical order."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))


def counted(language: str, name: str, count: int) -> str:
    """Return a label that tells a count, in the form that the language has for it."""
    forms = labels(language)[name]
    words = forms
    if isinstance(forms, dict):
        form = _locale(language).plural_form(count)
        words = forms.get(form, forms["other"])

    return str(words).format(count=number(language, count))


def number(language: str, value: int) -> str:
    """Return a whole number as a language writes it: 1,234, 1 234, ۱٬۲۳۴."""
    text = format_decimal(value, locale=_locale(language), numbering_system="default")

    return _digits(language, text)


def day(language: str, moment: date, *, with_year: bool) -> str:
    """Return a day as a language writes it, the month's name in short."""
    skeleton = "yMMMd" if with_year else "MMMd"
    text = format_skeleton(skeleton, datetime.combine(moment, time()), locale=_locale(language))

    return _digits(language, text)


def clock(language: str, moment: time) -> str:
    """Return a time of the day as a language writes it, in 24 hours."""
    return _digits(language, f"{moment:%H:%M}")


def direction(language: str) -> str:
    """Return "rtl" or "ltr"."""
    base, _, _ = language.partition("-")

    return "rtl" if base in _RIGHT_TO_LEFT else "ltr"


@cache
def _locale(language: str) -> Locale:
    """Return what CLDR knows of a language, of English where it knows nothing."""
    try:
        return Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return Locale.parse(_FALLBACK)


def _digits(language: str, text: str) -> str:
    """Return a text with the digits that a language writes numbers with."""
    own_digits = _DIGITS.get(_locale(language).default_numbering_system)
    if own_digits is None:
        return text

    return text.translate(str.maketrans("0123456789", own_digits))


def _read(language: str) -> dict[str, Any]:
    """Return the labels of a language's file."""
    path = _FOLDER / f"{language}.toml"

    return tomllib.loads(path.read_text(encoding="utf-8"))
