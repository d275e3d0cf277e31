"""The front of the room: fingerprints, relations, stories. Pure: a window is handed in, nothing is read or written.

A stage does:

    prints = dict(zip(ids, api.prints(texts)))
    relations = api.relate(prints, window)    # what overlaps
    edges = api.decide(docs, relations.edges) # what of it says the same; the docs of the edges' ends
    found = api.stories(docs, edges)          # the docs and edges of every component that relations.touched reaches
"""

from dedupe.decide import decide
from dedupe.doc import Doc
from dedupe.fingerprints import Keys, Print, fingerprints, prints, unpack
from dedupe.follow_ups import follow_ups
from dedupe.relate import Relations, relate
from dedupe.stories import stories
from dedupe.window import Bearers, MemoryWindow, Window

__all__ = [
    "Bearers",
    "Doc",
    "Keys",
    "MemoryWindow",
    "Print",
    "Relations",
    "Window",
    "decide",
    "fingerprints",
    "follow_ups",
    "prints",
    "relate",
    "stories",
    "unpack",
]
