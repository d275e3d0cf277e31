"""Deliveries that wait in memory until their moments come."""

import heapq
from dataclasses import dataclass, field
from datetime import UTC, datetime

from storage.alerts import DueDelivery

NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(slots=True)
class WaitingDeliveries:
    """Deliveries that wait, by match; the moments are a heap that may hold outdated ones."""

    dues: dict[int, DueDelivery] = field(default_factory=dict)
    due_at: dict[int, datetime] = field(default_factory=dict)
    moments: list[tuple[datetime, int]] = field(default_factory=list)

    def put(self, due: DueDelivery, moment: datetime) -> None:
        """Let a delivery wait until a moment; one that waits already waits until then instead."""
        self.dues[due.match] = due
        self.due_at[due.match] = moment
        heapq.heappush(self.moments, (moment, due.match))

    def next_moment(self) -> datetime:
        """Return when the next delivery is due; never, if none waits."""
        while self.moments:
            moment, match = self.moments[0]
            if self.due_at.get(match) == moment:
                return moment

            heapq.heappop(self.moments)

        return NEVER

    def pop_due(self, now: datetime) -> list[DueDelivery]:
        """Remove and return what is due, in the order of matches."""
        found: list[DueDelivery] = []
        while self.next_moment() <= now:
            _, match = heapq.heappop(self.moments)
            del self.due_at[match]
            found.append(self.dues.pop(match))

        return sorted(found, key=lambda due: due.match)
