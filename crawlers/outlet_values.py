"""The values that an outlet file may hold, each checked by itself: addresses, patterns, names."""

import re
import zoneinfo
from typing import Annotated, Any

import pydantic
from lxml.cssselect import CSSSelector

from crawlers import login, spider_names
from news import urls
from news.outlet import DoorKind

_DAYS = frozenset({"mon", "tue", "wed", "thu", "fri", "sat", "sun"})


def _url(value: str) -> str:
    """Return an address; raises UrlError for what is none. A date pattern may stand in it."""
    urls.canonical(re.sub(r"%[A-Za-z]", "0", value))
    return value


def _expression(value: str) -> str:
    """Return a regular expression; raises ValueError for what is none."""
    try:
        re.compile(value)
    except re.error as error:
        msg = f"{value!r} is no regular expression: {error}"
        raise ValueError(msg) from error

    return value


def _selector(value: str) -> str:
    """Return a CSS selector; raises ValueError for what is none."""
    try:
        CSSSelector(value)
    except Exception as error:
        msg = f"{value!r} is no CSS selector: {error}"
        raise ValueError(msg) from error

    return value


def _zone(value: str) -> str:
    """Return the name of an IANA time zone; raises ValueError for what is none."""
    try:
        zoneinfo.ZoneInfo(value)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError) as error:
        msg = f"{value!r} is no IANA time zone such as Asia/Baku"
        raise ValueError(msg) from error

    return value


def _language(value: str) -> str:
    """Return a language code; raises ValueError for what is none."""
    if not re.fullmatch(r"[a-z]{2,3}", value):
        msg = f"{value!r} is no language code such as az"
        raise ValueError(msg)

    return value


def _kind(value: Any) -> Any:
    """Return a kind of door by its name; raises ValueError for what is none."""
    if value not in {kind.value for kind in DoorKind}:
        msg = f"{value!r} is no kind of door: {', '.join(DoorKind)}"
        raise ValueError(msg)

    return DoorKind(value)


def _day(value: str) -> str:
    """Return a day's name; raises ValueError for what is none."""
    if value not in _DAYS:
        msg = f"{value!r} is no day: {', '.join(sorted(_DAYS))}"
        raise ValueError(msg)

    return value


def _login(value: str) -> str:
    """Return the name of a secret; raises ValueError, which never quotes it, for what is none."""
    if not login.NAME.fullmatch(value):
        # Not quoted: it may be the secret itself, written where its name belongs.
        msg = "a login is the name of a secret: small letters, digits, dashes"
        raise ValueError(msg)

    return value


def _spider(value: str) -> str:
    """Return the name of a spider; raises ValueError for one that nothing here has."""
    names = spider_names.known()
    if value not in names:
        msg = f"there is no spider {value!r}; there are {', '.join(sorted(names))}"
        raise ValueError(msg)

    return value


Url = Annotated[str, pydantic.AfterValidator(_url)]
Expression = Annotated[str, pydantic.AfterValidator(_expression)]
Selector = Annotated[str, pydantic.AfterValidator(_selector)]
Language = Annotated[str, pydantic.AfterValidator(_language)]
Zone = Annotated[str, pydantic.AfterValidator(_zone)]
Kind = Annotated[DoorKind, pydantic.BeforeValidator(_kind)]
Day = Annotated[str, pydantic.AfterValidator(_day)]
SpiderName = Annotated[str, pydantic.AfterValidator(_spider)]
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
