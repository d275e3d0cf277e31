"""What a watch has matched of events, and which matches that makes: pickups and spikes. Pure."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import NamedTuple

from news.watch import MatchKind
from pipeline.alerts.gathered import SPIKE_LASTS, WIDENS_FOR, pickup_of, spike_of
from pipeline.alerts.past import Past
from storage.alerts import NewMatch, SavedWatch
from watches import SPIKE_WINDOW_DAYS, is_picked_up, is_spike, wants

_DAY = timedelta(days=1)


class OpenedMatch(NamedTuple):
    """A match that told something new of an event, and when (aware)."""

    at: datetime
    row: NewMatch


@dataclass(slots=True)
class EventMemory:
    """The events that one watch has matched while its past is played."""

    saved: SavedWatch
    past: Past
    opened: dict[int, list[OpenedMatch]] = field(default_factory=dict)  # by event, as they came
    crowd: list[tuple[datetime, int]] = field(default_factory=list)  # events, as they matched
    picked_up: set[int] = field(default_factory=set)  # events
    spiked_at: datetime | None = None

    def note(self, row: NewMatch, now: datetime) -> None:
        """Remember that a match told something new of an event."""
        facts = self.past.facts[row.article]
        event = self.past.topics.event(facts.story)
        own_row = replace(row, story=facts.story)
        opened = OpenedMatch(now, own_row)
        self.opened.setdefault(event, []).append(opened)
        self.crowd.append((now, event))

    def matches(self, now: datetime) -> list[NewMatch]:
        """Return the matches that events and crowds make by a moment, each once."""
        return [*self._pickups(now), *self._spikes(now)]

    def _pickups(self, now: datetime) -> list[NewMatch]:
        """Return a match for each matched event that by now enough outlets tell."""
        rows: list[NewMatch] = []
        for event in self.opened:
            outlets = self.past.outlets(event, now)
            is_known = event in self.picked_up
            if is_known or not is_picked_up(self.saved.watch, outlets):
                continue

            first = self._first_recent(event, now)
            if first is not None:
                self.picked_up.add(event)
                rows.append(pickup_of(first))

        return rows

    def _first_recent(self, event: int, now: datetime) -> NewMatch | None:
        """Return the first match of an event while it is looked at for further outlets."""
        since = now - WIDENS_FOR
        for opened in self.opened[event]:
            if opened.at > since:
                return opened.row

        return None

    def _spikes(self, now: datetime) -> list[NewMatch]:
        """Return the match of a day far above the rhythm."""
        if not wants(self.saved.watch, MatchKind.SPIKE) or self._spike_goes_on(now):
            return []

        days = self._events_by_day(now)
        counts = [len(events) for events in days]
        if not is_spike(counts):
            return []

        self.spiked_at = now
        head = max(days[0], key=lambda event: self.past.outlets(event, now))
        first = self.opened[head][0]
        spike = spike_of(
            self.saved,
            first.row,
            now,
        )

        return [spike]

    def _spike_goes_on(self, now: datetime) -> bool:
        """Return whether the last spike was told so short a while ago that it is the same."""
        if self.spiked_at is None:
            return False

        return self.spiked_at > now - SPIKE_LASTS

    def _events_by_day(self, now: datetime) -> list[set[int]]:
        """Return the events that matched in each stretch of 24 hours, the last one first."""
        if not self.crowd:
            return [set()]

        first_at, _ = self.crowd[0]
        oldest = (now - first_at) // _DAY
        days: list[set[int]] = []
        for _ in range(min(SPIKE_WINDOW_DAYS, oldest) + 1):
            days.append(set())

        for at, event in self.crowd:
            age = (now - at) // _DAY
            if age < len(days):
                days[age].add(event)

        return days
