"""What a poll means for its door: how it stands, and when it is asked again."""

from dataclasses import replace
from datetime import timedelta

from crawlers import door_notes, found_doors, schedule
from crawlers.faults import Fault, FaultError, state_of
from crawlers.options import DoorReport
from crawlers.session import Session
from crawlers.visit import Visit
from news.crawl import OutletState
from news.outlet import Door

_PUBLISHED_A_DAY = 20  # articles at most: what lay there at the first poll took days to come


def note_poll(session: Session, visit: Visit, note: str = "") -> None:
    """Note a poll that answered and plan the next."""
    door, now = visit.door, session.now()
    session.reached_back = session.reached_back or visit.reaches_back

    if visit.has_gap:
        session.gaps.append(door.url)

    notes = visit.final_notes()

    if not session.options.since:
        # What came before the first poll is no rate: it is measured over a day at least.
        # Nor is what a backfill digs out.
        first_span = max(1.0, visit.new / _PUBLISHED_A_DAY)
        last_polled = visit.state.last_polled
        notes = schedule.count_new(
            notes,
            last_polled,
            visit.new,
            now,
            first_span=first_span,
        )

    # The outlet's rate, by which the interval goes, counts this poll.
    session.put_notes(door.url, notes)
    seconds = _interval(
        session,
        visit,
        notes,
        note,
    )

    state = OutletState.MOVED if notes.moved_to else OutletState.OK
    wait = schedule.spread(f"{door.url}{now:%F%H}", seconds)
    polled = replace(
        visit.state,
        last_polled=now,
        failures=0,
        state=state,
        interval=seconds,
        next_poll=now + timedelta(seconds=wait),
    )

    session.memory.put_door(door_notes.write(polled, notes))
    session.change_outlet_notes(lambda own: found_doors.without_answered(own, door.url))
    session.reports[door.url] = DoorReport(
        url=door.url,
        kind=door.kind,
        state=state,
        entries=visit.entries,
        new=visit.new,
        strangers=visit.strangers,
        doubtful=visit.doubtful,
        given_up=visit.given_up,
        without_link=visit.without_link,
        without_text=visit.without_text,
        left_out=visit.left_out,
        unread=visit.unread,
        note=note,
    )


def _interval(
    session: Session,
    visit: Visit,
    notes: door_notes.DoorNotes,
    note: str,
) -> float:
    """Return the seconds until a door is due again; sooner where it overflowed."""
    pace = session.outlet.pace
    doors = len(session.outlet.doors)
    seconds = schedule.interval(
        notes,
        pace,
        doors,
        session.articles_a_day(),
        debt=session.outlet_notes().ledger.debt,
    )

    if note == "overflow":
        return max(min(seconds, visit.state.interval / 2), pace.shortest)

    return seconds


def note_refusal(session: Session, door: Door, error: FaultError) -> None:
    """Note a poll that failed and plan the next."""
    session.count_fault(error.fault)
    why = state_of(error)
    note = f"{error.fault}: {error.detail}" if error.detail else str(error.fault)

    # A crawl that is being stopped says nothing of the door.
    if error.fault is not Fault.HALTED or not session.pacer.stopping:
        state = session.memory.door(door.url)
        pace = session.outlet.pace
        failed = schedule.failed(
            state,
            pace,
            session.now(),
            why,
            wait=error.retry_after,
        )

        session.memory.put_door(failed)
        session.change_outlet_notes(lambda own: found_doors.without_dead(own, failed))

    session.reports[door.url] = DoorReport(
        url=door.url,
        kind=door.kind,
        state=why,
        note=note,
    )
