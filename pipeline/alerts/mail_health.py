"""What of matching and mail a person should know: what failed, waits too long, or was left out."""

from datetime import datetime, timedelta
from typing import Any

from pipeline import database
from pipeline.alerts.attempts import FOR_OPERATOR
from pipeline.alerts.finders import STUCK, stuck_sentence
from pipeline.alerts.match import UNREADABLE
from pipeline.alerts.watch_cache import UNUSABLE
from pipeline.settings import Settings
from storage import Archive, StorageError, alerts, in_savepoint
from watches.delivery import Outcome

_RECENT = timedelta(days=1)
# Waiting alone does not mend these: somebody must look.
_FOR_A_PERSON = FOR_OPERATOR | {Outcome.FAILED}
_LEFT_OUT = {UNREADABLE: "articles not matched", UNUSABLE: "watches not asked"}


def look(settings: Settings, now: datetime) -> dict[str, Any] | None:
    """Return how mail fares, as JSON values; None when there is no archive to ask.

    It starts nothing. `{"well", "waiting", "failing": {outcome: count}, "not_written", "left_out":
    {reason: count}, "paused", "stuck"}`: messages that wait after a failure; and of the last day
    those given up, deliveries not written, articles and watches left out of the matching.
    """
    url = database.running(settings)
    if url is None:
        return None

    states: list[dict[str, Any]] = []
    try:
        with Archive(url) as archive, archive.transaction() as cursor:
            # An archive that no command has opened yet has no tables.
            in_savepoint(cursor, lambda: states.append(state(cursor, now)))
    except StorageError:
        return None

    return states[0] if states else None


def state(cursor: Any, now: datetime) -> dict[str, Any]:
    """Return how mail fares, as `look` does."""
    recent = now - _RECENT
    trouble = alerts.backlog(cursor, recent)
    stuck = alerts.stuck_mail(cursor, now - STUCK)
    skips = alerts.skip_counts(cursor, recent)
    left_out: dict[str, int] = {}
    for reason in _LEFT_OUT:
        if reason in skips:
            left_out[reason] = skips[reason]

    needs_a_person = _FOR_A_PERSON.intersection(trouble.failing)
    is_unwell = stuck or needs_a_person or trouble.unwritten or left_out
    sentence = stuck_sentence(stuck) if stuck else ""

    return {
        "well": not is_unwell,
        "waiting": trouble.waiting,
        "failing": dict(trouble.failing),
        "not_written": trouble.unwritten,
        "left_out": left_out,
        "paused": trouble.paused,
        "stuck": sentence,
    }


def lines(found: dict[str, Any]) -> list[str]:
    """Return how mail fares, for a terminal: one line, or more when something is wrong."""
    counts = ", ".join(_counts(found))
    said = [f"mail: {counts}"]
    if found["stuck"]:
        said.append(f"  {found['stuck']}")

    has_failed = found["failing"] or found["not_written"]
    if has_failed or found["paused"]:
        said.append("  `khabar mail failed` and `khabar mail paused` say more")

    if found["left_out"]:
        said.append("  the log names what was left out of the matching, and says why")

    return said


def _counts(found: dict[str, Any]) -> list[str]:
    """Return what is counted of mail, each count in words."""
    waiting = found["waiting"]
    unwritten = found["not_written"]
    paused = found["paused"]
    counts = [f"{waiting} waiting"]
    for name, count in sorted(found["failing"].items()):
        counts.append(f"{count} {name}")

    if unwritten:
        counts.append(f"{unwritten} not written")

    for reason, count in found["left_out"].items():
        what = _LEFT_OUT[reason]
        counts.append(f"{count} {what}")

    if paused:
        counts.append(f"{paused} addresses paused")

    return counts
