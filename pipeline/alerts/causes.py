"""What only a person can mend: the table of causes, how each is found, and what to do about it.

A cause is looked for in what the archive, the run folders and the house's state say. `notices`
tells the operator of what is found, once, and once more when it is well again.
"""

import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
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
_LONGEST_RUN = timedelta(hours=12)
_LOOKED_BACK = 100  # runs in which an outlet's condition is looked for
_REDESIGN = timedelta(days=3)  # that a change of layout stays news
_SOON = timedelta(days=30)  # before the disk is full
_LEAST_FREE = 2 * 10**9  # bytes
_RESTARTS = 3  # of a part, the last of them within _RESTARTING
_RESTARTING = timedelta(hours=1)
_MOST_SENTENCES = 5  # of a run
_FAILING = 1_000  # messages that are looked through
_TOLD = frozenset({Condition.SILENT, Condition.PAYWALLED})  # beside whatever is bad


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


@dataclass(frozen=True, slots=True)
class Cause:
    """A kind of trouble. The name stands in the archive (operator_causes.cause)."""

    name: str
    title: str
    well: str  # the title when it is mended
    advice: str
    page: str  # of the archive's pages, where it is seen
    find: Callable[[Look], Sequence[Finding]]
    is_daily: bool = False  # looked for by the upkeep only: it takes long, or changes slowly


def failed_runs(look: Look) -> list[Finding]:
    """Find a last run that failed, or that has not ended."""
    folders = list(run_folder.all_runs(look.settings.runs))
    begun = stamp(folders[-1].name) if folders else None
    if begun is not None and not folders[-1].is_done and look.now - begun > _LONGEST_RUN:
        said = (
            f"the run {folders[-1].name} has not ended after {_LONGEST_RUN.seconds // 3600} hours"
        )
        return [Finding(Trouble(said=said), "unfinished")]

    with pages.reading(look.archive) as cursor:
        runs = [run for run in pages.runs(cursor, None, 2) if run.report]

    if not runs or not runs[0].report.get("failed"):
        return []

    problems = list(runs[0].report.get("problems", ()))
    said = "; ".join(problems[:_MOST_SENTENCES])
    if len(problems) > _MOST_SENTENCES:
        said = f"{said}; and {len(problems) - _MOST_SENTENCES} more"

    return [Finding(Trouble(said=f"the run {runs[0].name}: {said}"), "failed")]


def late_runs(look: Look) -> list[Finding]:
    """Find that no run began since the schedule's last tick. Without a first run none is late."""
    schedule = look.settings.schedule
    if schedule == "off":
        return []

    begun = _last_begun(look)
    zone = ZoneInfo(look.settings.timezone)
    tick = croniter(schedule, (look.now - _LATE).astimezone(zone)).get_prev(datetime)
    if begun is None or begun >= tick - timedelta(minutes=1):
        return []

    due, last = (f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC" for moment in (tick, begun))
    said = f"a run was due at {due} and has not begun; the last one began {last}"

    return [Finding(Trouble(said=said))]


def _last_begun(look: Look) -> datetime | None:
    """Return when a run began last, by the run folders and the archive; None before the first."""
    moments: list[datetime] = []
    for folder in run_folder.all_runs(look.settings.runs):
        begun = stamp(folder.name)
        if begun is not None:
            moments.append(begun)

    with pages.reading(look.archive) as cursor:
        moments += [run.started_at for run in pages.runs(cursor, None, 1)]

    return max(moments, default=None)


def ill_outlets(look: Look) -> list[Finding]:
    """Find outlets that are not well, by the one judgement of their last runs."""
    conditions: dict[str, tuple[str, str]] = {}
    with pages.reading(look.archive) as cursor:
        for run in pages.runs(cursor, None, _LOOKED_BACK):
            for name, row in (run.report or {}).get("outlets", {}).items():
                condition = str(row.get("condition") or row["state"])
                conditions.setdefault(name, (condition, str(row.get("note", ""))))

    found: list[Finding] = []
    for name, (state, note) in sorted(conditions.items()):
        if _is_told(state):
            found.append(_ill_outlet(name, state, note))

    return found


def _is_told(state: str) -> bool:
    """Return whether a condition is worth a mail: it is bad, or nothing comes without our fault."""
    is_bad = outlet_health.level_of(state) == Level.BAD

    return is_bad or outlet_health.condition_of(state) in _TOLD


def _ill_outlet(name: str, state: str, note: str) -> Finding:
    """Return what is said of an outlet."""
    meaning = outlet_health.meaning_of(state, name)
    said = f"{meaning.sentence} ({note})" if note else meaning.sentence

    return Finding(Trouble(subject=name, said=said, advice=meaning.advice), state)


def redesigns(look: Look) -> list[Finding]:
    """Find outlets whose pages changed their layout in the last days."""
    with look.archive.transaction() as cursor:
        changes = alerts.recent_redesigns(cursor, look.now - _REDESIGN)

    found: list[Finding] = []
    for change in changes:
        said = f"{change.at:%Y-%m-%d %H:%M} UTC: {change.detail}"
        advice = f"`khabar outlets try {change.outlet}` shows what extraction makes of its pages"
        trouble = Trouble(subject=change.outlet, said=said, advice=advice)
        found.append(Finding(trouble, change.at.isoformat()))

    return found


def stuck_mail(look: Look) -> list[Finding]:
    """Find mail that has waited for too long."""
    with look.archive.transaction() as cursor:
        stuck = alerts.stuck_mail(cursor, look.now - STUCK)

    return [Finding(Trouble(said=stuck_sentence(stuck)))] if stuck else []


def stuck_sentence(stuck: alerts.StuckMail) -> str:
    """Return what the watchdog says."""
    since = f"{stuck.since:%Y-%m-%d %H:%M} UTC"
    answer = f"the last answer was: {stuck.said}"

    return f"{stuck.count} mails wait since {since} and do not get out; {answer}"


def given_up_receivers(look: Look) -> list[Finding]:
    """Find addresses whose mail is paused."""
    with look.archive.transaction() as cursor:
        paused = alerts.paused_addresses(cursor)

    found: list[Finding] = []
    for item in paused:
        said = f"{item.since:%Y-%m-%d %H:%M} UTC: {item.reason}"
        trouble = Trouble(subject=item.address, said=said)
        found.append(Finding(trouble, item.since.isoformat()))

    return found


def refused_sender(look: Look) -> list[Finding]:
    """Find mail that the mail server does not take from us."""
    with look.archive.transaction() as cursor:
        failing = alerts.failing_messages(cursor, look.now, _FAILING)

    waiting = [item for item in failing if item.next_try_at and item.outcome in FOR_OPERATOR]
    if not waiting:
        return []

    said = f"{len(waiting)} mails wait, and none is dropped; the server said: {waiting[0].said}"

    return [Finding(Trouble(said=said))]


def filling_disk(look: Look) -> list[Finding]:
    """Find that the disk of the archive or of the home is full soon, or nearly so."""
    free = shutil.disk_usage(look.settings.home).free
    own = None if look.settings.database_url else free
    forecast = upkeep.forecast(look.archive.connection, look.now, own)
    if forecast.full_on is not None and forecast.full_on - look.now < _SOON:
        said = f"{free / 1e9:.1f} GB are free, as it grows full on {forecast.full_on:%Y-%m-%d}"
        return [Finding(Trouble(said=said), "soon")]
    if free < _LEAST_FREE:
        return [Finding(Trouble(said=f"{free / 1e9:.1f} GB are free"), "little")]

    return []


def restarting_parts(look: Look) -> list[Finding]:
    """Find parts of the house that keep dying and being started again."""
    found: list[Finding] = []
    for name, part in house_state.read(look.settings.home).parts.items():
        since = datetime.fromtimestamp(part.since, UTC)
        if part.restarts >= _RESTARTS and look.now - since < _RESTARTING:
            said = f"started again {part.restarts} times, the last time {since:%Y-%m-%d %H:%M} UTC"
            advice = f"`khabar logs {name}` says why"
            found.append(Finding(Trouble(subject=name, said=said, advice=advice)))

    return found


CAUSES = (
    Cause(
        "run_failed",
        "a run failed",
        "runs go well again",
        "read the run's page and `khabar logs`; clear its failed tasks, or `khabar run` goes on",
        "runs",
        failed_runs,
    ),
    Cause(
        "run_late",
        "a run is late",
        "runs begin in time again",
        "`khabar status` shows whether the scheduler lives and the DAG gather_news is not paused",
        "runs",
        late_runs,
    ),
    Cause(
        "outlet_ill",
        "outlets are not well",
        "outlets are well again",
        "each line says it; `khabar outlets check` looks again",
        "outlets",
        ill_outlets,
    ),
    Cause(
        "layout_changed",
        "outlets changed their layout",
        "no outlet changed its layout in three days",
        "look whether their articles still come whole",
        "outlets",
        redesigns,
    ),
    Cause(
        "mail_stuck",
        "mail does not get out",
        "mail gets out again",
        "`khabar mail failed` names it; look at KHABAR_SMTP_URL, then `khabar mail retry`",
        "watches",
        stuck_mail,
    ),
    Cause(
        "receiver_given_up",
        "mail to readers is paused",
        "mail to readers goes again",
        "ask the reader for another address; when it is mended: `khabar mail resume ADDRESS`",
        "watches",
        given_up_receivers,
    ),
    Cause(
        "sender_refused",
        "the mail server refuses our mail",
        "the mail server takes our mail again",
        "look at KHABAR_SMTP_URL and KHABAR_MAIL_FROM and at what the server asks for (SPF, DKIM, "
        "DMARC, a blocklist); when it is mended: `khabar mail retry`",
        "watches",
        refused_sender,
    ),
    Cause(
        "disk_filling",
        "the disk fills up",
        "the disk has room again",
        "`khabar archive forecast` names the largest tables; see KHABAR_WARC_GB, KHABAR_KEEP_RUNS "
        "and `khabar archive retention`",
        "",
        filling_disk,
        is_daily=True,
    ),
    Cause(
        "part_restarts",
        "parts of the house keep restarting",
        "the parts of the house stay up again",
        "each line names its log",
        "",
        restarting_parts,
    ),
)


def looked_for(*, daily: bool) -> Iterable[Cause]:
    """Return the causes that a look is for; `daily`: the upkeep's, which takes its time."""
    return [cause for cause in CAUSES if daily or not cause.is_daily]
