"""Indexes of a sitemap below its own index: which lead to files of addresses.

The protocol knows none; some sites have two floors, and some make new indexes for ever. One that
named nothing but further indexes is barren.
"""

from dataclasses import replace

from crawlers.discovery import hints
from crawlers.door_notes import DoorNotes

_BARREN, _FRUITFUL = "-", "+"
_REMEMBERED = 60  # the first that were met: they stand next to the door's own, and lead to the rest


def noted(
    notes: DoorNotes,
    url: str,
    *,
    is_index: bool,
) -> DoorNotes:
    """Return a door's notes after a file was read below its own index.

    `url` is the index that was read, or the one that named a file of addresses; nothing for none.
    """
    if not url:
        return notes

    indexes = dict(notes.indexes)
    key = hints.short(url)

    if is_index:
        indexes.setdefault(key, _BARREN)
    else:
        indexes[key] = _FRUITFUL

    first = list(indexes.items())[:_REMEMBERED]

    return replace(notes, indexes=dict(first))


def is_barren(
    notes: DoorNotes,
    url: str,
) -> bool:
    """Tell whether an index was read before and named nothing but further indexes."""
    return notes.indexes.get(hints.short(url)) == _BARREN
