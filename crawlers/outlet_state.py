"""How an outlet stands after a crawl, as far as its doors and answers tell."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

from crawlers import found_doors, section_look, silence
from crawlers.faults import Fault
from crawlers.outlet_notes import FoundDoor
from crawlers.session import Session
from news.crawl import OutletState

_ANSWERS = OutletState.OK, OutletState.MOVED
_NO_NEWS = frozenset({"", "unchanged", "304"})  # notes on a door that was read to its end
_REMEMBERED = timedelta(days=7)  # for so long an outlet tells of a list that has run over
_AT_LEAST = 2  # pages: one that fails may be the outlet's slip
_DEAD = (Fault.GONE, Fault.SOFT_GONE)
_PAGES_REFUSED = (
    (Fault.CHALLENGE, OutletState.CHALLENGED),
    (Fault.BLOCKED, OutletState.BLOCKED),
    (Fault.RATE_LIMITED, OutletState.RATE_LIMITED),
    (Fault.SAME_TEXT, OutletState.WALL),
    (Fault.NO_ARTICLE, OutletState.STRANGERS),
)


def of(session: Session) -> tuple[OutletState, str]:
    """Return how the outlet stands, and in a sentence why; with doors found for dead ones."""
    state, note = _of_doors(session)
    beside = section_look.sentence(session)

    lost = _gap(session)

    if state is OutletState.OK and (beside or lost):
        state = OutletState.UNREAD
        note = beside or lost

    dead = _replaced(session)
    proposal = found_doors.sentence(session.job.outlet, dead)

    if not proposal:
        return state, note

    if state is not OutletState.OK:
        both = f"{note}; {proposal}" if note else proposal
        return state, both

    if session.outlet.find_doors:
        return OutletState.MOVED, proposal

    first = session.memory.door(dead[0].instead)

    return first.state, proposal


def _gap(session: Session) -> str:
    """Say which list has run over in the last days with no door reaching back; or nothing."""
    now = session.now()
    is_backfill = session.options.since is not None

    if session.gaps and not session.reached_back and not is_backfill:
        session.change_outlet_notes(lambda notes: replace(notes, gap=now, gap_at=session.gaps[0]))

    notes = session.outlet_notes()

    if notes.gap is None or now - notes.gap > _REMEMBERED:
        return ""

    return (
        f"more came than {notes.gap_at} shows, until {notes.gap:%F %H:%M}, and no door reaches "
        "back: articles may be missing; poll it more often (`shortest` under [pace]) or add a door"
    )


def _replaced(session: Session) -> tuple[FoundDoor, ...]:
    """Return the doors that were found in place of others which still fail."""
    replaced = []
    for found in session.outlet_notes().found:
        former = session.memory.door(found.instead)
        if former.failures and not found.is_beside:
            replaced.append(found)

    return tuple(replaced)


def _of_doors(session: Session) -> tuple[OutletState, str]:
    """Return how the outlet stands by its doors and its pages, and in a sentence why."""
    reports = session.reports.values()
    states = [report.state for report in reports]

    if states and not any(state in _ANSWERS for state in states):
        worst = Counter(states).most_common(1)[0][0]
        notes = [report.note for report in reports if report.state is worst]

        return worst, notes[0]

    verdict = _of_pages(session)

    if verdict is not None:
        return verdict

    if OutletState.MOVED in states:
        note = "its doors redirect to another host for good: change the outlet file"
        return OutletState.MOVED, note

    return _of_lists(session) or _silence(session, states)


def _of_pages(session: Session) -> tuple[OutletState, str] | None:
    """Return what the pages say that the doors announced; None where they could be read.

    A crawl that asked for no new article knows nothing better than the one before it.
    """
    verdict = _of_new_pages(session)
    notes = session.outlet_notes()

    if session.options.urls or session.options.since:
        return verdict

    if verdict is None and not session.tally.new and notes.verdict:
        return OutletState(notes.verdict), notes.verdict_note

    state, note = verdict or ("", "")

    if (str(state), note) != (notes.verdict, notes.verdict_note):
        session.put_outlet_notes(
            replace(
                notes,
                verdict=str(state),
                verdict_note=note,
            )
        )

    return verdict


def _of_new_pages(session: Session) -> tuple[OutletState, str] | None:
    """Return what most of the pages asked in this crawl say; None where most were pages."""
    faults = session.tally.page_faults
    fetched = session.fetched
    refusal = _of_refusals(session)

    if refusal is not None:
        return refusal

    dead = 0
    for fault in _DEAD:
        dead += faults[fault]

    if dead >= _AT_LEAST and dead > fetched:
        announced = dead + fetched
        return OutletState.DEAD, f"{dead} of {announced} articles announced are not there"

    failed = faults.total() - faults[Fault.HALTED]

    if failed >= _AT_LEAST and not fetched:
        names = _counted(faults)
        return OutletState.UNREAD, f"none of {failed} articles announced could be fetched: {names}"

    return None


def _of_refusals(session: Session) -> tuple[OutletState, str] | None:
    """Return how most of the pages asked in this crawl were refused; None where most were not."""
    fetched = session.fetched
    is_walled = session.wall.stands

    for fault, state in _PAGES_REFUSED:
        count = session.tally.page_faults[fault]
        # One article whose text has gone may be its own deletion; a wall stands before several.
        is_one = fault is Fault.SAME_TEXT and count < _AT_LEAST and not is_walled

        if count > fetched and not is_one:
            return state, f"{count} pages answered so, {fetched} were pages"

    return None


def _counted(faults: Counter[Fault]) -> str:
    """Return faults with their counts, by name."""
    parts = []
    for fault, count in sorted(faults.items()):
        parts.append(f"{fault} {count}")

    return ", ".join(parts)


def _of_lists(session: Session) -> tuple[OutletState, str] | None:
    """Return what doors say that answer and name nothing of the outlet's; None where they do."""
    reports = session.reports.values()
    # A front page that says the same as before has still named nothing.
    is_whole = all(report.note in _NO_NEWS for report in reports)
    is_known = len(session.memory) > 0 or not is_whole

    if not reports or session.options.since or is_known:
        return None

    strangers = sum(report.strangers for report in reports)

    if strangers:
        words = f"its doors name {strangers} addresses, none of them an article of this outlet"
        return OutletState.STRANGERS, words

    without_link = sum(report.without_link for report in reports)

    if without_link:
        return OutletState.UNREAD, f"{without_link} entries of its doors have no address"

    return OutletState.NOTHING_FOUND, "its doors answer, and name no article"


def _silence(session: Session, states: list[OutletState]) -> tuple[OutletState, str]:
    """Return whether an outlet whose doors answer is silent."""
    is_whole = all(state is OutletState.OK for state in states) and not session.options.since
    if not is_whole:
        # A door that refuses or a crawl that was cut short may be why nothing came.
        return OutletState.OK, ""

    doors = session.notes_of_doors()
    found = silence.measure(doors, session.outlet, session.now())

    if found is None:
        return OutletState.OK, ""

    quiet, expected = found
    days = quiet / timedelta(days=1)
    words = f"nothing new for {days:.1f} days"

    return (
        OutletState.SILENT,
        f"{words}, in which about {expected:.0f} articles were to be expected",
    )
