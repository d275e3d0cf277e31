"""How an outlet stands after a crawl, as far as its doors and answers tell."""

from collections import Counter
from datetime import timedelta

from crawlers import schedule
from crawlers.faults import Fault
from crawlers.session import Session
from news.crawl import OutletState

_ANSWERS = OutletState.OK, OutletState.MOVED
_PAGES_REFUSED = (
    (Fault.CHALLENGE, OutletState.CHALLENGED),
    (Fault.BLOCKED, OutletState.BLOCKED),
    (Fault.RATE_LIMITED, OutletState.RATE_LIMITED),
)


def of(session: Session) -> tuple[OutletState, str]:
    """Return how the outlet stands, and in a sentence why."""
    reports = session.reports.values()
    states = [report.state for report in reports]
    if states and not any(state in _ANSWERS for state in states):
        worst = Counter(states).most_common(1)[0][0]
        notes = [report.note for report in reports if report.state is worst]
        return worst, notes[0]
    for fault, state in _PAGES_REFUSED:
        count = session.tally.faults[str(fault)]
        if count > session.fetched:
            return state, f"{count} pages answered so, {session.fetched} were pages"
    if OutletState.MOVED in states:
        note = "its doors redirect to another host for good: change the outlet file"
        return OutletState.MOVED, note
    return _silence(session, states)


def _silence(session: Session, states: list[OutletState]) -> tuple[OutletState, str]:
    """Return whether an outlet whose doors answer is silent."""
    is_whole = all(state is OutletState.OK for state in states) and not session.options.since
    if not is_whole:
        # A door that refuses or a crawl that was cut short may be why nothing came.
        return OutletState.OK, ""
    silence = schedule.silence(session.notes_of_doors(), session.outlet, session.now())
    if silence is None:
        return OutletState.OK, ""
    quiet, expected = silence
    days = f"nothing new for {quiet / timedelta(days=1):.1f} days"
    return OutletState.SILENT, f"{days}, in which about {expected:.0f} articles were to be expected"
