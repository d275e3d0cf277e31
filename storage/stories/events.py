"""Events in the archive: stories of one happening in other words or languages.

A step of its own after the load, which may be left out.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from storage.sql.statements import execute, execute_many, fetch_all

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor

LOOK_BACK = 3  # days
AT_ONCE = 20_000  # stories that get a vector in one step at most; the others wait for the next
_LOCK = 0x6B6576656E74  # "kevent"


@dataclass(frozen=True, slots=True, kw_only=True)
class EventMethods:
    """The room that finds events, as dedupe offers it, `sketches` with its encoder inside."""

    doc: Callable[..., Any]
    sketch: Callable[[Any, frozenset[str]], Any]
    sketches: Callable[[Sequence[Any]], Sequence[Any]]
    events: Callable[[Sequence[Any], Mapping[int, Any]], Sequence[tuple[int, ...]]]


def link_events(
    cursor: "Cursor",
    methods: EventMethods,
    *,
    now: datetime,
    at_once: int = AT_ONCE,
    articles: Sequence[int] | None = None,
) -> dict[str, int]:
    """Give the stories of the last days their events anew.

    Returns counts: vectors made, stories in events, events. As many vectors as `at_once` mean that
    more stories may wait: then nothing is linked yet, and the next call goes on. `now` is aware.
    With `articles` only their stories get a vector; they are linked with all that have one.
    """
    execute(cursor, "story_events.lock", lock=_LOCK)
    since = now - timedelta(days=LOOK_BACK)
    due = fetch_all(cursor, "story_events.due", since=since, limit=at_once, articles=articles)
    made = _save_sketches(cursor, methods, due)
    if made == at_once:
        return {"vectors": made, "stories_in_events": 0, "events": 0}

    execute(cursor, "story_events.drop", before=since.date())
    known, docs = _sketched(cursor, methods)
    groups = methods.events(docs, known)
    events: dict[int, int] = {}
    for group in groups:
        events.update(dict.fromkeys(group, min(group)))

    _save_events(cursor, list(known), events)

    return {"vectors": made, "stories_in_events": len(events), "events": len(groups)}


def _save_events(
    cursor: "Cursor",
    stories: Sequence[int],
    events: Mapping[int, int],
) -> None:
    """Write which event each story belongs to, where it is not written already."""
    rows = fetch_all(cursor, "story_events.of_stories", stories=stories)
    written: dict[int, int] = dict(rows)
    moved = [story for story in stories if written.get(story) != events.get(story)]
    joining = [story for story in moved if story in events]

    execute(cursor, "story_events.leave", stories=moved)
    execute(
        cursor,
        "story_events.join",
        stories=joining,
        events=[events[story] for story in joining],
    )


def _save_sketches(
    cursor: "Cursor",
    methods: EventMethods,
    rows: Sequence[Any],
) -> int:
    """Make the sketches of stories that have none; return how many."""
    docs = [
        methods.doc(
            id=row[0],
            title=row[2],
            text=row[3],
            language=row[4],
            published=row[5],
        )
        for row in rows
    ]

    values = []

    for row, sketch in zip(rows, methods.sketches(docs), strict=True):
        story, lead, day = row[0], row[1], row[6]
        vector = sketch.vector.astype("<f4").tobytes()
        values.append((story, day, lead, vector, sorted(sketch.marks)))

    execute_many(cursor, "story_events.save", values, "(%s,%s,%s,%s,%s::text[])")

    return len(values)


def _sketched(cursor: "Cursor", methods: EventMethods) -> tuple[dict[int, Any], list[Any]]:
    """Return the sketches of the look-back by story, and their stories as docs."""
    sketches, docs = {}, []
    for story, packed, marks, language, published in fetch_all(cursor, "story_events.vectors"):
        vector = np.frombuffer(bytes(packed), "<f4").astype(np.float32)
        sketches[story] = methods.sketch(vector, frozenset(marks))
        doc = methods.doc(
            id=story,
            text="",
            language=language,
            published=published,
        )

        docs.append(doc)

    return sketches, docs
