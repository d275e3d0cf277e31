"""Doors that were found in place of dead ones, as doors of their outlet."""

from collections.abc import Callable
from dataclasses import replace

from crawlers import outlet_notes
from crawlers.memory import Memory
from crawlers.outlet_notes import FoundDoor, OutletNotes
from news.crawl import DoorState
from news.outlet import Door, Outlet

_DEAD = 4  # polls of a found door that failed one after the other


def of_state(state: DoorState) -> tuple[FoundDoor, ...]:
    """Return the doors found, by the state that holds an outlet's own notes."""
    return outlet_notes.read(state, state).found


def with_found(outlet: Outlet, memory: Memory) -> Outlet:
    """Return an outlet with the doors that were found for it, where its file allows that."""
    return joined(outlet, memory.door)


def joined(outlet: Outlet, state_of: Callable[[str], DoorState]) -> Outlet:
    """Return an outlet with its found doors; `state_of` returns what is remembered of a door."""
    if not outlet.find_doors:
        return outlet

    own = {door.url for door in outlet.doors}
    notes_url = outlet_notes.outlet_url(outlet)
    state = state_of(notes_url)
    doors = list(outlet.doors)

    for found in of_state(state):
        if found.url not in own:
            door = Door(kind=found.kind, url=found.url)
            doors.append(door)

    return replace(outlet, doors=tuple(doors))


def without_answered(notes: OutletNotes, url: str) -> OutletNotes:
    """Return the notes without what was found in place of a door that answers again."""
    return _without(notes, lambda door: door.instead == url and not door.is_beside)


def without_dead(notes: OutletNotes, state: DoorState) -> OutletNotes:
    """Return the notes without a found door that has died itself: another may be found then."""
    if state.failures < _DEAD:
        return notes

    return _without(notes, lambda door: door.url == state.url)


def _without(notes: OutletNotes, is_over: Callable[[FoundDoor], bool]) -> OutletNotes:
    """Return the notes without the found doors that are over; the same where none is."""
    kept = []
    for door in notes.found:
        if not is_over(door):
            kept.append(door)

    if len(kept) == len(notes.found):
        return notes

    return replace(notes, found=tuple(kept))


def sentence(outlet: Outlet, found: tuple[FoundDoor, ...]) -> str:
    """Say what was found, and what a person has to do; nothing where nothing was."""
    own = {door.url for door in outlet.doors}
    parts = []

    for door in found:
        if door.is_beside or door.instead not in own:
            continue

        is_proposed = door.url not in own
        if outlet.find_doors or is_proposed:
            parts.append(f"{door.instead} is dead; {door.url} ({door.kind}) answers in its place")

    if not parts:
        return ""

    to_do = "change the outlet file, or set find_doors = true"
    if outlet.find_doors:
        to_do = "it is asked too: change the outlet file"

    replacements = "; ".join(parts)

    return f"{replacements}: {to_do}"
