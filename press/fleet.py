"""Fleets: as many sample outlets as a bench wants, small ones, all served by one press.

They are laid out like the outlets of the tour, one after another, with a few articles each and the
same events; what is asked is how many outlets a house carries, not how much each one writes.
"""

import re
from dataclasses import replace

from press.site import Behaviour, Roster, Site

_NAME = re.compile(r"fleet-([1-9]\d{0,4})")
_A_REGION = 100  # outlets of a region, so that no folder holds thousands
_BACKLOG = 4  # articles that are there when the world begins
_PER_DAY = 24.0


def count_of(name: str) -> int | None:
    """Return how many outlets a roster called `fleet-1100` has; None for another name."""
    found = _NAME.fullmatch(name)
    if found is None:
        return None

    return int(found[1])


def fleet(count: int, models: tuple[Site, ...]) -> Roster:
    """Return a world of so many outlets, laid out like the models in turn."""
    sites = [_site(number, models[number % len(models)]) for number in range(count)]

    return Roster(
        name=f"fleet-{count}",
        sites=tuple(sites),
        gap_before=130,
        gap_after=18,
    )


def _site(number: int, model: Site) -> Site:
    """Return a small outlet with a name of its own; it asks for no pause between two requests."""
    behaviour: Behaviour = replace(model.behaviour, crawl_delay=None)

    return replace(
        model,
        name=f"{model.name}{number:05d}",
        region=f"fleet{number // _A_REGION:03d}",
        title=f"{model.title} {number}",
        per_day=_PER_DAY,
        backlog=_BACKLOG,
        wire=False,
        behaviour=behaviour,
    )
