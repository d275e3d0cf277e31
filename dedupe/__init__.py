"""Which articles are one report, which carry each other on, and which tell of one event.

Pure: texts and a window are handed in, nothing is read or written. Whoever keeps stories offers
a StoryStore and calls `form_batch`; whoever only wants to know about some texts does

    prints = dict(zip(ids, make_prints(texts)))
    relations = relate_batch(prints, MemoryWindow())  # what overlaps
    edges = decide_edges(docs, relations.edges)       # what of it says the same
    stories = form_stories(docs, edges)
"""

from dedupe.decide import decide_edges
from dedupe.events import find_events, score_pairs
from dedupe.fingerprints import VERSION, Print, make_keys, make_prints, unpack_prints
from dedupe.follow_ups import find_follow_ups
from dedupe.forming import StoryStore, forget_articles, form_batch, recompare
from dedupe.reasons import explain_copies
from dedupe.relate import Relations, relate_batch
from dedupe.sketches import Sketch, load_encoder, sketch_docs
from dedupe.stories import form_stories
from dedupe.window import Bearers, MemoryWindow, Window
from dedupe.winnowing import Keys

__all__ = [
    "VERSION",
    "Bearers",
    "Keys",
    "MemoryWindow",
    "Print",
    "Relations",
    "Sketch",
    "StoryStore",
    "Window",
    "decide_edges",
    "explain_copies",
    "find_events",
    "find_follow_ups",
    "forget_articles",
    "form_batch",
    "form_stories",
    "load_encoder",
    "make_keys",
    "make_prints",
    "recompare",
    "relate_batch",
    "score_pairs",
    "sketch_docs",
    "unpack_prints",
]
