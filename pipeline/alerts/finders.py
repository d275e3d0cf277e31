"""How what only a person can mend is found: in the archive, the run folders, the house's state.

Each finder returns what its cause befell now; `causes` has the table of them.
"""

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from croniter import croniter

from pipeline import house_state, outlet_health
from pipeline.alerts.attempts import FOR_OPERATOR
from pipeline.outlet_health import Condition, Level
from pipeline.run import run_folder
from pipeline.settings import Settings
from pipeline.upkeep import stamp
from storage import Archive, alerts, pages, upkeep
from watches.delivery import Trouble

STUCK = timedelta(minutes=30)  # that mail may wait before somebody should look
_LATE = timedelta(hours=1)  # after its tick that a run may begin
_AHEAD = timedelta(minutes=1)  # by which a run may begin before its tick, by another clock
_LOOKED_BACK = 100  # runs in which an outlet's condition is looked for
_REDESIGN = timedelta(days=3)  # that a change of layout stays news
_SOON = timedelta(days=30)  # before the disk is full
_LEAST_FREE = 2 * 10**9  # bytes
_RESTARTS = 3  # of a part, the last of them within _RESTARTING
_RESTARTING = timedelta(hours=1)
_MOST_SENTENCES = 5  # of a run
_FAILING = 1_000  # messages that are looked through
_NOTABLE = frozenset({Condition.SILENT, Condition.PAYWALLED})  # beside whatever is bad


@dataclass(frozen=True, slots=True)
class Look:
    """What a look for causes has to go by. `now` is aware."""

    archive: Archive
    settings: Settings
    now: datetime


@dataclass(frozen=True, slots=True)
class Finding:
    """What a cause befell, and the state that it is in: another one is told again."""

    trouble: Trouble
    state: str = ""


def failed_runs(look: Look) -> list[Finding]:
    """Find a last run that failed, or that has not ended."""
    unended = _unended_run(look)
    if unended:
        trouble = Trouble(
            said=f"the run {unended} has not ended after {look.settings.late_minutes} minutes"
        )
        return [Finding(trouble, "unfinished")]

    with pages.reading(look.archive) as cursor:
        latest = pages.runs(cursor, None, 2)

    # The newest may be under way, and has no report then.
    for run in latest:
        if not run.report:
            continue

        if not run.report.get("failed"):
            return []

        problems = _in_short(run.report.get("problems", ()))
        trouble = Trouble(said=f"the run {run.name}: {problems}")
        return [Finding(trouble, "failed")]

    return []


def _unended_run(look: Look) -> str:
    """Return the name of the newest run if it has not ended for too long; empty: it has."""
    folders = list(run_folder.all_runs(look.settings.runs))
    if not folders:
        return ""

    newest = folders[-1]
    if newest.is_done:
        return ""

    began = stamp(newest.name)
    if began is None:
        return ""

    is_long = look.now - began > timedelta(minutes=look.settings.late_minutes)

    return newest.name if is_long else ""


def _in_short(sentences: Sequence[str]) -> str:
    """Return some sentences as one, the last counting those that are left out."""
    shown = list(sentences[:_MOST_SENTENCES])
    left = len(sentences) - len(shown)
    if left > 0:
        shown.append(f"and {left} more")

    return "; ".join(shown)


def late_runs(look: Look) -> list[Finding]:
    """Find that no run began since the schedule's last tick. Without a first run none is late."""
    if look.settings.schedule == "off":
        return []

    began = _last_start(look)
    due = _last_tick(look)
    if began is None:
        return []
    if began >= due - _AHEAD:
        return []

    due_words = _words(due)
    last_words = _words(began)
    said = f"a run was due at {due_words} and has not begun; the last one began {last_words}"
    trouble = Trouble(said=said)

    return [Finding(trouble)]


def _last_tick(look: Look) -> datetime:
    """Return when the schedule had a run begin last, that should be under way by now."""
    zone = ZoneInfo(look.settings.timezone)
    local = (look.now - _LATE).astimezone(zone)
    ticks = croniter(look.settings.schedule, local)
    tick: datetime = ticks.get_prev(datetime)

    return tick


def _last_start(look: Look) -> datetime | None:
    """Return when a run began last, by the run folders and the archive; None before the first."""
    moments: list[datetime] = []
    for folder in run_folder.all_runs(look.settings.runs):
        began = stamp(folder.name)
        if began is not None:
            moments.append(began)

    with pages.reading(look.archive) as cursor:
        for run in pages.runs(cursor, None, 1):
            moments.append(run.started_at)

    return max(moments, default=None)


def ill_outlets(look: Look) -> list[Finding]:
    """Find outlets that are not well, by the one judgement of their last runs."""
    last_rows: dict[str, Mapping[str, Any]] = {}
    with pages.reading(look.archive) as cursor:
        runs = pages.runs(cursor, None, _LOOKED_BACK)

    for run in runs:
        rows = run.report.get("outlets", {})
        for name, row in rows.items():
            last_rows.setdefault(name, row)

    found: list[Finding] = []
    for name in sorted(last_rows):
        row = last_rows[name]
        state = row.get("condition") or row["state"]
        if _is_notable(state):
            note = row.get("note", "")
            found.append(_ill_outlet(name, state, note))

    return found


def _is_notable(state: str) -> bool:
    """Return whether a condition is worth a mail: it is bad, or nothing comes without our fault."""
    if outlet_health.level_of(state) == Level.BAD:
        return True

    condition = outlet_health.condition_of(state)

    return condition in _NOTABLE


def _ill_outlet(name: str, state: str, note: str) -> Finding:
    """Return what is said of an outlet."""
    meaning = outlet_health.meaning_of(state, name)
    said = meaning.sentence
    if note:
        said = f"{said} ({note})"

    trouble = Trouble(
        subject=name,
        said=said,
        advice=meaning.advice,
    )

    return Finding(trouble, state)


def redesigns(look: Look) -> list[Finding]:
    """Find outlets whose pages changed their layout in the last days."""
    since = look.now - _REDESIGN
    with look.archive.transaction() as cursor:
        changes = alerts.recent_redesigns(cursor, since)

    found: list[Finding] = []
    for change in changes:
        when = _words(change.at)
        trouble = Trouble(
            subject=change.outlet,
            said=f"{when}: {change.detail}",
            advice=f"`khabar outlets try {change.outlet}` shows what comes of its pages",
        )
        found.append(Finding(trouble, when))

    return found


def stuck_mail(look: Look) -> list[Finding]:
    """Find mail that has waited for too long."""
    before = look.now - STUCK
    with look.archive.transaction() as cursor:
        stuck = alerts.stuck_mail(cursor, before)

    if stuck is None:
        return []

    trouble = Trouble(said=stuck_sentence(stuck))

    return [Finding(trouble)]


def stuck_sentence(stuck: alerts.StuckMail) -> str:
    """Return what the watchdog says."""
    since = _words(stuck.since)
    answer = f"the last answer was: {stuck.said}"

    return f"{stuck.count} mails wait since {since} and do not get out; {answer}"


def given_up_receivers(look: Look) -> list[Finding]:
    """Find addresses whose mail is paused."""
    with look.archive.transaction() as cursor:
        paused = alerts.paused_addresses(cursor)

    found: list[Finding] = []
    for item in paused:
        when = _words(item.since)
        trouble = Trouble(
            subject=item.address,
            said=f"{when}: {item.reason}",
        )
        found.append(Finding(trouble, when))

    return found


def refused_sender(look: Look) -> list[Finding]:
    """Find mail that the mail server does not take from us."""
    with look.archive.transaction() as cursor:
        failing = alerts.failing_messages(cursor, look.now, _FAILING)

    waiting: list[alerts.FailingMessage] = []
    for item in failing:
        is_waiting = item.next_try_at is not None
        if is_waiting and item.outcome in FOR_OPERATOR:
            waiting.append(item)

    if not waiting:
        return []

    answer = waiting[0].said
    said = f"{len(waiting)} mails wait, and none is dropped; the server said: {answer}"
    trouble = Trouble(said=said)

    return [Finding(trouble)]


def filling_disk(look: Look) -> list[Finding]:
    """Find that the disk of the archive or of the home is full soon, or nearly so."""
    usage = shutil.disk_usage(look.settings.home)
    gigabytes = f"{usage.free / 1e9:.1f} GB are free"
    full_on = _full_on(look, usage.free)
    if full_on is not None and full_on < look.now + _SOON:
        day = full_on.date()
        trouble = Trouble(said=f"{gigabytes}, as it grows full on {day}")
        return [Finding(trouble, "soon")]

    if usage.free < _LEAST_FREE:
        trouble = Trouble(said=gigabytes)
        return [Finding(trouble, "little")]

    return []


def _full_on(look: Look, free: int) -> datetime | None:
    """Return when the archive's disk is full as it grows; None: not soon, or elsewhere."""
    if look.settings.database_url:
        return None

    forecast = upkeep.forecast(look.archive.connection, look.now, free)

    return forecast.full_on


def restarting_parts(look: Look) -> list[Finding]:
    """Find parts of the house that keep dying and being started again."""
    house = house_state.read(look.settings.home)
    found: list[Finding] = []
    for name, part in house.parts.items():
        started = datetime.fromtimestamp(part.since, UTC)
        is_recent = look.now - started < _RESTARTING
        if part.restarts < _RESTARTS or not is_recent:
            continue

        when = _words(started)
        trouble = Trouble(
            subject=name,
            said=f"started again {part.restarts} times, the last time {when}",
            advice=f"`khabar logs {name}` says why",
        )
        found.append(Finding(trouble))

    return found


def _words(moment: datetime) -> str:
    """Return a moment as the operator reads it."""
    utc = moment.astimezone(UTC)

    return f"{utc:%Y-%m-%d %H:%M} UTC"
