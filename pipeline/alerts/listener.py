"""Whoever matches by a schedule steps back for the process that matches as articles come.

That process has all watches in memory. A second one would read and compile them first, with ten
thousand for half a minute, and the first would wait for it.
"""

import time

from storage import Archive, alerts

_PATIENCE = 60.0  # seconds in which a listener takes nothing out of the queue: then it hangs
_LOOK = 0.5  # seconds between two looks


def leave_to_listener(archive: Archive, patience: float = _PATIENCE) -> None:
    """Wait as long as a listener takes changes out of the queue, until none is left.

    Returns at once where nobody listens. `patience`: seconds without a change taken.
    """
    last: int | None = None
    moved_at = time.monotonic()
    while True:
        with archive.transaction() as cursor:
            first = alerts.first_waiting_change(cursor)
            if first is None or not alerts.is_someone_listening(cursor):
                return

        if first != last:
            last = first
            moved_at = time.monotonic()
        elif time.monotonic() - moved_at > patience:
            return

        time.sleep(_LOOK)
