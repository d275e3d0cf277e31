"""The form of a watch: what is typed into it, and the watch that is meant."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from starlette.datastructures import FormData

from news.watch import MatchKind, Rhythm, Watch
from ui.address_masks import masked
from ui.writes import text_of, texts_of
from watches import WatchError, check_zone, quiet_hours

_LISTS = ("outlets", "regions", "languages")
_NUMBERS = ("hour", "weekday", "picked_up_by", "settle", "pace")
_TEXTS = (
    "name",
    "query",
    "recipients",
    "rhythm",
    "timezone",
    "quiet",
    "mail_language",
    "expires",
    *_LISTS,
    *_NUMBERS,
)
_MOMENT = "%Y-%m-%dT%H:%M"


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """Another person's address that a watch tells: kept or not, never shown whole."""

    key: str
    shown: str
    kept: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What stands in the form: texts by field, kinds, and others' addresses."""

    texts: Mapping[str, str]
    kinds: tuple[str, ...]
    others: tuple[Other, ...] = ()
    pasted: str = field(default="")


def of_watch(watch: Watch, own: Collection[str]) -> Typed:
    """Return the form as it stands for a watch. `own`: the visitor's addresses."""
    texts: dict[str, str] = {}
    for name in _LISTS:
        words = getattr(watch, name)
        texts[name] = ", ".join(words)

    for name in _NUMBERS:
        texts[name] = str(getattr(watch, name))

    texts["name"] = watch.name
    texts["query"] = watch.query
    texts["rhythm"] = watch.rhythm.value
    texts["timezone"] = watch.timezone
    texts["mail_language"] = watch.mail_language
    shown = [address for address in watch.recipients if address in own]
    texts["recipients"] = "\n".join(shown)
    texts["expires"] = _local(watch.expires, watch.timezone)
    texts["quiet"] = ""
    if watch.quiet:
        begin, end = watch.quiet
        texts["quiet"] = f"{begin:%H:%M}-{end:%H:%M}"

    kinds = [kind.value for kind in watch.kinds]
    others = _others(
        watch,
        own,
        kept=None,
    )

    return Typed(
        texts=texts,
        kinds=tuple(kinds),
        others=others,
    )


def of_form(form: FormData, base: Watch, own: Collection[str]) -> Typed:
    """Return what was typed into the form of a watch."""
    texts = {name: text_of(form, name) for name in _TEXTS}
    kinds = texts_of(form, "kinds")
    others = _others(
        base,
        own,
        kept=texts_of(form, "keep"),
    )

    return Typed(
        texts=texts,
        kinds=tuple(kinds),
        others=others,
        pasted=text_of(form, "pasted"),
    )


def meant(typed: Typed, base: Watch) -> Watch:
    """Return the watch that is meant, unchecked; raises WatchError naming the field.

    What the form does not hold (pause, mute) is taken from `base`.
    """
    texts = typed.texts
    zone = texts["timezone"]
    check_zone(zone)
    values: dict[str, Any] = {}
    for name in _LISTS:
        values[name] = _words(texts[name])

    for name in _NUMBERS:
        values[name] = _number(name, texts[name])

    expires = moment_of(
        texts["expires"],
        zone,
        "expires",
    )

    return replace(
        base,
        name=texts["name"],
        query=texts["query"],
        recipients=_recipients(typed, base),
        rhythm=_rhythm(texts["rhythm"]),
        kinds=_kinds(typed.kinds),
        timezone=zone,
        quiet=_quiet(texts["quiet"]),
        mail_language=texts["mail_language"],
        expires=expires,
        **values,
    )


def moment_of(text: str, zone: str, name: str) -> datetime | None:
    """Return the moment of a field in a zone's local time, None for an empty one."""
    if not text:
        return None

    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        sentence = f"{text!r} is no moment; write 2026-12-31T18:00"
        raise WatchError(sentence, field=name) from error

    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=ZoneInfo(zone))

    return moment.astimezone(UTC)


def key_of(address: str) -> str:
    """Return what stands in a form for an address that is not shown."""
    return hashlib.sha256(address.encode()).hexdigest()


def _others(
    watch: Watch,
    own: Collection[str],
    kept: Collection[str] | None,
) -> tuple[Other, ...]:
    """Return the others that a watch tells. `kept`: the keys that stay, None for all."""
    others: list[Other] = []
    for address in watch.recipients:
        if address in own:
            continue

        key = key_of(address)
        other = Other(
            key=key,
            shown=masked(address, own),
            kept=kept is None or key in kept,
        )
        others.append(other)

    return tuple(others)


def _recipients(typed: Typed, base: Watch) -> tuple[str, ...]:
    """Return the others that stay, then who was typed."""
    kept = {other.key for other in typed.others if other.kept}
    stay = [address for address in base.recipients if key_of(address) in kept]
    lines = [text.strip() for text in typed.texts["recipients"].splitlines()]

    return (*stay, *filter(None, lines))


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.replace(",", " ").split())


def _number(name: str, text: str) -> int:
    try:
        return int(text)
    except ValueError as error:
        raise WatchError(f"{text!r} is no whole number", field=name) from error


def _rhythm(text: str) -> Rhythm:
    try:
        return Rhythm(text)
    except ValueError as error:
        raise WatchError(f"{text!r} is none of {', '.join(Rhythm)}", field="rhythm") from error


def _kinds(texts: Collection[str]) -> tuple[MatchKind, ...]:
    try:
        return tuple(MatchKind(text) for text in texts)
    except ValueError as error:
        raise WatchError(f"a kind is one of {', '.join(MatchKind)}", field="kinds") from error


def _quiet(text: str) -> Any:
    """Return quiet hours, None for an empty field."""
    if not text:
        return None

    try:
        return quiet_hours(text)
    except WatchError as error:
        raise WatchError(error.sentence, field="quiet") from error


def _local(moment: datetime | None, zone: str) -> str:
    if moment is None:
        return ""

    local = moment.astimezone(ZoneInfo(zone))

    return local.strftime(_MOMENT)
