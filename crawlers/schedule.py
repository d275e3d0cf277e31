"""When to look again: at doors, by how much they bring, and at articles, by their age and by what the doors have left over.

An outlet is asked at most 1.3 times per new article plus thirty times a day: doors take about 9 + articles/5 requests a day,
robots.txt one, re-checks what is left when all else has been counted.
"""

import hashlib
import math
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from news.crawl import DoorState, Known, OutletState
from news.outlet import Outlet, Pace

DAY = 86_400.0
_POLLS = 9.0  # a day, for an outlet that publishes nothing
_POLLS_PER_ARTICLE = 0.2
_MEMORY = 2.0  # days over which the rate of a door is averaged
_USUAL = 30.0  # days over which the usual rate is averaged, against which silence is told
_KNOWN, _KNOWN_DAYS = 5.0, 2.0  # articles and days from which a rate is known
_NO_CHANCE = 0.001
_NIGHT_AND_DAY = timedelta(hours=36)
_LOOKED_BACK = 90  # days
_ALLOWED = 30.0  # requests a day beside one for each new article
_ALLOWED_PER_ARTICLE = 0.3
_IN_HAND = 3.0  # of them kept back: rates are estimates
_LEAST = 2.0  # re-checks a day, whatever the doors cost
_GUESSED = 0.5  # days for which the guess of what doors cost counts as if it had been measured
# Ages at which an article is looked at again, in the order of their worth. One look at most articles comes before two at some, and it
# comes when the next morning's corrections are in; the second is for what changes silently in the first hours, the third for the week.
AGES = (
    timedelta(hours=30),
    timedelta(hours=1.5),
    timedelta(days=7),
    timedelta(hours=5),
    timedelta(days=3),
    timedelta(days=30),
)
_TRUE = 0.1  # of a door's hints
_RETRY = (
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(days=1),
    timedelta(days=3),
    timedelta(days=7),
)


def rate(state: DoorState) -> float:
    """Return how many new articles a day a door brings, 0 when it is not known."""
    span = float(state.data.get("span", 0))
    return float(state.data.get("count", 0)) / span if span > 0 else 0.0


def counted(
    state: DoorState, new: int, now: datetime, *, span: float | None = None
) -> dict[str, str]:
    """Return a door's notes with one more reading that brought `new` articles; `span` in days stands for the time before the first."""
    since = (now - state.last_polled).total_seconds() / DAY if state.last_polled else (span or 0.0)
    fade = math.exp(-since / _MEMORY) if state.last_polled else 0.0
    count = float(state.data.get("count", 0)) * fade + new
    total = float(state.data.get("span", 0)) * fade + since
    return state.data | {"count": f"{count:.4f}", "span": f"{total:.6f}"}


def seen(state: DoorState, new: int, now: datetime) -> dict[str, str]:
    """Return a door's notes on its usual rate and its last new article, after a reading that brought `new`. The first reading is no rate."""
    if state.last_polled is None:
        return {"last_new": now.isoformat()} if new else {}
    since = (now - state.last_polled).total_seconds() / DAY
    fade = math.exp(-since / _USUAL)
    count, span = (float(state.data.get(name, 0)) * fade for name in ("usual_count", "usual_span"))
    return {"usual_count": f"{count + new:.4f}", "usual_span": f"{span + since:.6f}"} | (
        {"last_new": now.isoformat()} if new else {}
    )


def silence(
    states: Iterable[DoorState], outlet: Outlet, now: datetime
) -> tuple[timedelta, float] | None:
    """Return how long an outlet has brought nothing and how many articles were to be expected, when that is no chance; None otherwise.

    With a rate of r a day, nothing in t days has the chance exp(-r t). Less than one in a thousand is no chance any more, but no outlet
    is silent before a night and a day and a half; its quiet days do not count.
    """
    noted = [state.data for state in states if float(state.data.get("usual_span", 0)) > 0]
    last = max(
        (datetime.fromisoformat(data["last_new"]) for data in noted if "last_new" in data),
        default=None,
    )
    if (
        last is None
        or sum(float(data["usual_count"]) for data in noted) < _KNOWN
        or max(float(data["usual_span"]) for data in noted) < _KNOWN_DAYS
    ):
        return None
    usual = sum(float(data["usual_count"]) / float(data["usual_span"]) for data in noted)
    quiet = _active(last, now, outlet)
    expected = usual * quiet / timedelta(days=1)
    return (
        (now - last, expected)
        if quiet >= _NIGHT_AND_DAY and math.exp(-expected) < _NO_CHANCE
        else None
    )


def _active(begin: datetime, end: datetime, outlet: Outlet) -> timedelta:
    """Return the time between two moments that lies on days on which the outlet publishes."""
    zone, total = ZoneInfo(outlet.timezone), timedelta()
    moment = max(begin, end - timedelta(days=_LOOKED_BACK)).astimezone(zone)
    while moment < end:
        midnight = datetime.combine(moment.date() + timedelta(days=1), time(), zone)
        if moment.strftime("%a").lower() not in outlet.expects.quiet_days:
            total += min(midnight.astimezone(UTC), end) - moment.astimezone(UTC)
        moment = midnight
    return total


def interval(state: DoorState, pace: Pace, doors: int, articles: float) -> float:
    """Return the seconds until a door is due again. `articles` is the outlet's rate a day over all doors."""
    own = rate(state)
    share = own / articles if articles > 0 else 1 / doors
    polls = (_POLLS + _POLLS_PER_ARTICLE * articles) * max(share, 0.15 / doors)
    seconds = DAY * max(float(state.data.get("cost", 1)), 1.0) / max(polls, 0.001)
    capacity = float(state.data.get("size", 0))
    if own > 0 and capacity > 0 and "complete" not in state.data:
        seconds = min(seconds, DAY * capacity / (3.0 * own))  # peaks are about three times the mean
    return min(max(seconds, pace.shortest), pace.longest)


def failed(
    state: DoorState, pace: Pace, now: datetime, why: OutletState, *, wait: float | None = None
) -> DoorState:
    """Return a door after a failed poll: asked half as often each time, never dropped; a Retry-After is kept to."""
    failures = state.failures + 1
    seconds = min(max(state.interval, pace.shortest) * 2 ** min(failures - 1, 10), pace.longest)
    return replace(
        state,
        failures=failures,
        state=why,
        last_polled=state.last_polled,
        next_poll=now + timedelta(seconds=max(seconds, wait or 0.0)),
    )


def spread(key: str, seconds: float) -> float:
    """Return seconds changed by up to a tenth, always the same for the same key, so that outlets do not march in step."""
    return seconds * (0.95 + 0.1 * _chance(key))


def believed(data: Mapping[str, str], url: str) -> bool:
    """Tell whether a door's hint that an article has changed is worth a look: by how many of its hints were true, with a sample of the rest."""
    hints, hits = int(data.get("hints", 0)), int(data.get("hits", 0))
    return (hits + 1) / (hints + 2) >= _TRUE or _chance(url) < _TRUE


def proved(data: Mapping[str, str], *, true: bool) -> dict[str, str]:
    """Return a door's notes with one more hint that was followed."""
    return {
        **data,
        "hints": str(int(data.get("hints", 0)) + 1),
        "hits": str(int(data.get("hits", 0)) + true),
    }


def _chance(key: str) -> float:
    """Return a number in 0..1 that a text always has."""
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=4).digest(), "big") / 2**32


def spent(data: Mapping[str, str], others: int, now: datetime) -> dict[str, str]:
    """Return a ledger with one more crawl, which made `others` requests beside first fetches and planned re-checks."""
    at = data.get("spent_at")
    since = (now - datetime.fromisoformat(at)).total_seconds() / DAY if at else 0.0
    fade = math.exp(-max(since, 0.0) / _MEMORY)
    count, span = (float(data.get(name, 0)) * fade for name in ("spent_count", "spent_span"))
    return {
        "spent_at": now.isoformat(),
        "spent_count": f"{count + others:.4f}",
        "spent_span": f"{span + max(since, 0.0):.6f}",
    }


def spare(data: Mapping[str, str], articles: float) -> float:
    """Return how many planned re-checks a day an outlet with so many articles a day has room for, by its ledger."""
    guess = 1.0 + _POLLS + _POLLS_PER_ARTICLE * articles
    others = (float(data.get("spent_count", 0)) + guess * _GUESSED) / (
        float(data.get("spent_span", 0)) + _GUESSED
    )
    return max(_ALLOWED + _ALLOWED_PER_ARTICLE * articles - _IN_HAND - others, _LEAST)


def checks(room: float, articles: float) -> float:
    """Return how many planned re-checks an article gets, on average, where there is room for so many a day."""
    return min(max(room / max(articles, 1.0), 0.1), float(len(AGES)))


def share(known: Known, wanted: float) -> int:
    """Return how many planned re-checks this article gets of `wanted` on average: the fraction of one is a share of the articles."""
    return int(wanted) + (_chance(known.url) < wanted - int(wanted))


def next_check(known: Known, now: datetime, wanted: float) -> datetime | None:
    """Return when to look at a fetched article again, of which `wanted` re-checks are planned on average; None when its plan is done.

    An age that had passed when the article was found is made up for by the next in worth. What has changed may change again and
    gets one check more.
    """
    born = (
        known.published
        if known.published and known.published <= known.first_seen
        else known.first_seen
    )
    born = max(born, known.first_seen - timedelta(days=1))
    left = max(share(known, wanted) + (known.changes > 0) - known.checks, 0)
    ahead = [age for age in AGES if born + age > now + timedelta(minutes=30)][:left]
    return born + min(ahead) if ahead else None


def retry(known: Known, now: datetime) -> datetime | None:
    """Return when a page that could not be fetched is tried again; None after a fortnight of failures."""
    return now + _RETRY[known.failures - 1] if known.failures <= len(_RETRY) else None


def due(
    outlets: Iterable[Outlet],
    doors: dict[str, dict[str, DoorState]],
    checks_at: dict[str, datetime],
    now: datetime,
) -> list[Outlet]:
    """Return the outlets that have something to do now: a door to poll, or a re-check.

    `doors` maps outlet name to URL to state, `checks_at` outlet name to its earliest next_check (both from the archive).
    """
    return [
        outlet
        for outlet in outlets
        if outlet.active
        and (due_at(outlet, doors.get(outlet.name, {}), checks_at.get(outlet.name)) or now) <= now
    ]


def due_at(
    outlet: Outlet, doors: dict[str, DoorState], check: datetime | None = None
) -> datetime | None:
    """Return when an outlet is due next; None means now (a door never polled)."""
    moments = [check] if check else []
    for door in outlet.doors:
        state = doors.get(door.url)
        if state is None or state.next_poll is None:
            return None
        moments.append(state.next_poll)
    return min(moments, default=None)
