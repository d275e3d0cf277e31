"""An address's share of mails within an hour: what is left of it, and what waits for the next."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from pipeline.alerts.bundles import report_key
from storage import alerts
from storage.alerts import DueDelivery

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor

_HOUR = timedelta(hours=1)


def room_within_hour(
    cursor: "Cursor",
    address: str,
    most: int,
    now: datetime,
) -> int:
    """Return how many mails an address may still get, of `most` within an hour."""
    since = now - _HOUR
    recent = alerts.mails_since(cursor, address, since)

    return max(0, most - recent.mails)


def postpone(
    cursor: "Cursor",
    address: str,
    dues: Sequence[DueDelivery],
    now: datetime,
) -> None:
    """Let deliveries wait until an address may get a mail again; then they come together."""
    if not dues:
        return

    since = now - _HOUR
    recent = alerts.mails_since(cursor, address, since)
    until = now + _HOUR
    if recent.first is not None:
        until = recent.first + _HOUR

    rows: list[tuple[int, str, datetime]] = []
    keys: set[tuple[int, str, str]] = set()
    for due in dues:
        _, story, kind, occasion = report_key(due)
        row = (due.match, address, until)
        key = (story, kind, occasion)
        rows.append(row)
        keys.add(key)

    alerts.postpone_deliveries(cursor, rows)
    # They were noted as told when they were chosen.
    alerts.retract_notices(cursor, address, sorted(keys))
