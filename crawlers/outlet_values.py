"""The values that an outlet file may hold, each checked by itself: addresses, patterns, names."""

import re
import zoneinfo
from typing import Annotated, Any

import pydantic
from lxml.cssselect import CSSSelector

from crawlers import login
from news import urls
from news.outlet import DoorKind

_DAYS = frozenset({"mon", "tue", "wed", "thu", "fri", "sat", "sun"})


def _url(value: str) -> str:
    urls.canonical(re.sub(r"%[A-Za-z]", "0", value))
    return value


def _expression(value: str) -> str:
    try:
        re.compile(value)
    except re.error as error:
        msg = f"{value!r} is no regular expression: {error}"
        raise ValueError(msg) from error

    return value


def _selector(value: str) -> str:
    try:
        CSSSelector(value)
    except Exception as error:
        msg = f"{value!r} is no CSS selector: {error}"
        raise ValueError(msg) from error

    return value


def _zone(value: str) -> str:
    try:
        zoneinfo.ZoneInfo(value)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError) as error:
        msg = f"{value!r} is no IANA time zone such as Asia/Baku"
        raise ValueError(msg) from error

    return value


def _language(value: str) -> str:
    if not re.fullmatch(r"[a-z]{2,3}", value):
        msg = f"{value!r} is no language code such as az"
        raise ValueError(msg)

    return value


def _kind(value: Any) -> Any:
    if value not in {kind.value for kind in DoorKind}:
        msg = f"{value!r} is no kind of door: {', '.join(DoorKind)}"
        raise ValueError(msg)

    return DoorKind(value)


def _day(value: str) -> str:
    if value not in _DAYS:
        msg = f"{value!r} is no day: {', '.join(sorted(_DAYS))}"
        raise ValueError(msg)

    return value


def _login(value: str) -> str:
    if not login.NAME.fullmatch(value):
        # Not quoted: it may be the secret itself, written where its name belongs.
        msg = "a login is the name of a secret: small letters, digits, dashes"
        raise ValueError(msg)

    return value


Url = Annotated[str, pydantic.AfterValidator(_url)]
Expression = Annotated[str, pydantic.AfterValidator(_expression)]
Selector = Annotated[str, pydantic.AfterValidator(_selector)]
Language = Annotated[str, pydantic.AfterValidator(_language)]
Zone = Annotated[str, pydantic.AfterValidator(_zone)]
Kind = Annotated[DoorKind, pydantic.BeforeValidator(_kind)]
Day = Annotated[str, pydantic.AfterValidator(_day)]
LoginName = Annotated[str, pydantic.AfterValidator(_login)]
Count = Annotated[int, pydantic.Field(ge=0)]
Seconds = Annotated[
    float,
    pydantic.Field(
        ge=0,
        allow_inf_nan=False,
        strict=False,
    ),
]
