"""Events: stories that tell of one happening in other words or languages.

Whoever writes mails links what a watch matched first, so that one event is one mail; the step of
its own after each load does the rest. Vectors are made in small transactions: an interruption loses
at most one of them, and nobody waits long for a lock.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any

import dedupe
from news.story import Doc
from pipeline import database
from pipeline.settings import Settings
from storage import Archive, EventMethods, link_events

_AT_ONCE = 25  # vectors of one transaction, five seconds for which whoever writes mails may wait


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

    with Archive(database.url(settings)) as archive:
        return EventLinker().link(archive, now)


class EventLinker:
    """Links stories into events; the sentence encoder is loaded once, when it is first needed."""

    def __init__(self) -> None:
        self._methods: EventMethods | None = None

    def link(
        self,
        archive: Archive,
        now: datetime,
        articles: Sequence[int] | None = None,
    ) -> dict[str, int]:
        """Give the stories of the last days their events; return the counts of `link`.

        `articles`: only their stories are linked now, whatever else waits for a vector.
        """
        if self._methods is None:
            self._methods = _methods()

        made = 0
        while True:
            with archive.transaction() as cursor:
                found = link_events(
                    cursor,
                    self._methods,
                    now=now,
                    at_once=_AT_ONCE,
                    articles=articles,
                )

            made += found["vectors"]
            if found["vectors"] < _AT_ONCE:
                return {**found, "vectors": made}


def _methods() -> EventMethods:
    """Return how events are found, the encoder inside."""
    encode = dedupe.load_encoder()

    return EventMethods(
        doc=Doc,
        sketch=dedupe.Sketch,
        sketches=partial(dedupe.sketch_docs, encode=encode),
        events=dedupe.find_events,
    )
