"""Events in the archive: stories of one happening in other words or languages. A step of its own after the load, which may be left out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
from psycopg2.extras import execute_values

from storage.sql.statements import statement

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor

LOOK_BACK = 3  # days
AT_ONCE = 20_000  # stories that get a vector in one step at most; the others wait for the next
_LOCK = 0x6B6576656E74  # "kevent"


@dataclass(frozen=True, slots=True, kw_only=True)
class EventMethods:
    """The room that tells events, as dedupe.events offers it, `sketches` with its encoder inside."""

    doc: Callable[..., Any]
    sketch: Callable[[Any, frozenset[str]], Any]
    sketches: Callable[[Sequence[Any]], Sequence[Any]]
    events: Callable[[Sequence[Any], Mapping[int, Any]], Sequence[tuple[int, ...]]]


def link_events(
    cursor: "Cursor", methods: EventMethods, *, now: datetime, at_once: int = AT_ONCE
) -> dict[str, int]:
    """Give the stories of the last days their events anew; return counts: vectors made, stories in events, events."""
    cursor.execute(statement("story_events", "lock"), {"lock": _LOCK})
    since = now - timedelta(days=LOOK_BACK)
    made = _describe(cursor, methods, since, at_once)
    cursor.execute(statement("story_events", "drop"), {"before": since.date()})
    known, docs = _known(cursor, methods)
    groups = methods.events(docs, known)
    rows = [(story, min(group)) for group in groups for story in group]
    cursor.execute(statement("story_events", "leave"), {"stories": list(known)})
    cursor.execute(
        statement("story_events", "join"),
        {"stories": [row[0] for row in rows], "events": [row[1] for row in rows]},
    )
    return {"vectors": made, "stories_in_events": len(rows), "events": len(groups)}


def _describe(cursor: "Cursor", methods: EventMethods, since: datetime, at_once: int) -> int:
    """Make the vectors that are missing."""
    cursor.execute(statement("story_events", "due"), {"since": since, "limit": at_once})
    rows = cursor.fetchall()
    docs = [
        methods.doc(id=row[0], title=row[2], text=row[3], language=row[4], published=row[5])
        for row in rows
    ]
    values = [
        (row[0], row[6], row[1], sketch.vector.astype("<f4").tobytes(), sorted(sketch.marks))
        for row, sketch in zip(rows, methods.sketches(docs), strict=True)
    ]
    if values:
        execute_values(
            cursor,
            statement("story_events", "save"),
            values,
            template="(%s,%s,%s,%s,%s::text[])",
            page_size=500,
        )
    return len(values)


def _known(cursor: "Cursor", methods: EventMethods) -> tuple[dict[int, Any], list[Any]]:
    """Return the sketches of the look-back and their stories as docs."""
    cursor.execute(statement("story_events", "vectors"))
    rows = cursor.fetchall()
    known = {
        row[0]: methods.sketch(
            np.frombuffer(bytes(row[1]), "<f4").astype(np.float32), frozenset(row[2])
        )
        for row in rows
    }
    return known, [methods.doc(id=row[0], text="", published=row[3]) for row in rows]
