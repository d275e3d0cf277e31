"""The one judgement of an outlet's health: its condition, how bad that is, and what to do about it.

A run's report, Airflow, the command line and the pages all ask here, so that they never disagree.
The crawl sees doors and answers, extraction sees walls, the archive sees how much came. Pure.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from news.article import Reason
from news.crawl import OutletState
from news.outlet import Outlet

_WALLED_PAGES = 3  # pages behind a wall; fewer may be the odd one for subscribers
_DAY = timedelta(days=1)
_NO_PAGE = frozenset(
    {Reason.GONE.value, Reason.HTTP_ERROR.value, Reason.LISTING.value, Reason.ERROR_PAGE.value}
)
_ANSWERS = frozenset({OutletState.OK.value, OutletState.SILENT.value})
_NOT_THERE = frozenset({Reason.GONE.value, Reason.HTTP_ERROR.value})
# What a run sees and no door shows.
_SEEN_BY_RUNS = frozenset(
    {
        OutletState.SILENT,
        OutletState.PAYWALLED,
        OutletState.WALL,
        OutletState.DEAD,
        OutletState.UNREAD,
        OutletState.NOTHING_FOUND,
        OutletState.STRANGERS,
    }
)
_UNREAD_PAGES = 3  # pages of which none became an article; fewer may be the odd video


class Level(StrEnum):
    """How bad a condition is; the values are the pages' style classes."""

    GOOD = "good"
    WARNING = "warn"  # works, or nothing is known yet; worth a look
    BAD = "bad"


class Condition(StrEnum):
    """How an outlet fares. The values of OutletState stand in the archive and in run folders."""

    OK = "ok"
    BLOCKED = "blocked"
    CHALLENGED = "challenged"
    RATE_LIMITED = "rate_limited"
    DISALLOWED = "disallowed"
    UNREACHABLE = "unreachable"
    BROKEN = "broken"
    GONE = "gone"
    MOVED = "moved"
    PARKED = "parked"
    PAYWALLED = "paywalled"
    SILENT = "silent"
    WALL = "wall"
    DEAD = "dead"
    UNREAD = "unread"
    NOTHING_FOUND = "nothing_found"
    STRANGERS = "strangers"
    FILE_BROKEN = "file_broken"
    FAILED = "failed"  # a task of ours failed: the crawl, the extraction
    DEFECT = "defect"  # pages broke the extractor
    NOTHING_FETCHED = "nothing_fetched"  # doors answer, and no article could be fetched
    TOO_FEW = "too_few"  # fewer articles in a day than `[expects] least`
    TOO_MANY = "too_many"  # more than `[expects] most`
    SKIPPED = "skipped"  # another run was asking its host
    NOT_RUN = "not_run"  # never read yet


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a condition means to a person: its level, a sentence, what to do."""

    level: Level
    sentence: str
    advice: str


_LOOK = "`khabar outlets check NAME` looks at its doors"
_TRY = "`khabar outlets try NAME` shows what extraction makes of its pages"
MEANINGS: dict[Condition, Meaning] = {
    Condition.OK: Meaning(Level.GOOD, "it answers, and articles come", ""),
    Condition.BLOCKED: Meaning(
        Level.BAD, "it refuses us", "ask the outlet; it is never got round by disguise"
    ),
    Condition.CHALLENGED: Meaning(
        Level.BAD, "it asks for a proof of being human", "ask the outlet for a feed"
    ),
    Condition.RATE_LIMITED: Meaning(
        Level.WARNING, "it says that we ask too much", "raise `delay` under [pace] in its file"
    ),
    Condition.DISALLOWED: Meaning(
        Level.BAD, "its robots.txt says no", "leave it alone, or ask the outlet for leave"
    ),
    Condition.UNREACHABLE: Meaning(
        Level.BAD, "it cannot be reached", f"wait a day; if it lasts, {_LOOK}"
    ),
    Condition.BROKEN: Meaning(
        Level.BAD, "its doors hold no list of articles", f"change its file; {_LOOK}"
    ),
    Condition.GONE: Meaning(
        Level.BAD, "its doors are not there any more", "`khabar outlets add URL` finds new ones"
    ),
    Condition.MOVED: Meaning(
        Level.WARNING, "its doors lead to another host for good", "change the host in its file"
    ),
    Condition.PARKED: Meaning(
        Level.BAD, "its domain is for sale", "set `active = false` in its file"
    ),
    Condition.PAYWALLED: Meaning(
        Level.WARNING, "most of its pages lie behind a wall", "only what is free is read"
    ),
    Condition.SILENT: Meaning(
        Level.WARNING, "all answers are fine, and nothing new comes", f"look at the site; {_LOOK}"
    ),
    Condition.WALL: Meaning(
        Level.BAD, "one text stands under many of its addresses", "ask the outlet for a feed"
    ),
    Condition.DEAD: Meaning(
        Level.BAD, "what its doors announce is not there", f"change its file; {_LOOK}"
    ),
    Condition.UNREAD: Meaning(Level.BAD, "what its doors announce could not be read", _TRY),
    Condition.NOTHING_FOUND: Meaning(
        Level.BAD, "its doors answer and name no article", f"change its file; {_LOOK}"
    ),
    Condition.STRANGERS: Meaning(
        Level.BAD,
        "what its doors name is no article of it",
        f"see `hosts`, `articles` and `never` in its file; {_LOOK}",
    ),
    Condition.FILE_BROKEN: Meaning(
        Level.BAD, "its outlet file cannot be read", "`khabar outlets list` names file and line"
    ),
    Condition.FAILED: Meaning(
        Level.BAD, "its crawl or extraction failed", "`khabar logs` and the run's report say why"
    ),
    Condition.DEFECT: Meaning(
        Level.BAD, "pages of it broke the extractor", "a defect of ours: report one of its pages"
    ),
    Condition.NOTHING_FETCHED: Meaning(
        Level.BAD, "its doors answer, and no article could be fetched", _TRY
    ),
    Condition.TOO_FEW: Meaning(Level.BAD, "it brought fewer articles than its file expects", _LOOK),
    Condition.TOO_MANY: Meaning(
        Level.WARNING,
        "it brought more articles than its file expects",
        "look for pages that are no articles, else raise `most` in its file",
    ),
    Condition.SKIPPED: Meaning(
        Level.WARNING, "another run was reading its host", "nothing: the next run reads it"
    ),
    Condition.NOT_RUN: Meaning(Level.WARNING, "it has not been read yet", "the next run reads it"),
}


@dataclass(frozen=True, slots=True)
class Judgement:
    """An outlet's condition with a note on this case, empty when there is nothing to add."""

    condition: Condition
    note: str = ""

    @property
    def level(self) -> Level:
        """How bad it is."""
        return MEANINGS[self.condition].level

    @property
    def reddens_run(self) -> bool:
        """Whether a run in which an outlet is so has a problem; a warning of `most` is none."""
        return self.condition not in {Condition.OK, Condition.TOO_MANY, Condition.SKIPPED}

    @property
    def words(self) -> str:
        """The condition, its note in brackets."""
        return f"{self.condition} ({self.note})" if self.note else str(self.condition)

    def advice(self, outlet: str) -> str:
        """Return what to do about it at this outlet, empty when all is well."""
        return MEANINGS[self.condition].advice.replace("NAME", outlet)


def condition_of(state: str | None) -> Condition:
    """Return the condition that a state in the archive or in a report stands for.

    A state of a later version than this one is read as broken: it was no good news then.
    """
    if not state:
        return Condition.NOT_RUN
    try:
        return Condition(state)
    except ValueError:
        return Condition.BROKEN


def level_of(state: str | None) -> str:
    """Return how bad a stored state is, as the pages' style class."""
    return str(MEANINGS[condition_of(state)].level)


def meaning_of(state: str | None, outlet: str) -> Meaning:
    """Return what a stored state means, its advice naming the outlet."""
    meaning = MEANINGS[condition_of(state)]
    return replace(meaning, advice=meaning.advice.replace("NAME", outlet))


def with_walls(
    crawled: Mapping[str, Any],
    articles: int,
    rejected: Mapping[str, int],
) -> dict[str, Any]:
    """Return the crawl's report, its state "paywalled" where most pages lie behind a wall.

    Only pages that are articles count: `articles` of them whole, `rejected` by their reasons.
    """
    judged = dict(crawled)
    if crawled.get("state") not in _ANSWERS:
        return judged

    walled = rejected.get(Reason.PAYWALL.value, 0)
    unread = _count_but(rejected, _NOT_THERE)
    if not articles and not walled and unread >= _UNREAD_PAGES:
        counts = [f"{count} {reason}" for reason, count in sorted(rejected.items())]
        reasons = ", ".join(counts)
        judged["state"] = OutletState.UNREAD.value
        judged["note"] = f"none of {unread} pages became an article: {reasons}"
        return judged

    pages = articles + _count_but(rejected, _NO_PAGE)
    if walled >= _WALLED_PAGES and walled * 2 > pages:
        judged["state"] = OutletState.PAYWALLED.value
        judged["note"] = f"{walled} of {pages} pages lie behind a wall"

    return judged


def _count_but(rejected: Mapping[str, int], reasons: Collection[str]) -> int:
    """Return how many pages were rejected for other reasons than these."""
    counts = [count for reason, count in rejected.items() if reason not in reasons]
    return sum(counts)


def after_check(
    state: str,
    note: str,
    pages: int,
) -> Judgement:
    """Judge an outlet whose doors were polled just now, and of which so many articles came."""
    condition = condition_of(state)
    if pages == 0 and MEANINGS[condition].level is not Level.BAD:
        return Judgement(Condition.NOTHING_FETCHED, note)
    return Judgement(condition, note)


def after_runs(
    door_states: Iterable[str],
    run_state: str,
    run_note: str,
) -> Judgement:
    """Judge an outlet by what the archive holds: its doors' states, and its last run's."""
    ailing = [state for state in door_states if condition_of(state) is not Condition.OK]
    state = ailing[0] if ailing else OutletState.OK.value
    if not ailing and run_state in _SEEN_BY_RUNS:
        state = run_state
    condition = condition_of(state)
    named_by_run = state == run_state and condition is not Condition.OK
    return Judgement(condition, run_note if named_by_run else "")


def after_run(row: Mapping[str, Any]) -> Judgement:
    """Judge an outlet by its line in a run's report: state, note, reasons of rejected pages."""
    state = row["state"] or OutletState.OK.value
    condition = condition_of(state)
    rejected = row["rejected"]
    broken = rejected.get(Reason.BROKEN.value)
    if condition is Condition.OK and broken:
        return Judgement(Condition.DEFECT, str(broken))

    return Judgement(condition, row["note"])


def by_count(
    outlet: Outlet,
    brought: int,
    since: datetime,
    now: datetime,
) -> Judgement:
    """Judge how many new articles the last day brought, by `[expects]` of the outlet's file.

    `since`: when the archive first saw the outlet; a first day is judged by its part of a day, and
    never found too full, since it brings what was there before. On quiet days too few is fine.
    """
    known_days = (now - since) / _DAY
    expects = outlet.expects
    today = now.astimezone(ZoneInfo(outlet.timezone)).strftime("%a").lower()
    if expects.least and today not in expects.quiet_days:
        least = max(1, int(expects.least * min(1.0, known_days)))
        if brought < least:
            note = f"{brought} new articles in the last day, at least {least} were expected"
            return Judgement(Condition.TOO_FEW, note)
    if expects.most is not None and known_days >= 1.0 and brought > expects.most:
        note = f"{brought} new articles in the last day, at most {expects.most} were expected"
        return Judgement(Condition.TOO_MANY, note)
    return Judgement(Condition.OK)
