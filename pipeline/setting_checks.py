"""What a setting may be: the checks of the settings' model, each with its sentence."""

import os
from pathlib import Path
from typing import Annotated
from urllib.parse import quote, urlsplit, urlunsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import idna
from pydantic import AfterValidator, BeforeValidator
from pydantic import ValidationInfo as Info

PREFIX = "KHABAR_"
_MOST_ADDRESSES = 2
_MOST = 100_000  # of days, gigabytes or seconds: more is a slip of the keyboard

# Variables that are read where no settings can be, and why.
ELSEWHERE = {
    "KHABAR_PYTHON": "the launcher: which Python makes the environment, before there is one",
    "KHABAR_ENV": "service/bootstrap.py: which environment to run in, before there is one",
    "KHABAR_AIRFLOW__SECTION__KEY": "any option of Airflow, over ours; passed on, never read",
    "KHABAR_LOGIN_NAME": "the login that an outlet file calls `name`; pipeline/secrets.py",
    "KHABAR_HOUSE": "the mark of a house's processes: written for them, looked for by `down`",
    "KHABAR_PART": "service/probe.py in a container: the part that is looked at, by a bare Python",
    "KHABAR_MAILBOX_PORT": "service/probe.py in a container: where the mailbox listens",
    "KHABAR_API_SERVER": "service/probe.py in a container: where Airflow's api-server is",
}


def variable(field: str) -> str:
    """Return the environment variable of a field."""
    return field if field.startswith(PREFIX) else f"{PREFIX}{field.upper()}"


def _whole(unit: str) -> BeforeValidator:
    """Return a check for a whole number of something, 1 or more."""

    def check(value: object, info: Info) -> int:
        text = str(value)
        is_number = text.isascii() and text.isdecimal()
        if not is_number or not 1 <= int(text) <= _MOST:
            sentence = f"{_variable(info)} is {text!r}; it must be a number of {unit}, 1 or more"
            raise ValueError(sentence)
        return int(text)

    return BeforeValidator(check)


def _share(value: object, info: Info) -> float:
    """Return a share, 0 to 1."""
    try:
        share = float(str(value))
    except ValueError:
        share = -1.0
    if not 0.0 <= share <= 1.0:
        raise ValueError(f"{_variable(info)} is {str(value)!r}; it must be a share from 0 to 1")
    return share


def _switch(value: object, info: Info) -> bool:
    """Return a switch: 1 or 0."""
    text = str(int(value)) if isinstance(value, bool) else str(value)
    if text not in {"0", "1"}:
        raise ValueError(f"{_variable(info)} is {text!r}; it must be 1 or 0")
    return text == "1"


def _postgres(value: str, info: Info) -> str:
    """Return the address of a database. What was given may hold a password and is not repeated."""
    if urlsplit(value).scheme not in {"postgresql", "postgres"}:
        form = "postgresql://user:password@host:port/database"
        raise ValueError(f"{_variable(info)} must read {form}")
    return value


def _public_url(value: str, info: Info) -> str:
    """Return an address of the web as mail headers and feeds can hold it: its host in ASCII."""
    if not value:
        return value

    parts = urlsplit(value)
    is_web = parts.scheme in {"http", "https"}
    if not is_web or not parts.hostname:
        form = "https://host or https://host/path"
        raise ValueError(f"{_variable(info)} is {value!r}; it must read {form}")
    if value.isascii():
        return value

    try:
        host = idna.encode(parts.hostname, uts46=True).decode()
    except idna.IDNAError as error:
        raise ValueError(f"{_variable(info)} is {value!r}: {error}") from error

    if parts.port:
        host = f"{host}:{parts.port}"

    path = quote(parts.path, safe="/%")

    return f"{parts.scheme}://{host}{path}"


def _addresses(value: str, info: Info) -> str:
    """Return up to two addresses of the web, separated by spaces."""
    words = value.split()
    for word in words:
        parts = urlsplit(word)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError(f"{_variable(info)} has {word!r}; it must be addresses of the web")

    if len(words) > _MOST_ADDRESSES:
        raise ValueError(f"{_variable(info)} has {len(words)} addresses; two are enough")

    return " ".join(words)


def _zone(value: str, info: Info) -> str:
    """Return the IANA name of a time zone."""
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        sentence = f"{_variable(info)} is {value!r}; it must be a time zone such as Asia/Baku"
        raise ValueError(sentence) from error
    return value


def without_password(url: str) -> str:
    """Return a URL fit for a screen."""
    parts = urlsplit(url)
    user = f"{parts.username}@" if parts.username else ""
    port = f":{parts.port}" if parts.port else ""
    return urlunsplit(parts._replace(netloc=f"{user}{parts.hostname or ''}{port}"))


def _home(value: Path) -> Path:
    """Return the one path of a home, however it is spelled; service/bootstrap.py has the same.

    Marks, state and locks of a house carry this path: two spellings would be two houses.
    """
    return Path(os.path.realpath(value.expanduser()))


def _absolute(value: Path) -> Path:
    return value.expanduser().absolute()


def _variable(info: Info) -> str:
    return variable(str(info.field_name))


Addresses = Annotated[str, AfterValidator(_addresses)]
Count = Annotated[int, _whole("mails")]
Days = Annotated[int, _whole("days")]
Gigabytes = Annotated[int, _whole("gigabytes")]
Seconds = Annotated[int, _whole("seconds")]
Share = Annotated[float, BeforeValidator(_share)]
Switch = Annotated[bool, BeforeValidator(_switch)]
Postgres = Annotated[str, AfterValidator(_postgres)]
File = Annotated[Path, AfterValidator(_absolute)]
Home = Annotated[Path, AfterValidator(_home)]
PublicUrl = Annotated[str, AfterValidator(_public_url)]
Zone = Annotated[str, AfterValidator(_zone)]
