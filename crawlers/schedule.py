"""When to look again: at doors, by what they bring, and at articles, by age and by what is left.

An outlet is asked at most 1.3 times per new article plus thirty times a day: doors take about
9 + articles/5 requests a day, robots.txt one, re-checks what is left when all else is counted.
"""

import hashlib
import math
from dataclasses import replace
from datetime import datetime, timedelta

from crawlers.door_notes import DoorNotes, Rate
from crawlers.outlet_notes import Ledger
from news.crawl import DoorState, Known, OutletState
from news.outlet import Pace

DAY = 86_400.0
_POLLS = 9.0  # a day, for an outlet that publishes nothing
_POLLS_PER_ARTICLE = 0.2
_MEMORY = 2.0  # days over which the rate of a door is averaged
_USUAL = 30.0  # days over which the usual rate is averaged, against which silence is told
_ALLOWED = 30.0  # requests a day beside one for each new article
_ALLOWED_PER_ARTICLE = 0.3
_IN_HAND = 3.0  # of them kept back: rates are estimates
_LEAST = 2.0  # re-checks a day, whatever the doors cost
_GUESSED = 0.5  # days for which the guess of what doors cost counts as if it had been measured
_LEFT_OVER = 10.0  # requests of an allowance that are kept for later
_DEBT_AT_MOST = 30.0  # requests: what a day pays off
_STRETCHED_AT_MOST = 6.0 * 3600  # seconds: a debt makes no pause longer
_DEBT_FOR_TWICE = 12.0  # requests of debt at which polls would be half as many
_STRETCH_AT_MOST = 0.75
_UNREAD_AT_MOST = 7.0 * 3600  # seconds: what stands in a list for a working day is read in it
_BRINGS = 0.1  # articles a day: a door with fewer names what other doors name first
_READINGS = 22.0  # a day, over all doors, that an allowance has room for
_SOON = timedelta(minutes=30)  # an age so near has as good as passed
# Ages at which an article is looked at again, in the order of their worth. One look at most
# articles comes before two at some, and it comes when the next morning's corrections are in; the
# second is for what changes silently in the first hours, the third for the week.
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


# What a door brings


def count_new(
    notes: DoorNotes,
    last_polled: datetime | None,
    new: int,
    now: datetime,
    *,
    first_span: float,
) -> DoorNotes:
    """Return a door's notes after a reading that brought `new` articles.

    `first_span` in days stands for the time before the first reading, which is no part of the
    usual rate: what lies there at first has been published over weeks.
    """
    last_new = now if new else notes.last_new
    if last_polled is None:
        recent = Rate(float(new), first_span)
        return replace(
            notes,
            recent=recent,
            last_new=last_new,
        )

    days = (now - last_polled).total_seconds() / DAY

    return replace(
        notes,
        recent=_faded(
            notes.recent,
            new,
            days,
            _MEMORY,
        ),
        usual=_faded(
            notes.usual,
            new,
            days,
            _USUAL,
        ),
        last_new=last_new,
    )


def _faded(
    rate: Rate,
    new: int,
    days: float,
    memory: float,
) -> Rate:
    """Return a rate after `days` that brought `new` articles.

    The past fades over `memory` days.
    """
    fade = math.exp(-days / memory)

    return Rate(rate.count * fade + new, rate.span * fade + days)


# When a door is asked


def interval(
    notes: DoorNotes,
    pace: Pace,
    doors: int,
    articles: float,
    debt: float = 0.0,
) -> float:
    """Return the seconds until a door is due again.

    `articles` is the outlet's rate a day over all of its `doors`, `debt` what it was asked beyond
    its allowance.
    """
    own = notes.recent.a_day
    share = own / articles if articles > 0 else 1 / doors
    polls = (_POLLS + _POLLS_PER_ARTICLE * articles) * max(share, 0.15 / doors)
    cost = 1.0 if notes.cost is None else max(notes.cost, 1.0)
    planned = DAY * cost / max(polls, 0.001)
    # What stands in a list for half a day must not come and go between two polls.
    seconds = max(planned, min(planned * _stretch(debt), _STRETCHED_AT_MOST))

    if own > 0 and notes.size > 0 and not notes.complete:
        # Peaks are about three times the mean: the door must not overflow between two polls.
        seconds = min(seconds, DAY * notes.size / (3.0 * own))

    if own >= _BRINGS:
        # Many doors share what an outlet may be asked.
        readings = _READINGS + _POLLS_PER_ARTICLE * articles
        turn = DAY * doors * cost / readings
        seconds = min(seconds, max(turn, _UNREAD_AT_MOST))

    return min(max(seconds, pace.shortest), pace.longest)


def polls_a_day(state: DoorState, notes: DoorNotes) -> float:
    """Return the requests a day that a door takes by its interval; 0 before its first poll."""
    if state.last_polled is None:
        return 0.0

    cost = 1.0 if notes.cost is None else max(notes.cost, 1.0)

    return DAY * cost / max(state.interval, 1.0)


def failed(
    state: DoorState, pace: Pace, now: datetime, why: OutletState, *, wait: float | None = None
) -> DoorState:
    """Return a door after a failed poll: asked half as often each time, never dropped.

    `wait` in seconds is what the server asked for (Retry-After); it is kept to.
    """
    failures = state.failures + 1
    doubled = max(state.interval, pace.shortest) * 2 ** min(failures - 1, 10)
    seconds = max(min(doubled, pace.longest), wait or 0.0)

    return replace(
        state,
        failures=failures,
        state=why,
        next_poll=now + timedelta(seconds=seconds),
    )


def spread(key: str, seconds: float) -> float:
    """Return seconds changed by up to a tenth, always the same for the same key.

    Thus outlets do not march in step.
    """
    return seconds * (0.95 + 0.1 * _chance(key))


def _chance(key: str) -> float:
    """Return a number in 0..1 that a text always has."""
    digest = hashlib.blake2b(key.encode(), digest_size=4).digest()

    return int.from_bytes(digest, "big") / 2**32


def is_believed(notes: DoorNotes, url: str) -> bool:
    """Tell whether a door's hint that an article has changed is worth a look.

    It is by how many of the door's hints were true; of the others a sample is followed.
    """
    share = (notes.hits + 1) / (notes.hints + 2)

    return share >= _TRUE or _chance(url) < _TRUE


def prove_hint(notes: DoorNotes, *, true: bool) -> DoorNotes:
    """Return a door's notes with one more hint that was followed."""
    return replace(
        notes,
        hints=notes.hints + 1,
        hits=notes.hits + true,
    )


# What there is room for


def enter_requests(ledger: Ledger, others: int, now: datetime) -> Ledger:
    """Return a ledger with one more crawl.

    It made `others` requests beside first fetches and planned re-checks.
    """
    passed = (now - ledger.at).total_seconds() / DAY if ledger.at else 0.0
    days = max(passed, 0.0)
    fade = math.exp(-days / _MEMORY)

    return Ledger(
        at=now,
        count=ledger.count * fade + others,
        span=ledger.span * fade + days,
        debt=ledger.debt,
    )


def debt(ledger: Ledger, requests: int, new: int, now: datetime) -> float:
    """Return by how many requests an outlet is over its allowance after one more crawl.

    The crawl made so many `requests` in all, for so many `new` articles.
    """
    passed = (now - ledger.at).total_seconds() / DAY if ledger.at else 0.0
    earned = _ALLOWED * max(passed, 0.0) + (1.0 + _ALLOWED_PER_ARTICLE) * new
    owed = ledger.debt + requests - earned

    return min(max(owed, -_LEFT_OVER), _DEBT_AT_MOST)


def _stretch(debt: float) -> float:
    """Return by what the pauses between polls are stretched, until a debt is paid off."""
    return 1.0 + min(max(debt, 0.0) / _DEBT_FOR_TWICE, _STRETCH_AT_MOST)


def spare(
    ledger: Ledger,
    articles: float,
    polls: float = 0.0,
) -> float:
    """Return how many planned re-checks a day an outlet has room for.

    It publishes so many `articles` a day; by its doors' intervals they take so many requests.
    """
    usual = _POLLS + _POLLS_PER_ARTICLE * articles
    guess = 1.0 + max(polls, usual)
    others = (ledger.count + guess * _GUESSED) / (ledger.span + _GUESSED)
    allowed = _ALLOWED + _ALLOWED_PER_ARTICLE * articles - _IN_HAND - max(ledger.debt, 0.0)

    return max(allowed - others, _LEAST)


def checks(room: float, articles: float) -> float:
    """Return how many planned re-checks an article gets, on average.

    There is `room` for so many a day, for so many `articles` a day.
    """
    return min(max(room / max(articles, 1.0), 0.1), float(len(AGES)))


def share(known: Known, wanted: float) -> int:
    """Return how many planned re-checks this article gets of `wanted` on average.

    The fraction of one is a share of the articles.
    """
    whole = int(wanted)

    return whole + (_chance(known.url) < wanted - whole)


def next_check(known: Known, now: datetime, wanted: float) -> datetime | None:
    """Return when to look at a fetched article again; None when its plan is done.

    `wanted` re-checks are planned on average. An age that had passed when the article was found is
    made up for by the next in worth. What has changed may change again and gets one check more.
    """
    planned = share(known, wanted)
    if known.changes:
        planned += 1

    left = max(planned - known.checks, 0)
    born = _born(known)
    soon = now + _SOON
    ahead = [age for age in AGES if born + age > soon]
    chosen = ahead[:left]

    if not chosen:
        return None

    return born + min(chosen)


def _born(known: Known) -> datetime:
    """Return from when the age of an article counts: its date, at most a day before it was seen."""
    seen = known.first_seen
    if known.published is None or known.published > seen:
        return seen

    earliest = seen - timedelta(days=1)

    return max(known.published, earliest)


def retry(known: Known, now: datetime) -> datetime | None:
    """Return when a page that could not be fetched is tried again.

    None after a fortnight of failures.
    """
    if known.failures > len(_RETRY):
        return None

    return now + _RETRY[known.failures - 1]
