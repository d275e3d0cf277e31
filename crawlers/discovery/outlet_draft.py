"""Outlet files as a person would write them."""

import zoneinfo

import tomlkit
from tomlkit.items import Table

from news.outlet import Door, Outlet


def as_toml(outlet: Outlet, notes: list[str]) -> str:
    """Return an outlet file, the notes as comments above it."""
    document = tomlkit.document()
    for note in notes:
        # A title of the site may hold a line break.
        document.add(tomlkit.comment(" ".join(note.split())))

    document.add("title", tomlkit.item(outlet.title))
    document.add("home", tomlkit.item(outlet.home))
    document.add("country", tomlkit.item(outlet.country))
    document.add("languages", tomlkit.item(list(outlet.languages)))
    document.add("timezone", tomlkit.item(outlet.timezone))

    if outlet.find_doors:
        document.add("find_doors", tomlkit.item(value=True))

    document.add("source", tomlkit.item(outlet.source))
    document.add("verified", tomlkit.item(outlet.verified))
    doors = tomlkit.aot()

    for door in outlet.doors:
        doors.append(_door(door))

    document.add("doors", doors)

    return tomlkit.dumps(document)


def _door(door: Door) -> Table:
    """Return a door as a table of an outlet file."""
    table = tomlkit.table()
    table.add("kind", door.kind.value)
    table.add("url", door.url)

    if door.language:
        table.add("language", door.language)

    if door.pages > 1:
        table.add("pages", door.pages)

    return table


def zone_is_known(outlet: Outlet) -> bool:
    """Tell whether the draft's time zone is more than a guess."""
    return outlet.timezone != "UTC" and outlet.timezone in zoneinfo.available_timezones()
