"""What of the outbox a person should know: mail that failed, waits too long, or was not written."""

from datetime import datetime, timedelta
from typing import Any

from pipeline import database
from pipeline.alerts import send
from pipeline.settings import Settings
from storage import Archive, StorageError, alerts, in_savepoint
from watches.delivery.smtp import Outcome

_LATELY = timedelta(days=1)
# Waiting alone does not mend these: somebody must look.
_FOR_A_PERSON = {Outcome.FAILED, Outcome.MISCONFIGURED, Outcome.SENDER_REFUSED}


def look(settings: Settings, now: datetime) -> dict[str, Any] | None:
    """Return how mail fares, as JSON values; None when there is no archive to ask. Starts nothing.

    `{"well", "waiting", "failing": {outcome: count}, "not_written", "paused", "stuck"}`: messages
    that wait after a failure, and of the last day those given up and deliveries not written.
    """
    url = database.running(settings)
    if url is None:
        return None
    found: list[dict[str, Any]] = []
    try:
        with Archive(url) as archive, archive.transaction() as cursor:
            # An archive that no command has opened yet has no tables.
            in_savepoint(cursor, lambda: found.append(state(cursor, now)))
    except StorageError:
        return None
    return found[0] if found else None


def state(cursor: Any, now: datetime) -> dict[str, Any]:
    """Return how mail fares, as `look` does."""
    trouble = alerts.backlog(cursor, now - _LATELY)
    stuck = alerts.stuck_mail(cursor, now - send.STUCK)
    urgent = _FOR_A_PERSON.intersection(trouble.failing)
    return {
        "well": not (stuck or urgent or trouble.unwritten),
        "waiting": trouble.waiting,
        "failing": dict(trouble.failing),
        "not_written": trouble.unwritten,
        "paused": trouble.paused,
        "stuck": send.stuck_sentence(stuck) if stuck else "",
    }


def lines(found: dict[str, Any]) -> list[str]:
    """Return how mail fares, for a terminal: one line, or two when something is wrong."""
    parts = [f"{found['waiting']} waiting"]
    parts += [f"{count} {name}" for name, count in sorted(found["failing"].items())]
    if found["not_written"]:
        parts.append(f"{found['not_written']} not written")
    if found["paused"]:
        parts.append(f"{found['paused']} addresses paused")
    said = [f"mail: {', '.join(parts)}"]
    if found["stuck"]:
        said.append(f"  {found['stuck']}")
    if found["failing"] or found["not_written"] or found["paused"]:
        said.append("  `khabar mail failed` and `khabar mail paused` say more")
    return said
