"""Which outlets have work now, by what the archive remembers of their doors and articles."""

from collections.abc import Iterable
from datetime import datetime

from crawlers import found_doors, outlet_notes
from news.crawl import DoorState
from news.outlet import Outlet


def due(
    outlets: Iterable[Outlet],
    doors: dict[str, dict[str, DoorState]],
    checks_at: dict[str, datetime],
    now: datetime,
) -> list[Outlet]:
    """Return the outlets that have something to do now: a door to poll, or a re-check.

    `doors` maps outlet name to URL to state, `checks_at` outlet name to its earliest next_check
    (both from the archive).
    """
    ready = []
    for outlet in outlets:
        if not outlet.active:
            continue

        moment = due_at(outlet, doors.get(outlet.name, {}), checks_at.get(outlet.name))
        if moment is None or moment <= now:
            ready.append(outlet)

    return ready


def due_at(
    outlet: Outlet, doors: dict[str, DoorState], check: datetime | None = None
) -> datetime | None:
    """Return when an outlet is due next; None means now (a door never polled)."""
    moments = [check] if check else []
    own = doors.get(outlet_notes.outlet_url(outlet))
    wall_until = outlet_notes.wall_of(own).until if own else None

    if check and wall_until:
        moments = [max(check, wall_until)]

    whole = found_doors.joined(
        outlet, lambda url: doors.get(url) or DoorState(outlet=outlet.name, url=url)
    )

    for door in whole.doors:
        state = doors.get(door.url)
        if state is None or state.next_poll is None:
            return None

        moments.append(state.next_poll)

    return min(moments, default=None)
