"""A watch as a person writes it, checked word by word and brought into its one form."""

import re
from dataclasses import replace
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from news.query import QueryError, parse
from news.text.aliases import Aliases
from news.watch import MatchKind, Watch
from watches import clean, mail_language
from watches.addresses import bare_address
from watches.errors import WatchError
from watches.ways import check_way

_LONGEST_NAME = 100  # characters
_LONGEST_SHOWN = 60  # of a name, in an error
_LATEST_HOUR = 23
_LAST_WEEKDAY = 6
_FEWEST_OUTLETS = 2  # one outlet has every story
_QUIET_HOURS = re.compile(r"([0-2][0-9]:[0-5][0-9])-([0-2][0-9]:[0-5][0-9])")


def checked(watch: Watch, aliases: Aliases | None = None) -> Watch:
    """Return a watch in its one form; raises WatchError naming what is wrong and may be instead.

    `aliases` are the names that queries know; None: the package's.
    """
    where = f"watch {clean.line(watch.name, _LONGEST_SHOWN)!r}"
    _check_name(watch.name, where)
    query = _checked_query(watch.query, aliases, where)
    check_zone(watch.timezone, where)
    _check_numbers(watch, where)
    _check_kinds(watch, where)
    check_mail_language(watch.mail_language, where)

    # A dictionary keeps the order, and each recipient once.
    recipients = dict.fromkeys(_recipients(watch))

    return replace(watch, query=query, recipients=tuple(recipients))


def _recipients(watch: Watch) -> list[str]:
    """Return a watch's recipients in their one form."""
    try:
        return [recipient(text) for text in watch.recipients]
    except WatchError as error:
        raise WatchError(error.sentence, field="recipients") from error


def check_usable(watch: Watch, aliases: Aliases | None = None) -> None:
    """Raise WatchError if a watch that was saved once cannot be asked, or timed, any more.

    What concerns one recipient's mail alone shows when that is written.
    """
    where = f"watch {clean.line(watch.name, _LONGEST_SHOWN)!r}"
    _checked_query(watch.query, aliases, where)
    check_zone(watch.timezone, where)


def recipient(text: str) -> str:
    """Return a recipient in its one form: a mail address in small letters, or a URL as it is.

    No server that is known tells Ana@ from ana@: they are one reader. Raises WatchError.
    """
    flat = text.strip()
    if "://" not in flat:
        return bare_address(flat).lower()

    has_gap = any(char.isspace() or char < " " for char in flat)
    if has_gap:
        raise WatchError("a recipient's URL must hold no spaces or control characters")

    check_way(flat)

    return flat


def quiet_hours(text: str) -> tuple[time, time]:
    """Return quiet hours written as 22:00-07:00; raises WatchError."""
    written = _QUIET_HOURS.fullmatch(text.strip())
    sentence = f"{text!r} are no quiet hours; write 22:00-07:00"
    if written is None:
        raise WatchError(sentence)

    try:
        return time.fromisoformat(written[1]), time.fromisoformat(written[2])
    except ValueError as error:
        raise WatchError(sentence) from error


def _check_name(name: str, where: str) -> None:
    """Raise WatchError on a name that is empty, too long or of several lines."""
    is_visible = clean.line(name) == name
    if not is_visible or not 0 < len(name) <= _LONGEST_NAME:
        sentence = f"a name is one line of 1 to {_LONGEST_NAME} visible characters"
        raise WatchError(sentence, where=where, field="name")


def _checked_query(query: str, aliases: Aliases | None, where: str) -> str:
    """Return a query as it prints itself."""
    try:
        return str(parse(query, aliases, now=datetime.now(UTC)))
    except QueryError as error:
        raise WatchError(str(error), where=where, field="query") from error


def check_zone(name: str, where: str = "") -> None:
    """Raise WatchError on a time zone that is none; `where` begins its sentence."""
    try:
        ZoneInfo(name)
    except (ValueError, OSError, LookupError) as error:
        sentence = f"{name!r} is no time zone; write it as Asia/Baku"
        raise WatchError(sentence, where=where, field="timezone") from error


def _check_numbers(watch: Watch, where: str) -> None:
    """Raise WatchError on a number out of its bounds."""
    hour = watch.hour
    if not 0 <= hour <= _LATEST_HOUR:
        sentence = f"hour lies between 0 and {_LATEST_HOUR}"
        raise WatchError(sentence, where=where, field="hour")

    weekday = watch.weekday
    if not 0 <= weekday <= _LAST_WEEKDAY:
        sentence = f"weekday lies between 0 and {_LAST_WEEKDAY}"
        raise WatchError(sentence, where=where, field="weekday")

    least = min(watch.picked_up_by, watch.settle, watch.pace)
    if least < 0:
        sentence = "picked_up_by, settle and pace are not below zero"
        raise WatchError(sentence, where=where, field="picked_up_by")


def _check_kinds(watch: Watch, where: str) -> None:
    """Raise WatchError on kinds that can never happen."""
    if MatchKind.PICKED_UP in watch.kinds and watch.picked_up_by < _FEWEST_OUTLETS:
        needed = f"picked_up_by, the number of outlets, {_FEWEST_OUTLETS} or more"
        raise WatchError(f"the kind picked_up needs {needed}", where=where, field="picked_up_by")

    if not watch.kinds:
        sentence = f"at least one kind must count: {', '.join(MatchKind)}"
        raise WatchError(sentence, where=where, field="kinds")


def check_mail_language(language: str, where: str = "") -> None:
    """Raise WatchError on a language that mails are not written in."""
    known = mail_language.languages()
    if language not in known:
        sentence = f"mails are written in {', '.join(known)}, not in {language!r}"
        raise WatchError(sentence, where=where, field="mail_language")
