"""Events: stories that tell of one happening in other words or languages.

A step of its own, after the mails are out. Vectors are made in small transactions: an interruption
loses at most one of them, and nobody waits for a lock.
"""

from datetime import datetime
from functools import partial
from typing import Any

import dedupe
from news.story import Doc
from pipeline import database
from pipeline.settings import Settings
from storage import Archive, EventMethods, link_events

_AT_ONCE = 250  # vectors of one transaction, about half a minute


def link(settings: Settings, *, now: datetime) -> dict[str, Any]:
    """Give the stories of the last days their events; nothing when that is switched off.

    Returns {"vectors", "stories_in_events", "events"}: counts.
    """
    if not settings.events:
        return {
            "vectors": 0,
            "stories_in_events": 0,
            "events": 0,
            "off": "KHABAR_EVENTS",
        }
    encode = dedupe.load_encoder()
    methods = EventMethods(
        doc=Doc,
        sketch=dedupe.Sketch,
        sketches=partial(dedupe.sketch_docs, encode=encode),
        events=dedupe.find_events,
    )
    made = 0
    with Archive(database.url(settings)) as archive:
        while True:
            with archive.transaction() as cursor:
                found = link_events(
                    cursor,
                    methods,
                    now=now,
                    at_once=_AT_ONCE,
                )
            made += found["vectors"]
            if found["vectors"] < _AT_ONCE:
                return {**found, "vectors": made}
